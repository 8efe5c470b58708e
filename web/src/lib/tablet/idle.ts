/** When a device that nobody touches is locked: a warning first, and one touch calls it off. Pure; the time comes in. */

/** `due`: it is to be locked now. */
export type Idleness = "busy" | "warned" | "due";

export const WARNING_MS = 20_000;
/** What two clocks' steps may differ by. */
const NOISE_MS = 5_000;

/**
 * @param touchedAt when it was last touched, or held awake, ms
 * @param lockAfterMs undefined: never
 */
export function idlenessAt(now: number, touchedAt: number, lockAfterMs: number | undefined): Idleness {
  if (lockAfterMs === undefined) return "busy";
  const idle = now - touchedAt;
  if (idle >= lockAfterMs) return "due";
  return idle >= lockAfterMs - WARNING_MS ? "warned" : "busy";
}

/** What counts as the last touch at a look: held awake it is now, and a clock that was turned back gives no more time. */
export function touchAtLook(now: number, touchedAt: number, isHeldAwake: boolean): number {
  return isHeldAwake ? now : Math.min(now, touchedAt);
}

/** Whether a device that was shut should be found locked: also where its clock was turned back meanwhile. */
export function isOverdue(now: number, touchedAt: number, lockAfterMs: number): boolean {
  return now - touchedAt >= lockAfterMs || touchedAt - now > NOISE_MS;
}
