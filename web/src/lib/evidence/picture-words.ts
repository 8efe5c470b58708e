/** What a picture shows, in words: whom and what for. Reactive to the language. */
import type { LedgerEntry } from "@doudou/shared/contract/awards.ts";
import { inLocale, locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

export function pictureWords({ student, point }: LedgerEntry): string {
  return m.evidence_alt({ name: student.name, point: inLocale(point) });
}

/** By whom and when. */
export function pictureOrigin({ isMine, by, occurredAt }: LedgerEntry): string {
  const time = new Intl.DateTimeFormat(locale(), {
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(occurredAt));
  // An award that this device has brought to the server itself has no name yet, and is one's own.
  return isMine || by === "" ? m.classroom_recent_mine({ time }) : m.classroom_recent_by({ by, time });
}
