/**
 * Whether a child is noticed more, as much or less than in its own earlier school weeks, or whether that cannot be said.
 * Takes figures of one child in one dimension, never of two children; or of one teacher's own attention.
 *
 * Records are taken as a Gamma–Poisson process: records made in one burst tell less than this model thinks, so the words
 * built on it say "more often noticed", not "better".
 */
import type { Trend } from "../contract/growth.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import type { Change } from "./words.ts";

/** Records made over so many school weeks; a week that is not over counts as the share of it that has passed. */
export interface WeekSpan {
  readonly records: number;
  readonly weeks: number;
}

/** Fewer records than this say nothing. */
export const LEAST_RECORDS = 5;
const LEAST_RECORDERS = 2;
/** Nor does a shorter time. In school weeks. */
export const LEAST_WEEKS = 2;
const RECENT_WEEKS = 6;
const SURE = 0.9;

/**
 * The change of the recent weeks against the earlier ones.
 * `more` or `fewer` only if the chance that the rate rose is above 0.9 or below 0.1; `too-few` with fewer than 5 records,
 * 2 recorders, or 2 weeks on either side.
 * @param recorders people who made these records
 */
export function trendOf({
  recent,
  earlier,
  recorders,
}: {
  recent: WeekSpan;
  earlier: WeekSpan;
  recorders: number;
}): Trend {
  const isLongEnough = Math.min(recent.weeks, earlier.weeks) >= LEAST_WEEKS;
  return verdict(recent, earlier, recorders, isLongEnough);
}

/** The same where one person made all the records, and so who made them says nothing. */
export function ownTrendOf(spans: { recent: WeekSpan; earlier: WeekSpan }): Change {
  return trendOf({ ...spans, recorders: LEAST_RECORDERS }).change;
}

/** This week against the last one, by the same rule but for the two weeks. @param thisWeekShare how much of this week has passed, 0 to 1 */
export function weekOverWeek({
  thisWeek,
  lastWeek,
  recorders,
  thisWeekShare = 1,
}: {
  thisWeek: number;
  lastWeek: number;
  recorders: number;
  thisWeekShare?: number;
}): Trend {
  return verdict(
    { records: thisWeek, weeks: thisWeekShare },
    { records: lastWeek, weeks: 1 },
    recorders,
    thisWeekShare > 0,
  );
}

/**
 * Parts a term's weeks so far into the recent ones (half, at most six) and the child's own earlier ones.
 * @param weeklyRecords records of each school week so far, oldest first, the current one last
 * @param weeksElapsed school weeks elapsed, with the current one as a share of it
 */
export function splitWeeks(
  weeklyRecords: readonly number[],
  weeksElapsed: number,
): { recent: WeekSpan; earlier: WeekSpan } {
  const recentCount = Math.min(RECENT_WEEKS, Math.floor(weeklyRecords.length / 2));
  const earlierCount = weeklyRecords.length - recentCount;
  return {
    recent: {
      records: sum(weeklyRecords.slice(earlierCount)),
      weeks: Math.max(0, Math.min(recentCount, weeksElapsed - earlierCount)),
    },
    earlier: { records: sum(weeklyRecords.slice(0, earlierCount)), weeks: earlierCount },
  };
}

/**
 * The chance that the rate behind the recent records is above the rate behind the earlier ones.
 * The prior is one school week at the child's own rate over both spans: it pulls a thin record towards "about the same".
 * With X ~ Beta, P(recent > earlier) = P(X > exposure share of the recent weeks); exact, no sampling.
 */
export function chanceOfMore(recent: WeekSpan, earlier: WeekSpan): number {
  const ownRate = (recent.records + earlier.records) / (recent.weeks + earlier.weeks);
  if (!(ownRate > 0)) return 0.5;
  const recentExposure = recent.weeks + 1;
  const earlierExposure = earlier.weeks + 1;
  return (
    1 -
    incompleteBeta(
      recentExposure / (recentExposure + earlierExposure),
      recent.records + ownRate,
      earlier.records + ownRate,
    )
  );
}

function verdict(recent: WeekSpan, earlier: WeekSpan, recorders: number, isLongEnough: boolean): Trend {
  const records = recent.records + earlier.records;
  const isEnough = isLongEnough && records >= LEAST_RECORDS && recorders >= LEAST_RECORDERS;
  return { change: isEnough ? changeFor(chanceOfMore(recent, earlier)) : "too-few", records, recorders };
}

function changeFor(chance: number): Change {
  if (chance > SURE) return "more";
  return chance < 1 - SURE ? "fewer" : "same";
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
