/**
 * How far a class has come in a week: towards the goal it has set itself, or to what fills a usual week. Of the whole
 * class; knows no child. Pure.
 */
import type { ClassGoal } from "../contract/board.ts";
import { DIMENSIONS, type PerDimension } from "./words.ts";

/** Where a class sets itself no goal: what fills its week, for each child. */
const BEANS_EACH = 10;
/** As a sum of shares it may miss the whole by less than any bean counts. */
const WHOLE = 1 - 1e-9;

interface Week {
  readonly goal: ClassGoal | null;
  readonly beans: PerDimension<number>;
  readonly children: number;
}

/** What of its goal a class has gathered, or of a usual week where it has none: 0–1. */
export function gathered(week: Week): number {
  return shareOf(towardsGoal(week) / (week.goal?.target ?? Math.max(1, week.children * BEANS_EACH)));
}

/** A sum of what was gathered: 0–1. */
export function shareOf(sum: number): number {
  return sum >= WHOLE ? 1 : Math.max(0, sum);
}

/** Beans of the class that count for its goal; of all dimensions where it has none. */
export function towardsGoal({ goal, beans }: Pick<Week, "goal" | "beans">): number {
  const only = goal?.dimension;
  return DIMENSIONS.reduce((sum, of) => sum + (only && only !== of ? 0 : beans[of]), 0);
}
