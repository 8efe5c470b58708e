/** Steady variety: the same seed always gives the same figures, so that a child's bean and plant stay its own. */

/** @returns a source of numbers in [0, 1), the same row for the same seed */
export function varietyOf(seed: string): () => number {
  let state = 2166136261;
  for (let at = 0; at < seed.length; at += 1) {
    state = Math.imul(state ^ seed.charCodeAt(at), 16777619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of the choices. @throws RangeError where there is none */
export function oneOf<Choice>(choices: readonly Choice[], next: () => number): Choice {
  const chosen = choices[Math.floor(next() * choices.length)];
  if (chosen === undefined) throw new RangeError("nothing to choose from");
  return chosen;
}
