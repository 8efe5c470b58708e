/** Where the terms of a child stand on a line of one dimension. Pure geometry; every line is drawn to its own height. */

export const LINE_WIDTH = 240;
export const LINE_HEIGHT = 56;
const EDGE = 8;

export interface TermDot {
  readonly x: number;
  readonly y: number;
}

/** @param rates one a term, oldest first; null where nothing can be said, which leaves a gap in the dots */
export function termDots(rates: readonly (number | null)[]): TermDot[] {
  const highest = Math.max(0, ...rates.map((rate) => rate ?? 0));
  const across = (LINE_WIDTH - 2 * EDGE) / Math.max(1, rates.length - 1);
  return rates.flatMap((rate, at) => {
    if (rate === null) return [];
    const share = highest === 0 ? 0 : rate / highest;
    return [{ x: EDGE + at * across, y: LINE_HEIGHT - EDGE - share * (LINE_HEIGHT - 2 * EDGE) }];
  });
}
