/**
 * Reminders (提醒): a private word about a child among the adults who care for it. No points, no dimension, gone with
 * the term. Knows the phrases to choose from and when to talk instead of writing; must never count towards anything.
 */
import type { Bilingual } from "./words.ts";

/** Neutral things to say: what would help next time, never what is wrong with a child. */
export const REMINDER_PHRASES = {
  "bring-things": { zh: "上课的东西请带齐。", en: "Please bring everything that class needs." },
  "finish-homework": { zh: "作业还差一点，补上就好。", en: "A little homework is left to finish." },
  "arrive-on-time": {
    zh: "早一点出门，早上会更从容。",
    en: "Leaving home a little earlier makes for a calm start.",
  },
  "listen-first": { zh: "我们在练习先听别人把话说完。", en: "We are practising to let others finish first." },
  "play-gently": {
    zh: "我们在练习好好商量、轻轻玩。",
    en: "We are practising to talk things over and play gently.",
  },
  "tidy-up": { zh: "我们在练习收好自己的东西。", en: "We are practising to put our things away." },
  "sleep-early": { zh: "今天有点累，晚上早些休息。", en: "Looked tired today: an early night would help." },
  "talked-today": { zh: "今天我们单独聊了聊，说得很好。", en: "We had a good talk by ourselves today." },
} as const satisfies Record<string, Bilingual>;

export type ReminderPhrase = keyof typeof REMINDER_PHRASES;
export const REMINDER_PHRASE_NAMES = Object.keys(REMINDER_PHRASES) as readonly ReminderPhrase[];

/** As many as one teacher may write about one child on one day. */
export const REMINDERS_A_DAY = 5;
/** Days that count as lately. */
export const LATELY_DAYS = 7;
const TALK_FROM = 3;

/** Whether a child has so many reminders lately, from all its teachers, that a talk with the family would help more. */
export function isTimeToTalk(remindersLately: number): boolean {
  return remindersLately >= TALK_FROM;
}
