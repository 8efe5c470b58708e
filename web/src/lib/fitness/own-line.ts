/** A child's own results as a line: better is higher, also where less is better. Pure; knows no other child and no limit. */
import { FASTER_IS_BETTER } from "@doudou/shared/domain/fitness.ts";

export interface LinePoint {
  /** 0 at the left to 1 at the right; 0 at the foot to 1 at the top. */
  readonly x: number;
  readonly y: number;
}

/** @param values oldest first */
export function ownLine(item: string, values: readonly number[]): LinePoint[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.map((value, place) => {
    const height = most === least ? 0.5 : (value - least) / (most - least);
    return {
      x: values.length === 1 ? 0.5 : place / (values.length - 1),
      y: FASTER_IS_BETTER.has(item) ? 1 - height : height,
    };
  });
}
