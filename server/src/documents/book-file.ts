/**
 * Turns the pages of a book into finished sentences in one language, with pictures by name: what the Typst template
 * draws and what the page in the ZIP shows. Pure; no decisions are left after this, and none of what belongs in the book
 * is taken here.
 */
import { BADGE_BOX, BADGE_OUTLINES } from "@doudou/shared/domain/badge-drawing.ts";
import type { BookPage } from "@doudou/shared/domain/book/pages.ts";
import type {
  BookFile as KeptFile,
  BookGrowth,
  BookTerm,
  BookWork,
  BookYear,
} from "@doudou/shared/domain/book/year.ts";
import { HOME_LEVEL_WORDS, LEVEL_WORDS, questionFor, STARTER_WORDS } from "@doudou/shared/domain/voices.ts";
import {
  type Bilingual,
  type Dimension,
  DIMENSIONS,
  type Locale,
  STAGES,
} from "@doudou/shared/domain/words.ts";
import { SORT_WORDS } from "./activity-words.ts";
import { BOOK_WORDS, type BookWords } from "./book-words.ts";
import { printable } from "./printable.ts";
import { DIMENSION_CHARACTERS, TERM_SUMMARY_WORDS } from "./term-summary-words.ts";

export interface BookSettings {
  readonly locale: Locale;
  /** Where a file of the child's is to be found from the book; undefined where it is not to be had. */
  readonly placeOf: (fileId: string) => string | undefined;
}

export type BookFile = ReturnType<typeof bookFile>;
export type BookFilePage = BookFile["pages"][number];

/** What `typst/book.typ` reads, and `features/books/page.ts`. */
export function bookFile(year: BookYear, pages: readonly BookPage[], settings: BookSettings) {
  const { locale } = settings;
  const words = BOOK_WORDS[locale];
  const name = printable(year.child.name);
  const title = printable(words.title(year.child.name, year.name));
  return {
    lang: locale === "en" ? "en" : "zh",
    title,
    author: printable(year.school),
    school: printable(year.school),
    name,
    cover: printable(words.cover(year.child.name)),
    className: printable(words.className(year.child.className)),
    year: printable(year.name),
    words: words.labels,
    stages: STAGES.map((stage) => TERM_SUMMARY_WORDS[locale].stages[stage]),
    pages: pages.map((page) => pageFile(page, year, settings)),
  };
}

function pageFile(page: BookPage, year: BookYear, settings: BookSettings) {
  const { locale } = settings;
  const words = BOOK_WORDS[locale];
  const { stages, shortDay } = TERM_SUMMARY_WORDS[locale];
  const text = textIn(locale);
  switch (page.kind) {
    case "cover":
      return { kind: page.kind, growth: page.growth.map(branch), plantAlt: plantAlt(page.growth, locale) };
    case "growth": {
      const { now, earlier } = page;
      return {
        kind: page.kind,
        now: { name: text(now.name), growth: now.dimensions.map(branch) },
        earlier: earlier && { name: text(earlier.name), growth: earlier.dimensions.map(branch) },
        plantAlt: plantAlt(now.dimensions, locale),
        radarAlt: words.radar(
          now.dimensions.map((each) => `${text(each.name)} ${each.hasRecords ? stages[each.stage] : "—"}`),
        ),
        rows: now.dimensions.map((each) => ({
          ...mark(each.dimension),
          name: text(each.name),
          said: grownWords(each, earlier, words, locale),
        })),
      };
    }
    case "self":
      return {
        kind: page.kind,
        levels: page.answers.flatMap(({ about, level }) =>
          level === null || about === "proud" || about === "next"
            ? []
            : [
                {
                  ...mark(about),
                  question: text(questionFor(about, year.child.grade)),
                  level,
                  said: text(LEVEL_WORDS[level]),
                },
              ],
        ),
        sentences: page.answers
          .filter(({ about, words: said }) => (about === "proud" || about === "next") && said !== "")
          .map(({ about, words: said }) => ({
            lead: words.labels[about === "proud" ? "proud" : "next"],
            said: printable(said),
          })),
      };
    case "dimension": {
      const { growth, moments, isFurther } = page;
      return {
        kind: page.kind,
        ...branch(growth),
        title: `${text(growth.name)} · ${isFurther ? words.labels.moments : stages[growth.stage]}`,
        sentence: isFurther ? null : text(growth.sentence),
        moments: moments.map(({ point, note, by, day }) => ({
          point: text(point),
          note: note === null ? null : printable(note),
          by: [printable(by), shortDay(day)].join(" · "),
        })),
      };
    }
    case "works":
      return { kind: page.kind, works: page.works.map((work) => workCard(work, settings)) };
    case "photos":
      return {
        kind: page.kind,
        photos: page.photos.map(({ id, dimension, point, day }) => ({
          ...mark(dimension),
          src: settings.placeOf(id) ?? null,
          alt: text(point),
          caption: text(point),
          day: shortDay(day),
        })),
      };
    case "badges":
      return {
        kind: page.kind,
        badges: page.badges.map(({ name, words: about, shape, dimension, level, levels, day, by, said }) => ({
          dimension: dimension === null ? null : DIMENSIONS.indexOf(dimension),
          character: dimension === null ? "豆" : DIMENSION_CHARACTERS[dimension],
          outline: BADGE_OUTLINES[shape],
          box: BADGE_BOX,
          name: words.badge(text(name), level, levels),
          about: text(about),
          said: said === null || said === "" ? null : printable(said),
          by: [...(by === null ? [] : [printable(by)]), shortDay(day)].join(" · "),
        })),
      };
    case "honours":
      return {
        kind: page.kind,
        honours: page.honours.map(({ title, level, givenBy, day, dimension, certificate }) => ({
          ...mark(dimension),
          title: printable(title),
          from: [words.honourLevels[level], printable(givenBy), shortDay(day)].join(" · "),
          picture: certificate?.kind === "picture" ? (settings.placeOf(certificate.id) ?? null) : null,
          file: certificate?.kind === "pdf" ? (settings.placeOf(certificate.id) ?? null) : null,
          fileName: words.files.pdf,
        })),
      };
    case "activities":
      return {
        kind: page.kind,
        activities: page.activities.map(({ title, sort, startsOn, place, part, reflection }) => ({
          title: printable(title),
          facts: [SORT_WORDS[locale][sort], shortDay(startsOn), printable(place), printable(part)]
            .filter((fact) => fact !== "")
            .join(" · "),
          said: reflection === null ? null : printable(reflection),
        })),
      };
    case "kind-words":
      return {
        kind: page.kind,
        said: page.words.map(({ dimension, strength, starter, words: said, from }) => ({
          ...mark(dimension),
          strength: text(strength),
          words: printable(words.starter(text(STARTER_WORDS[starter]), said)),
          from: from === null ? null : printable(from),
        })),
      };
    case "home":
      return {
        kind: page.kind,
        seen: page.words.map(({ about, level, words: said, day }) => ({
          topic: words.homeTopics[about],
          level: level === null ? null : text(HOME_LEVEL_WORDS[level]),
          said: said === "" ? null : printable(said),
          day: shortDay(day),
        })),
      };
    case "letter": {
      const { term, comment, by, grewMost, remarks } = page.letter;
      return {
        kind: page.kind,
        title: words.letter(text(term)),
        comment: paragraphs(comment),
        by: by === null ? null : printable(by),
        grewMost: grewMost && { ...mark(grewMost.dimension), sentence: text(grewMost.sentence) },
        remarks: remarks.map(({ subject, by: teacher, text: said }) => ({
          by: [text(subject), printable(teacher)].join(" · "),
          said: printable(said),
        })),
      };
    }
    case "by-hand":
      return { kind: page.kind, prompt: page.prompt, ...words.prompts[page.prompt] };
    case "next-year":
      return {
        kind: page.kind,
        wish: page.wish === null ? null : printable(page.wish),
        goals: page.goals.map(({ text: goal, isReached }) => ({ text: printable(goal), isReached })),
      };
  }
}

function workCard({ title, dimension, reflection, day, word, files }: BookWork, settings: BookSettings) {
  const words = BOOK_WORDS[settings.locale];
  const found = (file: KeptFile) => settings.placeOf(file.id) ?? null;
  const pictures = files.filter(({ kind }) => kind === "picture").map(found);
  return {
    ...mark(dimension),
    title: printable(title),
    day: TERM_SUMMARY_WORDS[settings.locale].shortDay(day),
    reflection: reflection === "" ? null : printable(reflection),
    word: word && { text: printable(word.text), by: printable(word.by) },
    pictures: pictures.filter((src) => src !== null),
    isMissingPicture: pictures.some((src) => src === null),
    others: files.flatMap((file) =>
      file.kind === "picture" ? [] : [{ kind: file.kind, name: words.files[file.kind], src: found(file) }],
    ),
  };
}

/** What became of a dimension since the child's own earlier term. What grew is said; what did not is not. */
function grownWords(growth: BookGrowth, earlier: BookTerm | null, words: BookWords, locale: Locale): string {
  const { stages } = TERM_SUMMARY_WORDS[locale];
  const name = textIn(locale)(growth.name);
  if (!growth.hasRecords) return words.unseen(name);
  const before = earlier?.dimensions.find(({ dimension }) => dimension === growth.dimension);
  const [from, to] = [STAGES.indexOf(before?.stage ?? "seed"), STAGES.indexOf(growth.stage)];
  if (before?.hasRecords && from < to) return words.grew(name, stages[before.stage], stages[growth.stage]);
  if (before?.hasRecords && from === to) return words.stayed(name, stages[growth.stage]);
  return words.reachedStage(name, stages[growth.stage]);
}

function branch({ dimension, stage, progress, hasRecords }: BookGrowth) {
  return {
    ...mark(dimension),
    stage: STAGES.indexOf(stage),
    progress: Math.min(1, Math.max(0, progress)),
    hasRecords,
  };
}

function plantAlt(growth: readonly BookGrowth[], locale: Locale): string {
  const { plant, stages } = TERM_SUMMARY_WORDS[locale];
  const text = textIn(locale);
  return plant(growth.map(({ name, stage }) => ({ name: text(name), stage: stages[stage] })));
}

/** A dimension's bean: which of the five, and its character. */
function mark(dimension: Dimension) {
  return { dimension: DIMENSIONS.indexOf(dimension), character: DIMENSION_CHARACTERS[dimension] };
}

function textIn(locale: Locale): (text: Bilingual) => string {
  return (text) => printable(locale === "en" ? text.en : text.zh);
}

/** What people wrote, line by line as they wrote it; lines without a word are dropped. */
function paragraphs(written: string): string[] {
  return written
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => printable(line).trim())
    .filter((line) => line !== "");
}
