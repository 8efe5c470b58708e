/**
 * Rubrics (等级描述): what is seen of an indicator, level by level, in words; whom they concern, and how what several
 * teachers chose becomes one level. A level is a place in that row of words: it is never shown as a figure.
 */
import { BUILT_IN_DESCRIPTIONS, DESCRIPTIONS_OF_ANY, LEVEL_WORDS } from "./built-in-rubrics.ts";
import { type Bilingual, type Dimension, DIMENSIONS } from "./words.ts";

/** A place in a rubric, from 1: the first level is where everybody begins. */
export type RubricLevel = 1 | 2 | 3 | 4;

export interface LevelDescription {
  readonly word: Bilingual;
  /** What a teacher sees of a child there. */
  readonly description: Bilingual;
}

/** How many levels a rubric has. */
export const FEWEST_LEVELS = 3;
export const MOST_LEVELS = 4;
/** In characters. */
export const LEVEL_WORD_LENGTH = 20;
export const LEVEL_DESCRIPTION_LENGTH = 120;
/** A rating round is a matter of weeks, not of a term. */
export const LONGEST_RATING_ROUND_DAYS = 42;

/** The rubric of an indicator as a round has frozen it, with whom it concerns. */
export interface RoundRubric {
  readonly code: string;
  readonly dimension: Dimension;
  readonly name: Bilingual;
  readonly levels: readonly LevelDescription[];
  readonly gradeFrom: number;
  readonly gradeTo: number;
  /** Codes of the subjects its observation points are bound to; empty for any. */
  readonly subjects: readonly string[];
}

/** The product's own rubric of an indicator; of a school's own indicator, one that fits any. */
export function builtInRubric(code: string): LevelDescription[] {
  const descriptions = BUILT_IN_DESCRIPTIONS[code] ?? DESCRIPTIONS_OF_ANY;
  return LEVEL_WORDS.flatMap((word, place) => {
    const description = descriptions[place];
    return description ? [{ word, description }] : [];
  });
}

/** Words that belittle, and figures, have no place in a level. */
const NOT_A_LEVEL = /\d|[０-９]|差|劣|不及格|不合格|\b(?:bad|poor|fail\w*)\b/i;

/** What is wrong with the levels of a rubric: a place in it, or undefined where they can be said to a child. */
export function faultIn(levels: readonly LevelDescription[]): string | undefined {
  for (const [place, { word, description }] of levels.entries()) {
    for (const locale of ["zh", "en"] as const) {
      if (word[locale].trim() === "" || NOT_A_LEVEL.test(word[locale]))
        return `levels/${place}/word/${locale}`;
      if (description[locale].trim() === "") return `levels/${place}/description/${locale}`;
      if (levels.slice(0, place).some((earlier) => earlier.word[locale].trim() === word[locale].trim()))
        return `levels/${place}/word/${locale}`;
    }
  }
  return undefined;
}

/** Of an indicator, what its points say of it. */
interface IndicatorPoint {
  readonly indicatorCode: string;
  readonly indicator: Bilingual;
  readonly dimension: Dimension;
  readonly gradeFrom: number;
  readonly gradeTo: number;
  readonly subjects: readonly string[];
}

/**
 * The rubrics of a scheme's indicators, dimension by dimension, each with the grades and subjects of its points.
 * @param points of one version of a scheme, in its order
 * @param levelsOf the school's own words of an indicator, where it has any
 */
export function rubricsOfScheme(
  points: readonly IndicatorPoint[],
  levelsOf: (code: string) => readonly LevelDescription[] | undefined,
): RoundRubric[] {
  const byCode = Map.groupBy(points, ({ indicatorCode }) => indicatorCode);
  const rubrics = [...byCode].flatMap(([code, own]): RoundRubric[] => {
    const [first] = own;
    if (!first) return [];
    return [
      {
        code,
        dimension: first.dimension,
        name: first.indicator,
        levels: levelsOf(code) ?? builtInRubric(code),
        gradeFrom: Math.min(...own.map(({ gradeFrom }) => gradeFrom)),
        gradeTo: Math.max(...own.map(({ gradeTo }) => gradeTo)),
        // One point that is open to all opens the indicator to all.
        subjects: own.every(({ subjects }) => subjects.length > 0)
          ? [...new Set(own.flatMap(({ subjects }) => subjects))]
          : [],
      },
    ];
  });
  return DIMENSIONS.flatMap((dimension) => rubrics.filter((rubric) => rubric.dimension === dimension));
}

const DIMENSION_OF_SUBJECT: Readonly<Record<string, Dimension>> = {
  ethics: "moral",
  pe: "physical",
  music: "arts",
  art: "arts",
  labour: "labour",
};
/** Indicators that every lesson shows, whatever is taught in it. */
const IN_EVERY_LESSON: readonly string[] = ["conduct", "study"];

/**
 * The rubrics a teacher rates a class on. The homeroom teacher sees the child all day: all of them. A subject teacher:
 * those bound to the subject; of the open ones those of the subject's dimension, and what every lesson shows.
 * @param subjects codes of what the teacher teaches in the class; one the product does not know is academic
 */
export function rubricsConcerning<Rubric extends RoundRubric>(
  rubrics: readonly Rubric[],
  teacher: { readonly isHomeroom: boolean; readonly subjects: readonly string[] },
  grade: number,
): Rubric[] {
  const dimensions = teacher.subjects.map((subject) => DIMENSION_OF_SUBJECT[subject] ?? "academic");
  return rubrics.filter(({ code, dimension, gradeFrom, gradeTo, subjects }) => {
    if (grade < gradeFrom || grade > gradeTo) return false;
    if (teacher.isHomeroom) return true;
    if (subjects.length > 0) return subjects.some((subject) => teacher.subjects.includes(subject));
    return dimensions.includes(dimension) || (IN_EVERY_LESSON.includes(code) && teacher.subjects.length > 0);
  });
}

/**
 * One level out of those that several teachers chose: the median. Between two neighbouring middles the lower one, so
 * that more than half of the teachers have seen the child there or further on; where the two middles are further apart
 * there is none, for that is something to talk about and not to halve.
 * @param levels of the teachers who have seen enough, in any order
 * @returns undefined where there is nothing to say
 */
export function combinedLevel(levels: readonly RubricLevel[]): RubricLevel | undefined {
  const sorted = [...levels].sort((a, b) => a - b);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (lower === undefined || upper === undefined) return undefined;
  return upper - lower >= 2 ? undefined : lower;
}

/** What one teacher chose for a child. `null`: has not seen enough of it, which is an honest answer. */
interface Rating {
  readonly roundId: string;
  readonly indicatorCode: string;
  readonly level: RubricLevel | null;
}

/** What a child's summary says of an indicator, in the words the teachers had before them. */
export interface RatedIndicator extends LevelDescription {
  readonly dimension: Dimension;
  readonly indicator: Bilingual;
}

/**
 * What the ratings of a child in a term come to, indicator by indicator: of each the latest round in which somebody has
 * seen enough, for a child grows; rounds are not mixed.
 * @param rounds of the term, the latest first
 */
export function ratedIndicators(
  rounds: readonly { readonly id: string; readonly rubrics: readonly RoundRubric[] }[],
  ratings: readonly Rating[],
): RatedIndicator[] {
  const settled = new Set<string>();
  const rated: RatedIndicator[] = [];
  for (const { id, rubrics } of rounds)
    for (const { code, dimension, name, levels } of rubrics) {
      const chosen = ratings.flatMap(({ roundId, indicatorCode, level }) =>
        roundId === id && indicatorCode === code && level !== null ? [level] : [],
      );
      if (settled.has(code) || chosen.length === 0) continue;
      settled.add(code);
      const level = combinedLevel(chosen);
      const said = level === undefined ? undefined : levels[level - 1];
      if (said) rated.push({ dimension, indicator: name, word: said.word, description: said.description });
    }
  return DIMENSIONS.flatMap((dimension) => rated.filter((one) => one.dimension === dimension));
}
