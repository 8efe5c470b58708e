/**
 * What a term summary still lacks before a family should read it. Pure; says what to look after, forbids nothing: a summary
 * is published with whatever its homeroom teacher thinks right.
 */
import { LEAST_RECORDS } from "./trend.ts";
import type { Dimension } from "./words.ts";

/**
 * `comment` nobody has written one; `teacher` the class has no homeroom teacher, whose name stands under it; `rating` the
 * term had a round and no teacher chose a level; `fitness` the school's test is open and the child has no result; `records` too few to say anything about the child; `dimension` one of the
 * five has no record at all.
 */
export const SUMMARY_PIECES = ["comment", "teacher", "rating", "fitness", "records", "dimension"] as const;
export type SummaryPiece = (typeof SUMMARY_PIECES)[number];

export interface SummaryParts {
  readonly comment: string;
  readonly homeroomTeacher: string | null;
  /** Whether a teacher has chosen a level; null in a term without a round. */
  readonly isRated: boolean | null;
  /** Whether the child has been tested in everything, or is exempt; null in a year without a test. */
  readonly isTested: boolean | null;
  readonly dimensions: readonly { readonly dimension: Dimension; readonly records: number }[];
}

export interface MissingPieces {
  /** In the order of SUMMARY_PIECES, each once. */
  readonly pieces: readonly SummaryPiece[];
  /** The dimensions without a record; none are named where records are too few at all. */
  readonly dimensions: readonly Dimension[];
}

/** What is missing of one child's summary. */
export function missingPieces({
  comment,
  homeroomTeacher,
  isRated,
  isTested,
  dimensions,
}: SummaryParts): MissingPieces {
  const records = dimensions.reduce((sum, one) => sum + one.records, 0);
  const areFew = records < LEAST_RECORDS;
  const empty = areFew ? [] : dimensions.filter((one) => one.records === 0).map(({ dimension }) => dimension);
  const lacks: Record<SummaryPiece, boolean> = {
    comment: comment.trim() === "",
    teacher: homeroomTeacher === null,
    rating: isRated === false,
    fitness: isTested === false,
    records: areFew,
    dimension: empty.length > 0,
  };
  return { pieces: SUMMARY_PIECES.filter((piece) => lacks[piece]), dimensions: empty };
}

/** How many children lack each piece. */
export type PieceCounts = Readonly<Record<SummaryPiece, number>>;

export function countPieces(children: readonly Pick<MissingPieces, "pieces">[]): PieceCounts {
  const counts = { comment: 0, teacher: 0, rating: 0, fitness: 0, records: 0, dimension: 0 };
  for (const { pieces } of children) for (const piece of pieces) counts[piece] += 1;
  return counts;
}
