/**
 * A reminder that is being written, kept on this device for the account that writes it, so that neither a lost network
 * nor a reload loses a word or says it twice. Goes as other drafts do: see kept-drafts.ts.
 */
import type { ReminderInput } from "@doudou/shared/contract/reminders.ts";
import type { ReminderPhrase } from "@doudou/shared/domain/reminders.ts";
import { type DraftStorage, type KeptDraft, keptDraftOf } from "#lib/offline/kept-drafts.ts";

export interface ReminderDraft {
  readonly phrase: ReminderPhrase | undefined;
  readonly text: string;
  readonly guardianMaySee: boolean;
  /** What was sent and never answered. */
  readonly sent?: ReminderInput;
}

export const EMPTY_DRAFT: ReminderDraft = { phrase: undefined, text: "", guardianMaySee: false };

/** What an account is writing about a child. */
export function reminderDraftOf(
  accountId: string,
  studentId: string,
  storage: DraftStorage,
): KeptDraft<ReminderDraft> {
  return keptDraftOf({ kind: "reminder", accountId, about: studentId }, storage);
}

export function saysSomething({ phrase, text }: ReminderDraft): boolean {
  return phrase !== undefined || text.trim() !== "";
}

/**
 * What to send. The same words once more under the same id: they may have arrived when the answer was lost, and must not
 * be there twice. Other words are another reminder.
 */
export function reminderToSend(draft: ReminderDraft, newId: string, now: Date): ReminderInput {
  const { phrase, guardianMaySee, sent } = draft;
  const text = draft.text.trim();
  const isSame =
    sent?.phrase === phrase && (sent?.text ?? "") === text && sent?.guardianMaySee === guardianMaySee;
  if (sent && isSame) return sent;
  return {
    id: newId,
    ...(phrase && { phrase }),
    ...(text !== "" && { text }),
    guardianMaySee,
    occurredAt: now.toISOString(),
  };
}
