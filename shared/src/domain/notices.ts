/**
 * What a member of a school is told of, by which ways, and how often. Words are the pages'; a notice holds none.
 */

export const NOTICE_KINDS = [
  /** To guardians. */
  "summary-published",
  "summary-corrected",
  "summary-waits",
  "teacher-answered",
  "transfer-waits",
  /** To whoever leads the class. */
  "guardian-wrote",
  "review-approved",
  "review-returned",
  "publication-planned",
  "publication-cancelled",
  "publication-left-out",
  "words-hurt",
  /** To whoever leads the grade. */
  "review-waits",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Ways out of the product. The inbox is always there. */
export type Channel = "mail" | "webhook";
export type DeliveryKind = NoticeKind | "address-code";
export type DeliveryState = "waiting" | "sent" | "given-up";

/** Opened or not, a notice of longer ago is told no more. */
export const NOTICES_KEPT_DAYS = 400;
/** What was sent or given up is kept for whoever asks where it went. */
export const DELIVERIES_KEPT_DAYS = 30;

const DAY_MS = 86_400_000;

/** A family is reminded again at the earliest so long after the last time. */
export const NUDGE_AFTER_DAYS = 3;

/** From when on a family may be reminded again; `null`: at any time. */
export function nextNudgeAt(lastAt: Date | null): Date | null {
  return lastAt && new Date(lastAt.getTime() + NUDGE_AFTER_DAYS * DAY_MS);
}

/** Whether a family may be reminded at a moment. */
export function mayNudge(lastAt: Date | null, now: Date): boolean {
  const next = nextNudgeAt(lastAt);
  return next === null || next <= now;
}

/** Tries before a delivery is given up: over about two days. */
export const MOST_ATTEMPTS = 10;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 12 * 3_600_000;

/**
 * How long to wait after a failed attempt, in ms: four times as long each time, with jitter, so that what failed together
 * does not come back together.
 * @param attempts that have failed, 1 or more
 * @param draw 0 ≤ draw < 1
 * @returns undefined where it is given up
 */
export function waitAfter(attempts: number, draw: number): number | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** (attempts - 1));
  return Math.round(whole * (0.5 + draw / 2));
}

/**
 * An address as others may see it: `li•••@example.edu.cn`. @param address with an @
 */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, Math.min(2, Math.max(1, at - 1)))}•••${address.slice(at)}`;
}
