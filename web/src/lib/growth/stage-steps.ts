/**
 * Where a branch stands on its way: which stage comes next, how near it is in words, which branch is furthest.
 * Pure; a figure never leaves this file as a figure.
 */
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import { STAGES, type Stage } from "@doudou/shared/domain/words.ts";

export type Reach = "start" | "half" | "near" | "full";

interface Step {
  readonly stage: Stage;
  /** 0–1 */
  readonly progress: number;
}

const HALF = 0.4;
const NEAR = 0.75;

/** The stage after this one; undefined at fruit. */
export function nextStage(stage: Stage): Stage | undefined {
  return STAGES[STAGES.indexOf(stage) + 1];
}

/** How near the next stage is, in three coarse steps: a child reads "nearly there", not a percentage. */
export function reachOf({ stage, progress }: Step): Reach {
  if (stage === "fruit") return "full";
  if (progress >= NEAR) return "near";
  return progress >= HALF ? "half" : "start";
}

/** The furthest stage any branch has reached: what the plant as a whole is said to do. */
export function furthestStage(branches: readonly Step[]): Stage {
  return branches.reduce<Stage>(
    (furthest, { stage }) => (STAGES.indexOf(stage) > STAGES.indexOf(furthest) ? stage : furthest),
    "seed",
  );
}

// A seed in its pot is a third as high as a plant in fruit.
const NEARNESS: Readonly<Record<Stage, number>> = {
  seed: 1.35,
  sprout: 1.3,
  leaf: 1.15,
  bloom: 1.05,
  fruit: 1,
};

/** How much larger a plant is drawn that is still small. */
export function nearness(furthest: Stage): number {
  return NEARNESS[furthest];
}

/**
 * Nothing was recorded yet, in this term or any earlier one: the very first days.
 * @param portfolio whose `terms` are those with something to show, and the running one
 */
export function isUnsown({
  dimensions,
  terms,
}: {
  readonly dimensions: readonly Pick<Portfolio["dimensions"][number], "records">[];
  readonly terms: Portfolio["terms"];
}): boolean {
  return terms.length <= 1 && dimensions.every(({ records }) => records === 0);
}
