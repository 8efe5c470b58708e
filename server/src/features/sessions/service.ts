/** Signing in, and what a signed-in person may be. */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { type AccountMembership, membershipsOfAccount } from "@doudou/db/repositories/accounts.ts";
import {
  childrenOfGuardian,
  enrollmentsOf,
  studentById,
  type StudentRow,
} from "@doudou/db/repositories/people.ts";
import type {
  Account,
  Membership,
  OwnStudent,
  SessionView,
  SignIn,
} from "@doudou/shared/contract/session.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { isStaffRole } from "@doudou/shared/domain/staff.ts";
import type { SessionPlace } from "@doudou/shared/domain/words.ts";
import type { Opened } from "../../access/hands.ts";
import { needsSecondFactor, passSecondFactor } from "../../access/second-factor.ts";
import type { SignedIn } from "../../access/sessions.ts";
import { noteOutcome, refuseIfThrottled } from "../../access/throttle.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, dimensionColours, dimensionNames } from "../schools/service.ts";

/**
 * Signs in.
 * @throws Problem wrong-credentials: the same, after the same time, for an unknown login and a wrong password
 * @throws Problem code-needed, code-wrong where it takes a code of a second device too
 * @throws Problem too-many-attempts with the seconds to wait
 */
export async function signIn(
  deps: Deps,
  { onSharedTablet = false, code, ...given }: SignIn & { address: string },
): Promise<Opened> {
  const account = await accountOfPassword(deps, given);
  await passSecondFactor(deps, { account, code, address: given.address });
  return await openSession(deps, account, onSharedTablet ? "shared-tablet" : "own-device");
}

/** Whose login and password these are. @throws Problem as `signIn` does */
export async function accountOfPassword(
  deps: Deps,
  { login, password, address }: { login: string; password: string; address: string },
): Promise<Account> {
  const attempt = { of: "login", name: login, address, now: deps.now() } as const;
  await refuseIfThrottled(deps.database, attempt);
  const account = await deps.sessions.checkPassword(login, password);
  await noteOutcome(deps.database, attempt, account !== undefined);
  if (!account) throw new Problem("wrong-credentials");
  return account;
}

/** Opens a session for somebody who has shown who it is. */
export async function openSession(deps: Deps, account: Account, place: SessionPlace): Promise<Opened> {
  const { token, signedIn } = await deps.sessions.open(account, deps.now(), place);
  return { token, expiresAt: signedIn.expiresAt, view: await sessionView(deps, signedIn) };
}

export async function sessionView(
  deps: Deps,
  { account, expiresAt, place, openUntil, hasSecondFactor }: SignedIn,
): Promise<SessionView> {
  const memberships = await membershipViews(deps, account.id);
  const roles = memberships.map(({ role }) => role);
  return {
    account,
    memberships,
    expiresAt: expiresAt.toISOString(),
    place,
    openUntil: openUntil && openUntil.toISOString(),
    needsSecondFactor: !hasSecondFactor && needsSecondFactor(deps.config, roles),
  };
}

/** An account's memberships as its pages need them: with the child itself, or a guardian's children. */
async function membershipViews(deps: Deps, accountId: string): Promise<Membership[]> {
  const memberships = await deps.database.read(EVERY_SCHOOL, (store) =>
    membershipsOfAccount(store, accountId),
  );
  const workFirst = memberships.toSorted(
    (one, other) => Number(isStaffRole(other.role)) - Number(isStaffRole(one.role)),
  );
  return await Promise.all(
    workFirst.map(async (membership) => {
      const { id, schoolId, schoolName, role, displayName } = membership;
      const frame = await deps.frames.of(schoolId);
      const students = await ownStudents(deps, membership);
      return {
        id,
        schoolId,
        schoolName,
        schoolLogo: frame.logo?.smallSha256 ?? null,
        role,
        displayName,
        dimensionNames: dimensionNames(frame, currentTerm(frame, deps.now())),
        dimensionColours: dimensionColours(frame, deps.now()),
        students,
      };
    }),
  );
}

async function ownStudents(deps: Deps, membership: AccountMembership): Promise<OwnStudent[]> {
  const { schoolId, timeZone } = membership;
  const today = localDayOf(deps.now().getTime(), timeZone);
  return await deps.database.read(schoolId, async (store) => {
    let students: StudentRow[] = [];
    if (membership.role === "guardian") students = await childrenOfGuardian(store, schoolId, membership.id);
    if (membership.role === "student" && membership.studentId !== null) {
      const self = await studentById(store, schoolId, membership.studentId);
      students = self ? [self] : [];
    }
    const enrollments = await enrollmentsOf(
      store,
      schoolId,
      students.map((student) => student.id),
    );
    return students.map(({ id, name }) => {
      const current = enrollments.findLast((e) => e.studentId === id && e.startsOn <= today);
      return {
        id,
        name,
        class: current
          ? { id: current.class.id, name: current.class.name, grade: current.class.grade }
          : null,
      };
    });
  });
}
