/**
 * A guardian joins with the code of a letter: opens an account, or adds another child to the one there is. Nobody joins
 * without consenting, or with a code that is not standing at the moment of joining. Codes cannot be tried out.
 */
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { accountByLogin, createAccounts, normalisedLogin } from "@doudou/db/repositories/accounts.ts";
import {
  endLetter,
  guardianMembershipOf,
  guardiansOf,
  joinGuardian,
  letterByCode,
} from "@doudou/db/repositories/guardians.ts";
import type { AnotherChild, LetterView, NewGuardian } from "@doudou/shared/contract/joining.ts";
import type { Account } from "@doudou/shared/contract/session.ts";
import { readCardCode } from "@doudou/shared/domain/cards.ts";
import { maskedName } from "@doudou/shared/domain/child-name.ts";
import { isPhone, type JoiningRelation, placeOf, writtenPhone } from "@doudou/shared/domain/guardians.ts";
import { PRIVACY_NOTICES } from "@doudou/shared/domain/privacy-notice.ts";
import type { Caller, Origin } from "../../access/caller.ts";
import type { Opened } from "../../access/hands.ts";
import { refusePassword } from "../../access/passwords.ts";
import { hashOfToken, hashPassword } from "../../access/sessions.ts";
import { noteOutcome, refuseIfThrottled } from "../../access/throttle.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { guardiansLock } from "../guardians/service.ts";
import { openSession } from "../sessions/service.ts";

const [NOTICE] = PRIVACY_NOTICES;

/** @throws Problem letter-unknown, the same for every code that opens nothing; too-many-attempts */
export async function lookAtLetter(
  deps: Deps,
  { code, address }: { code: string; address: string },
): Promise<LetterView> {
  const { schoolName, studentName, expiresAt } = await shownLetter(deps, code, address);
  return {
    schoolName,
    child: maskedName(studentName),
    expiresAt: expiresAt.toISOString(),
    noticeVersion: NOTICE.version,
  };
}

/**
 * Opens an account for a guardian and lets it see the child.
 * @throws Problem letter-unknown, letter-not-for-you, login-taken, password-too-short, password-guessable, notice-version-old,
 * invalid-input, too-many-attempts
 */
export async function joinWithNewAccount(
  deps: Deps,
  origin: Origin,
  { code, login, password, ...person }: NewGuardian & { address: string },
): Promise<Opened> {
  const { codeHash, schoolName, studentName } = await shownLetter(deps, code, person.address);
  refuseMistakes(person);
  const name = written(person.name, "/name");
  const wanted = written(login, "/login");
  await refusePassword(password, [wanted, name, studentName, schoolName, person.phone]);
  const at = deps.now();
  const account: Account = { id: uuidv7(), login: wanted, displayName: name, locale: "zh-CN" };
  const passwordHash = await hashPassword(password);
  await deps.database.write(EVERY_SCHOOL, async (store) => {
    await store.lock([`login ${normalisedLogin(wanted)}`]);
    if (await accountByLogin(store, wanted)) throw new Problem("login-taken");
    await createAccounts(store, [{ ...account, passwordHash, createdAt: at }]);
    await enter(store, { ...person, codeHash, accountId: account.id, name, isNew: true }, origin, at);
  });
  return await openSession(deps, account, "own-device");
}

/**
 * Adds a child to the account that is signed in.
 * @throws Problem letter-unknown, letter-not-for-you, guardian-joined, guardian-join-alone, notice-version-old,
 * invalid-input, too-many-attempts
 */
export async function joinWithOwnAccount(
  deps: Deps,
  { account, memberships, origin }: Caller,
  { code, ...person }: AnotherChild & { address: string },
): Promise<void> {
  if (memberships.some(({ role }) => role === "student")) throw new Problem("guardian-join-alone");
  const { codeHash } = await shownLetter(deps, code, person.address);
  refuseMistakes(person);
  const joining = { codeHash, accountId: account.id, name: account.displayName, isNew: false, ...person };
  const at = deps.now();
  await deps.database.write(EVERY_SCHOOL, (store) => enter(store, joining, origin, at));
}

interface Entering {
  readonly codeHash: string;
  readonly accountId: string;
  readonly name: string;
  /** The account was opened just now: it is nobody the school knows yet. */
  readonly isNew: boolean;
  readonly phone: string;
  readonly relation: JoiningRelation;
}

/** Lets somebody in; the code is asked once more, since it may have been used or ended meanwhile. */
async function enter(store: Store, entering: Entering, origin: Origin, at: Date): Promise<void> {
  const { codeHash, accountId, relation, isNew } = entering;
  const before = await letterByCode(store, codeHash, at);
  if (!before) throw new Problem("letter-unknown");
  const { schoolId, studentId } = before;
  await store.lock([guardiansLock(schoolId)]);
  const letter = await letterByCode(store, codeHash, at);
  if (!letter) throw new Problem("letter-unknown");
  const own = isNew ? undefined : await guardianMembershipOf(store, schoolId, accountId);
  const name = own?.name ?? entering.name;
  const phone = writtenPhone(entering.phone);
  const joining = {
    accountId: isNew ? null : accountId,
    membershipId: own?.id ?? null,
    name,
    phone,
    relation,
  };
  const place = placeOf(joining, await guardiansOf(store, schoolId, [studentId]), letter.readmits);
  if (place.as === "refused") {
    switch (place.why) {
      case "joined":
        throw new Problem("guardian-joined");
      case "removed":
        throw new Problem("letter-not-for-you");
      case "complete":
        throw new Problem("letter-unknown");
    }
  }
  const ownMembershipId = own?.id ?? null;
  const joined = await joinGuardian(
    store,
    schoolId,
    place,
    {
      studentId,
      letterId: letter.id,
      accountId,
      ownMembershipId,
      name,
      phone,
      relation,
      noticeVersion: NOTICE.version,
      at,
    },
    uuidv7,
  );
  // What takes a removal back does so once.
  if (letter.readmits !== null) await endLetter(store, schoolId, studentId, at);
  const { membershipId, guardianshipId: subjectId } = joined;
  const by = { schoolId, membershipId, standings: new Set<never>(), isConfined: false, origin };
  await noteChange(store, by, { action: "guardian.join", at, studentId, subjectId, after: { relation } });
}

/** A code that opens nothing counts as a failure of the address, whatever is the matter with it. */
async function shownLetter(deps: Deps, code: string, address: string) {
  const codeHash = hashOfToken(readCardCode(code) ?? "");
  const attempt = { of: "letter", name: codeHash, address, now: deps.now() } as const;
  await refuseIfThrottled(deps.database, attempt);
  const letter = await deps.database.read(EVERY_SCHOOL, (store) => letterByCode(store, codeHash, deps.now()));
  if (!letter) {
    await noteOutcome(deps.database, attempt, false);
    throw new Problem("letter-unknown");
  }
  return { ...letter, codeHash };
}

function refuseMistakes({ agreesTo, phone }: { agreesTo: string; phone: string }): void {
  if (agreesTo !== NOTICE.version) throw new Problem("notice-version-old");
  if (!isPhone(phone))
    throw new Problem("invalid-input", { errors: [{ path: "/phone", message: "must be a phone number" }] });
}

/** @throws Problem invalid-input where there is nothing but space */
function written(text: string, path: string): string {
  const trimmed = text.trim();
  if (trimmed === "")
    throw new Problem("invalid-input", { errors: [{ path, message: "must not be empty" }] });
  return trimmed;
}
