/** The words for the state of a summary and of its comment. Reactive to the language. */
import { m } from "#lib/paraglide/messages.js";
import type { SummarySheet } from "./summary-desk.svelte.ts";

export function statusWords({
  status,
  saving,
  guardians,
  signed,
  returned,
  isApproved,
}: SummarySheet): string {
  if (saving === "conflict" || saving === "refused") return m.teacher_desk_status_look();
  if (returned !== null) return m.review_status_fix();
  if (status === "draft" && !isApproved) return m.review_status_waits();
  switch (status) {
    case "none":
      return m.teacher_desk_status_none();
    case "draft":
      return m.teacher_desk_status_draft();
    case "published":
      return signed > 0
        ? m.answer_follow({ signed, all: Math.max(signed, guardians) })
        : m.teacher_desk_status_published();
  }
}

export function savingWords({ saving, text, refusal }: SummarySheet): string {
  switch (saving) {
    case "saved":
      return text === "" ? "" : m.teacher_desk_saved();
    case "unsaved":
    case "saving":
      return m.teacher_desk_saving();
    case "held":
      return m.teacher_desk_held();
    case "conflict":
      return m.teacher_desk_conflict_short();
    case "refused":
      return m.teacher_desk_refused({ reason: refusal });
  }
}
