/**
 * One class as its open screens follow it: reads what is new once, however many look on, and hands it to each from
 * where that one stands. Never hands an event to a screen twice, and leaves none out.
 */
import type { Database } from "@doudou/db/engines/database.ts";
import { agreedTo } from "@doudou/db/repositories/consents.ts";
import { feedAfter, type FeedEvent, feedPosition } from "@doudou/db/repositories/feed.ts";
import { localDayOf, weekStartOf } from "@doudou/shared/domain/calendar.ts";
import { type FeedPosition, hasSeen, positionText } from "@doudou/shared/domain/feed-position.ts";
import type { EventStream } from "./event-stream.ts";
import {
  type Audience,
  frame,
  type Frames,
  framesOf,
  positionAfter,
  START,
  type Surroundings,
} from "./frames.ts";

/** Far less than a stream lets wait, so that only who reads nothing is cut. */
const PAGE = 200;
/** A screen that has missed more than this reads its page anew: nobody wants to see a week fly by. */
const MOST_CAUGHT_UP = 2_000;
/** What comes within this time after a reading is told together: a class of children tapped one by one is a few readings. */
const BREATH_MS = 25;

export interface Follower {
  readonly stream: EventStream;
  readonly audience: Audience;
  /** What it has been told. */
  position: FeedPosition;
}

export interface ChannelParts {
  readonly now: () => Date;
  readonly timeZoneOf: (schoolId: string) => Promise<string>;
  readonly onFailure: (error: unknown) => void;
}

const NOBODY: ReadonlySet<string> = new Set();

export class Channel {
  readonly schoolId: string;
  readonly classId: string;
  readonly #database: Database;
  readonly #onFailure: (error: unknown) => void;
  readonly #now: () => Date;
  readonly #timeZoneOf: (schoolId: string) => Promise<string>;
  readonly #followers = new Set<Follower>();
  /** What every follower has been told at least. */
  #position: FeedPosition = START;
  readonly #isOpen: Promise<void>;
  #isReading = false;
  #isRung = false;
  #hasBoards = false;

  constructor(
    database: Database,
    of: { readonly schoolId: string; readonly classId: string },
    { onFailure, now, timeZoneOf }: ChannelParts,
  ) {
    this.#database = database;
    this.schoolId = of.schoolId;
    this.classId = of.classId;
    this.#onFailure = onFailure;
    this.#now = now;
    this.#timeZoneOf = timeZoneOf;
    this.#isOpen = this.#standing().then((position) => void (this.#position = position));
    this.#isOpen.catch(() => {}); // told to whoever joins
  }

  /**
   * Catches a screen up and keeps it posted from then on.
   * @param from where it was; undefined to begin with what comes next
   * @throws what the database throws
   */
  async join(stream: EventStream, audience: Audience, from: FeedPosition | undefined): Promise<Follower> {
    this.#hasBoards ||= audience === "board";
    await this.#isOpen;
    const follower: Follower = { stream, audience, position: this.#position };
    if (from) await this.#catchUp(follower, from);
    this.#tell(follower, frame("position", positionText(follower.position), follower.position));
    this.#followers.add(follower);
    return follower;
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** There is, or may be, something new. */
  ring(): void {
    this.#isRung = true;
    if (!this.#isReading) void this.#readWhileRung();
  }

  async #readWhileRung(): Promise<void> {
    this.#isReading = true;
    try {
      await this.#isOpen;
      while (this.#isRung) {
        this.#isRung = false;
        await this.#readNew();
        await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
      }
    } catch (error) {
      this.#onFailure(error); // the next ring, or the next beat, reads again from the same place
    } finally {
      this.#isReading = false;
    }
  }

  async #readNew(): Promise<void> {
    const events = await this.#after(this.#position);
    const surroundings = await this.#surroundingsOf(events);
    if (events.length === PAGE) this.#isRung = true;
    const from = this.#position;
    const shared = new Map<Audience, Frames>();
    const sharedFor = (audience: Audience): Frames => {
      const known = shared.get(audience) ?? framesOf(events, from, audience, surroundings);
      shared.set(audience, known);
      return known;
    };
    for (const follower of this.#followers) {
      // Who joined in the meantime may be further than the channel.
      const isWithUs = hasSeen(from, follower.position) && hasSeen(follower.position, from);
      const frames = isWithUs
        ? sharedFor(follower.audience)
        : framesOf(events, follower.position, follower.audience, surroundings);
      follower.position = frames.to;
      if (frames.bytes.length > 0) follower.stream.send(frames.bytes);
    }
    this.#position = positionAfter(events, from);
  }

  /** Brings a screen that was away to where the channel is, or further. */
  async #catchUp(follower: Follower, from: FeedPosition): Promise<void> {
    const now = await this.#standing();
    const isTooFar = now.awards - from.awards + (now.voids - from.voids) > MOST_CAUGHT_UP;
    // Ahead of the ledger: it was restored from a copy.
    if (isTooFar || !hasSeen(now, from)) {
      follower.position = now;
      this.#tell(follower, frame("reload", positionText(now), now));
    } else {
      follower.position = from;
    }
    for (;;) {
      const events = await this.#after(follower.position);
      const surroundings = await this.#surroundingsOf(events);
      const frames = framesOf(events, follower.position, follower.audience, surroundings);
      follower.position = frames.to;
      if (frames.bytes.length > 0) follower.stream.send(frames.bytes);
      await follower.stream.drained();
      if (follower.stream.destroyed) return;
      const isAll = events.length < PAGE;
      if (isAll && hasSeen(follower.position, this.#position)) return;
    }
  }

  /** Asks for what only boards need to know, where one looks on. */
  async #surroundingsOf(events: readonly FeedEvent[]): Promise<Surroundings> {
    const now = this.#now();
    if (!this.#hasBoards || events.length === 0) return { named: NOBODY, weekStartsOn: "", now };
    const ids = new Set(events.map(({ studentId }) => studentId));
    const { schoolId } = this;
    const named = await this.#database.read(schoolId, (store) =>
      agreedTo(store, schoolId, "board", [...ids]),
    );
    const today = localDayOf(now.getTime(), await this.#timeZoneOf(schoolId));
    return { named, weekStartsOn: weekStartOf(today), now };
  }

  #tell(follower: Follower, text: string): void {
    follower.stream.send(Buffer.from(text));
  }

  async #standing(): Promise<FeedPosition> {
    return await this.#database.read(this.schoolId, (store) =>
      feedPosition(store, this.schoolId, this.classId),
    );
  }

  async #after(position: FeedPosition) {
    return await this.#database.read(this.schoolId, (store) =>
      feedAfter(store, this.schoolId, this.classId, position, PAGE),
    );
  }
}
