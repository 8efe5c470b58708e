/** A day in full, in the reader's language: 2026年11月11日. Reactive to the language. */
import { locale } from "#lib/locale.svelte.ts";
import { dayOfInstant, longDay } from "./day-words.ts";

/** @param day `YYYY-MM-DD` */
export function dayInFull(day: string): string {
  return longDay(day, locale());
}

/** The day that an instant falls on, on this device. @param instant RFC 3339 */
export function instantInFull(instant: string): string {
  return dayInFull(dayOfInstant(instant));
}
