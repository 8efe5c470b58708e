/** Text that people wrote, made fit for paper. Changes nothing that can be seen. */

// Control characters and bidirectional overrides draw nothing of their own, but can hide or reorder what is around them.
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu;
// Typst breaks lines only where Unicode allows; without a place to break, a long word would run off the paper.
const LONG_WORD = /[\u0021-\u024f]{24}(?=[\u0021-\u024f])/g;

/** A text as it can be printed: on one line of source, well-formed, and with somewhere to break. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, " ").replace(LONG_WORD, "$&\u200b");
}
