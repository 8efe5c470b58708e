/** How long a child's visit by card still lasts, as it is told: in whole minutes, never more than there are. */

const MINUTE_MS = 60_000;

/** @returns minutes, rounded up, so that 0 means over */
export function minutesLeft(endsAt: number, now: number): number {
  return Math.max(0, Math.ceil((endsAt - now) / MINUTE_MS));
}
