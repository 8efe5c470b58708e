/** The words for corrections and answers of a term summary. Reactive to the language. */
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { SummaryPart } from "@doudou/shared/domain/words.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

const PARTS: Readonly<Record<SummaryPart, () => string>> = {
  comment: m.answer_part_comment,
  dimensions: m.answer_part_dimensions,
  highlights: m.answer_part_highlights,
  "at-home": m.answer_part_at_home,
  people: m.answer_part_people,
};

export function correctionWords({ revision, changes }: Pick<TermSummary, "revision" | "changes">): string {
  const parts = new Intl.ListFormat(locale(), { type: "conjunction" }).format(
    changes.map((part) => PARTS[part]()),
  );
  return m.answer_corrected({ revision, parts });
}
