/**
 * How a class grows on its board. All plants grow together with what the class has gathered this week; a plant's own
 * flowers say in which dimensions its child was noticed, once each. So no plant can run ahead of another by counting,
 * and none ever withers. Pure. See docs/adr/0010-class-board.md.
 */
import type { Board } from "@doudou/shared/contract/board.ts";
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import type { BranchGrowth } from "#lib/beans/plant-geometry.ts";

/** Where a class sets itself no goal: what fills its week, for each child. */
const BEANS_EACH = 10;
/** From one pair of leaves on Monday to a full bush: few steps, the same for all. */
const STEPS: readonly Pick<BranchGrowth, "stage" | "progress">[] = [
  { stage: "sprout", progress: 0.3 },
  { stage: "sprout", progress: 1 },
  { stage: "leaf", progress: 0.3 },
  { stage: "leaf", progress: 1 },
];
const FLOWER = { stage: "bloom", progress: 0.7 } as const;

type Week = Pick<Board, "goal" | "beans"> & { readonly plants: readonly unknown[] };

/** What of its goal a class has gathered, or of a usual week where it has none: 0–1. */
export function gathered(week: Week): number {
  const target = week.goal?.target ?? Math.max(1, week.plants.length * BEANS_EACH);
  return Math.min(1, Math.max(0, towardsGoal(week)) / target);
}

/** Beans of the class that count for its goal; of all dimensions where it has none. */
export function towardsGoal({ goal, beans }: Week): number {
  const only = goal?.dimension;
  return DIMENSIONS.reduce((sum, of) => sum + (only && only !== of ? 0 : beans[of]), 0);
}

/** @param share what the class has gathered, 0–1 */
export function gardenGrowth(noticed: readonly Dimension[], share: number): BranchGrowth[] {
  const step = STEPS[Math.min(STEPS.length - 1, Math.floor(share * STEPS.length))] ?? FLOWER;
  return DIMENSIONS.map((dimension) => ({ dimension, ...(noticed.includes(dimension) ? FLOWER : step) }));
}

export interface GardenShape {
  readonly columns: number;
  /** Height of a plant with its name, px. */
  readonly row: number;
}

/** Width of a plant's place to its height: a name of four characters needs it. */
const PLACE = 0.92;

/** As large as they can be without scrolling. */
export function gardenShape(plants: number, width: number, height: number): GardenShape {
  let best: GardenShape = { columns: 1, row: 0 };
  for (let columns = 1; columns <= Math.max(1, plants); columns += 1) {
    const rows = Math.max(1, Math.ceil(plants / columns));
    const row = Math.min(height / rows, width / columns / PLACE);
    if (row > best.row) best = { columns, row: Math.floor(row) };
  }
  return best;
}
