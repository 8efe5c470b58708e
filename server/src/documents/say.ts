/** Sentences of a document in the language it is made in. Holds no sentence itself. */
import type { Bilingual, Locale } from "@doudou/shared/domain/words.ts";

export type Say = (zh: string, en: string) => string;

/** Chooses between both languages where a sentence stands. */
export function sayIn(locale: Locale): Say {
  return (zh, en) => (locale === "en" ? en : zh);
}

export function inLocale({ zh, en }: Bilingual, locale: Locale): string {
  return locale === "en" ? en : zh;
}
