/**
 * Comments that read like one another: a child deserves words of its own. Pointed out to who writes, never a reason to
 * refuse.
 */
import { callName } from "./child-name.ts";

/**
 * From this share of common three-character sequences on, two comments are called alike. A comment copied with the name
 * changed reaches 1, one with a sentence of four replaced about 0.6; two written apart stay below 0.2, since Chinese
 * sentences about different things share few sequences of three characters.
 */
export const ALIKE_FROM = 0.55;

/** Shorter ones say too little to be called alike: 「表现很好」 is short, not copied. */
const SHORTEST = 16;
const GRAM = 3;

/** What a comment is compared by: its sequences of three characters, without names, spaces and punctuation. */
export type Grams = ReadonlySet<string>;

/** @param names as on the roster, of the whole class: they are left out, so that a changed name hides no copy */
export function gramsOf(comment: string, names: readonly string[]): Grams {
  const called = names.flatMap((name) => [name.trim(), callName(name)]).filter((name) => name !== "");
  // Longest first: a given name must not leave its surname behind.
  called.sort((a, b) => b.length - a.length);
  let left = comment.normalize("NFKC");
  for (const name of called) left = left.replaceAll(name, "");
  const characters = Array.from(left.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ""));
  if (characters.length < SHORTEST) return new Set();
  return new Set(
    characters
      .slice(0, characters.length - GRAM + 1)
      .map((_, at) => characters.slice(at, at + GRAM).join("")),
  );
}

/** How much two comments share, from 0 to 1: what is common among all that is in either (Jaccard). */
export function likeness(a: Grams, b: Grams): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  let common = 0;
  for (const gram of fewer) if (more.has(gram)) common += 1;
  return common / (a.size + b.size - common);
}

export function areAlike(a: Grams, b: Grams): boolean {
  return likeness(a, b) >= ALIKE_FROM;
}
