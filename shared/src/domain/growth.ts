/**
 * A child's growth in the five dimensions of one term, from its tallies: what the portfolio and the term summary both say.
 * Looks at one child only; holds no other child's figure and no class figure.
 */
import type { DimensionGrowth } from "../contract/growth.ts";
import { levelOf } from "./levels.ts";
import { dimensionSentence } from "./sentences.ts";
import { bestStage, DEFAULT_THRESHOLDS, type StageThresholds } from "./stages.ts";
import { splitWeeks, trendOf } from "./trend.ts";
import { type Bilingual, type Dimension, DIMENSIONS, type PerDimension } from "./words.ts";

/** What a child has for one observation point in the term. */
export interface PointRecords {
  readonly name: Bilingual;
  readonly indicatorId: string;
  readonly dimension: Dimension;
  readonly count: number;
  readonly beans: number;
}

export interface SchemeIndicator {
  readonly id: string;
  readonly name: Bilingual;
  readonly dimension: Dimension;
}

/** What is known of one child in one term. Everything comes from tallies; nothing scans the ledger. */
export interface GrowthFacts {
  readonly student: { readonly id: string; readonly name: string };
  readonly termId: string;
  readonly grade: number;
  /** School weeks of the whole term (`schoolWeeksOf`). */
  readonly termWeeks: number;
  /** School weeks elapsed, the current one as the share that has passed (`weeksElapsed`). */
  readonly weeksElapsed: number;
  readonly dimensionNames: PerDimension<Bilingual>;
  /** The scheme's indicators for this grade, in its order; those without a record are told as such. */
  readonly indicators: readonly SchemeIndicator[];
  readonly points: readonly PointRecords[];
  /** People who recorded something for the child, by dimension. */
  readonly recorders: PerDimension<number>;
  /** Each school week so far, oldest first, the current one last (`schoolWeekIndex` tells which week a day counts for). */
  readonly weeks: readonly WeekRecords[];
  /** The scheme's thresholds; the product's own if left out. */
  readonly thresholds?: PerDimension<StageThresholds>;
}

export interface WeekRecords {
  readonly records: PerDimension<number>;
  readonly beans: PerDimension<number>;
}

/** The five dimensions in their order. Takes microseconds: it may be called for a whole class. */
export function buildDimensionGrowth(facts: GrowthFacts): DimensionGrowth[] {
  return DIMENSIONS.map((dimension) => growthIn(dimension, facts));
}

/** Names of the dimension's points with records, most records first. */
export function topPointsOf(dimension: Dimension, { points }: Pick<GrowthFacts, "points">): Bilingual[] {
  return points
    .filter((point) => point.dimension === dimension && point.count > 0)
    .sort((a, b) => b.count - a.count || (a.name.zh < b.name.zh ? -1 : 1))
    .map((point) => point.name);
}

function growthIn(dimension: Dimension, facts: GrowthFacts): DimensionGrowth {
  const points = facts.points.filter((point) => point.dimension === dimension);
  const name = facts.dimensionNames[dimension];
  const { stage, progress } = bestStage(
    facts.weeks.map((week) => week.beans[dimension]),
    (facts.thresholds ?? DEFAULT_THRESHOLDS)[dimension],
    facts,
  );
  const trend = trendOf({ ...recordSpansOf(dimension, facts), recorders: facts.recorders[dimension] });
  return {
    dimension,
    name,
    stage,
    progress,
    beans: sumOf(points, (point) => point.beans),
    records: sumOf(points, (point) => point.count),
    recorders: facts.recorders[dimension],
    trend,
    sentence: dimensionSentence({
      dimension,
      dimensionName: name,
      stage,
      change: trend.change,
      topPoints: topPointsOf(dimension, facts),
      studentName: facts.student.name,
      seed: `${facts.student.id}/${facts.termId}`,
    }),
    indicators: facts.indicators
      .filter((indicator) => indicator.dimension === dimension)
      .map((indicator) => {
        const records = sumOf(points, (point) => (point.indicatorId === indicator.id ? point.count : 0));
        return {
          id: indicator.id,
          name: indicator.name,
          level: levelOf(records, facts.weeksElapsed),
          records,
        };
      }),
  };
}

/** The recent and the earlier weeks' records of a dimension, as the trend compares them. */
export function recordSpansOf(
  dimension: Dimension,
  { weeks, weeksElapsed }: Pick<GrowthFacts, "weeks" | "weeksElapsed">,
) {
  return splitWeeks(
    weeks.map((week) => week.records[dimension]),
    weeksElapsed,
  );
}

function sumOf<T>(things: readonly T[], figure: (thing: T) => number): number {
  return things.reduce((total, thing) => total + figure(thing), 0);
}
