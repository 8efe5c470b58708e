/** The rule for what a subject teacher adds to a term summary. */

/** One sentence: a family reads five of them beside the homeroom teacher's letter. */
export const REMARK_LENGTH = 120;

/** A sentence as it is kept: one line, without what surrounds it. */
export function remarkLine(written: string): string {
  return written.replaceAll(/\s+/g, " ").trim();
}
