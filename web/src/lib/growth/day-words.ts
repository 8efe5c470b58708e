/**
 * Days as people say them: 今天, 昨天, 星期三, 10月8日. Pure: today comes in as an argument.
 * Takes and compares local days (`YYYY-MM-DD`) only, never instants, so that no time zone can move them.
 */
import { daysBetween } from "@doudou/shared/domain/days.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";

const WEEK = 7;

/** The device's own day. */
export function dayOf(moment: Date): string {
  const [month, day] = [moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${moment.getFullYear()}-${month}-${day}`;
}

/** The shortest way to say a day that nobody mistakes: with its year where that is another one. */
export function dayWords(day: string, today: string, locale: Locale): string {
  const distance = daysBetween(today, day);
  if (distance === 0 || distance === -1) {
    return capitalised(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(distance, "day"));
  }
  if (distance < 0 && distance > -WEEK) return inWords(day, locale, { weekday: "long" });
  const isOtherYear = day.slice(0, 4) !== today.slice(0, 4);
  return inWords(day, locale, { month: "long", day: "numeric", ...(isOtherYear && { year: "numeric" }) });
}

/** A day in full, for covers and letters. */
export function longDay(day: string, locale: Locale): string {
  return inWords(day, locale, { year: "numeric", month: "long", day: "numeric" });
}

/** A day of this school year, short enough to head a column. */
export function monthAndDay(day: string, locale: Locale): string {
  return inWords(day, locale, { month: "short", day: "numeric" });
}

/** The day an instant falls on, on this device. @param instant RFC 3339 */
export function dayOfInstant(instant: string): string {
  return dayOf(new Date(instant));
}

function inWords(day: string, locale: Locale, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...parts, timeZone: "UTC" }).format(
    new Date(day),
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
