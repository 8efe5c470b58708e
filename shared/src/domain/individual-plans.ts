/**
 * An individual plan: its bounds, on which days one of its own points may be given, and how often each was seen week by
 * week against the child's own earlier weeks. Pure. Never takes a second child.
 */
import type { DayExceptions } from "./days.ts";
import { daysBetween } from "./days.ts";
import { latestSchoolWeeks, schoolWeekIndex, type TermSpan } from "./terms.ts";
import { ownTrendOf, splitWeeks } from "./trend.ts";
import type { Change } from "./words.ts";

export const INDIVIDUAL_PLAN_RULES = {
  fewestPoints: 1,
  mostPoints: 6,
  minBeans: 1,
  maxBeans: 3,
  /** Awards a point and week that carry beans, at most. */
  weeklyCap: 5,
  longestDays: 366,
  /** Characters. */
  longestName: 16,
  longestFocus: 200,
  longestSupports: 500,
  longestNote: 200,
  longestReview: 500,
} as const;

export interface PlanDays {
  readonly startsOn: string;
  readonly endsOn: string;
  /** When the teachers look at it together. */
  readonly reviewOn: string;
}

/** Whether the days of a plan are in order, not over yet, and no more than a year. */
export function arePlanDaysFit({ startsOn, endsOn, reviewOn }: PlanDays, today: string): boolean {
  return (
    startsOn <= reviewOn &&
    reviewOn <= endsOn &&
    today <= endsOn &&
    daysBetween(startsOn, endsOn) <= INDIVIDUAL_PLAN_RULES.longestDays
  );
}

/** Which child's a point is alone, and its first and last day. */
export interface OwnPoint {
  readonly studentId: string;
  readonly startsOn: string;
  readonly lastDay: string;
}

/** Whether a child's own point may be given to a child on a day. @param until the last day, a tablet's delay included */
export function isOwnPointGiven(
  { studentId, startsOn }: OwnPoint,
  to: { readonly studentId: string; readonly day: string },
  until: string,
): boolean {
  return studentId === to.studentId && startsOn <= to.day && to.day <= until;
}

/** The code of a child's own point: clashes with none of a scheme's, and tells nothing. */
export function ownPointCode(id: string): string {
  return `XS-${id.slice(-8)}`;
}

export interface PointCourse {
  /** Mondays of the school weeks since the plan began, oldest first, with what was recorded. */
  readonly weeks: readonly { readonly startsOn: string; readonly records: number }[];
  readonly records: number;
  /** The recent weeks against the child's own earlier ones. */
  readonly change: Change;
}

/**
 * How often one point was seen, week by week of a term.
 * @param counts standing records by day
 * @param from the day the plan began
 * @param day today, or the plan's last day
 */
export function courseOf(
  counts: readonly { readonly day: string; readonly count: number }[],
  from: string,
  { term, day, exceptions }: { term: TermSpan; day: string; exceptions: DayExceptions },
): PointCourse {
  const { weeks, elapsed } = latestSchoolWeeks(term, day, exceptions, MOST_WEEKS);
  const begun = schoolWeekIndex(weeks, from);
  const shown = weeks.slice(begun).map((startsOn) => ({ startsOn, records: 0 }));
  let records = 0;
  for (const one of counts) {
    if (one.day < term.startsOn || one.day > term.endsOn || one.day < from) continue;
    const week = shown[schoolWeekIndex(weeks, one.day) - begun];
    if (!week) continue;
    week.records += one.count;
    records += one.count;
  }
  const split = splitWeeks(
    shown.map((week) => week.records),
    elapsed - begun,
  );
  return { weeks: shown, records, change: ownTrendOf(split) };
}

/** More than a term has. */
const MOST_WEEKS = 30;
