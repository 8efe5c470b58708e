/** What purposes, states and spans of reading are called, in the reader's words. */
import type { AccessPhase, AccessPurpose, AccessVerdict } from "@doudou/shared/domain/access-grants.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

type Words = () => string;

const PURPOSES: Readonly<Record<AccessPurpose, Words>> = {
  talk: m.access_purpose_talk,
  "home-school": m.access_purpose_home_school,
  handover: m.access_purpose_handover,
  wellbeing: m.access_purpose_wellbeing,
  safety: m.access_purpose_safety,
  other: m.access_purpose_other,
};

const PHASES: Readonly<Record<AccessPhase, Words>> = {
  waiting: m.access_phase_waiting,
  lapsed: m.access_phase_lapsed,
  current: m.access_phase_current,
  over: m.access_phase_over,
  refused: m.access_phase_refused,
  withdrawn: m.access_phase_withdrawn,
};

const VERDICTS: Readonly<Record<AccessVerdict, Words>> = {
  justified: m.access_justified,
  unjustified: m.access_unjustified,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function purposeWords(purpose: AccessPurpose): string {
  return PURPOSES[purpose]();
}

export function phaseWords(phase: AccessPhase): string {
  return PHASES[phase]();
}

export function verdictWords(verdict: AccessVerdict): string {
  return VERDICTS[verdict]();
}

/** A moment, to the minute. */
export function momentWords(instant: string): string {
  return new Intl.DateTimeFormat(locale() === "en" ? "en-GB" : locale(), {
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(instant));
}

/** How long is left, in its two largest parts. @param now milliseconds */
export function leftWords(endsAt: string, now: number): string {
  const left = Math.max(0, Date.parse(endsAt) - now);
  const [days, hours] = [Math.floor(left / DAY), Math.floor((left % DAY) / HOUR)];
  if (days > 0) return m.access_left_days({ days, hours });
  const minutes = Math.floor((left % HOUR) / MINUTE);
  return hours > 0 ? m.access_left_hours({ hours, minutes }) : m.access_left_minutes({ minutes });
}
