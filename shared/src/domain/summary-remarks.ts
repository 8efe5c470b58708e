/** The rule for what a subject teacher adds to a term summary. */

/** One sentence: a family reads five of them beside the homeroom teacher's letter. */
export const REMARK_LENGTH = 120;
