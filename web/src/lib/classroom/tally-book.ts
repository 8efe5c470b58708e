/**
 * What each award adds to a class's tallies beyond the roster on show, by its id: an award is counted once, whether this
 * tablet gave it, the server answered for it, the class's line told it, or all three in any order. Pure.
 */
import { type FeedPosition, readPosition } from "@doudou/shared/domain/feed-position.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { ClassNews } from "#lib/live/news.ts";

/** A change of what a child has. */
export interface Difference {
  readonly studentId: string;
  readonly dimension: Dimension;
  readonly beans: number;
}

interface Entry {
  /** What it adds to the roster's figure; below 0 where the roster holds it and it was taken back. */
  readonly beans: number;
  readonly isTakenBack: boolean;
}

export class TallyBook {
  readonly #entries = new Map<string, Entry>();
  /** Told since the roster on show was asked for. */
  #told: ClassNews[] = [];
  #position: FeedPosition | undefined;

  /**
   * A roster is on show from now on, with nothing of ours on its way.
   * @param position how far it has seen the ledger
   * @returns what the line has told beyond it, to be added to it
   */
  take(position: string): Difference[] {
    this.#position = readPosition(position);
    this.#entries.clear();
    const told = this.#told;
    this.#told = [];
    return told.map((news) => this.hear(news)).filter((difference) => difference !== undefined);
  }

  /** Another day: what is counted from here on adds to nothing. */
  startAgain(): void {
    this.#entries.clear();
    this.#told = [];
  }

  /** An award counts for so many beans: tapped here, or as the server answered. @returns by how much its tally changes */
  give(awardId: string, beans: number): number {
    const entry = this.#entries.get(awardId);
    // Who gave it anew, or learns of it late, does not undo that it was taken back: it just was never in the roster.
    const isTakenBack = entry?.isTakenBack ?? false;
    return this.#set(awardId, { beans: isTakenBack ? 0 : beans, isTakenBack });
  }

  /** @param beans what it counted for, where the roster holds it. @returns by how much its tally changes */
  takeBack(awardId: string, beans: number): number {
    const entry = this.#entries.get(awardId);
    if (entry?.isTakenBack) return 0;
    return this.#set(awardId, { beans: entry === undefined ? -beans : 0, isTakenBack: true });
  }

  /** The line told something. @returns undefined where the roster on show holds it */
  hear(told: ClassNews): Difference | undefined {
    const { at, news } = told;
    const isKnown =
      this.#position !== undefined &&
      (news.of === "award" ? at.awards <= this.#position.awards : at.voids <= this.#position.voids);
    if (isKnown) return undefined;
    this.#told.push(told);
    const beans = news.of === "award" ? this.give(news.id, news.beans) : this.takeBack(news.id, news.beans);
    return { studentId: news.studentId, dimension: news.dimension, beans };
  }

  #set(awardId: string, next: Entry): number {
    const before = this.#entries.get(awardId)?.beans ?? 0;
    this.#entries.set(awardId, next);
    return next.beans - before;
  }
}
