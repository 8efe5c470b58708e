/**
 * Which awards a board celebrates, one after the other: those for the same thing given at the same time are one, and a
 * whole class is told as one. Never holds more than a few; what comes beyond grows quietly. Pure; the time comes in.
 */
import type { BoardAward } from "@doudou/shared/contract/board.ts";
import type { Bilingual, Dimension } from "@doudou/shared/domain/words.ts";

export interface Celebration {
  readonly key: number;
  readonly point: Bilingual;
  readonly dimension: Dimension;
  /** Plants with a name it is for, in the order they were noticed. */
  readonly plantIds: readonly string[];
  /** How many children without a name here it is for as well. */
  readonly others: number;
  readonly isForAll: boolean;
}

interface Waiting {
  readonly point: Bilingual;
  readonly dimension: Dimension;
  readonly since: number;
  readonly plantIds: Set<string>;
  others: number;
}

/** A class that is tapped child by child, or comes from a tablet in one go, is still one celebration. */
const GATHER_MS = 900;
const MOST_WAITING = 4;
/** Children who are absent today are part of the class all the same. */
const SHARE_OF_ALL = 0.85;

export class Celebrations {
  readonly #waiting = new Map<string, Waiting>();
  #last = 0;

  get count(): number {
    return this.#waiting.size;
  }

  add({ plantId, point, dimension }: BoardAward, now: number): void {
    const key = `${dimension} ${point.zh}`;
    let waiting = this.#waiting.get(key);
    if (!waiting) {
      if (this.#waiting.size >= MOST_WAITING) return;
      waiting = { point, dimension, since: now, plantIds: new Set(), others: 0 };
      this.#waiting.set(key, waiting);
    }
    if (plantId === null) waiting.others += 1;
    else waiting.plantIds.add(plantId);
  }

  /** The one that has waited longest, if it has gathered. @param classSize how many plants there are */
  next(now: number, classSize: number): Celebration | undefined {
    const [first] = this.#waiting;
    if (!first) return undefined;
    const [key, { point, dimension, since, plantIds, others }] = first;
    if (now - since < GATHER_MS) return undefined;
    this.#waiting.delete(key);
    const count = plantIds.size + others;
    const isForAll = count > 2 && count >= classSize * SHARE_OF_ALL;
    this.#last += 1;
    return { key: this.#last, point, dimension, plantIds: [...plantIds], others, isForAll };
  }
}
