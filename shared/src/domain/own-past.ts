/**
 * How often a child was noticed in a term against its own last term, dimension by dimension, with what that stands on.
 * Looks at one child only, says how often and never how good, and says so where the records are too few to tell.
 */
import type { Trend } from "../contract/growth.ts";
import type { AgainstLastTerm } from "../contract/summaries.ts";
import type { GrowthFacts, WeekRecords } from "./growth.ts";
import { LEAST_WEEKS, trendOf, type WeekSpan } from "./trend.ts";
import { type Bilingual, type Change, type Dimension, DIMENSIONS } from "./words.ts";

/** What is known of one child in one of the two terms. */
export interface OwnTerm extends Pick<GrowthFacts, "weeksElapsed" | "recorders"> {
  readonly weeks: readonly Pick<WeekRecords, "records">[];
}

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
    const trend = trendAgainst(dimension, now, before);
    const [rate, rateBefore] = [now, before].map((term) => rateOf(dimension, term).toFixed(1)) as [
      string,
      string,
    ];
    return { dimension, ...trend, sentence: sentenceOf(trend, rate, rateBefore) };
  });
}

/** Whether a child is noticed more, as often or less in a dimension than in its own last term, and what that stands on. */
export function trendAgainst(dimension: Dimension, now: OwnTerm, before: OwnTerm): Trend {
  const recorders = Math.max(now.recorders[dimension], before.recorders[dimension]);
  return trendOf({ recent: spanOf(dimension, now), earlier: spanOf(dimension, before), recorders });
}

/** How often a child was noticed in a term, and how that is against its own term before. */
export interface TermRate {
  /** Records in a school week, to one place; null while the term is too young to say. */
  readonly perWeek: number | null;
  /** Null for the first. */
  readonly change: Change | null;
}

/** One dimension over a child's terms, oldest first. */
export function ratesOverTerms(dimension: Dimension, terms: readonly OwnTerm[]): TermRate[] {
  return terms.map((term, at) => {
    const before = terms[at - 1];
    return {
      perWeek: term.weeksElapsed < LEAST_WEEKS ? null : Math.round(rateOf(dimension, term) * 10) / 10,
      change: before ? trendAgainst(dimension, term, before).change : null,
    };
  });
}

/** Records in a school week of the term so far. */
export function rateOf(dimension: Dimension, term: OwnTerm): number {
  const { records, weeks } = spanOf(dimension, term);
  return weeks > 0 ? records / weeks : 0;
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
