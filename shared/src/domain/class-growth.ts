/**
 * What a homeroom teacher may look into in a class: which child has hardly been seen, has nothing in one dimension, or
 * is noticed more rarely than in its own earlier weeks; and how many are noticed more or less than in their own last term.
 * Each child is looked at alone; nothing here compares two, and nothing puts them in an order.
 */
import type { AgainstTermBefore } from "../contract/class-growth.ts";
import type { DimensionGrowth } from "../contract/growth.ts";
import type { GrowthFacts } from "./growth.ts";
import { type OwnTerm, rateOf, trendAgainst } from "./own-past.ts";
import { type Change, type Dimension, DIMENSIONS, type PerDimension, perDimension } from "./words.ts";

/** `few`: hardly seen at all; `empty`: nothing in one dimension; `fewer`: less than in the child's own earlier weeks. */
export const NEED_REASONS = ["few", "empty", "fewer"] as const;
export type NeedReason = (typeof NEED_REASONS)[number];

export interface Need {
  readonly reason: NeedReason;
  /** Null for `few`, which is about all of them. */
  readonly dimension: Dimension | null;
}

/** Before, nobody has had the time to look at every child. In school weeks. */
const WEEKS_BEFORE_ASKING = 3;
/** A child of whom less than this is written down in a school week is hardly seen. */
const RECORDS_A_WEEK = 1;
/** How long a teacher means to look out for a child. In days; the day it begins is one of them. */
export const WATCH_DAYS = 14;

/**
 * Whether too little time has passed to say whether enough is seen of a child.
 * @param weeksHere as for `needsOf`
 */
export function isTooEarlyToAsk(weeksHere: number): boolean {
  return weeksHere < WEEKS_BEFORE_ASKING;
}

/**
 * Why to look at a child, in the order of the dimensions; nothing where all is well or it is too early to say.
 * @param weeksHere school weeks of the term that the child has been here for, with a share for the running one
 */
export function needsOf(
  growth: readonly Pick<DimensionGrowth, "dimension" | "records" | "trend">[],
  weeksHere: number,
): Need[] {
  if (isTooEarlyToAsk(weeksHere)) return [];
  const records = growth.reduce((sum, { records: count }) => sum + count, 0);
  if (records < weeksHere * RECORDS_A_WEEK) return [{ reason: "few", dimension: null }];
  return growth.flatMap(({ dimension, records: count, trend }): Need[] => {
    if (count === 0) return [{ reason: "empty", dimension }];
    return trend.change === "fewer" ? [{ reason: "fewer", dimension }] : [];
  });
}

/** How many different children were noticed in a week, in all and by dimension. */
export interface WeekCoverage {
  readonly children: number;
  readonly dimensions: PerDimension<number>;
}

/** @param children their weeks, oldest first, all of the same term: each list is as long as the others */
export function coverageOf(children: readonly GrowthFacts["weeks"][]): WeekCoverage[] {
  const [first = []] = children;
  return first.map((_, week) => {
    const records = children.map((weeks) => weeks[week]?.records);
    const noticed = (dimension: Dimension) => records.filter((of) => (of?.[dimension] ?? 0) > 0).length;
    return {
      children: records.filter((of) => DIMENSIONS.some((dimension) => (of?.[dimension] ?? 0) > 0)).length,
      dimensions: perDimension(noticed),
    };
  });
}

/** One child in a term and in its own last one. */
export interface TwoTerms {
  readonly now: OwnTerm;
  readonly before: OwnTerm;
}

/**
 * How many children are noticed more, as much or less than in their own last term, dimension by dimension, and how often a
 * child is on average. Summing the class up first would let a few much-noticed children speak for all.
 */
export function classAgainstLastTerm(children: readonly TwoTerms[]): AgainstTermBefore["dimensions"] {
  return DIMENSIONS.map((dimension) => {
    const changes = children.map(({ now, before }) => trendAgainst(dimension, now, before).change);
    const howMany = (wanted: Change) => changes.filter((change) => change === wanted).length;
    const perWeek = (of: keyof TwoTerms) => {
      const sum = children.reduce((total, child) => total + rateOf(dimension, child[of]), 0);
      return Math.round((sum / Math.max(1, children.length)) * 10) / 10;
    };
    return {
      dimension,
      more: howMany("more"),
      same: howMany("same"),
      fewer: howMany("fewer"),
      tooFew: howMany("too-few"),
      perWeek: perWeek("now"),
      perWeekBefore: perWeek("before"),
    };
  });
}
