/**
 * What a school does when children's data has leaked, and what of it is still to do. Pure: entries and days come in.
 * Never decides whether something is an incident: people do.
 *
 * @source 个人信息保护法 第五十七条: mend at once, tell the authority and those concerned, and what to tell them;
 * 未成年人网络保护条例 第三十五条: the same for data of minors, to the cyberspace authority, by phone or letter to families
 */
import { addDays } from "./days.ts";

/** Kinds of data, as a report names them. */
export const LEAKED_KINDS = [
  "names",
  "register",
  "contacts",
  "growth",
  "pictures",
  "health",
  "accounts",
  "other",
] as const;
export type LeakedKind = (typeof LEAKED_KINDS)[number];

/**
 * The steps, in the order they are taken: stop what goes on, keep the evidence, report to the education authority, to the
 * cyberspace authority, to the police, tell the families, and say what was changed so that it does not happen again.
 */
export const INCIDENT_STEPS = [
  "stop",
  "evidence",
  "education",
  "cyberspace",
  "police",
  "families",
  "changes",
] as const;
export type IncidentStep = (typeof INCIDENT_STEPS)[number];

/** `undone` takes an earlier entry back: nothing is ever unticked without a trace. */
export const STEP_OUTCOMES = ["done", "not-needed", "undone"] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

/** What an entry of the register is about. Only ever added: a correction is one more. */
export const INCIDENT_ENTRY_KINDS = ["facts", "step", "closed", "reopened"] as const;
export type IncidentEntryKind = (typeof INCIDENT_ENTRY_KINDS)[number];

/** Days for which a drill counts as lately. */
const DRILL_HOLDS_DAYS = 365;

/** What is known of it, always whole: later facts take the place of earlier ones. */
export interface IncidentFacts {
  /** RFC 3339 */
  readonly noticedAt: string;
  readonly what: string;
  readonly kinds: readonly LeakedKind[];
  /** About how many; null where that is not known yet. */
  readonly children: number | null;
  /** Classes or groups, in words. */
  readonly whom: string;
  readonly cause: string;
  readonly harm: string;
  readonly measures: string;
  readonly advice: string;
}

export interface IncidentEntry {
  readonly kind: IncidentEntryKind;
  readonly facts: IncidentFacts | null;
  readonly step: IncidentStep | null;
  readonly outcome: StepOutcome | null;
  /** When a step was taken, which may be before it was written down. */
  readonly doneAt: Date | null;
  readonly note: string;
}

export interface StepStanding {
  readonly step: IncidentStep;
  readonly outcome: "open" | "done" | "not-needed";
  readonly doneAt: Date | null;
  readonly note: string;
}

export interface IncidentStanding {
  /** Undefined only of an incident without any entry. */
  readonly facts: IncidentFacts | undefined;
  /** One for each of INCIDENT_STEPS, in their order. */
  readonly steps: readonly StepStanding[];
  readonly isClosed: boolean;
}

/** How an incident stands after its entries. @param entries in the order they were made */
export function standingAfter(entries: readonly IncidentEntry[]): IncidentStanding {
  const lastOf = (fits: (entry: IncidentEntry) => boolean) => entries.findLast(fits);
  return {
    facts: lastOf(({ kind }) => kind === "facts")?.facts ?? undefined,
    steps: INCIDENT_STEPS.map((step) =>
      standingOf(
        step,
        lastOf((entry) => entry.step === step),
      ),
    ),
    isClosed: lastOf(({ kind }) => kind === "closed" || kind === "reopened")?.kind === "closed",
  };
}

function standingOf(step: IncidentStep, last: IncidentEntry | undefined): StepStanding {
  if (!last?.outcome || last.outcome === "undone") return { step, outcome: "open", doneAt: null, note: "" };
  return { step, outcome: last.outcome, doneAt: last.doneAt, note: last.note };
}

/** The steps nobody has answered for yet: an incident is closed once there are none. */
export function stepsToDo({ steps }: Pick<IncidentStanding, "steps">): IncidentStep[] {
  return steps.filter(({ outcome }) => outcome === "open").map(({ step }) => step);
}

/** Why nothing is done, or why what was done was not, is said in words. */
export function needsNote(outcome: StepOutcome): boolean {
  return outcome !== "done";
}

/** When families were told, or an authority was reported to; null where they were not. */
export function takenAt({ steps }: Pick<IncidentStanding, "steps">, ...any: IncidentStep[]): Date | null {
  const moments = steps.flatMap(({ step, outcome, doneAt }) =>
    outcome === "done" && doneAt !== null && any.includes(step) ? [doneAt] : [],
  );
  return moments.length > 0 ? new Date(Math.min(...moments.map(Number))) : null;
}

/** The steps by which an authority is told. */
export const REPORTING_STEPS = ["education", "cyberspace"] as const satisfies readonly IncidentStep[];

/** @param lastDrillOn day of the last drill that was finished @param today both school-local days */
export function isDrillDue(lastDrillOn: string | null, today: string): boolean {
  return lastDrillOn === null || lastDrillOn < addDays(today, -DRILL_HOLDS_DAYS);
}
