/** A bar shared out among the five dimensions. Pure; the whole bar is as long for few records as for many. */
import { DIMENSIONS, type Dimension, type PerDimension } from "@doudou/shared/domain/words.ts";

export const BAR_WIDTH = 200;
/** A character needs so much room. */
const LEGIBLE = 16;

export interface ShareSegment {
  readonly dimension: Dimension;
  readonly x: number;
  readonly width: number;
  readonly isLegible: boolean;
}

/** @param shares per cents that add up to 100 @returns from left to right, only what there is */
export function shareSegments(shares: PerDimension<number>): ShareSegment[] {
  let x = 0;
  return DIMENSIONS.filter((dimension) => shares[dimension] > 0).map((dimension) => {
    const width = (shares[dimension] * BAR_WIDTH) / 100;
    const segment = { dimension, x, width, isLegible: width >= LEGIBLE };
    x += width;
    return segment;
  });
}
