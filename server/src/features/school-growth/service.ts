/**
 * The school's growth in a term, from tallies: shares of the school, each grade and each class. Read a grade at a time so
 * that a large school's taps get in between. Names no child, and tells no class how much was recorded in it.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type TermTally, termTalliesOfStudents, weekBeansOfSchool } from "@doudou/db/repositories/growth.ts";
import { classesOfYear, type ClassRow } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { GrowingGroup, SchoolGrowth } from "@doudou/shared/contract/school-growth.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { OwnTerm } from "@doudou/shared/domain/own-past.ts";
import { type ChildInGroup, growthOfGroup, ownChanges } from "@doudou/shared/domain/school-growth.ts";
import { bestStage, DEFAULT_THRESHOLDS } from "@doudou/shared/domain/stages.ts";
import { schoolWeeksOf, weeksElapsed } from "@doudou/shared/domain/terms.ts";
import { DIMENSIONS, type PerDimension, perDimension } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, dimensionNames, termBefore, termById, termRef } from "../schools/service.ts";

interface SchoolChild extends ChildInGroup {
  readonly classId: string;
}

/**
 * The school in a term; the current one if none is named.
 * @throws Problem term-not-found
 */
export async function schoolGrowth(
  deps: Deps,
  { schoolId }: Grant,
  termId: string | undefined,
): Promise<SchoolGrowth> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const term = termId === undefined ? currentTerm(frame, now) : termById(frame, termId);
  if (!term) throw new Problem("term-not-found");
  const before = termBefore(frame, term);
  const classes = await deps.database.read(schoolId, (store) =>
    classesOfYear(store, schoolId, term.academicYearId),
  );
  const children: SchoolChild[] = [];
  for (const grade of new Set(classes.map((row) => row.grade))) {
    children.push(...(await childrenOfGrade(deps, frame, { term, before, today, grade })));
    await nextTurn();
  }
  const names = dimensionNames(frame, term);
  return {
    term: termRef(frame, term, now),
    before: before ? termRef(frame, before, now) : null,
    terms: frame.terms
      .filter(({ startsOn }) => startsOn <= today)
      .map((each) => termRef(frame, each, now))
      .reverse(),
    dimensions: DIMENSIONS.map((dimension) => ({ dimension, name: names[dimension] })),
    groups: groupsOf(classes, children),
  };
}

interface GradeInTerm {
  readonly term: SchoolTerm;
  readonly before: SchoolTerm | undefined;
  readonly today: string;
  readonly grade: number;
}

async function childrenOfGrade(
  deps: Deps,
  frame: SchoolFrame,
  { term, before, today, grade }: GradeInTerm,
): Promise<SchoolChild[]> {
  const { schoolId } = frame;
  const asOf = today < term.endsOn ? today : term.endsOn;
  const allWeeks = schoolWeeksOf(term, frame.exceptions);
  const elapsed = weeksElapsed(term, asOf, frame.exceptions);
  const weeks = allWeeks.slice(0, Math.ceil(elapsed));
  const weeksBefore = before ? weeksElapsed(before, before.endsOn, frame.exceptions) : 0;
  const read = await deps.database.read(schoolId, async (store) => {
    const span = { day: asOf, from: term.startsOn, to: asOf, weeks, grade };
    const tallies = await weekBeansOfSchool(store, schoolId, span);
    const ids = [...new Set(tallies.map(({ studentId }) => studentId))];
    return {
      tallies,
      now: await termTalliesOfStudents(store, schoolId, ids, term.id),
      before: before ? await termTalliesOfStudents(store, schoolId, ids, before.id) : [],
    };
  });
  const [inTerm, inTermBefore] = [byStudent(read.now), byStudent(read.before)];
  const settings = frame.dimensionsOfScheme.get(term.schemeId ?? "");
  return [...byStudent(read.tallies)].flatMap(([studentId, ofChild]) => {
    const [first] = ofChild;
    if (!first) return [];
    const beans = perDimension(() => weeks.map(() => 0));
    for (const { dimension, week, beans: ofWeek } of ofChild)
      if (dimension !== null) beans[dimension][week] = ofWeek;
    const stages = perDimension((dimension) => {
      const thresholds = settings?.get(dimension)?.thresholds ?? DEFAULT_THRESHOLDS[dimension];
      return bestStage(beans[dimension], thresholds, { grade, termWeeks: allWeeks.length }).stage;
    });
    const earlier = inTermBefore.get(studentId);
    const against = ownChanges(
      ownTerm(inTerm.get(studentId) ?? [], elapsed),
      earlier && ownTerm(earlier, weeksBefore),
    );
    return [{ classId: first.classId, stages, against }];
  });
}

function byStudent<T extends { readonly studentId: string }>(tallies: readonly T[]): Map<string, T[]> {
  return Map.groupBy(tallies, ({ studentId }) => studentId);
}

/** A whole term as one stretch of weeks: how often does not hang on in which of them. */
function ownTerm(tallies: readonly TermTally[], elapsed: number): OwnTerm {
  const figures = (of: "records" | "recorders"): PerDimension<number> =>
    perDimension((dimension) => tallies.find((tally) => tally.dimension === dimension)?.[of] ?? 0);
  return { weeks: [{ records: figures("records") }], weeksElapsed: elapsed, recorders: figures("recorders") };
}

function groupsOf(classes: readonly ClassRow[], children: readonly SchoolChild[]): GrowingGroup[] {
  const ofClass = Map.groupBy(children, ({ classId }) => classId);
  const inClasses = (rows: readonly ClassRow[]) => rows.flatMap(({ id }) => ofClass.get(id) ?? []);
  return [
    { grade: null, class: null, ...growthOfGroup(inClasses(classes), true) },
    ...[...Map.groupBy(classes, ({ grade }) => grade)].flatMap(([grade, rows]) => [
      { grade, class: null, ...growthOfGroup(inClasses(rows), true) },
      ...rows.map((row) => ({
        grade,
        class: { id: row.id, name: row.name, grade },
        ...growthOfGroup(inClasses([row]), false),
      })),
    ]),
  ];
}
