/**
 * The content of a term summary (学期成长报告), from plain facts about one child: levels and words, never scores or ranks.
 * Pure: it freezes nothing and reads nothing; the same facts give the same snapshot.
 */
import type { SummaryBadge, SummaryHighlight, SummarySnapshot } from "../contract/summaries.ts";
import type { DimensionGrowth } from "../contract/growth.ts";
import { buildDimensionGrowth, type GrowthFacts, recordSpansOf, topPointsOf } from "./growth.ts";
import { againstLastTerm, type OwnTerm } from "./own-past.ts";
import type { RatedIndicator } from "./rubrics.ts";
import { atHomeSuggestions, grewMostSentence } from "./sentences.ts";
import { chanceOfMore } from "./trend.ts";
import { type Bilingual, type Dimension, type Kind, perDimension } from "./words.ts";

/** An award that might be told as a highlight. Voided ones must not be among them. */
export interface HighlightCandidate {
  readonly day: string;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly point: Bilingual;
  readonly by: string;
  readonly note: string | null;
}

export interface SummaryFacts extends Omit<GrowthFacts, "student" | "termId" | "grade"> {
  readonly school: { readonly name: string };
  readonly student: { readonly id: string; readonly name: string; readonly studentNo: string };
  /** The class the child was in that term, with its grade then. */
  readonly class: { readonly id: string; readonly name: string; readonly grade: number };
  readonly homeroomTeacher: string | null;
  readonly term: {
    readonly id: string;
    readonly name: Bilingual;
    readonly startsOn: string;
    readonly endsOn: string;
  };
  /** The child's own last term, whole, where it was noticed in it. */
  readonly lastTerm?: OwnTerm | undefined;
  readonly highlights: readonly HighlightCandidate[];
  readonly comment: string;
  /** Of subject teachers. */
  readonly remarks?: readonly {
    readonly subject: Bilingual;
    readonly by: string;
    readonly text: string;
  }[];
  /** What the child took part in. */
  readonly activities?: SummarySnapshot["activities"];
  /** What the ratings of the child's teachers come to. */
  readonly rated?: readonly RatedIndicator[];
  /** Earned in the term, in the order they came. */
  readonly badges?: readonly SummaryBadge[];
  /** Of the school year's fitness test, where it was in this term. */
  readonly fitness?: SummarySnapshot["fitness"];
}

const MOST_HIGHLIGHTS = 6;
// A trend is sure at 0.9. The largest of five must be surer, or chance alone would find a "grew most" for four children in ten.
const GREW_MOST_SURE = 0.98;

/** The summary of one child's term, ready to be shown as a draft or frozen. */
export function buildSummarySnapshot(facts: SummaryFacts): SummarySnapshot {
  const growthFacts: GrowthFacts = { ...facts, termId: facts.term.id, grade: facts.class.grade };
  const growth = buildDimensionGrowth(growthFacts);
  const seed = `${facts.student.id}/${facts.term.id}`;
  const recordsOf = (dimension: Dimension) => growth.find((one) => one.dimension === dimension)?.records ?? 0;
  return {
    version: 1,
    school: { name: facts.school.name },
    student: { id: facts.student.id, name: facts.student.name, studentNo: facts.student.studentNo },
    class: { id: facts.class.id, name: facts.class.name, grade: facts.class.grade },
    homeroomTeacher: facts.homeroomTeacher,
    term: {
      id: facts.term.id,
      name: facts.term.name,
      startsOn: facts.term.startsOn,
      endsOn: facts.term.endsOn,
    },
    dimensions: growth.map(
      ({ dimension, name, stage, progress, sentence, records, recorders, trend, indicators }) => ({
        dimension,
        name,
        stage,
        progress,
        sentence,
        records,
        recorders,
        change: trend.change,
        indicators: indicators.map((indicator) => ({ name: indicator.name, level: indicator.level })),
      }),
    ),
    grewMost: grewMostOf(growth, growthFacts, seed),
    ...(facts.lastTerm ? { lastTerm: againstLastTerm(growthFacts, facts.lastTerm) } : {}),
    highlights: chosenHighlights(facts.highlights),
    atHome: atHomeSuggestions({ grade: facts.class.grade, records: perDimension(recordsOf) }, seed),
    comment: facts.comment,
    ...remarksOf(facts),
    ...(facts.activities && { activities: facts.activities }),
    ...ratedOf(facts),
    ...badgesOf(facts),
    ...(facts.fitness ? { fitness: facts.fitness } : {}),
  };
}

/**
 * Up to six highlights, told in the order they happened. Growth with a note comes first, then a note, then growth; dimensions
 * take turns, and the same point is told twice only where there is nothing else.
 */
export function chosenHighlights(candidates: readonly HighlightCandidate[]): SummaryHighlight[] {
  const byWorth = [...candidates].sort((a, b) => worth(b) - worth(a) || inTime(b, a));
  const chosen: HighlightCandidate[] = [];
  while (chosen.length < MOST_HIGHLIGHTS) {
    const rest = byWorth.filter((candidate) => !chosen.includes(candidate));
    const next = leastBy(rest, (candidate) => repetition(candidate, chosen));
    if (!next) break;
    chosen.push(next);
  }
  return chosen
    .sort(inTime)
    .map(({ day, dimension, point, by, note }) => ({ day, dimension, point, by, note }));
}

/** Left out where there are none, so that a summary without them reads as it always has. */
function remarksOf({ remarks = [] }: SummaryFacts): Pick<SummarySnapshot, "remarks"> {
  return remarks.length === 0
    ? {}
    : { remarks: remarks.map(({ subject, by, text }) => ({ subject, by, text })) };
}

/** Likewise. */
function ratedOf({ rated = [] }: SummaryFacts): Pick<SummarySnapshot, "rated"> {
  return rated.length === 0 ? {} : { rated: [...rated] };
}

/** Likewise. */
function badgesOf({ badges = [] }: SummaryFacts): Pick<SummarySnapshot, "badges"> {
  return badges.length === 0 ? {} : { badges: [...badges] };
}

/**
 * The dimension whose rise is surest, if the trend says `more` and it would stand out among five by more than chance.
 * @param growth what `buildDimensionGrowth` makes of the facts
 */
export function grownMost(
  growth: readonly DimensionGrowth[],
  facts: GrowthFacts,
): { readonly dimension: Dimension; readonly name: Bilingual } | null {
  const grown = growth.flatMap(({ dimension, name, trend }) => {
    const { recent, earlier } = recordSpansOf(dimension, facts);
    const chance = chanceOfMore(recent, earlier);
    return trend.change === "more" && chance > GREW_MOST_SURE ? [{ dimension, name, chance }] : [];
  });
  const most = leastBy(grown, ({ chance }) => -chance);
  return most ? { dimension: most.dimension, name: most.name } : null;
}

function grewMostOf(
  growth: readonly DimensionGrowth[],
  facts: GrowthFacts,
  seed: string,
): SummarySnapshot["grewMost"] {
  const most = grownMost(growth, facts);
  if (!most) return null;
  const { dimension, name } = most;
  const topPoints = topPointsOf(dimension, facts);
  return {
    dimension,
    sentence: grewMostSentence({
      dimension,
      dimensionName: name,
      topPoints,
      studentName: facts.student.name,
      seed,
    }),
  };
}

function worth({ kind, note }: HighlightCandidate): number {
  return (note?.trim() ? 2 : 0) + (kind === "growth" ? 1 : 0);
}

/** How much a candidate repeats what is chosen already: its point first, then its dimension. */
function repetition(candidate: HighlightCandidate, chosen: readonly HighlightCandidate[]): number {
  const ofPoint = chosen.filter((other) => other.point.zh === candidate.point.zh).length;
  const ofDimension = chosen.filter((other) => other.dimension === candidate.dimension).length;
  return ofPoint * MOST_HIGHLIGHTS + ofDimension;
}

function inTime(a: HighlightCandidate, b: HighlightCandidate): number {
  return a.day < b.day
    ? -1
    : a.day > b.day
      ? 1
      : a.point.zh < b.point.zh
        ? -1
        : a.point.zh > b.point.zh
          ? 1
          : 0;
}

/** The first thing with the least figure. */
function leastBy<T>(things: readonly T[], figure: (thing: T) => number): T | undefined {
  let least: { thing: T; figure: number } | undefined;
  for (const thing of things) {
    const its = figure(thing);
    if (!least || its < least.figure) least = { thing, figure: its };
  }
  return least?.thing;
}
