/** The five dimensions as shares of a whole, for charts and tables. Says nothing about how much the whole is. */
import { DIMENSIONS, perDimension, type PerDimension } from "./words.ts";

/**
 * Whole per cents that add up to 100, each less than one off; what rounding leaves goes to the largest remainders.
 * @param counts whole numbers from 0
 * @returns undefined where there is nothing to share out
 */
export function sharesOf(counts: PerDimension<number>): PerDimension<number> | undefined {
  const total = DIMENSIONS.reduce((sum, dimension) => sum + counts[dimension], 0);
  if (total === 0) return undefined;
  const exact = perDimension((dimension) => (counts[dimension] * 100) / total);
  const shares = perDimension((dimension) => Math.floor(exact[dimension]));
  const left = 100 - DIMENSIONS.reduce((sum, dimension) => sum + shares[dimension], 0);
  const byRemainder = DIMENSIONS.toSorted(
    (one, other) => exact[other] - shares[other] - (exact[one] - shares[one]),
  );
  for (const dimension of byRemainder.slice(0, left)) shares[dimension] += 1;
  return shares;
}

/** The sum of figures by dimension. */
export function sumOf(figures: readonly PerDimension<number>[]): PerDimension<number> {
  return perDimension((dimension) => figures.reduce((sum, one) => sum + one[dimension], 0));
}
