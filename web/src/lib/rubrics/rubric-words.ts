/** How far raters agree, as people say it. Reactive to the language. */
import type { Agreement } from "@doudou/shared/domain/agreement.ts";
import { m } from "#lib/paraglide/messages.js";

const WORDS: Readonly<Record<Agreement, () => string>> = {
  "too-few": m.rubric_agree_too_few,
  "one-level": m.rubric_agree_one_level,
  close: m.rubric_agree_close,
  fair: m.rubric_agree_fair,
  talk: m.rubric_agree_talk,
};

export function agreementWord(agreement: Agreement): string {
  return WORDS[agreement]();
}
