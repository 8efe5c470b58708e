/**
 * Voices: what a child says of itself, what group mates say of each other, what a guardian sees at home, what a teacher
 * notes down. Kind by construction: three levels of which none is bad, and sentences that begin well. Words and rules
 * only; nothing here is counted, ranked or weighed.
 */
import { daysBetween } from "./days.ts";
import { type Bilingual, type Dimension, DIMENSIONS, type Giver, type Kind } from "./words.ts";

export const VOICE_KINDS = ["self", "peer", "guardian", "teacher"] as const;
export type VoiceKind = (typeof VOICE_KINDS)[number];

/** What a round asks children for. */
export const ROUND_KINDS = ["self", "peer"] as const;
export type RoundKind = (typeof ROUND_KINDS)[number];

/** What a child is asked about itself, one after the other: the five dimensions, and two sentences to finish. */
export const SELF_QUESTIONS = [...DIMENSIONS, "proud", "next"] as const;
export type SelfQuestion = (typeof SELF_QUESTIONS)[number];

/** What a guardian is asked about life at home. */
export const HOME_TOPICS = ["home-labour", "home-reading", "home-sleep", "home-exercise"] as const;
export type HomeTopic = (typeof HOME_TOPICS)[number];

/** What a voice is about; peers name a strength, teachers write a note. */
export type VoiceSubject = SelfQuestion | HomeTopic | "strength" | "note";

/**
 * - `given`: stands as it was said
 * - `waiting`, `released`, `kept-back`: of peers; only what a teacher has released is shown to whom it is about
 */
export const VOICE_STATES = ["given", "waiting", "released", "kept-back"] as const;
export type VoiceState = (typeof VOICE_STATES)[number];

/** How a child sees itself. All three are growth; there is no level for having failed. */
export const VOICE_LEVELS = [1, 2, 3] as const;
export type VoiceLevel = (typeof VOICE_LEVELS)[number];

export const LEVEL_WORDS: Readonly<Record<VoiceLevel, Bilingual>> = {
  1: { zh: "还在长", en: "Still growing" },
  2: { zh: "长得不错", en: "Growing well" },
  3: { zh: "长得很好", en: "Growing very well" },
};

/** How often a guardian saw it lately. */
export const HOME_LEVEL_WORDS: Readonly<Record<VoiceLevel, Bilingual>> = {
  1: { zh: "刚开始", en: "Just beginning" },
  2: { zh: "有时候", en: "Sometimes" },
  3: { zh: "常常", en: "Often" },
};

/** In words a seven-year-old knows. */
const LITTLE_QUESTIONS: Readonly<Record<Dimension, Bilingual>> = {
  moral: { zh: "我会帮别人，会好好说话。", en: "I help others and speak kindly." },
  academic: { zh: "我会认真听，会动脑筋。", en: "I listen well and think hard." },
  physical: { zh: "我爱运动，我爱跑跑跳跳。", en: "I like to run, jump and play." },
  arts: { zh: "我爱唱歌、画画、看美的东西。", en: "I like to sing, draw and look at lovely things." },
  labour: { zh: "我会自己收拾，会做小事情。", en: "I tidy up and do small jobs by myself." },
};

const OLDER_QUESTIONS: Readonly<Record<Dimension, Bilingual>> = {
  moral: { zh: "我愿意帮助别人，说到做到。", en: "I help others and keep my word." },
  academic: { zh: "我专心学习，遇到难题会想办法。", en: "I concentrate, and find a way when it gets hard." },
  physical: { zh: "我坚持锻炼，睡得好，心情好。", en: "I exercise, sleep well and feel well." },
  arts: { zh: "我会发现美，也试着自己创作。", en: "I notice what is beautiful and try to make things." },
  labour: { zh: "我能做好自己的事，也为大家出力。", en: "I do my own jobs and lend the others a hand." },
};

const LEADS: Readonly<Record<"proud" | "next", Bilingual>> = {
  proud: { zh: "我最骄傲的是", en: "I am most proud that" },
  next: { zh: "下一步我想", en: "Next I would like to" },
};

/** How what a child says of a group mate begins. */
export const PEER_STARTERS = ["thanks", "learn"] as const;
export type PeerStarter = (typeof PEER_STARTERS)[number];
export const STARTER_WORDS: Readonly<Record<PeerStarter, Bilingual>> = {
  thanks: { zh: "谢谢你", en: "Thank you for" },
  learn: { zh: "我想向你学习", en: "I would like to learn from you how to" },
};

/** Ends of such a sentence to take with a tap, for children who cannot write much yet. */
export const READY_ENDS: Readonly<Record<PeerStarter, readonly Bilingual[]>> = {
  thanks: [
    { zh: "帮助我", en: "helping me" },
    { zh: "陪我一起玩", en: "playing with me" },
    { zh: "和我分享", en: "sharing with me" },
    { zh: "教我不会的", en: "showing me how" },
    { zh: "在我难过时安慰我", en: "cheering me up when I was sad" },
  ],
  learn: [
    { zh: "认真听讲", en: "listen carefully" },
    { zh: "把字写好看", en: "write neatly" },
    { zh: "大胆举手发言", en: "speak up in class" },
    { zh: "爱护东西", en: "look after things" },
    { zh: "帮助别人", en: "help others" },
  ],
};
/** What such a child may say of what it did. */
export const READY_DEEDS: readonly Bilingual[] = [
  { zh: "我自己做到的", en: "I did it by myself" },
  { zh: "我坚持做完了", en: "I kept at it to the end" },
  { zh: "我第一次做到", en: "I did it for the first time" },
  { zh: "我和同学一起做到的", en: "I did it together with others" },
];

/** In characters. */
export const VOICE_LENGTH = 80;
export const HOME_LENGTH = 120;
export const NOTE_LENGTH = 500;
/** How long a child has at most: a round is a matter of days, not of a term. */
export const LONGEST_ROUND_DAYS = 31;
/** How long a note may be changed by who wrote it. */
export const NOTE_OPEN_DAYS = 7;
/** What a guardian may tell of home on one day. */
export const HOME_A_DAY = 8;

/** Children of grades 1 and 2 choose a face; older ones read words. */
export function choosesFaces(grade: number): boolean {
  return grade <= 2;
}

/** Whether a question is answered with one of the three levels; the others are sentences to finish. */
export function asksForLevel(about: SelfQuestion): about is Dimension {
  return about !== "proud" && about !== "next";
}

/** What a child reads, or has read to it. */
export function questionFor(about: SelfQuestion, grade: number): Bilingual {
  if (!asksForLevel(about)) return LEADS[about];
  return (choosesFaces(grade) ? LITTLE_QUESTIONS : OLDER_QUESTIONS)[about];
}

/** Whether a round lies within a term and is no longer than it may be. */
export function isRoundFit(
  { opensOn, closesOn }: { readonly opensOn: string; readonly closesOn: string },
  term: { readonly startsOn: string; readonly endsOn: string },
  longestDays: number,
): boolean {
  const isInTerm = term.startsOn <= opensOn && opensOn <= closesOn && closesOn <= term.endsOn;
  return isInTerm && daysBetween(opensOn, closesOn) < longestDays;
}

/** Whether children may answer on a day, both ends included. */
export function isRoundOpen(
  { opensOn, closesOn }: { readonly opensOn: string; readonly closesOn: string },
  today: string,
): boolean {
  return opensOn <= today && today <= closesOn;
}

/** Who is in a child's group besides the child. Nobody, where the child is in none. */
export function groupMatesOf(groups: readonly (readonly string[])[], studentId: string): string[] {
  return (groups.find((group) => group.includes(studentId)) ?? []).filter((id) => id !== studentId);
}

interface Strength {
  readonly who: readonly Giver[];
  readonly kind: Kind;
  readonly gradeFrom: number;
  readonly gradeTo: number;
}
/** With fewer to choose from, everybody would be good at the same. */
const FEWEST_STRENGTHS = 4;

/**
 * The strengths a child may see in a group mate, out of a scheme: what classmates may thank each other for, and where
 * that is little, whatever says how somebody acts. A scheme has nothing negative in it, so neither has this.
 */
export function strengthsAmong<Point extends Strength>(points: readonly Point[], grade: number): Point[] {
  const fitting = points.filter(({ gradeFrom, gradeTo }) => gradeFrom <= grade && grade <= gradeTo);
  const ofPeers = fitting.filter(({ who }) => who.includes("peer"));
  if (ofPeers.length >= FEWEST_STRENGTHS) return ofPeers;
  return fitting.filter(({ who, kind }) => who.includes("peer") || kind === "behaviour");
}

/** Whether its author may still change a note. */
export function isNoteOpen(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < NOTE_OPEN_DAYS * 86_400_000;
}
