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

const NAMED = 3;

/** Whom to name of those who are alike: enough to look it up, with how many are left unnamed. */
export function someNamed(names: readonly string[]): {
  readonly named: readonly string[];
  readonly more: number;
} {
  const named = names.slice(0, NAMED);
  return { named, more: names.length - named.length };
}

/** Of a class and what its teacher typed lately. */
const MOST_COMMENTS = 300;

/** Compares the comments of a class. While one of them is written the others stay: what was compared is not compared anew. */
export class ClassLikeness {
  readonly #names: readonly string[];
  readonly #grams = new Map<string, Grams>();
  readonly #compared = new WeakMap<Grams, WeakMap<Grams, boolean>>();

  /** @param names as on the roster, of the whole class */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** @returns the others whose comment reads like it, of each that has any, in the order of the list */
  among<Row>(rows: readonly Row[], commentOf: (row: Row) => string): Map<Row, Row[]> {
    const read = rows.map((row) => ({ row, grams: this.#gramsOf(commentOf(row)) }));
    const alike = read.map(({ row, grams }) => {
      const others = read.filter((other) => other.row !== row && this.#areAlike(grams, other.grams));
      return [row, others.map((other) => other.row)] as const;
    });
    return new Map(alike.filter(([, others]) => others.length > 0));
  }

  #areAlike(a: Grams, b: Grams): boolean {
    const ofA = this.#compared.get(a) ?? new WeakMap<Grams, boolean>();
    this.#compared.set(a, ofA);
    const known = ofA.get(b);
    if (known !== undefined) return known;
    const found = areAlike(a, b);
    ofA.set(b, found);
    return found;
  }

  #gramsOf(comment: string): Grams {
    const known = this.#grams.get(comment);
    if (known) return known;
    if (this.#grams.size > MOST_COMMENTS) this.#grams.clear();
    const grams = gramsOf(comment, this.#names);
    this.#grams.set(comment, grams);
    return grams;
  }
}
