/** Words that hurt a child, reported by it or its guardian: what may be reported, who reads it, what became of it. */

/** A kind word of a group mate that was passed on, or the note of an award, thanks of a classmate among them. */
export const REPORTABLE_WORDS = ["voice", "award"] as const;
export type ReportableWords = (typeof REPORTABLE_WORDS)[number];

/** Whoever leads the child's class, or the school's office. */
export const REPORT_READERS = ["homeroom", "office"] as const;
export type ReportReader = (typeof REPORT_READERS)[number];

export const WORD_REPORT_STATES = ["open", "kept", "taken-back"] as const;
export type WordReportState = (typeof WORD_REPORT_STATES)[number];

/** Of what is said with a report, and of its answer, in characters. */
export const REPORT_LENGTH = 300;

/** Words of whoever leads the class are never theirs to judge. */
export function readerOf(asked: ReportReader, isByLeader: boolean): ReportReader {
  return isByLeader ? "office" : asked;
}
