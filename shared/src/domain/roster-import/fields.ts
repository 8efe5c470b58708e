/** What a column of a roster can hold, and what a row can come to. Names only; small enough for any page. */

export const ROSTER_FIELDS = [
  "nationalNo",
  "studentNo",
  "name",
  "sex",
  "bornOn",
  "grade",
  "class",
  "guardian1Name",
  "guardian1Relation",
  "guardian1Phone",
  "guardian2Name",
  "guardian2Relation",
  "guardian2Phone",
  "fatherName",
  "fatherPhone",
  "motherName",
  "motherPhone",
] as const;
export type RosterField = (typeof ROSTER_FIELDS)[number];

/** Whether a table shaped so can be read at all: a pupil needs a name and something that tells it from its namesake. */
export function isReadable(fields: readonly (RosterField | null)[]): boolean {
  return fields.includes("name") && (fields.includes("studentNo") || fields.includes("nationalNo"));
}

export const SEXES = ["girl", "boy"] as const;
export type Sex = (typeof SEXES)[number];

export const RELATIONS = [
  "mother",
  "father",
  "grandmother",
  "grandfather",
  "sister",
  "brother",
  "guardian",
] as const;
export type Relation = (typeof RELATIONS)[number];

/** A row's outcome. `missing` is a pupil of the school that the file does not name: listed, never touched. */
export const ROW_OUTCOMES = ["new", "changed", "unchanged", "problem", "missing"] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** What can be wrong with a row. */
export const ROW_PROBLEMS = [
  "formula",
  "name-missing",
  "name-unreadable",
  "number-missing",
  "national-no-length",
  "national-no-letter",
  "national-no-check-digit",
  "national-no-date",
  "digits-lost",
  "student-no-unreadable",
  "sex-unreadable",
  "sex-contradicts-number",
  "birth-date-unreadable",
  "birth-date-contradicts-number",
  "class-missing",
  "class-unreadable",
  "guardian-name-missing",
  "guardian-name-unreadable",
  "relation-unreadable",
  "phone-unreadable",
  "row-twice",
  "guardian-disagrees",
  "numbers-disagree",
] as const;
export type RowProblem = (typeof ROW_PROBLEMS)[number];

/** What may differ between a row and what the school has. */
export const CHANGED_FIELDS = [
  "studentNo",
  "nationalNo",
  "name",
  "sex",
  "bornOn",
  "class",
  "guardian",
  "guardianName",
  "guardianRelation",
  "guardianPhone",
] as const;
export type ChangedField = (typeof CHANGED_FIELDS)[number];

/** Why a row was left as it is when its import was undone. */
export const KEPT_REASONS = ["changed-since", "has-records"] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

/** What a member of staff of a OneRoster package comes to. Nobody whom it does not name is looked at. */
export const STAFF_OUTCOMES = ["new", "changed", "unchanged", "problem"] as const;
export type StaffOutcome = (typeof STAFF_OUTCOMES)[number];

/** Why a member of staff is not taken in: nobody guesses who somebody is. */
export const STAFF_PROBLEMS = [
  "name-missing",
  "staff-twice",
  "numbers-disagree",
  "name-disagrees",
  "name-known",
  "has-left",
] as const;
export type StaffProblem = (typeof STAFF_PROBLEMS)[number];

/** Of a post, what becomes of it. */
export const POST_OUTCOMES = ["new", "unchanged", "problem"] as const;
export type PostOutcome = (typeof POST_OUTCOMES)[number];

/** Why somebody is not given a post that the file names. */
export const POST_PROBLEMS = [
  "class-unclear",
  "class-unknown",
  "subject-unknown",
  "homeroom-taken",
  "not-a-teacher",
] as const;
export type PostProblem = (typeof POST_PROBLEMS)[number];

/** Why a member of staff was left as it is when the import was undone. */
export const STAFF_KEPT_REASONS = ["has-account", ...KEPT_REASONS] as const;
export type StaffKeptReason = (typeof STAFF_KEPT_REASONS)[number];
