/** Events of a class's ledger as server-sent events, each with the position after it as its id. Pure. */
import type { FeedEvent, FeedPosition } from "@doudou/db/repositories/feed.ts";
import type { LiveAward, LiveVoid } from "@doudou/shared/contract/live.ts";

/** Who looks: the staff of a class see who awarded what. */
export type Audience = "staff";

export interface Frames {
  readonly bytes: Buffer;
  /** The position after the last of them. */
  readonly to: FeedPosition;
}

export const START: FeedPosition = { awards: 0, voids: 0 };

/** What of these events lies beyond a position, for an audience. */
export function framesOf(events: readonly FeedEvent[], from: FeedPosition, audience: Audience): Frames {
  let to = from;
  let text = "";
  for (const event of events) {
    if (event.seq <= (event.of === "award" ? to.awards : to.voids)) continue;
    to = event.of === "award" ? { ...to, awards: event.seq } : { ...to, voids: event.seq };
    text += frame(event.of, SHOWN[audience](event), to);
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

export function positionText({ awards, voids }: FeedPosition): string {
  return `${awards}.${voids}`;
}

/** @returns undefined for what is no position */
export function readPosition(text: string | undefined): FeedPosition | undefined {
  const [, awards, voids] = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  return awards === undefined ? undefined : { awards: Number(awards), voids: Number(voids) };
}

/** Whether one position has seen all that the other has. */
export function hasSeen(one: FeedPosition, other: FeedPosition): boolean {
  return one.awards >= other.awards && one.voids >= other.voids;
}

const SHOWN: Readonly<Record<Audience, (event: FeedEvent) => object>> = {
  staff(event): LiveAward | LiveVoid {
    if (event.of === "award") {
      const { of: _, seq: __, occurredAt, ...rest } = event;
      return { ...rest, occurredAt: occurredAt.toISOString() };
    }
    const { of: _, seq: __, ...rest } = event;
    return rest;
  },
};
