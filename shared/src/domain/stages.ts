/**
 * Growth stages of a dimension (seed 种子 to fruit 结果) from a child's own beans, scaled to the grade and the weeks elapsed.
 * Never compares children, and a stage once reached in a term is never taken back while no award is voided.
 *
 * How both can hold: within one school week the thresholds stand still, and they only rise from week to week. What is shown
 * is the best the child reached in any week so far, so a quiet week costs nothing.
 */
import { type PerDimension, type Stage, STAGES } from "./words.ts";

/** Beans in one dimension for each stage, of a child in grade 3 (the reference grade) at the end of a term of 20 school weeks. */
export interface StageThresholds {
  readonly sprout: number;
  readonly leaf: number;
  readonly bloom: number;
  readonly fruit: number;
}

const REFERENCE_WEEKS = 20;

/**
 * Our choice, to be tuned by a school's scheme: a child noticed about six times a week, in all dimensions together, mostly blooms.
 * They differ because lessons give more occasions in some dimensions than in others; equal ones would leave arts and labour bare.
 */
export const DEFAULT_THRESHOLDS: PerDimension<StageThresholds> = {
  moral: { sprout: 2, leaf: 14, bloom: 32, fruit: 56 },
  academic: { sprout: 2, leaf: 18, bloom: 42, fruit: 72 },
  physical: { sprout: 2, leaf: 10, bloom: 22, fruit: 38 },
  arts: { sprout: 2, leaf: 9, bloom: 20, fruit: 34 },
  labour: { sprout: 2, leaf: 9, bloom: 18, fruit: 32 },
};

// Our choice: younger children are noticed and told so more often, and have one teacher for more of their day. Grades 1 to 9; 3 is the reference.
const GRADE_FACTORS = [1.15, 1.1, 1, 0.95, 0.9, 0.85, 0.7, 0.65, 0.6];

// Our choice: the share of the term whose beans a stage asks for at the very least, so that one lucky week is no fruit.
// The seed alone has none: it sprouts with the first bean or two, however early.
const LEAST_SHARE: StageThresholds = { sprout: 0, leaf: 0.15, bloom: 0.4, fruit: 0.7 };

export interface TermProgress {
  /** 1 to 9 */
  readonly grade: number;
  /** School weeks elapsed, the current one counted whole. */
  readonly weeks: number;
  /** School weeks of the whole term; the reference term's if left out. */
  readonly termWeeks?: number;
}

/**
 * Thresholds for a child of this grade after so many school weeks: whole beans, at least 1, each stage above the one before.
 * Never lower in a later week of the same term.
 */
export function scaledThresholds(
  thresholds: StageThresholds,
  { grade, weeks, termWeeks = REFERENCE_WEEKS }: TermProgress,
): StageThresholds {
  const factor = gradeFactor(grade);
  const at = (stage: keyof StageThresholds, below: number) => {
    const weeksAsked = Math.max(weeks, LEAST_SHARE[stage] * termWeeks);
    return Math.max(below + 1, wholeBeans((thresholds[stage] * factor * weeksAsked) / REFERENCE_WEEKS));
  };
  const sprout = at("sprout", 0);
  const leaf = at("leaf", sprout);
  const bloom = at("bloom", leaf);
  return { sprout, leaf, bloom, fruit: at("fruit", bloom) };
}

/** The stage that so many beans reach; never lower for more beans. */
export function stageOf(beans: number, thresholds: StageThresholds): Stage {
  return stageWithProgress(beans, thresholds).stage;
}

export interface StageReached {
  readonly stage: Stage;
  /** 0 to 1, the way from this stage to the next; 1 at fruit. */
  readonly progress: number;
}

/** The stage that so many beans reach, and how far it is on the way to the next. */
export function stageWithProgress(beans: number, thresholds: StageThresholds): StageReached {
  return stageAtHeight(heightOf(beans, thresholds));
}

/**
 * The best stage a child reached in a term up to now.
 * @param weeklyBeans beans of each school week of the term so far, oldest first, the current one last; not cumulated
 */
export function bestStage(
  weeklyBeans: readonly number[],
  thresholds: StageThresholds,
  term: { readonly grade: number; readonly termWeeks: number },
): StageReached {
  let beans = 0;
  let best = 0;
  weeklyBeans.forEach((ofWeek, index) => {
    beans += ofWeek;
    best = Math.max(best, heightOf(beans, scaledThresholds(thresholds, { ...term, weeks: index + 1 })));
  });
  return stageAtHeight(best);
}

/** How high the plant stands: 0 for a bare seed to 4 for fruit; the whole part is the stage, the rest the way to the next. */
function heightOf(beans: number, { sprout, leaf, bloom, fruit }: StageThresholds): number {
  const steps = [0, sprout, leaf, bloom, fruit];
  const stage = steps.findLastIndex((step) => beans >= step);
  const from = steps[stage] ?? 0;
  const next = steps[stage + 1];
  return next === undefined ? stage : stage + (beans - from) / (next - from);
}

function stageAtHeight(height: number): StageReached {
  const stage = STAGES[Math.floor(height)] ?? "seed";
  return { stage, progress: stage === "fruit" ? 1 : height - Math.floor(height) };
}

/** Rounded up, but not for what the last bits of a float add. */
function wholeBeans(beans: number): number {
  return Math.ceil(beans - 1e-9);
}

function gradeFactor(grade: number): number {
  const factor = GRADE_FACTORS[grade - 1];
  if (factor === undefined) throw new RangeError(`no such grade: ${grade}`);
  return factor;
}
