/**
 * Guardians' consents, purpose by purpose: read, given and withdrawn by guardians, or written down from paper by staff.
 * A no takes effect at once, everywhere: what depends on it is ended here. Nobody is ever asked twice.
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import {
  accountsOfStudent,
  addConsent,
  type ConsentLine,
  consentsOf,
  guardiansOf,
  linksOfStudent,
  withdrawConsents,
} from "@doudou/db/repositories/consents.ts";
import { classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import { officerOf } from "@doudou/db/repositories/privacy.ts";
import { boardTopic } from "@doudou/db/topics.ts";
import type {
  ChildConsents,
  ClassConsents,
  ConsentAnswer,
  ConsentInBrief,
  ConsentView,
  PaperConsents,
} from "@doudou/shared/contract/privacy.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { type ConsentMethod, lastWord, type Purpose, PURPOSES } from "@doudou/shared/domain/consent.ts";
import {
  changesSince,
  isOutdated,
  PRIVACY_NOTICES,
  privacyNotice,
} from "@doudou/shared/domain/privacy-notice.ts";
import type { Grant } from "../../access/caller.ts";
import type { Action } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

const [NOTICE] = PRIVACY_NOTICES;

/** What guardians have said about a child, and what they are asked. */
export async function consentsOfChild(
  deps: Deps,
  { schoolId }: Grant,
  studentId: string,
): Promise<ChildConsents> {
  return await deps.database.read(schoolId, async (store) => ({
    noticeVersion: NOTICE.version,
    schoolId,
    officer: (await officerOf(store, schoolId)) ?? null,
    ...askedAgain(viewsOf(await consentsOf(store, schoolId, [studentId]))),
    asked: asked(),
  }));
}

/** With what has come to the notice since the words of each yes that is asked for again. */
function askedAgain(consents: ConsentView[]): Pick<ChildConsents, "changes" | "consents"> {
  const versions = consents.flatMap(({ isOutdated: isAsked, said }) =>
    isAsked && said ? said.noticeVersion : [],
  );
  return { changes: changesSince(versions), consents };
}

/** What stands for each of these children, purpose by purpose. */
export async function consentsInBrief(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<ReadonlyMap<string, ConsentInBrief[]>> {
  const said = Map.groupBy(await consentsOf(store, schoolId, studentIds), ({ studentId }) => studentId);
  const named = new Map(NOTICE.purposes.map(({ purpose, name }) => [purpose, name]));
  const inBrief = ({ purpose, answer, isOutdated: isAsked }: ConsentView): ConsentInBrief[] => {
    const name = named.get(purpose);
    return name ? [{ purpose, name, answer, isOutdated: isAsked }] : [];
  };
  return new Map(studentIds.map((id) => [id, viewsOf(said.get(id) ?? []).flatMap(inBrief)]));
}

/** A whole class's, for those who collect the papers. @throws Problem not-found */
export async function consentsOfClass(deps: Deps, grant: Grant, classId: string): Promise<ClassConsents> {
  const { schoolId } = grant;
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const students = await studentsOfClass(store, schoolId, classId, today);
    const ids = students.map(({ id }) => id);
    const consents = Map.groupBy(await consentsOf(store, schoolId, ids), ({ studentId }) => studentId);
    const guardians = Map.groupBy(await guardiansOf(store, schoolId, ids), ({ studentId }) => studentId);
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      noticeVersion: NOTICE.version,
      asked: asked(),
      students: students.map(({ id, name }) => ({
        id,
        name,
        consents: viewsOf(consents.get(id) ?? []),
        guardians: (guardians.get(id) ?? []).map((guardian) => ({
          id: guardian.membershipId,
          name: guardian.name,
          relation: guardian.relation,
        })),
      })),
    };
  });
}

/**
 * A guardian says yes or no on its own device.
 * @throws Problem notice-version-old where another notice holds by now
 */
export async function answerConsent(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { noticeVersion, ...answer }: ConsentAnswer,
): Promise<ChildConsents> {
  if (noticeVersion !== NOTICE.version) throw new Problem("notice-version-old");
  await keepWords(deps, grant, "consent.answer", {
    studentId,
    guardianId: grant.membershipId,
    noticeVersion,
    method: "online",
    answers: [answer],
  });
  return await consentsOfChild(deps, grant, studentId);
}

/**
 * Staff write down what a guardian has said on paper.
 * @throws Problem not-a-guardian where that is no guardian of the child; notice-version-unknown
 */
export async function recordPaperConsents(
  deps: Deps,
  grant: Grant,
  studentId: string,
  { guardianId, noticeVersion, answers }: PaperConsents,
): Promise<ChildConsents> {
  if (!privacyNotice(noticeVersion)) throw new Problem("notice-version-unknown");
  await keepWords(deps, grant, "consent.record", {
    studentId,
    guardianId,
    noticeVersion,
    method: "paper",
    answers,
  });
  return await consentsOfChild(deps, grant, studentId);
}

interface Words {
  readonly studentId: string;
  readonly guardianId: string;
  readonly noticeVersion: string;
  readonly method: ConsentMethod;
  readonly answers: readonly { readonly purpose: Purpose; readonly answer: "yes" | "no" }[];
}

async function keepWords(deps: Deps, grant: Grant, action: Action, words: Words): Promise<void> {
  const { schoolId } = grant;
  const { studentId, guardianId } = words;
  const ended = await deps.database.write(schoolId, async (store) => {
    await store.lock([`${schoolId}/consent/${studentId}`]);
    const guardians = await guardiansOf(store, schoolId, [studentId]);
    if (!guardians.some(({ membershipId }) => membershipId === guardianId))
      throw new Problem("not-a-guardian");
    const before = await consentsOf(store, schoolId, [studentId]);
    const changed: Purpose[] = [];
    for (const { purpose, answer } of words.answers) {
      if (await keepWord(store, grant, { ...words, purpose, answer }, before, deps.now()))
        changed.push(purpose);
    }
    if (changed.length === 0) return [];
    if (changed.includes("board")) {
      // Screens that show the name let go of their line, and read the class anew.
      for (const linkId of await linksOfStudent(store, schoolId, studentId))
        store.announce(boardTopic(linkId));
    }
    const after = await consentsOf(store, schoolId, [studentId]);
    await noteChange(store, grant, {
      action,
      at: deps.now(),
      studentId,
      before: answersOf(before, changed),
      after: { ...answersOf(after, changed), noticeVersion: words.noticeVersion, method: words.method },
    });
    const hasNoAccount = changed.includes("account") && answerTo(after, "account") !== "yes";
    return hasNoAccount ? await accountsOfStudent(store, schoolId, studentId) : [];
  });
  for (const accountId of ended) await deps.sessions.closeAll(accountId);
}

/** @returns false where the same was said before, by the same notice */
async function keepWord(
  store: Store,
  { schoolId, membershipId }: Grant,
  { studentId, guardianId, noticeVersion, method, purpose, answer }: Words & Words["answers"][number],
  before: readonly ConsentLine[],
  now: Date,
): Promise<boolean> {
  const ofPurpose = before.filter((consent) => consent.purpose === purpose);
  const last = lastWord(ofPurpose);
  if (last.answer === answer && (answer === "no" || last.by?.noticeVersion === noticeVersion)) return false;
  // A word counts from its moment on, so two of them are never of the same one.
  const at = new Date(Math.max(now.getTime(), latestOf(ofPurpose) + 1));
  if (answer === "no") {
    const withdrawn = await withdrawConsents(store, schoolId, { studentId, purpose }, { membershipId, at });
    if (withdrawn > 0) return true;
  }
  const isNo = answer === "no";
  await addConsent(store, schoolId, {
    id: uuidv7(),
    studentId,
    guardianMembershipId: guardianId,
    purpose,
    noticeVersion,
    method,
    grantedAt: at,
    recordedBy: membershipId,
    withdrawnAt: isNo ? at : null,
    withdrawnBy: isNo ? membershipId : null,
  });
  return true;
}

function latestOf(consents: readonly ConsentLine[]): number {
  return Math.max(-1, ...consents.map(({ grantedAt, withdrawnAt }) => (withdrawnAt ?? grantedAt).getTime()));
}

function answerTo(consents: readonly ConsentLine[], purpose: Purpose) {
  return lastWord(consents.filter((consent) => consent.purpose === purpose)).answer;
}

function answersOf(consents: readonly ConsentLine[], purposes: readonly Purpose[]) {
  return Object.fromEntries(purposes.map((purpose) => [purpose, answerTo(consents, purpose)]));
}

function asked(): ChildConsents["asked"] {
  return NOTICE.purposes.map((purpose) => ({ ...purpose }));
}

function viewsOf(consents: readonly ConsentLine[]): ConsentView[] {
  return PURPOSES.map((purpose) => {
    const { answer, by } = lastWord(consents.filter((consent) => consent.purpose === purpose));
    if (!by) return { purpose, answer, isOutdated: false, said: null };
    const isNo = answer === "no";
    const name = isNo ? by.withdrawnBy : by.recordedBy;
    const role = isNo ? by.withdrawnByRole : by.recordedByRole;
    const isStaff = role !== null && role !== "guardian";
    return {
      purpose,
      answer,
      isOutdated: isOutdated(purpose, answer, by.noticeVersion),
      said: {
        at: (by.withdrawnAt ?? by.grantedAt).toISOString(),
        by: { name: name ?? by.guardian, isStaff },
        guardian: by.guardian,
        method: isNo ? (isStaff ? "paper" : "online") : methodOf(by.method),
        noticeVersion: by.noticeVersion,
      },
    };
  });
}

function methodOf(method: string): ConsentMethod {
  return method === "paper" ? "paper" : "online";
}
