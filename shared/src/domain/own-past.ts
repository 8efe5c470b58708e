/**
 * How often a child was noticed in a term against its own last term, dimension by dimension, with what that stands on.
 * Looks at one child only, says how often and never how good, and says so where the records are too few to tell.
 */
import type { Trend } from "../contract/growth.ts";
import type { AgainstLastTerm } from "../contract/summaries.ts";
import type { GrowthFacts } from "./growth.ts";
import { trendOf, type WeekSpan } from "./trend.ts";
import { type Bilingual, type Change, type Dimension, DIMENSIONS } from "./words.ts";

/** What is known of one child in one of the two terms. */
export type OwnTerm = Pick<GrowthFacts, "weeks" | "weeksElapsed" | "recorders">;

const OPENINGS: Readonly<Record<Exclude<Change, "too-few">, Bilingual>> = {
  more: { zh: "和上学期的自己比，更常被看见", en: "Noticed more often than last term" },
  same: { zh: "和上学期的自己比，差不多一样常被看见", en: "Noticed about as often as last term" },
  fewer: {
    zh: "和上学期的自己比，被看见得少了些，我们会多留意",
    en: "Noticed less often than last term, and we will look out more",
  },
};
const TOO_FEW: Bilingual = {
  zh: "和上学期的自己比：记录还太少，说不准。",
  en: "Against last term: too few records to say.",
};

/** The five dimensions in their order. @param before the child's own last term, whole */
export function againstLastTerm(now: OwnTerm, before: OwnTerm): AgainstLastTerm[] {
  return DIMENSIONS.map((dimension) => {
    const recent = spanOf(dimension, now);
    const earlier = spanOf(dimension, before);
    const recorders = Math.max(now.recorders[dimension], before.recorders[dimension]);
    const trend = trendOf({ recent, earlier, recorders });
    return { dimension, ...trend, sentence: sentenceOf(trend, rateOf(recent), rateOf(earlier)) };
  });
}

function sentenceOf({ change, records, recorders }: Trend, now: string, before: string): Bilingual {
  if (change === "too-few") return TOO_FEW;
  const { zh, en } = OPENINGS[change];
  return {
    zh: `${zh}：每周约 ${now} 次，上学期约 ${before} 次（${records} 条记录，至少 ${recorders} 人）。`,
    en: `${en}: about ${now} times a school week, then about ${before} (${records} records by at least ${recorders} people).`,
  };
}

function spanOf(dimension: Dimension, { weeks, weeksElapsed }: OwnTerm): WeekSpan {
  return { records: weeks.reduce((sum, week) => sum + week.records[dimension], 0), weeks: weeksElapsed };
}

/** Records in a school week, to one decimal place. */
function rateOf({ records, weeks }: WeekSpan): string {
  return weeks > 0 ? (records / weeks).toFixed(1) : "0.0";
}
