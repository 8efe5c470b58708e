/**
 * What term summaries still lack, before they are published: of one class child by child, and of many classes in the
 * background (preparing.ts), as counts. Writes nothing of a child and publishes nothing.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  classById,
  classesOfYear,
  homeroomTeacherName,
  studentsOfClass,
} from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import { draftsOf, publishedOn } from "@doudou/db/repositories/summaries.ts";
import {
  beginPreparation,
  latestPreparation,
  preparedClasses,
  stopPreparation,
} from "@doudou/db/repositories/summary-preparations.ts";
import type {
  ClassPieces,
  PreparationStart,
  PreparedClass,
  SummaryPreparation,
} from "@doudou/shared/contract/summary-rounds.ts";
import { buildDimensionGrowth } from "@doudou/shared/domain/growth.ts";
import { type MissingPieces, missingPieces } from "@doudou/shared/domain/summary-pieces.ts";
import { v7 as uuidv7 } from "uuid";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { termGrowthOfAll } from "../growth/service.ts";
import { testedChildren } from "../fitness/service.ts";
import { ratedChildren } from "../rubrics/service.ts";
import { currentTerm, termById } from "../schools/service.ts";
import { lastDaySoFar } from "../summaries/service.ts";

/** A child of a class that is looked through. */
export interface LookedThrough extends MissingPieces {
  readonly id: string;
  readonly name: string;
}

/** Every child of a class with what its summary lacks; nothing where it is published. In a handful of statements. */
export async function lookThrough(
  store: Store,
  frame: SchoolFrame,
  term: SchoolTerm,
  { id: classId, grade }: { readonly id: string; readonly grade: number },
  now: Date,
): Promise<LookedThrough[]> {
  const { schoolId } = frame;
  const day = lastDaySoFar(term, frame, now);
  const students = await studentsOfClass(store, schoolId, classId, day);
  const ids = students.map(({ id }) => id);
  const drafts = await draftsOf(store, schoolId, term.id, ids);
  const comments = new Map(drafts.map(({ studentId, comment }) => [studentId, comment]));
  const published = await publishedOn(store, schoolId, term.id, ids);
  const homeroomTeacher = (await homeroomTeacherName(store, schoolId, classId, day)) ?? null;
  const rated = await ratedChildren(store, schoolId, { studentIds: ids, termId: term.id, day });
  const { academicYearId } = term;
  const tested = await testedChildren(store, schoolId, { studentIds: ids, academicYearId, grade, day });
  const grown = await termGrowthOfAll(store, frame, term, students, grade, now);
  return students.map(({ id, name }, place) => {
    if (published.has(id)) return { id, name, pieces: [], dimensions: [] };
    const facts = grown[place]?.facts;
    const dimensions = facts ? buildDimensionGrowth(facts) : [];
    const comment = comments.get(id) ?? "";
    const isRated = rated ? rated.has(id) : null;
    const isTested = tested ? tested.has(id) : null;
    return { id, name, ...missingPieces({ comment, homeroomTeacher, isRated, isTested, dimensions }) };
  });
}

/** Who of a class still lacks something. @throws Problem not-found, term-not-found */
export async function piecesOfClass(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
  termId: string | undefined,
): Promise<ClassPieces> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const term = termId === undefined ? currentTerm(frame, now) : termById(frame, termId);
  if (!term) throw new Problem("term-not-found");
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const children = await lookThrough(store, frame, term, row, now);
    return {
      children: children
        .filter(({ pieces }) => pieces.length > 0)
        .map((child) => ({ ...child, pieces: [...child.pieces], dimensions: [...child.dimensions] })),
    };
  });
}

/**
 * Begins to look through classes; the server goes on with it by itself.
 * @throws Problem preparation-under-way, not-found for a class that is not of the term's year
 */
export async function startPreparation(
  deps: Deps,
  grant: Grant,
  { termId, classIds }: PreparationStart,
): Promise<void> {
  const { schoolId, membershipId: startedBy } = grant;
  const term = termById(await deps.frames.of(schoolId), termId);
  const startedAt = deps.now();
  const begun = { id: uuidv7(), termId, classIds, startedBy, startedAt };
  await deps.database.write(schoolId, async (store) => {
    const ofYear = new Set((await classesOfYear(store, schoolId, term.academicYearId)).map(({ id }) => id));
    if (!classIds.every((id) => ofYear.has(id))) throw new Problem("not-found");
    if (!(await beginPreparation(store, schoolId, begun))) throw new Problem("preparation-under-way");
    const after = { termId, classes: classIds.length };
    await noteChange(store, grant, { action: "summary.prepare", at: startedAt, after });
  });
}

/** Stops what is under way; what has been found stays. Stopping twice is no mistake. */
export async function endPreparation(deps: Deps, grant: Grant, termId: string): Promise<void> {
  const { schoolId } = grant;
  termById(await deps.frames.of(schoolId), termId);
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    if (!(await stopPreparation(store, schoolId, termId, at))) return;
    await noteChange(store, grant, { action: "summary.prepare", at, before: { termId } });
  });
}

/** How far the term's last preparation has come, and what it found of each class. */
export async function preparationOf(
  store: Store,
  schoolId: string,
  termId: string,
): Promise<{ preparation: SummaryPreparation | null; ofClass: Map<string, PreparedClass> }> {
  const ofClass = new Map<string, PreparedClass>();
  const latest = await latestPreparation(store, schoolId, termId);
  if (!latest) return { preparation: null, ofClass };
  const classes = await preparedClasses(store, schoolId, latest.id);
  for (const { classId, ready, missing, preparedAt } of classes)
    if (ready !== null && missing && preparedAt)
      ofClass.set(classId, { preparedAt: preparedAt.toISOString(), ready, missing });
  const { state, by, startedAt } = latest;
  const progress = { classes: classes.length, prepared: ofClass.size };
  return { preparation: { state, by, startedAt: startedAt.toISOString(), ...progress }, ofClass };
}
