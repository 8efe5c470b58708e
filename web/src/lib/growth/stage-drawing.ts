/**
 * One branch by itself, standing upright in a little soil: the picture of a stage.
 * Pure geometry in a 96 × 96 box, in the same shapes as the plant's branches.
 */
import type { Dimension, Stage } from "@doudou/shared/domain/words.ts";
import type { Branch, Leaf } from "#lib/beans/plant-geometry.ts";

export const STAGE_BOX = 96;
export const GROUND_Y = 82;

const MIDDLE = STAGE_BOX / 2;
const HEIGHTS: Readonly<Record<Stage, number>> = { seed: 0, sprout: 26, leaf: 50, bloom: 52, fruit: 50 };
const UPRIGHT = -90;
/** Side of the part of the box that is shown: small things are looked at from nearer. */
const FRAMES: Readonly<Record<Stage, number>> = {
  seed: 56,
  sprout: 72,
  leaf: STAGE_BOX,
  bloom: STAGE_BOX,
  fruit: STAGE_BOX,
};

/** The part of the box to show, as an svg `viewBox`. */
export function frameOf(stage: Stage): string {
  const side = FRAMES[stage];
  return `${MIDDLE - side / 2} ${STAGE_BOX - side} ${side} ${side}`;
}

/** @param progress way to the next stage, 0–1 */
export function stageDrawing(dimension: Dimension, stage: Stage, progress: number): Branch {
  const top = GROUND_Y - HEIGHTS[stage];
  const isSeed = stage === "seed";
  return {
    dimension,
    stage,
    progress,
    twig: isSeed ? "" : `M${MIDDLE} ${GROUND_Y}Q${MIDDLE - 5} ${(GROUND_Y + top) / 2} ${MIDDLE} ${top}`,
    tip: { x: MIDDLE, y: isSeed ? GROUND_Y - 4 : top, angle: isSeed ? -8 : UPRIGHT },
    leaves: leavesOf(stage, top),
    petals: 6,
    fruits: stage === "fruit" ? 3 : 0,
  };
}

function leavesOf(stage: Stage, top: number): Leaf[] {
  if (stage === "seed") return [];
  if (stage === "sprout") return pair(top, 17);
  const pairs = [...pair(GROUND_Y - 16, 17), ...pair(GROUND_Y - 31, 18)];
  return stage === "leaf" ? [...pairs, { x: MIDDLE, y: top, angle: UPRIGHT, length: 18 }] : pairs;
}

function pair(y: number, length: number): Leaf[] {
  const x = y === GROUND_Y - HEIGHTS.sprout ? MIDDLE : MIDDLE - 2;
  return [-38, 38].map((turn) => ({ x, y, angle: UPRIGHT + turn * 1.25, length }));
}
