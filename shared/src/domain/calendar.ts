/**
 * From instants to the school's local days and back: the only file of the domain that needs Temporal and its zone rules.
 * Never reads a clock, and never takes the machine's own zone: both come in as arguments.
 */
import { Temporal } from "temporal-polyfill";

import { addDays, weekStartOf } from "./days.ts";

export * from "./days.ts";

export interface WeekSpan {
  readonly from: Date;
  readonly to: Date;
}

interface DaySpan {
  readonly day: string;
  readonly startsAt: number;
  /** Where the next day starts. */
  readonly endsAt: number;
}

const MS_PER_DAY = 86_400_000;
const REMEMBERED_DAYS_PER_ZONE = 4096;
// Boundaries of days already met, by zone and by the UTC day they touch. Pure: a zone's past and rules do not change while we run.
const metDays = new Map<string, Map<number, DaySpan[]>>();
const metStarts = new Map<string, number>();
const metWeeks = new Map<string, Map<string, WeekSpan>>();

/**
 * The local day an instant belongs to. A day reaches from its own start to the start of the next one, so that each
 * instant has exactly one, also where a zone once turned its clocks back across midnight.
 * @param instantMs milliseconds since 1970, UTC
 * @param timeZone IANA name, such as `Asia/Shanghai`
 * @returns `YYYY-MM-DD`; well under 1 µs once any instant of that day was asked for
 * @throws RangeError if the zone is unknown or the instant is no time
 */
export function localDayOf(instantMs: number, timeZone: string): string {
  let days = metDays.get(timeZone);
  if (!days) metDays.set(timeZone, (days = new Map()));
  const utcDay = Math.floor(instantMs / MS_PER_DAY);
  const met = days.get(utcDay);
  if (met) {
    for (const span of met) if (instantMs >= span.startsAt && instantMs < span.endsAt) return span.day;
  }
  const span = spanOf(instantMs, timeZone);
  if (days.size >= REMEMBERED_DAYS_PER_ZONE) days.clear();
  days.set(utcDay, [...(days.get(utcDay) ?? []), span]);
  return span.day;
}

/**
 * The first instant of a local day, in milliseconds since 1970; not always 00:00, since some zones change their clocks at midnight.
 * @throws RangeError if `day` is no date or the zone is unknown
 */
export function startOfDay(day: string, timeZone: string): number {
  const key = `${timeZone} ${day}`;
  const met = metStarts.get(key);
  if (met !== undefined) return met;
  const startsAt = Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
  if (metStarts.size >= REMEMBERED_DAYS_PER_ZONE) metStarts.clear();
  metStarts.set(key, startsAt);
  return startsAt;
}

/**
 * The instant of a local day at which its clock shows a time, in milliseconds since 1970; where the clock skips it, as
 * much later as the clock was put forward.
 * @throws RangeError if `day` is no date, the time none of a day or the zone is unknown
 */
export function instantOn(
  day: string,
  time: { readonly hour: number; readonly minute: number },
  timeZone: string,
): number {
  const plainTime = Temporal.PlainTime.from(time, { overflow: "reject" });
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

/**
 * The local week a day belongs to, as instants: from its Monday's start up to but not including the next Monday's.
 * @throws RangeError if `day` is no date or the zone is unknown
 */
export function weekOf(day: string, timeZone: string): WeekSpan {
  let weeks = metWeeks.get(timeZone);
  if (!weeks) metWeeks.set(timeZone, (weeks = new Map()));
  const met = weeks.get(day);
  if (met) return met;
  const monday = weekStartOf(day);
  const week = {
    from: new Date(startOfDay(monday, timeZone)),
    to: new Date(startOfDay(addDays(monday, 7), timeZone)),
  };
  if (weeks.size >= REMEMBERED_DAYS_PER_ZONE) weeks.clear();
  weeks.set(day, week);
  return week;
}

function spanOf(instantMs: number, timeZone: string): DaySpan {
  let date = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone).toPlainDate();
  let endsAt = startOfDay(date.add({ days: 1 }).toString(), timeZone);
  // Clocks set back across midnight show yesterday's date again after today has begun.
  while (instantMs >= endsAt) {
    date = date.add({ days: 1 });
    endsAt = startOfDay(date.add({ days: 1 }).toString(), timeZone);
  }
  const day = date.toString();
  return { day, startsAt: startOfDay(day, timeZone), endsAt };
}
