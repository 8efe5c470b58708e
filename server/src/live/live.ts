/**
 * Live updates of this process: every open stream, what rings for it, and what ends it. A stream lives as long as the
 * one who opened it may look; it is asked again while it lives. Writes nothing and decides no permission.
 */
import type { Database } from "@doudou/db/engines/database.ts";
import type { FeedPosition } from "@doudou/shared/domain/feed-position.ts";
import { readTopic } from "@doudou/db/topics.ts";
import { Channel, type ChannelParts, type Follower } from "./channel.ts";
import { EventStream } from "./event-stream.ts";
import type { Audience } from "./frames.ts";
import { type ShopPage, Shops } from "./shops.ts";

/** A tablet has a page or two of a class open; more is a mistake or mischief. */
const MOST_STREAMS_OF_ONE = 8;

export interface Held {
  /** What the stream hangs on, a session or a board link: it ends with it, and can have only so many. */
  readonly owner: string;
  /** A new stream of the same owner's screen takes the place of the old one, which may hang in a dead network. */
  readonly screen: string;
  /** Asked now and then while the stream lives; it ends when the answer is no. */
  mayStay(): Promise<boolean>;
}

export interface Followed extends Held {
  readonly schoolId: string;
  readonly classId: string;
  readonly audience: Audience;
  /** Undefined to begin with what comes next. */
  readonly from: FeedPosition | undefined;
}

export interface OfShop extends Held {
  readonly page: ShopPage;
}

export interface Live {
  /**
   * Opens a stream on a class.
   * @returns undefined where its owner has too many already
   */
  follow(followed: Followed): EventStream | undefined;
  /**
   * Opens a stream that says when a page of a reward shop is to be read anew.
   * @returns undefined where its owner has too many already
   */
  followShop(followed: OfShop): EventStream | undefined;
  /**
   * Opens a stream that tells nothing, and by its end that its owner may no longer look.
   * @returns undefined where its owner has too many already
   */
  hold(held: Held): EventStream | undefined;
  /** Keeps the lines open, looks for what no bell has rung for, and ends the streams of those who may no longer look. */
  beat(): Promise<void>;
  /** How many streams are open, by audience. */
  counts(): ReadonlyMap<Audience, number>;
  /** Says from now on what went wrong. */
  logTo(log: LiveLog): void;
  /** Ends every stream at once, and opens no more. */
  close(): void;
}

export interface LiveLog {
  error(facts: object, message: string): void;
}

interface Open extends Held {
  readonly stream: EventStream;
  /** Undefined for a stream that follows nothing. */
  readonly audience?: Audience;
}

/** @param parts the time, and the zone in which a school's weeks begin */
export function createLive(database: Database, parts: Omit<ChannelParts, "onFailure">): Live {
  const opened = new Set<Open>();
  const channels = new Map<string, { readonly channel: Channel; users: number }>();
  let stopListening: (() => void) | undefined;
  let isClosed = false;
  let log: LiveLog | undefined;
  const onFailure = (error: unknown): void => {
    if (!isClosed) log?.error({ err: error }, "live updates fail");
  };

  const channelParts = { ...parts, onFailure };
  const shops = new Shops(database, channelParts);

  const hear = (text: string | undefined): void => {
    const topic = text === undefined ? undefined : readTopic(text);
    if (text === undefined) lookForMissed();
    else if (topic?.of === "ledger") channels.get(keyOf(topic))?.channel.ring();
    else if (topic?.of === "wishes" || topic?.of === "counter") shops.tell(topic);
    else if (topic?.of === "session") endAllOf(topic.sessionId);
    else if (topic?.of === "board") endAllOf(topic.linkId);
  };
  const endAllOf = (owner: string): void => {
    for (const open of opened) if (open.owner === owner) open.stream.finish();
  };
  /** Nothing may have rung: what is new is read, and everybody is asked again whether it may stay. */
  const lookForMissed = (): void => {
    for (const { channel } of channels.values()) channel.ring();
    shops.tellAll();
    void endWhoMayNotStay();
  };
  const endWhoMayNotStay = async (): Promise<void> => {
    for (const open of opened) {
      const may = await open.mayStay().catch((error: unknown) => {
        onFailure(error);
        return true; // a database that does not answer is no reason to leave everybody in the dark
      });
      if (!may) open.stream.finish();
    }
  };
  const enter = (of: { schoolId: string; classId: string }): Channel => {
    const known = channels.get(keyOf(of));
    if (known) {
      known.users += 1;
      return known.channel;
    }
    const channel = new Channel(database, of, channelParts);
    channels.set(keyOf(of), { channel, users: 1 });
    return channel;
  };
  const leave = (channel: Channel): void => {
    const known = channels.get(keyOf(channel));
    if (known && --known.users === 0) channels.delete(keyOf(channel));
  };

  /** A stream that ends with its owner; undefined where the owner has too many. */
  const openStream = (held: Held & { readonly audience?: Audience }): EventStream | undefined => {
    const stream = new EventStream();
    if (isClosed) {
      stream.finish();
      return stream;
    }
    const others = [...opened].filter(({ owner }) => owner === held.owner);
    const former = others.find(({ screen }) => screen === held.screen);
    if (!former && others.length >= MOST_STREAMS_OF_ONE) return undefined;
    former?.stream.destroy();
    stopListening ??= database.listen(hear);
    const entry: Open = { ...held, stream };
    opened.add(entry);
    stream.once("close", () => opened.delete(entry));
    return stream;
  };

  return {
    hold: openStream,

    follow(followed) {
      const stream = openStream(followed);
      if (!stream || isClosed) return stream;
      const channel = enter(followed);
      let follower: Follower | undefined;
      stream.once("close", () => {
        if (follower) channel.leave(follower);
        leave(channel);
      });
      channel.join(stream, followed.audience, followed.from).then(
        (joined) => {
          follower = joined;
          if (stream.destroyed) channel.leave(joined);
        },
        (error: unknown) => {
          onFailure(error);
          stream.destroy();
        },
      );
      return stream;
    },

    followShop(followed) {
      const stream = openStream(followed);
      if (stream && !isClosed) shops.join(stream, followed.page);
      return stream;
    },

    async beat() {
      for (const { stream } of opened) stream.beat();
      for (const { channel } of channels.values()) channel.ring();
      await endWhoMayNotStay();
    },

    counts() {
      const counts = new Map<Audience, number>([
        ["staff", 0],
        ["board", 0],
      ]);
      for (const { audience } of opened)
        if (audience !== undefined) counts.set(audience, (counts.get(audience) ?? 0) + 1);
      return counts;
    },

    logTo(next) {
      log = next;
    },

    close() {
      isClosed = true;
      stopListening?.();
      for (const { stream } of opened) stream.finish();
    },
  };
}

function keyOf({ schoolId, classId }: { schoolId: string; classId: string }): string {
  return `${schoolId}/${classId}`;
}
