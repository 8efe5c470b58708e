/** What a change changed, fact by fact, in the reader's words. */
import { m } from "#lib/paraglide/messages.js";

export interface FactChanged {
  readonly fact: string;
  /** Empty where there was, or is, nothing. */
  readonly before: string;
  readonly after: string;
}

const LONGEST = 300;
/** For programs; the export has them. */
const UNTOLD: ReadonlySet<string> = new Set(["termId", "subjectId", "studentIds", "sha256"]);
const FACTS: Readonly<Record<string, () => string>> = {
  text: m.audit_f_text,
  target: m.audit_f_target,
  dimension: m.audit_f_dimension,
  name: m.audit_f_name,
  rows: m.audit_f_rows,
  columns: m.audit_f_columns,
  aisles: m.audit_f_aisles,
  seats: m.audit_f_seats,
  groups: m.audit_f_groups,
  areApart: m.audit_f_areApart,
  way: m.audit_f_way,
  showsNumbers: m.audit_f_showsNumbers,
  expiresAt: m.audit_f_expiresAt,
  guardianMaySee: m.audit_f_guardianMaySee,
  day: m.audit_f_day,
  marked: m.audit_f_marked,
  absent: m.audit_f_absent,
  version: m.audit_f_version,
  characters: m.audit_f_characters,
  revision: m.audit_f_revision,
  answer: m.audit_f_answer,
  new: m.audit_f_new,
  changed: m.audit_f_changed,
  unchanged: m.audit_f_unchanged,
  problem: m.audit_f_problem,
  missing: m.audit_f_missing,
  kept: m.audit_f_kept,
  newClasses: m.audit_f_newClasses,
  newStaff: m.oneroster_f_newStaff,
  newPosts: m.oneroster_f_newPosts,
  keptStaff: m.oneroster_f_keptStaff,
  isUndone: m.audit_f_isUndone,
  class: m.audit_f_class,
  from: m.audit_f_from,
  grade: m.audit_f_grade,
  until: m.audit_f_until,
  isHomeroom: m.audit_f_isHomeroom,
  publishesSummaries: m.stand_in_publishes_short,
  isSubstitute: m.audit_f_isSubstitute,
  added: m.audit_f_added,
  removed: m.audit_f_removed,
  startedFrom: m.audit_f_startedFrom,
  boardShowsNumbers: m.audit_f_boardShowsNumbers,
  peerVoicesShowNames: m.voice_setting_names,
  viewMinutes: m.view_limit,
  noteMonths: m.note_months,
  locale: m.audit_f_locale,
  terms: m.audit_f_terms,
  days: m.audit_f_days,
  role: m.audit_f_role,
  login: m.audit_f_login,
  isTakenBack: m.audit_f_isTakenBack,
  alsoSecondFactor: m.audit_f_alsoSecondFactor,
  isPasswordNew: m.audit_f_isPasswordNew,
  sessionsEnded: m.audit_f_sessionsEnded,
  hasSecondFactor: m.audit_f_hasSecondFactor,
  recoveryCodes: m.audit_f_recoveryCodes,
  kind: m.audit_f_kind,
  account: m.privacy_f_account,
  photo: m.privacy_f_photo,
  board: m.privacy_f_board,
  research: m.privacy_f_research,
  noticeVersion: m.privacy_f_noticeVersion,
  method: m.privacy_f_method,
  state: m.privacy_f_state,
  dueOn: m.privacy_f_dueOn,
  contact: m.privacy_f_contact,
  ground: m.privacy_f_ground,
  words: m.privacy_f_words,
  summaries: m.privacy_f_summaries,
  pictures: m.privacy_f_pictures,
  guardians: m.privacy_f_guardians,
  auditDetails: m.privacy_f_auditDetails,
  isDrill: m.incident_f_is_drill,
  step: m.incident_f_step,
  outcome: m.incident_f_outcome,
};

/** The facts that differ, in the order in which they are written down. A fact of a newer server goes by its name. */
export function differences(before: unknown, after: unknown): FactChanged[] {
  const [was, is] = [factsOf(before), factsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((fact) => !UNTOLD.has(fact))
    .map((fact) => ({ fact: FACTS[fact]?.() ?? fact, before: told(was[fact]), after: told(is[fact]) }))
    .filter(({ before: one, after: other }) => one !== other);
}

function factsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function told(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? m.audit_yes() : m.audit_no();
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
