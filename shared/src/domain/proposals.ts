/**
 * What is told without being a teacher: an award a child proposes to itself (self), thanks to a classmate (peer), and
 * what a guardian saw its child do at home (guardian). How many
 * a day, what a teacher may answer, and whose thanks answer each other. Nothing here awards anything: a teacher does.
 */
import type { Bilingual } from "./words.ts";

/** Whose word it is. */
export const PROPOSAL_VOICES = ["self", "peer", "guardian"] as const;
export type ProposalVoice = (typeof PROPOSAL_VOICES)[number];

export const PROPOSAL_STATES = ["open", "accepted", "declined", "withdrawn"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** What a child may say with one proposal, in characters. */
export const WORDS_LENGTH = 60;
/** A day, not counting what was withdrawn. */
export const TOLD_A_DAY: Readonly<Record<ProposalVoice, number>> = { self: 3, peer: 3, guardian: 3 };
/** Thanks to the same classmate on one day. */
export const THANKS_TO_ONE_A_DAY = 1;
/** Everything a day, withdrawn or not: somebody is only playing with the button. */
const TRIES_A_DAY = 12;
/** Thanks there and back within so many days answer each other. */
const RETURNED_WITHIN_DAYS = 2;

/** What a teacher says to a proposal that does not become an award: kind, and never that it was not true. */
export const DECLINE_PHRASES = {
  "try-again": { zh: "再试一次，老师等着看。", en: "Try it once more: I am looking forward to it." },
  "tell-me": { zh: "来跟老师说一说，好吗？", en: "Come and tell me about it, will you?" },
  "already-noted": { zh: "这件好事老师已经记下啦。", en: "I have already noted this good deed." },
  "another-point": {
    zh: "真好！它更像另一件事，我们一起选。",
    en: "Lovely! It fits another one better; let us choose together.",
  },
} as const satisfies Record<string, Bilingual>;
export type DeclinePhrase = keyof typeof DECLINE_PHRASES;
export const DECLINE_PHRASE_NAMES = Object.keys(DECLINE_PHRASES) as readonly DeclinePhrase[];

/** Something a child told today. */
export interface ToldToday {
  readonly voice: ProposalVoice;
  /** Whom it is about. */
  readonly studentId: string;
  readonly state: ProposalState;
}

export type TellingObstacle = "proposal-enough" | "thanks-enough" | "thanks-to-one-enough";

/** What keeps a child from telling one more today; undefined where nothing does. */
export function tellingObstacle(
  today: readonly ToldToday[],
  { voice, studentId }: Pick<ToldToday, "voice" | "studentId">,
): TellingObstacle | undefined {
  const standing = ofVoice(today, voice);
  if (standing.length >= TOLD_A_DAY[voice] || today.length >= TRIES_A_DAY)
    return voice === "peer" ? "thanks-enough" : "proposal-enough";
  const toTheSame = standing.filter((told) => told.studentId === studentId).length;
  return voice === "peer" && toTheSame >= THANKS_TO_ONE_A_DAY ? "thanks-to-one-enough" : undefined;
}

/** How many more a child may tell today in a voice. */
export function leftToTell(today: readonly ToldToday[], voice: ProposalVoice): number {
  const tries = TRIES_A_DAY - today.length;
  return Math.max(0, Math.min(TOLD_A_DAY[voice] - ofVoice(today, voice).length, tries));
}

function ofVoice(today: readonly ToldToday[], voice: ProposalVoice): ToldToday[] {
  return today.filter((told) => told.voice === voice && told.state !== "withdrawn");
}

export interface Thanks {
  readonly id: string;
  readonly fromId: string;
  readonly toId: string;
  readonly at: Date;
}

/** The thanks that answer others, or are answered, within two days: worth a quiet look of the teacher, nothing more. */
export function returnedThanks(thanks: readonly Thanks[]): Set<string> {
  const apart = RETURNED_WITHIN_DAYS * 86_400_000;
  const isAnswer = (one: Thanks, other: Thanks) =>
    one.fromId === other.toId &&
    one.toId === other.fromId &&
    Math.abs(one.at.getTime() - other.at.getTime()) <= apart;
  return new Set(thanks.filter((one) => thanks.some((other) => isAnswer(one, other))).map(({ id }) => id));
}
