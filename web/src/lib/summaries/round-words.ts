/** The words for where a class's summaries stand. Reactive to the language. */
import type { SummaryRound } from "@doudou/shared/contract/summary-rounds.ts";
import type { LeftOutReason } from "@doudou/shared/domain/summary-review.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

export function roundStateWord(state: SummaryRound["state"]): string {
  switch (state) {
    case "writing":
      return m.review_state_writing();
    case "handed-in":
      return m.review_state_handed_in();
    case "returned":
      return m.review_state_returned();
    case "approved":
      return m.review_state_approved();
  }
}

/** Why a class is not among those that are published at one time. */
export function leftOutWord(why: LeftOutReason): string {
  switch (why) {
    case "published":
      return m.review_left_published();
    case "planned":
      return m.review_left_planned();
    case "not-approved":
      return m.review_left_not_approved();
    case "not-complete":
      return m.review_left_not_complete();
  }
}

/** By the clock of this device: for what has happened. */
export function timeInWords(instant: string): string {
  const format = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
  return format.format(new Date(instant));
}

/** By the school's clock, for what is planned; says so where this device's clock shows another time. */
export function schoolTimeInWords(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short", timeZone });
  const time = format.format(new Date(instant));
  return isOwnClock(new Date(instant), timeZone) ? time : m.review_school_time({ time });
}

/** Whether this device's clock shows the school's time. */
export function isOwnClock(moment: Date, timeZone: string): boolean {
  return clockIn(moment, timeZone) === clockIn(moment, undefined);
}

/** What the school's clock shows, as a browser's field for a time writes it: `2026-11-11T19:00`. */
export function clockIn(moment: Date, timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone });
  return format.format(moment).replace(" ", "T");
}

/** How long until then: days and hours, or hours and minutes, or minutes. */
export function untilInWords(instant: string, now: number): string {
  const minutes = Math.max(0, Math.ceil((Date.parse(instant) - now) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  if (days > 0) return m.review_until_days({ days, hours });
  if (hours > 0) return m.review_until_hours({ hours, minutes: minutes % 60 });
  return m.review_until_minutes({ minutes });
}
