/**
 * Which backups are kept, and when the next is due. Pure: knows neither files nor clocks.
 */
import { addDays, instantOn, localDayOf, weekStartOf } from "./calendar.ts";

/** How many days, weeks and months keep their latest backup; those without one do not count. */
export interface Retention {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

/**
 * The backups to keep: the latest of each of the last days, weeks (from Monday) and months that have one, and the very
 * latest in any case. Removing the others day by day or all at once comes to the same.
 * @param takenAt instants in milliseconds, in any order
 * @param timeZone in which a day begins and ends
 */
export function backupsToKeep(
  takenAt: readonly number[],
  { days, weeks, months }: Retention,
  timeZone: string,
): Set<number> {
  const latestFirst = [...new Set(takenAt)].sort((one, other) => other - one);
  const dayOf = (instant: number) => localDayOf(instant, timeZone);
  return new Set([
    ...latestFirst.slice(0, 1),
    ...latestOfEach(latestFirst, dayOf, days),
    ...latestOfEach(latestFirst, (instant) => weekStartOf(dayOf(instant)), weeks),
    ...latestOfEach(latestFirst, (instant) => dayOf(instant).slice(0, 7), months),
  ]);
}

function latestOfEach(
  latestFirst: readonly number[],
  spanOf: (instant: number) => string,
  count: number,
): number[] {
  const latest = new Map<string, number>();
  for (const instant of latestFirst) {
    const span = spanOf(instant);
    if (latest.size < count && !latest.has(span)) latest.set(span, instant);
  }
  return [...latest.values()];
}

/** A time of the day on the clock of a place. */
export interface DailyAt {
  readonly hour: number;
  readonly minute: number;
  readonly timeZone: string;
}

/**
 * The last moment, now or earlier, at which the daily backup was due. On a day whose clock skips that time, it is due
 * as much later as the clock was put forward.
 */
export function lastDue(now: number, { hour, minute, timeZone }: DailyAt): number {
  const today = localDayOf(now, timeZone);
  const onDay = (day: string) => instantOn(day, { hour, minute }, timeZone);
  const due = onDay(today);
  return due <= now ? due : onDay(addDays(today, -1));
}
