/** How guardians, their relation and how far a family has come are called. */
import type { ClassGuardians } from "@doudou/shared/contract/guardians.ts";
import {
  JOINING_RELATIONS,
  type JoiningRelation,
  type RemovalReason,
} from "@doudou/shared/domain/guardians.ts";
import { dayOfInstant, dayWords } from "#lib/growth/day-words.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

type Row = ClassGuardians["students"][number];

const RELATIONS: Readonly<Record<JoiningRelation, () => string>> = {
  mother: m.roster_relation_mother,
  father: m.roster_relation_father,
  grandmother: m.roster_relation_grandmother,
  grandfather: m.roster_relation_grandfather,
  guardian: m.guardians_relation_other,
};

const STATES: Readonly<Record<Row["state"], () => string>> = {
  none: m.guardians_state_none,
  letter: m.guardians_state_letter,
  one: m.guardians_state_one,
  two: m.guardians_state_two,
};

const REASONS: Readonly<Record<RemovalReason, () => string>> = {
  custody: m.guardians_reason_custody,
  mistake: m.guardians_reason_mistake,
  request: m.guardians_reason_request,
  other: m.guardians_reason_other,
};

/** Other words of a roster, such as “sister”, are a guardian's. */
export function relationWords(relation: string): string {
  const known = JOINING_RELATIONS.find((one) => one === relation);
  return known === undefined ? m.roster_relation_guardian() : RELATIONS[known]();
}

export function stateWords(state: Row["state"]): string {
  return STATES[state]();
}

export function reasonWords(reason: RemovalReason): string {
  return REASONS[reason]();
}

/** How it was made sure who a guardian is, and when. @param today as YYYY-MM-DD */
export function verifiedWords(verified: Row["guardians"][number]["verified"], today: string): string {
  if (verified === null) return m.guardians_unverified();
  const day = dayWords(dayOfInstant(verified.at), today, locale());
  return verified.by === "letter" ? m.guardians_by_letter({ day }) : m.guardians_by_office({ day });
}
