/**
 * Setting a tablet's wrong clock right: how far the server's is ahead is measured on its answers, kept on the device,
 * and added to the time of each tap once, when it first leaves. Knows no clock of its own.
 */

/** How far the server's clock is ahead of the tablet's. */
export interface Offset {
  /** In ms; below 0 where the tablet's clock is fast. */
  readonly ms: number;
  /** When it was measured, by the tablet's clock. */
  readonly at: number;
}

/** What a slow answer or the two clocks' steps may pretend is no wrong clock. */
const NOISE_MS = 2000;

/**
 * The offset that an answer shows.
 * @param serverTime as the server's answer gave it, ms
 * @param askedAt and `answeredAt`: by the tablet's clock, ms
 */
export function measuredOffset(serverTime: number, askedAt: number, answeredAt: number): Offset {
  const ms = Math.round(serverTime - (askedAt + answeredAt) / 2);
  const noise = NOISE_MS + Math.max(0, answeredAt - askedAt) / 2;
  return { ms: Math.abs(ms) <= noise ? 0 : ms, at: answeredAt };
}

/** The offset to note with a tap; none where the clock has been turned back since it was measured. */
export function offsetAt(tap: number, offset: Offset | undefined): number | undefined {
  return offset === undefined || tap < offset.at ? undefined : offset.ms;
}

/**
 * When a tap really was. The clock of the tap counts, since it may have been set right in the meantime; where its error
 * was not known then, the error known now.
 * @param tapped by the tablet's clock, ms
 * @returns an RFC 3339 instant, never later than now
 */
export function correctedTime(
  tapped: number,
  offsetThen: number | undefined,
  { now, offset }: { readonly now: number; readonly offset: Offset | undefined },
): string {
  const known = offset?.ms ?? 0;
  return new Date(Math.min(tapped + (offsetThen ?? known), now + known)).toISOString();
}
