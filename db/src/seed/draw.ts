/**
 * Chance that can be repeated: everything drawn follows from the seed, and each named branch draws by itself, so that a
 * change in one place leaves the others as they were. Not for secrets.
 */

/** sfc32 by Chris Doty-Humphrey (public domain, PractRand): small, fast, good enough for a pretended school. */
export class Draw {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: string) {
    this.#seed = seed;
    this.#a = numberFrom(`${seed}/a`);
    this.#b = numberFrom(`${seed}/b`);
    this.#c = numberFrom(`${seed}/c`);
    for (let round = 0; round < 12; round += 1) this.#bits();
  }

  /** Chance of its own for a part of the work, the same whatever was drawn here before. */
  branch(name: string): Draw {
    return new Draw(`${this.#seed}/${name}`);
  }

  /** From 0 up to, but not including, 1. */
  share(): number {
    return this.#bits() / 2 ** 32;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1));
  }

  happens(chance: number): boolean {
    return this.share() < chance;
  }

  /** @throws RangeError for an empty list */
  one<T>(list: readonly T[]): T {
    const index = Math.floor(this.share() * list.length);
    if (index >= list.length) throw new RangeError("nothing to draw from");
    return list[index] as T;
  }

  /** One of a list, each as likely as its weight tells. @throws RangeError if there is no weight at all */
  weighted<T>(list: readonly T[], weight: (thing: T) => number): T {
    let left = this.share() * list.reduce((sum, thing) => sum + weight(thing), 0);
    for (const thing of list) if ((left -= weight(thing)) < 0) return thing;
    throw new RangeError("nothing to draw from");
  }

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((thing) => ({ thing, place: this.share() }))
      .sort((a, b) => a.place - b.place)
      .map(({ thing }) => thing);
  }

  /** How often something happens that happens `mean` times on average (Poisson, by Knuth's product; for small means). */
  times(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.share(); product > limit; product *= this.share()) count += 1;
    return count;
  }

  /** Around 1, never negative: most near it, a few far above (log-normal). */
  factor(spread: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.share()));
    return Math.exp(spread * radius * Math.cos(2 * Math.PI * this.share()) - (spread * spread) / 2);
  }

  /** A UUIDv7 of a moment (RFC 9562). */
  id(atMs: number): string {
    const time = Math.floor(atMs).toString(16).padStart(12, "0");
    const a = this.#hex();
    const b = this.#hex();
    const c = this.#hex();
    const variant = "89ab".charAt(this.#bits() >>> 30);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${a.slice(3, 6)}-${b}${c.slice(0, 4)}`;
  }

  #hex(): string {
    return this.#bits().toString(16).padStart(8, "0");
  }

  #bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** 32 bits of a text (FNV-1a with a final mix). */
function numberFrom(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
