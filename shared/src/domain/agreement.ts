/**
 * How far several raters agree on levels. About what raters mean by a level, never about who of them is right: it takes
 * figures without names and gives none back.
 */

/** What is said of the agreement on an indicator in a class. `one-level`: all gave the same, which measures nothing. */
export const AGREEMENTS = ["too-few", "one-level", "close", "fair", "talk"] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** Children two or more have rated, below which a figure would be chance. Our choice. */
const FEWEST_CHILDREN = 8;
/** Krippendorff's own bounds: reliable from .800, tentative conclusions from .667. */
const CLOSE = 0.8;
const FAIR = 0.667;
/** So many levels apart is worth a word between the raters. */
export const FAR_APART = 2;

/** The levels that several raters gave one child; whoever did not rate it is left out. */
type Unit = readonly number[];

/**
 * What can be said of the agreement of raters.
 * @param units of each child, its levels
 * @returns the word, of how many children, and Krippendorff's alpha, null where there is none to tell
 */
export function agreementOn(units: readonly Unit[]): {
  readonly word: Agreement;
  readonly children: number;
  readonly alpha: number | null;
} {
  const paired = units.filter((levels) => levels.length >= 2);
  const children = paired.length;
  if (children < FEWEST_CHILDREN) return { word: "too-few", children, alpha: null };
  const alpha = ordinalAlpha(paired);
  if (alpha === undefined) return { word: "one-level", children, alpha: null };
  return { word: alpha >= CLOSE ? "close" : alpha >= FAIR ? "fair" : "talk", children, alpha };
}

/** Whether raters see a child so differently that they should talk about it. */
export function isFarApart(levels: Unit): boolean {
  return levels.length >= 2 && Math.max(...levels) - Math.min(...levels) >= FAR_APART;
}

/**
 * Krippendorff's alpha for ordinal values of any number of raters, of whom not everybody rates everything.
 * @param units of each unit, the values it was given; those with fewer than two pair with nothing and count for nothing
 * @returns 1 for perfect agreement, about 0 for chance, below 0 for less than chance; `undefined` where all values are
 *   the same or nothing pairs: without variation there is nothing to agree on
 * @throws never
 * @source K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections C and D; the ordinal metric is
 *   (sum of n_g for g from c to k − (n_c + n_k) / 2)²
 */
export function ordinalAlpha(units: readonly Unit[]): number | undefined {
  const paired = units.filter((values) => values.length >= 2);
  const counts = new Map<number, number>();
  for (const value of paired.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = [...counts.keys()].sort((a, b) => a - b);
  if (values.length < 2) return undefined;
  const distance = ordinalDistances(values, counts);

  let observed = 0;
  for (const unit of paired)
    for (const [at, c] of unit.entries())
      for (const k of unit.slice(at + 1)) observed += (2 * distance(c, k)) / (unit.length - 1);
  let expected = 0;
  for (const c of values)
    for (const k of values) expected += (counts.get(c) ?? 0) * (counts.get(k) ?? 0) * distance(c, k);
  const all = paired.reduce((sum, unit) => sum + unit.length, 0);
  return 1 - ((all - 1) * observed) / expected;
}

/** Squared distances between ranks that are as wide as they are used. */
function ordinalDistances(
  values: readonly number[],
  counts: ReadonlyMap<number, number>,
): (c: number, k: number) => number {
  /** Of each value, the middle of its rank. */
  const middles = new Map<number, number>();
  let below = 0;
  for (const value of values) {
    const own = counts.get(value) ?? 0;
    middles.set(value, below + own / 2);
    below += own;
  }
  return (c, k) => ((middles.get(k) ?? 0) - (middles.get(c) ?? 0)) ** 2;
}
