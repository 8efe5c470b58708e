/** The words of a scheme's editor. Reactive to the language: call them in markup or in `$derived`. */
import type { GroupSymbol } from "@doudou/shared/domain/groups.ts";
import type { PaletteColour } from "@doudou/shared/domain/palette.ts";
import type { SchemeDifference, SchemeFault } from "@doudou/shared/domain/school-scheme.ts";
import type { EvidenceNeed, Giver, Kind } from "@doudou/shared/domain/words.ts";
import { m } from "#lib/paraglide/messages.js";

type Words = () => string;

const KINDS: Readonly<Record<Kind, Words>> = {
  behaviour: m.scheme_kind_behaviour,
  participation: m.scheme_kind_participation,
  growth: m.scheme_kind_growth,
};
const GIVERS: Readonly<Record<Giver, Words>> = {
  homeroom: m.scheme_giver_homeroom,
  staff: m.scheme_giver_staff,
  self: m.scheme_giver_self,
  peer: m.scheme_giver_peer,
  guardian: m.scheme_giver_guardian,
  import: m.scheme_giver_import,
};
const EVIDENCE: Readonly<Record<EvidenceNeed, Words>> = {
  no: m.scheme_evidence_no,
  optional: m.scheme_evidence_optional,
  required: m.scheme_evidence_required,
};
const SIGNS: Readonly<Record<GroupSymbol, Words>> = {
  sun: m.scheme_sign_sun,
  moon: m.scheme_sign_moon,
  star: m.scheme_sign_star,
  cloud: m.scheme_sign_cloud,
  leaf: m.scheme_sign_leaf,
  flower: m.scheme_sign_flower,
  tree: m.scheme_sign_tree,
  mountain: m.scheme_sign_mountain,
  wave: m.scheme_sign_wave,
  bird: m.scheme_sign_bird,
  fish: m.scheme_sign_fish,
  snail: m.scheme_sign_snail,
};
const FAULTS: Readonly<Record<SchemeFault, Words>> = {
  "name-missing": m.scheme_fault_name,
  "code-missing": m.scheme_fault_code,
  "code-taken": m.scheme_fault_code_taken,
  "beans-outside-range": m.scheme_fault_beans,
  "range-unfit": m.scheme_fault_range,
  "cap-missing": m.scheme_fault_cap,
  "grades-unfit": m.scheme_fault_grades,
  "nobody-gives": m.scheme_fault_nobody,
  "subject-unknown": m.scheme_fault_subject,
  "thresholds-not-rising": m.scheme_fault_thresholds,
  "weights-not-100": m.scheme_fault_weights,
  "colour-twice": m.scheme_fault_colour,
  "no-points": m.scheme_fault_no_points,
  "core-missing": m.scheme_fault_core_missing,
  "core-changed": m.scheme_fault_core_changed,
  "not-core": m.scheme_fault_not_core,
};
const TABLE_PROBLEMS: Readonly<Record<string, Words>> = {
  "missing-column": m.scheme_table_missing_column,
  "missing-value": m.scheme_table_missing_value,
  "unknown-value": m.scheme_table_unknown_value,
  "not-a-number": m.scheme_table_not_a_number,
  "out-of-range": m.scheme_table_out_of_range,
  duplicate: m.scheme_table_duplicate,
  contradiction: m.scheme_table_contradiction,
  malformed: m.scheme_table_malformed,
};
const CHANGES: Readonly<Record<SchemeDifference["change"], Words>> = {
  added: m.scheme_change_added,
  changed: m.scheme_change_changed,
  removed: m.scheme_change_removed,
};
const FIELDS: Readonly<Record<string, Words>> = {
  nameZh: m.scheme_name_zh,
  nameEn: m.scheme_name_en,
  colour: m.scheme_colour,
  weight: m.scheme_weight,
  thresholds: m.scheme_thresholds,
  dimension: m.scheme_dimension,
  indicator: m.scheme_indicator,
  kind: m.scheme_kind,
  beans: m.scheme_beans,
  range: m.scheme_range,
  weeklyCap: m.scheme_cap,
  who: m.scheme_who,
  grades: m.scheme_grades,
  subjects: m.scheme_subjects,
  evidence: m.scheme_evidence,
  icon: m.scheme_sign,
};

const COLOURS: Readonly<Record<PaletteColour, Words>> = {
  red: m.scheme_colour_red,
  gold: m.scheme_colour_gold,
  green: m.scheme_colour_green,
  violet: m.scheme_colour_violet,
  brown: m.scheme_colour_brown,
};

export const colourWord = (colour: PaletteColour): string => COLOURS[colour]();
export const kindWord = (kind: Kind): string => KINDS[kind]();
export const giverWord = (giver: Giver): string => GIVERS[giver]();
export const evidenceWord = (need: EvidenceNeed): string => EVIDENCE[need]();
export const signWord = (sign: GroupSymbol): string => SIGNS[sign]();
export const faultWord = (fault: SchemeFault): string => FAULTS[fault]();
export const tableProblemWord = (problem: string): string => TABLE_PROBLEMS[problem]?.() ?? problem;
export const changeWord = (change: SchemeDifference["change"]): string => CHANGES[change]();
export const fieldWord = (field: string): string => FIELDS[field]?.() ?? field;

/** A value of a field as people read it: words of the product in the reader's language, nothing for nothing. */
export function valueWord(field: string, value: string): string {
  if (value === "") return m.scheme_nothing();
  const words = wordsOf(field);
  return words
    ? value
        .split(" ")
        .map((word) => words[word]?.() ?? word)
        .join(m.scheme_comma())
    : value;
}

function wordsOf(field: string): Readonly<Record<string, Words>> | undefined {
  switch (field) {
    case "kind":
      return KINDS;
    case "who":
      return GIVERS;
    case "evidence":
      return EVIDENCE;
    case "icon":
      return SIGNS;
    case "colour":
      return COLOURS;
    default:
      return undefined;
  }
}

export function gradesWord(from: number, to: number): string {
  if (from === 1 && to === 9) return m.scheme_all_grades();
  return from === to ? m.scheme_grade({ from }) : m.scheme_grade_span({ from, to });
}
