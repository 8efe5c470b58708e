/** What a correction changed in a term summary, told by where and never by how much. */
import type { SummarySnapshot } from "../contract/summaries.ts";
import { canonicalJson } from "./canonical-json.ts";
import { SUMMARY_PARTS, type SummaryPart } from "./words.ts";

const CONTENT: Readonly<Record<SummaryPart, (snapshot: SummarySnapshot) => unknown>> = {
  comment: ({ comment, remarks = [] }) => ({ comment, remarks }),
  dimensions: ({ dimensions, grewMost, lastTerm = [], rated = [], fitness = null }) => ({
    dimensions,
    grewMost,
    lastTerm,
    rated,
    fitness,
  }),
  highlights: ({ highlights, badges = [], activities = null }) => ({ highlights, badges, activities }),
  "at-home": ({ atHome }) => atHome,
  people: ({ school, student, class: of, homeroomTeacher, term }) => ({
    school,
    student,
    of,
    homeroomTeacher,
    term,
  }),
};

/** @returns the parts that read differently, in the order of SUMMARY_PARTS; none where two revisions say the same */
export function changedParts(before: SummarySnapshot, after: SummarySnapshot): SummaryPart[] {
  return SUMMARY_PARTS.filter(
    (part) => canonicalJson(CONTENT[part](before)) !== canonicalJson(CONTENT[part](after)),
  );
}
