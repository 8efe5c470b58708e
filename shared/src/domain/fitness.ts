/**
 * Scores a child's fitness test by the national standard, and says what became better than the child's own result before.
 * Pure. Never gives a child 0 for what was not tested, never compares two children, and makes no bean of anything.
 */
import { BMI_TABLE, FITNESS_POINTS, FITNESS_TABLE } from "./fitness-standard.ts";
import type { Sex } from "./roster-import/fields.ts";

/** The code of the subject whose teachers test a class. */
export const PE_SUBJECT = "pe";

/** What is measured, in the order of a class's sheet. */
export const FITNESS_ITEMS = [
  "height",
  "weight",
  "vital-capacity",
  "run-50",
  "sit-and-reach",
  "rope-skipping",
  "sit-ups",
  "shuttle-run",
  "standing-jump",
  "pull-ups",
  "run-1000",
  "run-800",
] as const;
export type FitnessItem = (typeof FITNESS_ITEMS)[number];

/** What is about the body and not about trying: for the guardian and who tests, never for the child's own page. */
export const BODY_ITEMS: ReadonlySet<FitnessItem> = new Set<FitnessItem>(["height", "weight"]);

/** What is scored; the body mass index is made of height and weight. */
export type ScoredItem = Exclude<FitnessItem, "height" | "weight"> | "bmi";

/** How a result is called: 优秀, 良好, 及格, 不及格. */
export const FITNESS_WORDS = ["excellent", "good", "pass", "not-yet"] as const;
export type FitnessWord = (typeof FITNESS_WORDS)[number];

/** Why a child is not tested; never more than the kind of reason. */
export const EXEMPTION_REASONS = ["illness", "disability", "other"] as const;
export type ExemptionReason = (typeof EXEMPTION_REASONS)[number];

/** 1: the test; 2: the one retest a child has in the year after 不及格. */
export type Attempt = 1 | 2;

/** In the items' own units: cm, kg, ml, s, count. What was not tested is not there. */
export type FitnessValues = Readonly<Partial<Record<FitnessItem, number>>>;

const MOST_BONUS = 20;
const LEAST: Readonly<Record<Exclude<FitnessWord, "not-yet">, number>> = {
  excellent: 90,
  good: 80,
  pass: 60,
};
/** Of times, less is better. */
export const FASTER_IS_BETTER: ReadonlySet<string> = new Set([
  "run-50",
  "shuttle-run",
  "run-1000",
  "run-800",
]);

/** Wide enough for any child, narrow enough for a slip of the finger. */
const PLAUSIBLE: Readonly<Record<FitnessItem, readonly [least: number, most: number]>> = {
  height: [80, 220],
  weight: [10, 180],
  "vital-capacity": [200, 8000],
  "run-50": [5.5, 30],
  "sit-and-reach": [-30, 45],
  "rope-skipping": [0, 320],
  "sit-ups": [0, 100],
  "shuttle-run": [70, 400],
  "standing-jump": [20, 350],
  "pull-ups": [0, 60],
  "run-1000": [140, 1200],
  "run-800": [120, 1200],
};

/** Digits after the point. */
const PLACES: Readonly<Record<FitnessItem, 0 | 1>> = {
  height: 1,
  weight: 1,
  "vital-capacity": 0,
  "run-50": 1,
  "sit-and-reach": 1,
  "rope-skipping": 0,
  "sit-ups": 0,
  "shuttle-run": 0,
  "standing-jump": 0,
  "pull-ups": 0,
  "run-1000": 0,
  "run-800": 0,
};

const thresholds = tableOf(FITNESS_TABLE, 3);
const bmiRanges = tableOf(BMI_TABLE, 2);

/** Grades whose tables are in the product. */
export function hasFitnessTable(grade: number): boolean {
  return bmiRanges.has(`boy ${grade}`);
}

/**
 * What is tested in a grade, in the order of FITNESS_ITEMS. Where the sex is not known, whatever either is tested in.
 * @source 国家学生体质健康标准(2014年修订), 单项指标与权重
 */
export function fitnessItems(grade: number, sex: Sex | null): FitnessItem[] {
  const tested = new Set<FitnessItem>(["height", "weight", "vital-capacity", "run-50", "sit-and-reach"]);
  if (grade <= 6) tested.add("rope-skipping");
  if (grade >= 3 && grade <= 6) tested.add("sit-ups");
  if (grade === 5 || grade === 6) tested.add("shuttle-run");
  if (grade >= 7) {
    tested.add("standing-jump");
    if (sex !== "girl") tested.add("pull-ups").add("run-1000");
    if (sex !== "boy") tested.add("sit-ups").add("run-800");
  }
  return FITNESS_ITEMS.filter((item) => tested.has(item));
}

/** Per cent of the standard score. They sum to 100 in every grade; those of one sex only from grade 7 on. */
function weightOf(item: ScoredItem, grade: number): number {
  switch (item) {
    case "bmi":
    case "vital-capacity":
      return 15;
    case "run-50":
    case "run-1000":
    case "run-800":
      return 20;
    case "sit-and-reach":
      return grade <= 2 ? 30 : grade <= 4 ? 20 : 10;
    case "rope-skipping":
      return grade <= 4 ? 20 : 10;
    case "sit-ups":
      return grade === 5 || grade === 6 ? 20 : 10;
    case "shuttle-run":
    case "standing-jump":
    case "pull-ups":
      return 10;
  }
}

/** Whether a value can be a child's at all. */
export function isPlausible(item: FitnessItem, value: number): boolean {
  const [least, most] = PLAUSIBLE[item];
  return Number.isFinite(value) && value >= least && value <= most;
}

/**
 * A value as the standard writes it down. Of a time, what is left over counts as a whole tenth or second more (10.11 s is
 * 10.2 s): nobody is made faster by rounding. The rest is rounded as usual.
 */
export function roundedAsTested(item: FitnessItem, value: number): number {
  const factor = 10 ** PLACES[item];
  // What is typed in decimals is not exact in binary: 10.1 × 10 must not become 102.
  const exact = Number((value * factor).toFixed(6));
  const rounded = (FASTER_IS_BETTER.has(item) ? Math.ceil(exact) : Math.round(exact)) / factor;
  return rounded === 0 ? 0 : rounded;
}

/** kg/m², with one decimal, as it is looked up. @param height in cm @param weight in kg */
export function bmiOf(height: number, weight: number): number {
  return Number((weight / (height / 100) ** 2).toFixed(1));
}

/**
 * Points for one result: those of the best threshold that is met; below the last one 0, which is our choice.
 * @param value in the item's own unit
 * @returns 0–100, or `undefined` where the standard's table for this grade, sex and item is not in the product
 * @source 国家学生体质健康标准(2014年修订), table for the item
 */
export function fitnessPoints(item: ScoredItem, value: number, grade: number, sex: Sex): number | undefined {
  if (item === "bmi") return bmiPoints(value, grade, sex);
  const row = thresholds.get(`${item} ${sex} ${grade}`);
  if (!row) return undefined;
  const met = row.findIndex((threshold) =>
    FASTER_IS_BETTER.has(item) ? value <= threshold : value >= threshold,
  );
  return met === -1 ? 0 : FITNESS_POINTS[met];
}

function bmiPoints(bmi: number, grade: number, sex: Sex): number | undefined {
  const range = bmiRanges.get(`${sex} ${grade}`);
  if (!range) return undefined;
  const [normalFrom = 0, normalTo = 0, obeseFrom = 0] = range;
  if (bmi >= obeseFrom) return 60;
  return bmi < normalFrom || bmi > normalTo ? 80 : 100;
}

/** The least that has so many points. @returns undefined where the table or such a threshold is not there */
export function fitnessThreshold(
  item: ScoredItem,
  points: (typeof FITNESS_POINTS)[number],
  grade: number,
  sex: Sex,
): number | undefined {
  return thresholds.get(`${item} ${sex} ${grade}`)?.[FITNESS_POINTS.indexOf(points)];
}

/**
 * One more for every two skips above the line of 100 points, 20 at most; it is added to the total as it is.
 * @source 国家学生体质健康标准(2014年修订), 加分指标评分表
 */
export function ropeBonus(skips: number, grade: number, sex: Sex): number {
  const top = thresholds.get(`rope-skipping ${sex} ${grade}`)?.[0];
  if (top === undefined) return 0;
  return Math.min(MOST_BONUS, Math.max(0, Math.floor((skips - top) / 2)));
}

/** The word for points, of one item or in all. */
export function fitnessWordOf(points: number): FitnessWord {
  if (points >= LEAST.excellent) return "excellent";
  if (points >= LEAST.good) return "good";
  return points >= LEAST.pass ? "pass" : "not-yet";
}

export interface ItemResult {
  readonly item: ScoredItem;
  readonly value: number;
  readonly points: number;
  readonly word: FitnessWord;
}

/**
 * `incomplete`: something was not tested, which is not 0 points. `sex-unknown`: the standard has a table for boys and one
 * for girls, and the roster does not say; nobody guesses. `no-table`: all is there, the table for the grade is not.
 */
export type FitnessResult =
  | { readonly kind: "incomplete"; readonly missing: readonly FitnessItem[] }
  | { readonly kind: "sex-unknown" }
  | { readonly kind: "no-table" }
  | {
      readonly kind: "scored";
      readonly items: readonly ItemResult[];
      /** The weighted points, up to 100. */
      readonly standard: number;
      readonly bonus: number;
      readonly total: number;
      readonly word: FitnessWord;
    };

/** What a child's values come to. @param values of the test, with those of a retest in their place */
export function fitnessResult(grade: number, sex: Sex | null, values: FitnessValues): FitnessResult {
  const missing = missingItems(grade, sex, values);
  if (missing.length > 0) return { kind: "incomplete", missing };
  if (!hasFitnessTable(grade)) return { kind: "no-table" };
  if (sex === null) return { kind: "sex-unknown" };
  const items = scoredValues(values).flatMap(({ item, value }): ItemResult[] => {
    const points = fitnessPoints(item, value, grade, sex);
    return points === undefined ? [] : [{ item, value, points, word: fitnessWordOf(points) }];
  });
  const standard = items.reduce((sum, { item, points }) => sum + points * weightOf(item, grade), 0) / 100;
  const bonus = ropeBonus(values["rope-skipping"] ?? 0, grade, sex);
  const total = Number((standard + bonus).toFixed(2));
  return { kind: "scored", items, standard, bonus, total, word: fitnessWordOf(total) };
}

/** What is still to be tested. Of an unknown sex either one's items will do where they differ. */
export function missingItems(grade: number, sex: Sex | null, values: FitnessValues): FitnessItem[] {
  const lacking = (of: Sex | null) => fitnessItems(grade, of).filter((item) => values[item] === undefined);
  if (sex !== null || grade <= 6) return lacking(sex);
  const [boy, girl] = [lacking("boy"), lacking("girl")];
  return boy.length <= girl.length ? boy : girl;
}

/** The values as they are scored: the index in place of height and weight. Items that a grade is not tested in score nothing. */
function scoredValues(values: FitnessValues): { readonly item: ScoredItem; readonly value: number }[] {
  const { height, weight, ...others } = values;
  const body = height && weight ? [{ item: "bmi" as const, value: bmiOf(height, weight) }] : [];
  return [
    ...body,
    ...FITNESS_ITEMS.flatMap((item) => {
      const value = item === "height" || item === "weight" ? undefined : others[item];
      return value === undefined ? [] : [{ item: item as ScoredItem, value }];
    }),
  ];
}

/** Whether a later result of the child is better than its earlier one; undefined for what is neither, or the same. */
export function isBetter(item: FitnessItem, now: number, before: number): boolean | undefined {
  if (BODY_ITEMS.has(item) || now === before) return undefined;
  return FASTER_IS_BETTER.has(item) ? now < before : now > before;
}

/** One year's values of a child, with the grade it was in. */
export interface YearOfFitness {
  readonly grade: number;
  readonly values: FitnessValues;
}

/**
 * In what a child became better than its own earlier self by more than growing a year older brings: the points, whose
 * thresholds rise with the grade, went up as well. A reliable change index would need how far results of one child scatter
 * from test to test, which no school has measured: so this says "better than before", and never how surely.
 */
export function improvedItems(now: YearOfFitness, before: YearOfFitness, sex: Sex | null): FitnessItem[] {
  return fitnessItems(now.grade, sex).filter((item) => {
    const [value, earlier] = [now.values[item], before.values[item]];
    if (value === undefined || earlier === undefined || !isBetter(item, value, earlier)) return false;
    if (sex === null) return false;
    const points = fitnessPoints(item as ScoredItem, value, now.grade, sex);
    const earlierPoints = fitnessPoints(item as ScoredItem, earlier, before.grade, sex);
    return points !== undefined && earlierPoints !== undefined && points > earlierPoints;
  });
}

/** Lines of a table by their first words. */
function tableOf(text: string, words: number): ReadonlyMap<string, readonly number[]> {
  return new Map(
    text
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
      .map((cells) => [cells.slice(0, words).join(" "), cells.slice(words).map(Number)]),
  );
}
