/**
 * Works: what a child made, kept with its own words. Whoever stands by the child may add one; only the homeroom teacher
 * answers it. None of it counts for anything, and nobody else's is ever beside it.
 */
import { forgetHighlight } from "@doudou/db/repositories/highlights.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import {
  bindPortfolioFiles,
  deletePortfolioFiles,
  type PortfolioFile,
  portfolioFilesOf,
} from "@doudou/db/repositories/portfolio-files.ts";
import { filesInUse } from "@doudou/db/repositories/evidence.ts";
import {
  addWork,
  countWorks,
  deleteWork,
  type KeptWork,
  setHidden,
  setWord,
  workById,
  type WorkLine,
  worksOf,
  worksOfClass,
} from "@doudou/db/repositories/works.ts";
import type { Store } from "@doudou/db/engines/database.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { Work, WorkInput, WorkSaved } from "@doudou/shared/contract/works.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { isEmptyWork, isIndicatorOf, MOST_WORKS_OF_TERM } from "@doudou/shared/domain/works.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm } from "../schools/service.ts";
import { fileRef, keepLooked, lookAt, sendKept, type SentFile } from "./files.ts";

export { fileRef, keepLooked, lookAt, sendKept, type SentFile };

const DAY_MS = 86_400_000;
/** So long a work waits on the class's page for the homeroom teacher to see it. */
const NEW_FOR_DAYS = 30;
const MOST_ON_PAGE = 60;

/** Where and when something of a child's is filed now. */
export interface FiledNow {
  readonly frame: SchoolFrame;
  readonly term: SchoolTerm;
  readonly classId: string;
  readonly day: string;
  readonly at: Date;
}

/**
 * The term and class that something added now belongs to; in the holidays those of the term before.
 * @throws Problem outside-term
 */
export async function filedNow(deps: Deps, schoolId: string, studentId: string): Promise<FiledNow> {
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const day = localDayOf(at.getTime(), frame.timeZone);
  const term = currentTerm(frame, at);
  const enrollments = await deps.database.read(schoolId, (store) =>
    enrollmentsOf(store, schoolId, [studentId]),
  );
  const here = enrollments.find((e) => covers(e, day));
  if (!term || !here) throw new Problem("outside-term");
  return { frame, term, classId: here.class.id, day, at };
}

/**
 * Keeps a work with the files uploaded for it. Sending it again changes nothing.
 * @throws Problem outside-term, work-empty, work-indicator-not-found, works-full, portfolio-file-not-found,
 * work-id-conflict
 */
export async function saveWork(
  deps: Deps,
  grant: Grant,
  { studentId, workId: id }: { readonly studentId: string; readonly workId: string },
  input: WorkInput,
): Promise<WorkSaved> {
  const { schoolId, membershipId: makerId } = grant;
  if (isEmptyWork(input)) throw new Problem("work-empty");
  const { frame, term, classId, day, at } = await filedNow(deps, schoolId, studentId);
  const { dimension, indicatorId = null, fileIds } = input;
  if (indicatorId !== null) refuseIndicator(frame, term, indicatorId, dimension);
  const work = {
    id,
    studentId,
    classId,
    termId: term.id,
    makerId,
    dimension,
    indicatorId,
    day,
    addedAt: at,
    title: input.title.trim(),
    reflection: input.reflection.trim(),
  };
  return await deps.database.write(schoolId, async (store) => {
    const kept = await workById(store, schoolId, id);
    if (kept) return repeated(kept, work);
    if ((await countWorks(store, schoolId, work)) >= MOST_WORKS_OF_TERM) throw new Problem("works-full");
    if (!(await addWork(store, schoolId, work))) throw new Problem("work-id-conflict");
    const of = { studentId, uploaderId: makerId, fileIds };
    if (!(await bindPortfolioFiles(store, schoolId, { workId: id }, of)))
      throw new Problem("portfolio-file-not-found");
    const after = { title: work.title, dimension, files: fileIds.length };
    await noteChange(store, grant, { action: "work.add", at, studentId, subjectId: id, after });
    return { id, status: "recorded" };
  });
}

function refuseIndicator(
  frame: SchoolFrame,
  term: SchoolTerm,
  indicatorId: string,
  dimension: WorkInput["dimension"],
): void {
  const point = [...frame.points.values()].find(
    (each) => each.indicatorId === indicatorId && each.schemeId === term.schemeId,
  );
  if (!isIndicatorOf(point, dimension)) throw new Problem("work-indicator-not-found");
}

function repeated(
  kept: KeptWork,
  sent: Pick<KeptWork, "id" | "studentId" | "makerId" | "title" | "reflection" | "dimension">,
): WorkSaved {
  const isSame =
    kept.studentId === sent.studentId &&
    kept.makerId === sent.makerId &&
    kept.title === sent.title &&
    kept.reflection === sent.reflection &&
    kept.dimension === sent.dimension;
  if (!isSame) throw new Problem("work-id-conflict");
  return { id: sent.id, status: "duplicate" };
}

/** Its maker takes a work away while its term goes on. @throws Problem work-not-found, work-not-yours, work-term-over */
export async function removeWork(deps: Deps, grant: Grant, studentId: string, id: string): Promise<void> {
  const { schoolId, membershipId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const term = currentTerm(frame, at);
  const names = await deps.database.write(schoolId, async (store) => {
    const work = await workOf(store, schoolId, studentId, id);
    if (work.makerId !== membershipId) throw new Problem("work-not-yours");
    if (work.termId !== term?.id) throw new Problem("work-term-over");
    const gone = await deletePortfolioFiles(store, schoolId, { workId: id });
    await forgetHighlight(store, schoolId, { kind: "work", subjectId: id, studentId });
    await deleteWork(store, schoolId, id);
    const before = { title: work.title, dimension: work.dimension };
    await noteChange(store, grant, { action: "work.delete", at, studentId, subjectId: id, before });
    return gone;
  });
  await removeNow(deps, schoolId, names);
}

/** Removes files at once where nothing else needs them; what is left the sweep finds. */
export async function removeNow(deps: Deps, schoolId: string, names: readonly string[]): Promise<void> {
  await deps.pictures.removeUnneeded(schoolId, names, (asked) =>
    deps.database.read(schoolId, (store) => filesInUse(store, schoolId, asked)),
  );
}

/** The homeroom teacher's word about a work, or null to take it back. @throws Problem work-not-found */
export async function sayWord(
  deps: Deps,
  grant: Grant,
  of: { readonly studentId: string; readonly workId: string },
  text: string | null,
): Promise<void> {
  const { schoolId, membershipId: by } = grant;
  const { studentId, workId: id } = of;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const work = await workOf(store, schoolId, studentId, id);
    await setWord(store, schoolId, id, { word: text?.trim() ?? null, by, at });
    const told = { before: { word: work.word }, after: { word: text } };
    await noteChange(store, grant, { action: "work.answer", at, studentId, subjectId: id, ...told });
  });
}

/** Takes a work out of the sight of all but staff, with a reason, or shows it again. @throws Problem work-not-found */
export async function hideWork(
  deps: Deps,
  grant: Grant,
  of: { readonly studentId: string; readonly workId: string },
  reason: string | null,
): Promise<void> {
  const { schoolId, membershipId: by } = grant;
  const { studentId, workId: id } = of;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const work = await workOf(store, schoolId, studentId, id);
    await setHidden(store, schoolId, id, reason === null ? null : { by, at, reason: reason.trim() });
    const told = { before: { isHidden: work.hiddenAt !== null }, after: { isHidden: reason !== null } };
    await noteChange(store, grant, { action: "work.hide", at, studentId, subjectId: id, ...told });
  });
}

async function workOf(store: Store, schoolId: string, studentId: string, id: string): Promise<KeptWork> {
  const work = await workById(store, schoolId, id);
  if (work?.studentId !== studentId) throw new Problem("work-not-found");
  return work;
}

/** A child's works as this reader may see them, newest first. */
export async function worksFor(
  store: Store,
  grant: Grant,
  studentId: string,
  { termId, files }: { readonly termId: string | undefined; readonly files: readonly PortfolioFile[] },
): Promise<Work[]> {
  const withHidden = isGranted("work.read-hidden", grant.standings);
  const lines = await worksOf(store, grant.schoolId, studentId, { withHidden });
  return lines.map((line) => workFor(line, grant, termId, files));
}

/** What children of a class and their families added lately, for its homeroom teacher. */
export async function newWorksOfClass(
  store: Store,
  grant: Grant,
  classId: string,
  { termId, now }: { readonly termId: string | undefined; readonly now: Date },
): Promise<Work[]> {
  const { schoolId } = grant;
  const since = new Date(now.getTime() - NEW_FOR_DAYS * DAY_MS);
  const all = await worksOfClass(store, schoolId, classId, { since, limit: MOST_ON_PAGE });
  const lines = all.filter(({ byRole }) => byRole === "student" || byRole === "guardian");
  const files = await portfolioFilesOf(store, schoolId, [...new Set(lines.map((line) => line.studentId))]);
  return lines.map((line) => workFor(line, grant, termId, files));
}

function workFor(
  line: WorkLine,
  grant: Grant,
  currentTermId: string | undefined,
  files: readonly PortfolioFile[],
): Work {
  const { id, studentId, studentName, termId, title, dimension, indicator, reflection, day, by, byRole } =
    line;
  return {
    id,
    termId,
    title,
    dimension,
    indicator,
    reflection,
    day,
    by,
    byRole,
    student: {
      id: studentId,
      name: studentName,
    },
    canDelete: line.makerId === grant.membershipId && termId === currentTermId,
    word:
      line.word === null
        ? null
        : {
            text: line.word,
            by: line.wordBy ?? "",
          },
    hidden: line.hidden && {
      ...line.hidden,
      at: line.hidden.at.toISOString(),
    },
    files: files.filter(({ workId }) => workId === id).map(fileRef),
  };
}
