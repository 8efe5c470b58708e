/**
 * How many beans are laid out one by one and how many lie together in pods of ten, so that a child can still count them.
 * Pure; draws nothing.
 */
import { DIMENSIONS, type Dimension, type PerDimension } from "@doudou/shared/domain/words.ts";

/** Up to so many beans a child counts with a finger; more are put into pods. */
const COUNTABLE = 20;
export const POD_SIZE = 10;

export interface Heap {
  readonly dimension: Dimension;
  readonly count: number;
  readonly pods: number;
  readonly loose: number;
}

/** A heap for each dimension that has beans, in the usual order. */
export function heapsOf(beans: PerDimension<number>): Heap[] {
  const isCountable = DIMENSIONS.reduce((total, dimension) => total + beans[dimension], 0) <= COUNTABLE;
  return DIMENSIONS.filter((dimension) => beans[dimension] > 0).map((dimension) => {
    const count = beans[dimension];
    const pods = isCountable ? 0 : Math.floor(count / POD_SIZE);
    return { dimension, count, pods, loose: count - pods * POD_SIZE };
  });
}
