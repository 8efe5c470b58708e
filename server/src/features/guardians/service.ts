/**
 * Guardians of the children of a class: who they are, the letters that let them in, and keeping one out again at once.
 * A letter's code is told once, on paper; nothing here lets anybody in by itself.
 */
import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import {
  addLetters,
  deleteOldLetters,
  endLetter,
  type GuardianRow,
  guardiansOf,
  openLetters,
  removeGuardian,
} from "@doudou/db/repositories/guardians.ts";
import {
  classById,
  enrollmentsOf,
  namesOfMembers,
  studentById,
  studentsOfClass,
} from "@doudou/db/repositories/people.ts";
import { endSessions } from "@doudou/db/repositories/secrets.ts";
import type { ClassGuardians, GuardianRemoval } from "@doudou/shared/contract/guardians.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { CODE_BYTES, cardCodeOf } from "@doudou/shared/domain/cards.ts";
import { isJoined, joiningState, LETTER_DAYS, MOST_JOINED } from "@doudou/shared/domain/guardians.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { hashOfToken } from "../../access/sessions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import type { PdfFile } from "../../http/pdf.ts";
import { Problem } from "../../http/problem.ts";
import { schoolPaper } from "../schools/service.ts";

const DAY_MS = 86_400_000;

/** How the letters are to be written. */
export interface LetterWish {
  readonly locale: Locale;
  /** Where families open the product. */
  readonly origin: string;
}

/** The guardians of a class's children, and how far each family has come. */
export async function classGuardians(deps: Deps, grant: Grant, classId: string): Promise<ClassGuardians> {
  const { schoolId } = grant;
  const now = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const mayRemove = isGranted("guardian.remove", grant.standings);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const students = await studentsOfClass(store, schoolId, classId, localDayOf(now.getTime(), timeZone));
    const ids = students.map(({ id }) => id);
    const guardians = Map.groupBy(await guardiansOf(store, schoolId, ids), ({ studentId }) => studentId);
    const letters = new Map(
      (await openLetters(store, schoolId, ids, now)).map((letter) => [letter.studentId, letter]),
    );
    const removers = [...guardians.values()].flat().flatMap(({ removal }) => removal?.by ?? []);
    const names = await namesOfMembers(store, schoolId, [...new Set(removers)]);
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      mayRemove,
      students: students.map(({ id, name, studentNo }) => {
        const known = guardians.get(id) ?? [];
        const letter = letters.get(id);
        return {
          student: { id, name, studentNo },
          state: joiningState(known, letter !== undefined),
          letter: letterView(letter),
          guardians: known.filter(({ isEnded }) => !isEnded).map(guardianView),
          removed: mayRemove ? removedViews(known, names) : [],
        };
      }),
    };
  });
}

/**
 * Makes letters for children of a class: each with a new code, and the former letter of the child is void. Children
 * whose guardians have all joined are left out.
 * @throws Problem student-not-found, guardians-complete where no letter would be left
 */
export async function printLetters(
  deps: Deps,
  grant: Grant,
  { classId, studentIds }: { classId: string; studentIds: readonly string[] },
  wish: LetterWish,
): Promise<PdfFile> {
  const { schoolId } = grant;
  const at = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(at.getTime(), timeZone);
  const { className, invited } = await deps.database.read(schoolId, async (store) => {
    const of = await classById(store, schoolId, classId);
    const students = await studentsOfClass(store, schoolId, classId, today);
    const asked = students.filter(({ id }) => studentIds.includes(id));
    if (!of || asked.length < studentIds.length) throw new Problem("student-not-found");
    const guardians = await guardiansOf(store, schoolId, studentIds);
    const mayJoin = ({ id }: { id: string }) =>
      guardians.filter((guardian) => guardian.studentId === id && isJoined(guardian)).length < MOST_JOINED;
    return { className: of.name, invited: asked.filter(mayJoin) };
  });
  if (invited.length === 0) throw new Problem("guardians-complete");
  const children = invited.map(({ id, name }) => ({ studentId: id, studentName: name, className }));
  return await writeLetters(deps, grant, children, { action: "guardian.invite", readmits: null, at }, wish);
}

/**
 * Makes a letter that takes back the removal of a guardian: nothing else does, and it does so once.
 * @throws Problem guardian-not-found where the child has no guardian who was removed and is one no longer
 */
export async function printReadmission(
  deps: Deps,
  grant: Grant,
  { studentId, guardianshipId }: { studentId: string; guardianshipId: string },
  wish: LetterWish,
): Promise<PdfFile> {
  const { schoolId } = grant;
  const at = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(at.getTime(), timeZone);
  const child = await deps.database.read(schoolId, async (store) => {
    const known = await guardiansOf(store, schoolId, [studentId]);
    const student = await studentById(store, schoolId, studentId);
    const removed = known.find(
      (guardian) => guardian.guardianshipId === guardianshipId && guardian.isRemoved,
    );
    if (!student || !removed) throw new Problem("guardian-not-found");
    if (known.filter(isJoined).length >= MOST_JOINED) throw new Problem("guardians-complete");
    const enrolled = await enrollmentsOf(store, schoolId, [studentId]);
    const className = enrolled.find((e) => covers(e, today))?.class.name ?? "";
    return { studentId, studentName: student.name, className };
  });
  const letter = { action: "guardian.readmit", readmits: guardianshipId, at } as const;
  return await writeLetters(deps, grant, [child], letter, wish);
}

/** The child's letter opens nothing any more, where it has one. */
export async function revokeLetter(deps: Deps, grant: Grant, studentId: string): Promise<void> {
  const at = deps.now();
  await deps.database.write(grant.schoolId, async (store) => {
    const isEnded = await endLetter(store, grant.schoolId, studentId, at);
    if (isEnded) await noteChange(store, grant, { action: "guardian.end-letter", at, studentId });
  });
}

/**
 * Keeps a guardian from a child at once: access, sessions, open pages and the child's letter end in one transaction.
 * @throws Problem guardian-not-found
 */
export async function keepGuardianOut(
  deps: Deps,
  grant: Grant,
  { studentId, guardianshipId }: { studentId: string; guardianshipId: string },
  { reason, note = "" }: GuardianRemoval,
): Promise<void> {
  const { schoolId, membershipId: removedBy } = grant;
  const at = deps.now();
  const written = note.trim() === "" ? null : note.trim();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([guardiansLock(schoolId)]);
    const removal = { studentId, guardianshipId, reason, note: written, removedBy, at };
    const removed = await removeGuardian(store, schoolId, removal);
    if (!removed) throw new Problem("guardian-not-found");
    if (removed.accountId !== null) await endSessions(store, { accountId: removed.accountId });
    await noteChange(store, grant, {
      action: "guardian.remove",
      at,
      studentId,
      subjectId: removed.membershipId,
      before: { relation: removed.relation },
      after: { reason },
    });
  });
}

/** Joining and removing go one after the other in a school: who may come in hangs on who is there. */
export function guardiansLock(schoolId: string): string {
  return `guardians of ${schoolId}`;
}

async function writeLetters(
  deps: Deps,
  grant: Grant,
  children: readonly { studentId: string; studentName: string; className: string }[],
  {
    action,
    readmits,
    at,
  }: { action: "guardian.invite" | "guardian.readmit"; readmits: string | null; at: Date },
  { locale, origin }: LetterWish,
): Promise<PdfFile> {
  const { schoolId, membershipId: createdBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const { name: schoolName, timeZone } = frame;
  const expiresAt = new Date(at.getTime() + LETTER_DAYS * DAY_MS);
  const written = children.map((child) => ({ ...child, code: cardCodeOf(randomBytes(CODE_BYTES)) }));
  // On paper before the former letters die: what cannot be printed changes nothing.
  const bytes = await deps.documents.guardianLettersPdf(written, {
    locale,
    origin,
    schoolName,
    ...(await schoolPaper(deps, frame)),
    until: localDayOf(expiresAt.getTime(), timeZone),
  });
  await deps.database.write(schoolId, async (store) => {
    const letters = written.map(({ studentId, code }) => {
      const codeHash = hashOfToken(code);
      return { id: uuidv7(), studentId, codeHash, readmits, createdAt: at, createdBy, expiresAt };
    });
    await addLetters(store, schoolId, letters);
    for (const { id: subjectId, studentId } of letters)
      await noteChange(store, grant, { action, at, studentId, subjectId, after: { expiresAt } });
  });
  const [only, ...others] = children;
  const who = only && others.length === 0 ? only.studentName : (only?.className ?? "");
  return { name: `${locale === "en" ? "Invitation" : "家长邀请信"} ${who}.pdf`, bytes };
}

function guardianView(guardian: GuardianRow): ClassGuardians["students"][number]["guardians"][number] {
  const { guardianshipId: id, name, relation } = guardian;
  return { id, name, relation, verified: verificationOf(guardian), hasAccount: isJoined(guardian) };
}

/** Ids of guardianships of a child that ended with a removal which a letter may take back. */
export function readmissible(known: readonly GuardianRow[]): ReadonlySet<string> {
  if (joiningState(known, false) === "two") return new Set();
  return new Set(keptOut(known).map(({ guardianshipId }) => guardianshipId));
}

/** A letter that still opens, where there is one. */
export function letterView(
  letter: { readonly createdAt: Date; readonly expiresAt: Date } | undefined,
): ClassGuardians["students"][number]["letter"] {
  if (!letter) return null;
  return { createdAt: letter.createdAt.toISOString(), expiresAt: letter.expiresAt.toISOString() };
}

/** How it was made sure who a guardian is. */
export function verificationOf({
  verifiedAt,
  joinedAt,
}: GuardianRow): ClassGuardians["students"][number]["guardians"][number]["verified"] {
  const by = joinedAt === null ? ("office" as const) : ("letter" as const);
  return verifiedAt && { at: verifiedAt.toISOString(), by };
}

function removedViews(
  known: readonly GuardianRow[],
  names: ReadonlyMap<string, string>,
): ClassGuardians["students"][number]["removed"] {
  return keptOut(known).map(({ guardianshipId: id, name, relation, removal }) => {
    const { reason, note, at, by } = removal;
    return { id, name, relation, removedAt: at.toISOString(), removedBy: names.get(by) ?? "", reason, note };
  });
}

/** Those who are kept out now: who was let in again is a guardian like any other. */
function keptOut(known: readonly GuardianRow[]) {
  const standing = known.filter(({ isEnded }) => !isEnded);
  return known.flatMap((guardian) => {
    const { accountId, name, removal } = guardian;
    const isBack = standing.some(
      (other) => isJoined(other) && (other.name === name || other.accountId === accountId),
    );
    return removal && !isBack ? [{ ...guardian, removal }] : [];
  });
}

/** Letters are kept for so many days after they are over, as the office's answer to "I had a letter". */
const KEPT_LETTER_DAYS = 30;
/** And how somebody was let in, for a year after it ended: as long as a child's record may still be asked about. */
const KEPT_JOINING_DAYS = 365;

/** Deletes, in every school, letters and joinings that are long over. @returns how many letters */
export async function deleteOldGuardianLetters(deps: Deps): Promise<number> {
  const now = deps.now().getTime();
  const overBefore = new Date(now - KEPT_LETTER_DAYS * DAY_MS);
  const endedBefore = new Date(now - KEPT_JOINING_DAYS * DAY_MS);
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds))
    deleted += await deps.database.write(schoolId, (store) =>
      deleteOldLetters(store, schoolId, { overBefore, endedBefore }),
    );
  return deleted;
}
