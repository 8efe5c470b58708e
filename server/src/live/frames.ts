/** Events of a class's ledger as server-sent events, each with the position after it as its id. Pure. */
import type { FeedEvent } from "@doudou/db/repositories/feed.ts";
import type { BoardAward, BoardVoid } from "@doudou/shared/contract/board.ts";
import type { LiveAward, LiveVoid } from "@doudou/shared/contract/live.ts";
import { type FeedPosition, positionText } from "@doudou/shared/domain/feed-position.ts";

/** Who looks: the staff of a class see who awarded what, its board on the projector what everybody in the room may see. */
export type Audience = "staff" | "board";

/** What has to be known about a class to show its events. */
export interface Surroundings {
  /** Children whose name a board may show. */
  readonly named: ReadonlySet<string>;
  readonly weekStartsOn: string;
  readonly now: Date;
}

/** What came in later, such as from a tablet that had no network, is shown but not celebrated any more. */
const FRESH_MS = 10 * 60_000;

export interface Frames {
  readonly bytes: Buffer;
  /** The position after the last of them. */
  readonly to: FeedPosition;
}

export const START: FeedPosition = { awards: 0, voids: 0 };

/** What of these events lies beyond a position, for an audience. */
export function framesOf(
  events: readonly FeedEvent[],
  from: FeedPosition,
  audience: Audience,
  surroundings: Surroundings,
): Frames {
  let to = from;
  let text = "";
  for (const event of events) {
    if (event.seq <= (event.of === "award" ? to.awards : to.voids)) continue;
    to = event.of === "award" ? { ...to, awards: event.seq } : { ...to, voids: event.seq };
    text += frame(event.of, SHOWN[audience](event, surroundings), to);
  }
  return { bytes: Buffer.from(text), to };
}

/** Where somebody stands who has seen these events, from a position. */
export function positionAfter(events: readonly FeedEvent[], from: FeedPosition): FeedPosition {
  const last = (of: FeedEvent["of"], before: number) =>
    events.reduce((seq, event) => (event.of === of ? Math.max(seq, event.seq) : seq), before);
  return { awards: last("award", from.awards), voids: last("void", from.voids) };
}

/** One event; without a position where seeing it does not bring the reader any further. */
export function frame(name: string, value: unknown, position?: FeedPosition): string {
  const id = position === undefined ? "" : `id: ${positionText(position)}\n`;
  return `${id}event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
}

const SHOWN: Readonly<Record<Audience, (event: FeedEvent, surroundings: Surroundings) => object>> = {
  staff(event): LiveAward | LiveVoid {
    if (event.of === "award") {
      const { of: _, seq: __, occurredAt, ...rest } = event;
      return { ...rest, occurredAt: occurredAt.toISOString() };
    }
    const { of: _, seq: __, ...rest } = event;
    return rest;
  },
  board(event, { named, weekStartsOn, now }): BoardAward | BoardVoid {
    if (event.of === "void") return {};
    const { studentId, dimension, point, beans, day, occurredAt } = event;
    return {
      plantId: named.has(studentId) ? studentId : null,
      dimension,
      point,
      beans,
      isThisWeek: day >= weekStartsOn,
      isFresh: now.getTime() - occurredAt.getTime() < FRESH_MS,
    };
  },
};
