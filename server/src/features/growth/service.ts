/** The growth portfolio: one child in one term, against its own past. */
import type { Store } from "@doudou/db/engines/database.ts";
import { type DayCount, termsWithAwards } from "@doudou/db/repositories/growth.ts";
import { type Enrolled, enrollmentsOf, studentById } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import { localDayOf, weekRange } from "@doudou/shared/domain/calendar.ts";
import { buildDimensionGrowth, type GrowthFacts } from "@doudou/shared/domain/growth.ts";
import { totalsOf } from "@doudou/shared/domain/scoring.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, termBefore, termById, termRef } from "../schools/service.ts";
import { classInTerm, termGrowth, termGrowthOfAll } from "./facts.ts";

export { classInTerm, termGrowth, termGrowthOfAll };
export { years } from "./years.ts";

/**
 * A child's portfolio of a term; the current one if none is named.
 * @throws Problem not-found, term-not-found
 */
export async function portfolio(
  deps: Deps,
  grant: Grant,
  studentId: string,
  termId: string | undefined,
): Promise<Portfolio> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const term = termId === undefined ? currentTerm(frame, now) : termById(frame, termId);
  if (!term) throw new Problem("term-not-found");

  return await deps.database.read(schoolId, async (store) => {
    const student = await studentById(store, schoolId, studentId);
    if (!student) throw new Problem("not-found");
    const enrollments = await enrollmentsOf(store, schoolId, [studentId]);
    const inTerm = classInTerm(enrollments, term);
    const { facts, weekStarts, days } = await termGrowth(
      store,
      frame,
      term,
      student,
      inTerm?.grade ?? 1,
      now,
    );
    return {
      student: {
        id: student.id,
        name: student.name,
        class: inTerm ? { id: inTerm.id, name: inTerm.name, grade: inTerm.grade } : null,
        schoolName: frame.name,
      },
      term: termRef(frame, term, now),
      terms: await termsToShow(store, frame, studentId, term, now),
      dimensions: buildDimensionGrowth(facts),
      today: totalsOf(days.filter(({ day }) => day === today)),
      week: totalsOf(within(days, weekRange(today))),
      weeks: weekStarts.map((startsOn) => ({ startsOn, beans: totalsOf(within(days, weekRange(startsOn))) })),
      earlier: earlierShown(frame, await lastTermOf(store, frame, term, student, enrollments, now), now),
    };
  });
}

async function termsToShow(
  store: Store,
  frame: SchoolFrame,
  studentId: string,
  shown: SchoolTerm,
  now: Date,
) {
  const begun = frame.terms.filter((term) => term.startsOn <= localDayOf(now.getTime(), frame.timeZone));
  const withAwards = await termsWithAwards(
    store,
    frame.schoolId,
    studentId,
    begun.map((term) => term.id),
  );
  return begun
    .filter(
      (term) =>
        withAwards.includes(term.id) || term.id === shown.id || term.id === currentTerm(frame, now)?.id,
    )
    .map((term) => termRef(frame, term, now))
    .reverse();
}

function earlierShown(
  frame: SchoolFrame,
  before: Awaited<ReturnType<typeof lastTermOf>>,
  now: Date,
): Portfolio["earlier"] {
  if (!before) return null;
  const stages = buildDimensionGrowth(before.facts);
  return {
    term: termRef(frame, before.term, now),
    stages: stages.map(({ dimension, stage, progress }) => ({ dimension, stage, progress })),
  };
}

/** The term before, of a child who was in a class here and was noticed in it. */
export async function lastTermOf(
  store: Store,
  frame: SchoolFrame,
  term: SchoolTerm,
  student: { readonly id: string; readonly name: string },
  enrollments: readonly Enrolled[],
  now: Date,
): Promise<{ readonly term: SchoolTerm; readonly facts: GrowthFacts } | undefined> {
  const before = termBefore(frame, term);
  const inTerm = before && classInTerm(enrollments, before);
  if (!before || !inTerm) return undefined;
  const { facts } = await termGrowth(store, frame, before, student, inTerm.grade, now);
  return facts.points.length === 0 ? undefined : { term: before, facts };
}

function within(days: readonly DayCount[], span: { startsOn: string; endsOn: string }): DayCount[] {
  return days.filter(({ day }) => day >= span.startsOn && day <= span.endsOn);
}
