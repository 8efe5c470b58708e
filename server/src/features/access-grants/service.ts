/**
 * A teacher asks to read whom the teacher does not teach. Nothing here tells whether a child is in a class before
 * somebody else has approved: but in an emergency, which takes the password and is told to others at once.
 */
import {
  type AccessLine,
  accessesOf,
  addAccess,
  answerAccess,
  endAccess,
} from "@doudou/db/repositories/access-grants.ts";
import type { Store } from "@doudou/db/engines/database.ts";
import { assignmentsOf, classById, classesOfYear, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type {
  AccessInput,
  EmergencyInput,
  OwnAccess,
  OwnAccesses,
} from "@doudou/shared/contract/access-grants.ts";
import {
  emergenciesCountFrom,
  emergenciesLeft,
  emergencyEndsAt,
  isReasonEnough,
  MOST_WAITING,
  phaseOf,
  typedChild,
} from "@doudou/shared/domain/access-grants.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { type Caller, type Grant, teaching } from "../../access/caller.ts";
import { noteOutcome, refuseIfThrottled } from "../../access/throttle.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { provePassword } from "../account/service.ts";
import { currentTerm } from "../schools/service.ts";

const MOST_SHOWN = 100;

/** The caller's own requests and leaves, and the classes it may ask for. */
export async function ownAccesses(deps: Deps, { schoolId, membershipId }: Grant): Promise<OwnAccesses> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const term = currentTerm(frame, now);
  return await deps.database.read(schoolId, async (store) => {
    const lines = await accessesOf(store, schoolId, { membershipId }, MOST_SHOWN);
    const assignments = await assignmentsOf(store, schoolId, membershipId);
    const all = term ? await classesOfYear(store, schoolId, term.academicYearId) : [];
    const others = all.filter(({ id }) => teaching(assignments, id, today).length === 0);
    return {
      accesses: lines.map((line) => ownAccess(line, now)),
      classes: others.map(({ id, name, grade }) => ({ id, name, grade })),
      emergenciesLeft: emergenciesLeft(await emergenciesOf(store, schoolId, membershipId, now), now),
    };
  });
}

/**
 * Asks. Sending it again changes nothing. Whether what was typed fits a child is found out and kept, and not told.
 * @throws Problem not-found, access-reason-missing, access-not-needed, access-asked-already, access-enough,
 * access-id-conflict
 */
export async function askForAccess(
  deps: Deps,
  grant: Grant,
  { id, classId, child, purpose, reason, days }: AccessInput,
): Promise<OwnAccesses> {
  const { schoolId, membershipId } = grant;
  const { timeZone } = await deps.frames.of(schoolId);
  if (purpose === "other" && !isReasonEnough(reason)) throw new Problem("access-reason-missing");
  const typed = child?.trim() ?? null;
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const today = localDayOf(at.getTime(), timeZone);
    await store.lock([`${schoolId}/access/${membershipId}`]);
    if (await isKnown(store, grant, { id, classId, kind: "asked" })) return;
    await refuseOwnClass(store, grant, classId, today);
    const waiting = await accessesOf(store, schoolId, { membershipId, state: "waiting" }, MOST_SHOWN);
    const live = waiting.filter((line) => phaseOf(line, at) === "waiting");
    const isSame = ({ classId: other, childTyped }: AccessLine) =>
      other === classId && typedChild(childTyped ?? "") === typedChild(typed ?? "");
    if (live.some(isSame)) throw new Problem("access-asked-already");
    if (live.length >= MOST_WAITING) throw new Problem("access-enough");
    const studentId =
      typed === null ? null : ((await childOf(store, schoolId, classId, typed, today)) ?? null);
    const asked = { id, membershipId, classId, studentId, purpose, days, askedAt: at };
    const isAdded = await addAccess(store, schoolId, {
      ...asked,
      kind: "asked",
      childTyped: typed,
      reason: reason.trim(),
      state: "waiting",
      startsAt: null,
      endsAt: null,
    });
    if (!isAdded) throw new Problem("access-id-conflict");
    const about = { studentId: studentId ?? undefined, classId, subjectId: id };
    await noteChange(store, grant, { action: "access.ask", at, ...about, after: { purpose, days } });
  });
  return await ownAccesses(deps, grant);
}

/**
 * Opens one child's record at once, for some hours. Never on a tablet that others share; the password is asked for
 * again, names may not be tried, and a person can do so a few times a week.
 * @throws Problem not-found, session-confined, wrong-credentials, too-many-attempts, access-reason-missing,
 * access-not-needed, access-emergencies-used, access-child-not-found, access-id-conflict
 */
export async function openInEmergency(
  deps: Deps,
  caller: Caller,
  grant: Grant,
  { id, classId, child, reason, password }: EmergencyInput,
): Promise<OwnAccesses> {
  const { schoolId, membershipId } = grant;
  if (caller.isOnSharedTablet) throw new Problem("access-own-device");
  const { timeZone } = await deps.frames.of(schoolId);
  if (!isReasonEnough(reason)) throw new Problem("access-reason-missing");
  await provePassword(deps, caller, password);
  const { account, origin } = caller;
  const attempt = { of: "child", name: account.id, address: origin.address ?? "", now: deps.now() } as const;
  await refuseIfThrottled(deps.database, attempt);
  const isFound = await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const today = localDayOf(at.getTime(), timeZone);
    await store.lock([`${schoolId}/access/${membershipId}`]);
    if (await isKnown(store, grant, { id, classId, kind: "emergency" })) return true;
    await refuseOwnClass(store, grant, classId, today);
    if (emergenciesLeft(await emergenciesOf(store, schoolId, membershipId, at), at) === 0)
      throw new Problem("access-emergencies-used");
    const studentId = await childOf(store, schoolId, classId, child, today);
    const change = { action: "access.break-glass", at, classId, subjectId: id } as const;
    if (studentId === undefined) {
      await noteChange(store, grant, { ...change, after: { isFound: false } });
      return false;
    }
    const endsAt = emergencyEndsAt(at);
    const isAdded = await addAccess(store, schoolId, {
      id,
      kind: "emergency",
      membershipId,
      classId,
      childTyped: child.trim(),
      studentId,
      purpose: "safety",
      reason: reason.trim(),
      askedAt: at,
      days: 0,
      state: "approved",
      startsAt: at,
      endsAt,
    });
    if (!isAdded) throw new Problem("access-id-conflict");
    await noteChange(store, grant, { ...change, studentId, after: { endsAt: endsAt.toISOString() } });
    return true;
  });
  // Who finds a child is not forgiven the names tried before: these are counted until their time is over.
  if (!isFound) {
    await noteOutcome(deps.database, attempt, false);
    throw new Problem("access-child-not-found");
  }
  return await ownAccesses(deps, grant);
}

/** Takes a request back, or ends what is open. @throws Problem access-not-found, access-settled */
export async function endOwn(deps: Deps, grant: Grant, id: string): Promise<OwnAccesses> {
  const { schoolId, membershipId } = grant;
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    const [line] = await accessesOf(store, schoolId, { id, membershipId }, 1);
    if (!line) throw new Problem("access-not-found");
    const withdrawn = { state: "withdrawn", answer: null, startsAt: null, endsAt: null } as const;
    const isDone =
      line.state === "waiting"
        ? await answerAccess(store, schoolId, id, { ...withdrawn, answeredBy: membershipId, answeredAt: at })
        : await endAccess(store, schoolId, id, { endedBy: membershipId, endedAt: at });
    if (!isDone) throw new Problem("access-settled");
    const about = { studentId: line.studentId ?? undefined, classId: line.classId, subjectId: id };
    await noteChange(store, grant, { action: "access.end-own", at, ...about });
  });
  return await ownAccesses(deps, grant);
}

/** What everybody may know of one: who asked, and the office. */
export function shownAccess(line: AccessLine, now: Date) {
  const { id, kind, purpose, reason, days, answer, answeredBy, verdict, reviewWords, childTyped } = line;
  return {
    id,
    kind,
    phase: phaseOf(line, now),
    class: { id: line.classId, name: line.className },
    isOfClass: childTyped === null,
    childTyped,
    purpose,
    reason,
    days,
    askedAt: line.askedAt.toISOString(),
    answer,
    answeredBy,
    startsAt: line.startsAt?.toISOString() ?? null,
    endsAt: line.endsAt?.toISOString() ?? null,
    endedAt: line.endedAt?.toISOString() ?? null,
    verdict,
    reviewWords,
  };
}

function ownAccess(line: AccessLine, now: Date): OwnAccess {
  const shown = shownAccess(line, now);
  const { studentId, studentName } = line;
  const isOpen = shown.phase === "current" && studentId !== null;
  return { ...shown, student: isOpen ? { id: studentId, name: studentName ?? "" } : null };
}

/** @returns whether this very request is known already @throws Problem access-id-conflict where the id is another's */
async function isKnown(
  store: Store,
  { schoolId, membershipId }: Grant,
  sent: Pick<AccessLine, "id" | "classId" | "kind">,
): Promise<boolean> {
  const [kept] = await accessesOf(store, schoolId, { id: sent.id }, 1);
  if (!kept) return false;
  const isSame =
    kept.membershipId === membershipId && kept.classId === sent.classId && kept.kind === sent.kind;
  if (!isSame) throw new Problem("access-id-conflict");
  return true;
}

async function refuseOwnClass(
  store: Store,
  { schoolId, membershipId }: Grant,
  classId: string,
  today: string,
): Promise<void> {
  if (!(await classById(store, schoolId, classId))) throw new Problem("not-found");
  const assignments = await assignmentsOf(store, schoolId, membershipId);
  if (teaching(assignments, classId, today).length > 0) throw new Problem("access-not-needed");
}

/** The one child of a class whom a name or a number fits. */
async function childOf(
  store: Store,
  schoolId: string,
  classId: string,
  typed: string,
  today: string,
): Promise<string | undefined> {
  const wanted = typedChild(typed);
  const fitting = (await studentsOfClass(store, schoolId, classId, today)).filter(
    ({ name, studentNo }) => typedChild(name) === wanted || typedChild(studentNo) === wanted,
  );
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}

async function emergenciesOf(
  store: Store,
  schoolId: string,
  membershipId: string,
  now: Date,
): Promise<Date[]> {
  const filter = { membershipId, kind: "emergency", after: emergenciesCountFrom(now) } as const;
  return (await accessesOf(store, schoolId, filter, MOST_SHOWN)).map(({ askedAt }) => askedAt);
}
