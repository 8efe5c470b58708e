/**
 * When somebody may read the record of a child whom they do not teach: what they may ask for, how long it lasts, and
 * what it is at a moment. Pure; whether the record is shown is the permission table's to say.
 */

/** What a record is read for; `other` only with words that say it. */
export const ACCESS_PURPOSES = ["talk", "home-school", "handover", "wellbeing", "safety", "other"] as const;
export type AccessPurpose = (typeof ACCESS_PURPOSES)[number];

/** `asked` waits for a responsible person; `emergency` opens at once and is looked at afterwards. */
export const ACCESS_KINDS = ["asked", "emergency"] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** `withdrawn` by who asked, before it was answered. */
export const ACCESS_STATES = ["waiting", "approved", "refused", "withdrawn"] as const;
export type AccessState = (typeof ACCESS_STATES)[number];

/** What came of looking at an emergency afterwards. */
export const ACCESS_VERDICTS = ["justified", "unjustified"] as const;
export type AccessVerdict = (typeof ACCESS_VERDICTS)[number];

/** Our choices: a fortnight covers a conversation with its follow-up, or a handover. */
export const LONGEST_ACCESS_DAYS = 14;
export const EMERGENCY_HOURS = 4;
export const EMERGENCIES_A_WEEK = 3;
/** So many may wait at a time for one person. */
export const MOST_WAITING = 5;
/** Words beside the purpose, of an emergency or `other`. */
const SHORTEST_REASON = 4;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface AccessSpan {
  readonly state: AccessState;
  readonly askedAt: Date;
  /** Null until it is approved. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** When somebody ended it before its time. */
  readonly endedAt: Date | null;
}

/** Where a request or grant stands; `lapsed`: nobody answered it in time. */
export type AccessPhase = "waiting" | "lapsed" | "current" | "over" | "refused" | "withdrawn";

/**
 * Whether the record may be read under it at a moment. Its last moment is the one before `endsAt`.
 * @returns false for anything that was not approved
 */
export function isOpenAt({ state, startsAt, endsAt, endedAt }: AccessSpan, now: Date): boolean {
  if (state !== "approved" || startsAt === null || endsAt === null) return false;
  return startsAt <= now && now < endsAt && (endedAt === null || now < endedAt);
}

export function phaseOf(span: AccessSpan, now: Date): AccessPhase {
  if (span.state === "refused" || span.state === "withdrawn") return span.state;
  if (span.state === "waiting") return now < lapsesAt(span.askedAt) ? "waiting" : "lapsed";
  return isOpenAt(span, now) ? "current" : "over";
}

/** A request that nobody answers lapses, so that no answer opens a record for a reason long past. */
function lapsesAt(askedAt: Date): Date {
  return new Date(askedAt.getTime() + LONGEST_ACCESS_DAYS * DAY);
}

/**
 * When a grant ends by itself, on the minute.
 * @param days whole days from now, no more than were asked for
 */
export function endsAfterDays(now: Date, days: number): Date {
  return onTheMinute(now.getTime() + days * DAY);
}

export function emergencyEndsAt(now: Date): Date {
  return onTheMinute(now.getTime() + EMERGENCY_HOURS * HOUR);
}

function onTheMinute(time: number): Date {
  return new Date(Math.floor(time / MINUTE) * MINUTE);
}

/** From when on emergencies count towards the few of a week. */
export function emergenciesCountFrom(now: Date): Date {
  return new Date(now.getTime() - 7 * DAY);
}

/** How many emergencies somebody may still open. @param openedAt of those before, in any order */
export function emergenciesLeft(openedAt: readonly Date[], now: Date): number {
  const from = emergenciesCountFrom(now);
  const counted = openedAt.filter((at) => at > from).length;
  return Math.max(0, EMERGENCIES_A_WEEK - counted);
}

/** Whether the words beside a purpose say enough. */
export function isReasonEnough(reason: string): boolean {
  return reason.trim().length >= SHORTEST_REASON;
}

/** What somebody typed for a child, as it is compared with names and numbers: without spaces, in one form, any case. */
export function typedChild(text: string): string {
  return text.normalize("NFKC").replaceAll(/\s/gu, "").toLowerCase();
}
