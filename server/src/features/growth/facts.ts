/**
 * Gathers, from tallies only, what the domain needs to tell a child's growth in a term. The ledger is not read.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  type DayCount,
  dayTalliesOf,
  dayTalliesOfStudents,
  type PointTally,
  talliesOf,
  talliesOfStudents,
} from "@doudou/db/repositories/growth.ts";
import type { Enrolled } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import type { GrowthFacts, PointRecords, WeekRecords } from "@doudou/shared/domain/growth.ts";
import { DEFAULT_THRESHOLDS } from "@doudou/shared/domain/stages.ts";
import { schoolWeekIndex, schoolWeeksOf, weeksElapsed } from "@doudou/shared/domain/terms.ts";
import { perDimension } from "@doudou/shared/domain/words.ts";
import { dimensionNames, pointGiven, pointsOfScheme } from "../schools/service.ts";

export interface TermGrowth {
  readonly facts: GrowthFacts;
  /** Mondays of the term's school weeks so far, oldest first; beside `facts.weeks`. */
  readonly weekStarts: readonly string[];
  readonly days: readonly DayCount[];
}

interface Child {
  readonly id: string;
  readonly name: string;
}

/** A child's term in figures of its own. `grade` is the one of the class the child was in then. */
export async function termGrowth(
  store: Store,
  frame: SchoolFrame,
  term: SchoolTerm,
  student: Child,
  grade: number,
  now: Date,
): Promise<TermGrowth> {
  const { schoolId } = frame;
  const tallies = await talliesOf(store, schoolId, student.id, term.id);
  const days = await dayTalliesOf(store, schoolId, student.id, { from: term.startsOn, to: term.endsOn });
  return growthIn(frame, term, grade, now)(student, tallies, days);
}

/** The same for children of one grade, in two statements however many they are, in their order. */
export async function termGrowthOfAll(
  store: Store,
  frame: SchoolFrame,
  term: SchoolTerm,
  students: readonly Child[],
  grade: number,
  now: Date,
): Promise<TermGrowth[]> {
  const { schoolId } = frame;
  const ids = students.map(({ id }) => id);
  const span = { from: term.startsOn, to: term.endsOn };
  const tallies = Map.groupBy(await talliesOfStudents(store, schoolId, ids, term.id), whose);
  const days = Map.groupBy(await dayTalliesOfStudents(store, schoolId, ids, span), whose);
  const growthOf = growthIn(frame, term, grade, now);
  return students.map((student) =>
    growthOf(student, tallies.get(student.id) ?? [], days.get(student.id) ?? []),
  );
}

function whose({ studentId }: { readonly studentId: string }): string {
  return studentId;
}

/** What is the same for every child of a grade in a term is reckoned once. */
function growthIn(frame: SchoolFrame, term: SchoolTerm, grade: number, now: Date) {
  const today = localDayOf(now.getTime(), frame.timeZone);
  const asOf = today < term.endsOn ? today : term.endsOn;
  const allWeeks = schoolWeeksOf(term, frame.exceptions);
  const elapsed = weeksElapsed(term, asOf, frame.exceptions);
  const weekStarts = allWeeks.slice(0, Math.ceil(elapsed));
  const settings = frame.dimensionsOfScheme.get(term.schemeId ?? "");
  const shared = {
    termId: term.id,
    grade,
    termWeeks: allWeeks.length,
    weeksElapsed: elapsed,
    dimensionNames: dimensionNames(frame, term),
    thresholds: perDimension(
      (dimension) => settings?.get(dimension)?.thresholds ?? DEFAULT_THRESHOLDS[dimension],
    ),
    indicators: indicatorsOf(frame, term, grade),
  };
  return (student: Child, tallies: readonly PointTally[], days: readonly DayCount[]): TermGrowth => ({
    weekStarts,
    days,
    facts: {
      ...shared,
      student,
      points: recordsByPoint(frame, term, tallies),
      recorders: perDimension(
        (dimension) =>
          new Set(tallies.filter((t) => t.dimension === dimension).map((t) => t.recorderId)).size,
      ),
      weeks: recordsByWeek(weekStarts, days),
    },
  });
}

/** The class whose grade counts for a term: where the child was at its end, or is now. */
export function classInTerm(
  enrollments: readonly Enrolled[],
  term: SchoolTerm,
): Enrolled["class"] | undefined {
  const within = enrollments.filter(
    (e) => e.startsOn <= term.endsOn && (e.endsOn === null || e.endsOn >= term.startsOn),
  );
  return within.at(-1)?.class;
}

function indicatorsOf(frame: SchoolFrame, term: SchoolTerm, grade: number) {
  const indicators = new Map(
    pointsOfScheme(frame, term.schemeId, grade).map(({ indicatorId: id, indicator: name, dimension }) => [
      id,
      { id, name, dimension },
    ]),
  );
  return [...indicators.values()];
}

/**
 * Tallies are kept by recorder as well; a child's records of a point are those of all of them. Where another version took
 * the term's place, a point is the same by its code, and counts for the indicator that has its own's code now.
 */
function recordsByPoint(
  frame: SchoolFrame,
  term: SchoolTerm,
  tallies: readonly PointTally[],
): PointRecords[] {
  const pointsNow = [...frame.points.values()].filter(({ schemeId }) => schemeId === term.schemeId);
  const pointNow = new Map(pointsNow.map((point) => [point.code, point]));
  const indicatorNow = new Map(pointsNow.map((point) => [point.indicatorCode, point.indicatorId]));
  const keyOf = ({ observationPointId, dimension }: PointTally) => {
    // Points of one child's own are called as their indicator is: under it they are one.
    const own = frame.ownPoints.get(observationPointId);
    return `${dimension} ${own ? `of ${own.indicatorCode}` : frame.points.get(observationPointId)?.code}`;
  };
  return [...Map.groupBy(tallies, keyOf).values()].flatMap((ofPoint) => {
    const given = pointGiven(frame, ofPoint[0]?.observationPointId ?? "");
    if (!given) return [];
    const now = pointNow.get(given.code);
    const point = now?.dimension === given.dimension ? now : given;
    const { name, dimension } = point;
    const indicatorId = indicatorNow.get(point.indicatorCode) ?? point.indicatorId;
    const count = ofPoint.reduce((sum, tally) => sum + tally.count, 0);
    const beans = ofPoint.reduce((sum, tally) => sum + tally.beans, 0);
    return [{ name, indicatorId, dimension, count, beans }];
  });
}

function recordsByWeek(weekStarts: readonly string[], days: readonly DayCount[]): WeekRecords[] {
  const weeks = weekStarts.map(() => ({ records: perDimension(() => 0), beans: perDimension(() => 0) }));
  // A day has up to five rows, and a term a hundred days: its week is worked out once.
  const weekOf = new Map<string, number>();
  for (const { day, dimension, count, beans } of days) {
    const place = weekOf.get(day) ?? schoolWeekIndex(weekStarts, day);
    weekOf.set(day, place);
    const week = weeks[place];
    if (!week) continue;
    week.records[dimension] += count;
    week.beans[dimension] += beans;
  }
  return weeks;
}
