/** What kinds of data, the steps and the entries of the register are called, in the reader's words. */
import type { Incident } from "@doudou/shared/contract/incidents.ts";
import type { IncidentStep, LeakedKind, StepOutcome } from "@doudou/shared/domain/incidents.ts";
import { m } from "#lib/paraglide/messages.js";

type Words = () => string;
type Entry = Incident["entries"][number];

const KINDS: Readonly<Record<LeakedKind, Words>> = {
  names: m.incident_kind_names,
  register: m.incident_kind_register,
  contacts: m.incident_kind_contacts,
  growth: m.incident_kind_growth,
  pictures: m.incident_kind_pictures,
  health: m.incident_kind_health,
  accounts: m.incident_kind_accounts,
  other: m.incident_kind_other,
};

const STEPS: Readonly<Record<IncidentStep, { readonly name: Words; readonly how: Words }>> = {
  stop: { name: m.incident_step_stop, how: m.incident_how_stop },
  evidence: { name: m.incident_step_evidence, how: m.incident_how_evidence },
  education: { name: m.incident_step_education, how: m.incident_how_education },
  cyberspace: { name: m.incident_step_cyberspace, how: m.incident_how_cyberspace },
  police: { name: m.incident_step_police, how: m.incident_how_police },
  families: { name: m.incident_step_families, how: m.incident_how_families },
  changes: { name: m.incident_step_changes, how: m.incident_how_changes },
};

const OUTCOMES: Readonly<Record<StepOutcome, Words>> = {
  done: m.incident_done,
  "not-needed": m.incident_not_needed,
  undone: m.incident_undone,
};

export function leakedWords(kind: LeakedKind): string {
  return KINDS[kind]();
}

export function stepWords(step: IncidentStep): string {
  return STEPS[step].name();
}

/** How the step is taken. */
export function stepAdvice(step: IncidentStep): string {
  return STEPS[step].how();
}

export function outcomeWords(outcome: StepOutcome): string {
  return OUTCOMES[outcome]();
}

/** What an entry says happened, without its note. */
export function entryWords({ kind, step, outcome, seq }: Entry): string {
  if (step !== null && outcome !== null)
    return m.incident_entry_step({ step: stepWords(step), outcome: outcomeWords(outcome) });
  if (kind === "closed") return m.incident_entry_closed();
  if (kind === "reopened") return m.incident_entry_reopened();
  return seq === 1 ? m.incident_entry_started() : m.incident_entry_facts();
}
