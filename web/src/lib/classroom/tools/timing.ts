/** A countdown or a stopwatch as what has run so far; the time comes in. Pure. */

export interface Timing {
  /** What is counted down from, in ms; undefined for a stopwatch. */
  readonly from: number | undefined;
  /** What had run before it was last started, in ms. */
  readonly ranBefore: number;
  /** When it was last started, in ms; undefined while paused. */
  readonly startedAt: number | undefined;
}

/** Starts a countdown, or a stopwatch where there is nothing to count down from. */
export function started(from: number | undefined, now: number): Timing {
  return { from, ranBefore: 0, startedAt: now };
}

export function paused(timing: Timing, now: number): Timing {
  return { ...timing, ranBefore: ran(timing, now), startedAt: undefined };
}

export function resumed(timing: Timing, now: number): Timing {
  return { ...timing, ranBefore: ran(timing, now), startedAt: now };
}

/** More time for a countdown, also for one that is over: it then counts down the added time alone. */
export function lengthened(timing: Timing, by: number, now: number): Timing {
  if (timing.from === undefined) return timing;
  return isOver(timing, now) ? started(by, now) : { ...timing, from: timing.from + by };
}

/** What the clock shows, in ms: what is left of a countdown, never below 0, or what a stopwatch has run. */
export function shownTime(timing: Timing, now: number): number {
  const soFar = ran(timing, now);
  return timing.from === undefined ? soFar : Math.max(0, timing.from - soFar);
}

export function isOver(timing: Timing, now: number): boolean {
  return timing.from !== undefined && ran(timing, now) >= timing.from;
}

/** `4:05`: a countdown shows the second that has begun, a stopwatch the one that is complete. */
export function clockText(timing: Timing, now: number): string {
  const time = shownTime(timing, now);
  const seconds = timing.from === undefined ? Math.floor(time / 1000) : Math.ceil(time / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A clock that was turned back takes nothing away. */
function ran({ ranBefore, startedAt }: Timing, now: number): number {
  return ranBefore + (startedAt === undefined ? 0 : Math.max(0, now - startedAt));
}
