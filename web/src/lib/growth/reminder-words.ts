/** What a reminder says, as one text: the phrase, then the teacher's own words. Reactive to the language. */
import type { Reminder } from "@doudou/shared/contract/reminders.ts";
import { REMINDER_PHRASES } from "@doudou/shared/domain/reminders.ts";
import { inLocale, locale } from "#lib/locale.svelte.ts";

export function reminderWords({ phrase, text }: Pick<Reminder, "phrase" | "text">): string {
  const between = locale() === "en" ? " " : "";
  return [phrase && inLocale(REMINDER_PHRASES[phrase]), text].filter(Boolean).join(between);
}
