/**
 * How often a child was noticed in a term against its own last term, dimension by dimension, with what that stands on.
 * Looks at one child only, says how often and never how good, and says so where the records are too few to tell.
 */
import type { GrowthFacts } from "./growth.ts";
import { trendOf, type WeekSpan } from "./trend.ts";
import { type Bilingual, type Change, type Dimension, DIMENSIONS } from "./words.ts";

/** What is known of one child in one of the two terms. */
export type OwnTerm = Pick<GrowthFacts, "weeks" | "weeksElapsed" | "recorders">;

export interface AgainstLastTerm {
  readonly dimension: Dimension;
  readonly change: Change;
  /** Of both terms together. */
  readonly records: number;
  /** People who made them, at least: who noticed the child in both terms is one. */
  readonly recorders: number;
  readonly sentence: Bilingual;
}

interface Figures {
  /** Records in a school week, to one decimal place. */
  readonly now: string;
  readonly before: string;
  readonly records: number;
  readonly recorders: number;
}

const TOLD: Readonly<Record<Change, (figures: Figures) => Bilingual>> = {
  more: (figures) => ({
    zh: `和上学期的自己比，更常被看见：${standing(figures).zh}。`,
    en: `Noticed more often than last term: ${standing(figures).en}.`,
  }),
  same: (figures) => ({
    zh: `和上学期的自己比，差不多一样常被看见：${standing(figures).zh}。`,
    en: `Noticed about as often as last term: ${standing(figures).en}.`,
  }),
  fewer: (figures) => ({
    zh: `和上学期的自己比，被看见得少了些，我们会多留意：${standing(figures).zh}。`,
    en: `Noticed less often than last term, and we will look out more: ${standing(figures).en}.`,
  }),
  "too-few": () => ({
    zh: "和上学期的自己比：记录还太少，说不准。",
    en: "Against last term: too few records to say.",
  }),
};

/** The five dimensions in their order. @param before the child's own last term, whole */
export function againstLastTerm(now: OwnTerm, before: OwnTerm): AgainstLastTerm[] {
  return DIMENSIONS.map((dimension) => {
    const recent = spanOf(dimension, now);
    const earlier = spanOf(dimension, before);
    const { change, records, recorders } = trendOf({
      recent,
      earlier,
      recorders: Math.max(now.recorders[dimension], before.recorders[dimension]),
    });
    const figures = { now: rateOf(recent), before: rateOf(earlier), records, recorders };
    return { dimension, change, records, recorders, sentence: TOLD[change](figures) };
  });
}

function spanOf(dimension: Dimension, { weeks, weeksElapsed }: OwnTerm): WeekSpan {
  return { records: weeks.reduce((sum, week) => sum + week.records[dimension], 0), weeks: weeksElapsed };
}

function rateOf({ records, weeks }: WeekSpan): string {
  return weeks > 0 ? (records / weeks).toFixed(1) : "0.0";
}

function standing({ now, before, records, recorders }: Figures): Bilingual {
  return {
    zh: `每周约 ${now} 次，上学期约 ${before} 次（${records} 条记录，至少 ${recorders} 人）`,
    en: `about ${now} times a school week, then about ${before} (${records} records by at least ${recorders} people)`,
  };
}
