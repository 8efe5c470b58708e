/**
 * A term summary as a voice reads it, for those who do not read well: the words that stand on the page, in their order,
 * sentence by sentence. Adds nothing to them and leaves out headings, figures, and who said something when. Pure: knows no
 * voice.
 */
import type { SummarySnapshot } from "../contract/summaries.ts";
import { FITNESS_TEST, improvedInWords, KIND_FITNESS_WORDS } from "./fitness-words.ts";
import type { Bilingual, Dimension, Locale } from "./words.ts";

/**
 * A sentence ends behind its mark and the quotes that close it; an English full stop only before a space. Looks ahead
 * only: older tablets cannot read a pattern that looks behind, and then open no page at all.
 */
const SENTENCE_END = /[。！？!?…；][”’」』）)]*(?![。！？!?…；”’」』）)])|\.[”’"')]*(?=\s)|(?=\n)/gu;
const ANY_WORD = /[\p{L}\p{N}]/u;

/** @returns each sentence as it stands on the page, none of them empty */
export function sentencesToRead(snapshot: SummarySnapshot, locale: Locale): string[] {
  const said = ({ zh, en }: Bilingual) => (locale === "en" ? en : zh);
  return [
    ...snapshot.dimensions.flatMap((dimension) => dimensionToRead(snapshot, dimension, said)),
    snapshot.grewMost ? said(snapshot.grewMost.sentence) : "",
    ...snapshot.highlights.flatMap(({ point, note }) => [said(point), note ?? ""]),
    ...(snapshot.activities?.told ?? []).flatMap(({ title, part, reflection }) => [
      title,
      part,
      reflection ?? "",
    ]),
    snapshot.comment,
    ...(snapshot.remarks ?? []).map(({ text }) => text),
    ...snapshot.atHome.map(said),
  ].flatMap(sentencesOf);
}

/** What was seen, how it was last term, and the levels that teachers chose and the fitness test gave, in words. */
function dimensionToRead(
  { lastTerm = [], rated = [], fitness }: SummarySnapshot,
  { dimension, sentence }: SummarySnapshot["dimensions"][number],
  said: (words: Bilingual) => string,
): string[] {
  const isOfIt = (each: { readonly dimension: Dimension }) => each.dimension === dimension;
  return [
    said(sentence),
    ...lastTerm.filter(isOfIt).map((past) => said(past.sentence)),
    ...rated
      .filter(isOfIt)
      .flatMap(({ indicator, word, description }) => [`${said(indicator)} ${said(word)}`, said(description)]),
    ...(dimension === "physical" && fitness
      ? [
          `${said(FITNESS_TEST)} ${said(KIND_FITNESS_WORDS[fitness.word])}`,
          said(improvedInWords(fitness.improved)),
        ]
      : []),
  ];
}

/**
 * Where on its page a sentence stands that is being read. Each is looked for behind the one before: the words of a short
 * one may stand further up as part of another.
 * @param text of the whole page
 * @returns -1 where it does not stand there
 */
export function placeOnPage(text: string, sentences: readonly string[], at: number): number {
  let from = 0;
  let place = -1;
  for (const sentence of sentences.slice(0, at + 1)) {
    place = text.indexOf(sentence, from);
    if (place >= 0) from = place + sentence.length;
  }
  return place;
}

/** The sentences of a text as they stand in it. */
export function sentencesOf(text: string): string[] {
  const ends = [...text.matchAll(SENTENCE_END)].map((end) => end.index + end[0].length);
  return [0, ...ends]
    .map((from, place) => text.slice(from, ends[place]))
    .map((sentence) => sentence.trim())
    .filter((sentence) => ANY_WORD.test(sentence));
}

/** Characters a minute, for whoever reads calmly and looks at the pictures: of Chinese, and of English with its spaces. */
const A_MINUTE: Record<Locale, number> = { "zh-CN": 250, en: 900 };

/** @returns whole minutes that reading them takes, at least one */
export function minutesToRead(sentences: readonly string[], locale: Locale): number {
  const characters = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  return Math.max(1, Math.round(characters / A_MINUTE[locale]));
}

/** In which language a sentence is to be spoken: what a teacher wrote in Chinese stays Chinese. */
export function spokenLanguage(sentence: string): "zh-CN" | "en-GB" {
  return /\p{Script=Han}/u.test(sentence) ? "zh-CN" : "en-GB";
}
