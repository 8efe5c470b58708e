/** The words for what a summary lacks. Reactive to the language. */
import { SUMMARY_PIECES, type PieceCounts, type SummaryPiece } from "@doudou/shared/domain/summary-pieces.ts";
import { m } from "#lib/paraglide/messages.js";

export function pieceWord(piece: SummaryPiece): string {
  switch (piece) {
    case "comment":
      return m.pieces_comment();
    case "teacher":
      return m.pieces_teacher();
    case "rating":
      return m.pieces_rating();
    case "fitness":
      return m.pieces_fitness();
    case "records":
      return m.pieces_records();
    case "dimension":
      return m.pieces_dimension();
  }
}

/** What a class lacks, in the order it is looked for; empty where it lacks nothing. */
export function countsInWords(counts: Partial<PieceCounts>): string {
  return SUMMARY_PIECES.filter((piece) => (counts[piece] ?? 0) > 0)
    .map((piece) => m.pieces_count({ piece: pieceWord(piece), count: counts[piece] ?? 0 }))
    .join(" · ");
}
