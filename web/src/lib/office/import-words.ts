/** What an import says of fields, changes and problems, in the reader's words. */
import type { RosterImport, RosterRow } from "@doudou/shared/contract/roster-imports.ts";
import type {
  KeptReason,
  Relation,
  RosterField,
  RowOutcome,
  RowProblem,
  Sex,
} from "@doudou/shared/domain/roster-import/fields.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

type Words = () => string;

const FIELDS: Record<RosterField, Words> = {
  nationalNo: m.roster_field_nationalNo,
  studentNo: m.roster_field_studentNo,
  name: m.roster_field_name,
  sex: m.roster_field_sex,
  bornOn: m.roster_field_bornOn,
  grade: m.roster_field_grade,
  class: m.roster_field_class,
  guardian1Name: m.roster_field_guardian1Name,
  guardian1Relation: m.roster_field_guardian1Relation,
  guardian1Phone: m.roster_field_guardian1Phone,
  guardian2Name: m.roster_field_guardian2Name,
  guardian2Relation: m.roster_field_guardian2Relation,
  guardian2Phone: m.roster_field_guardian2Phone,
  fatherName: m.roster_field_fatherName,
  fatherPhone: m.roster_field_fatherPhone,
  motherName: m.roster_field_motherName,
  motherPhone: m.roster_field_motherPhone,
};

const OUTCOMES: Record<RowOutcome, Words> = {
  new: m.roster_outcome_new,
  changed: m.roster_outcome_changed,
  unchanged: m.roster_outcome_unchanged,
  problem: m.roster_outcome_problem,
  missing: m.roster_outcome_missing,
};

const PROBLEMS: Record<Exclude<RowProblem, "row-twice" | "guardian-disagrees">, Words> = {
  formula: m.roster_problem_formula,
  "name-missing": m.roster_problem_name_missing,
  "name-unreadable": m.roster_problem_name_unreadable,
  "number-missing": m.roster_problem_number_missing,
  "national-no-length": m.roster_problem_national_no_length,
  "national-no-letter": m.roster_problem_national_no_letter,
  "national-no-check-digit": m.roster_problem_national_no_check_digit,
  "national-no-date": m.roster_problem_national_no_date,
  "digits-lost": m.roster_problem_digits_lost,
  "student-no-unreadable": m.roster_problem_student_no_unreadable,
  "sex-unreadable": m.roster_problem_sex_unreadable,
  "sex-contradicts-number": m.roster_problem_sex_contradicts_number,
  "birth-date-unreadable": m.roster_problem_birth_date_unreadable,
  "birth-date-contradicts-number": m.roster_problem_birth_date_contradicts_number,
  "class-missing": m.roster_problem_class_missing,
  "class-unreadable": m.roster_problem_class_unreadable,
  "guardian-name-missing": m.roster_problem_guardian_name_missing,
  "guardian-name-unreadable": m.roster_problem_guardian_name_unreadable,
  "relation-unreadable": m.roster_problem_relation_unreadable,
  "phone-unreadable": m.roster_problem_phone_unreadable,
  "numbers-disagree": m.roster_problem_numbers_disagree,
};

const SEXES: Record<Sex, Words> = { girl: m.roster_sex_girl, boy: m.roster_sex_boy };

const RELATIONS: Record<Relation, Words> = {
  mother: m.roster_relation_mother,
  father: m.roster_relation_father,
  grandmother: m.roster_relation_grandmother,
  grandfather: m.roster_relation_grandfather,
  sister: m.roster_relation_sister,
  brother: m.roster_relation_brother,
  guardian: m.roster_relation_guardian,
};

const KEPT: Record<KeptReason, Words> = {
  "changed-since": m.roster_kept_changed_since,
  "has-records": m.roster_kept_has_records,
};

const STATES: Record<RosterImport["state"], Words> = {
  checked: m.office_state_checked,
  applied: m.office_state_applied,
  undone: m.office_state_undone,
};

export const fieldName = (field: RosterField): string => FIELDS[field]();
export const outcomeName = (outcome: RowOutcome): string => OUTCOMES[outcome]();
export const stateName = (state: RosterImport["state"]): string => STATES[state]();
export const keptSentence = (reason: KeptReason): string => KEPT[reason]();

export function problemSentence({ problem, address, otherRow = 0 }: RosterRow["problems"][number]): string {
  const words = problemWords(problem, otherRow);
  return address === null ? capitalised(words) : m.roster_problem_at({ cell: address, problem: words });
}

function problemWords(problem: RowProblem, row: number): string {
  if (problem === "row-twice") return m.roster_problem_row_twice({ row });
  if (problem === "guardian-disagrees") return m.roster_problem_guardian_disagrees({ row });
  return PROBLEMS[problem]();
}

export function changeSentence({
  field,
  before,
  after,
  guardian = "",
}: RosterRow["changes"][number]): string {
  if (field === "guardian") return m.roster_change_guardian({ after });
  const words = {
    field: changedField(field, guardian),
    before: before === null ? "" : valueOf(field, before),
    after: valueOf(field, after),
  };
  return before === null ? m.roster_change_first(words) : m.roster_change(words);
}

function changedField(
  field: Exclude<RosterRow["changes"][number]["field"], "guardian">,
  guardian: string,
): string {
  if (field === "guardianName") return m.roster_change_guardian_name();
  if (field === "guardianRelation") return m.roster_change_guardian_relation({ guardian });
  if (field === "guardianPhone") return m.roster_change_guardian_phone({ guardian });
  return fieldName(field);
}

function valueOf(field: RosterRow["changes"][number]["field"], value: string): string {
  if (field === "sex") return SEXES[value as Sex]?.() ?? value;
  if (field === "guardianRelation") return RELATIONS[value as Relation]?.() ?? value;
  return value;
}

/** The day of an instant, as people write it. */
export function dayInWords(instant: string): string {
  const language = locale() === "en" ? "en-GB" : locale();
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "long", day: "numeric" }).format(
    Date.parse(instant),
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How a guardian is related, as the office wrote it down. */
export function relationName(relation: string): string {
  return RELATIONS[relation as Relation]?.() ?? relation;
}
