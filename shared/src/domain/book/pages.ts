/**
 * The book (成长册) of one child and one school year as pages, each of which fits on a sheet: between 8 and 20, whatever
 * there is. With much, it is chosen; with little, there are pages to draw and write on by hand. Takes only what the
 * family sees: what is hidden, voided, unsettled or withdrawn is left out here once more. Pure, and always the same.
 */
import { type Dimension, DIMENSIONS } from "../words.ts";
import { bookActivities, byDay, chosenFirst, inTurn, tellingMoments } from "./choosing.ts";
import type {
  BookActivity,
  BookBadge,
  BookGoal,
  BookGrowth,
  BookHomeWord,
  BookHonour,
  BookKindWord,
  BookLetter,
  BookMoment,
  BookPhoto,
  BookSelfWord,
  BookTerm,
  BookWork,
  BookYear,
} from "./year.ts";

export const FEWEST_PAGES = 8;
export const MOST_PAGES = 20;

/** How much fits on a page; works with much to read take two of its places, and words are counted in characters. */
export const ON_A_PAGE = {
  moments: 5,
  works: 4,
  photos: 6,
  badges: 9,
  honours: 8,
  activities: 6,
  kindWords: 8,
  home: 8,
  goals: 6,
  letterWords: 1_400,
} as const;
/** Beyond so many characters there is much to read. */
const MUCH_TO_READ = 140;
/** A school year has two terms, seldom three. */
const MOST_LETTERS = 3;

/** Pages to fill by hand, in the order in which they are added. */
export const HAND_PROMPTS = ["portrait", "happiest-day", "family", "friends", "hands", "place"] as const;
export type HandPrompt = (typeof HAND_PROMPTS)[number];

export type BookPage =
  | { readonly kind: "cover"; readonly growth: readonly BookGrowth[] }
  | { readonly kind: "growth"; readonly now: BookTerm; readonly earlier: BookTerm | null }
  | { readonly kind: "self"; readonly answers: readonly BookSelfWord[] }
  | {
      readonly kind: "dimension";
      readonly growth: BookGrowth;
      readonly moments: readonly BookMoment[];
      /** After the first: what the dimension came to is told there, and not once more. */
      readonly isFurther: boolean;
    }
  | { readonly kind: "works"; readonly works: readonly BookWork[] }
  | { readonly kind: "photos"; readonly photos: readonly BookPhoto[] }
  | { readonly kind: "badges"; readonly badges: readonly BookBadge[] }
  | { readonly kind: "honours"; readonly honours: readonly BookHonour[] }
  | { readonly kind: "activities"; readonly activities: readonly BookActivity[] }
  | { readonly kind: "kind-words"; readonly words: readonly BookKindWord[] }
  | { readonly kind: "home"; readonly words: readonly BookHomeWord[] }
  | { readonly kind: "letter"; readonly letter: BookLetter }
  | { readonly kind: "by-hand"; readonly prompt: HandPrompt }
  | { readonly kind: "next-year"; readonly goals: readonly BookGoal[]; readonly wish: string | null };

/** A part of the book: its pages in order. The first is always there; others while there is room. */
type Part = readonly [BookPage, ...BookPage[]];

/** @param year of a child with at least one term that has begun */
export function composeBook(year: BookYear): BookPage[] {
  const parts = partsOf(year);
  const closing: BookPage = {
    kind: "next-year",
    goals: year.goals.slice(0, ON_A_PAGE.goals),
    wish: year.self.find(({ about, words }) => about === "next" && words !== "")?.words ?? null,
  };
  const taken = roomFor(parts, MOST_PAGES - 1);
  const pages = parts.flatMap((part, place) => part.slice(0, taken[place]));
  const missing = Math.max(0, FEWEST_PAGES - 1 - pages.length);
  const byHand = HAND_PROMPTS.slice(0, missing).map((prompt): BookPage => ({ kind: "by-hand", prompt }));
  return [...pages, ...byHand, closing];
}

/** Of what a second page is wished for most: what the child made. */
const WISHED_FOR: readonly BookPage["kind"][] = ["works", "photos", "letter", "dimension"];

/** How many pages of each part there is room for: one of each, and then one more of each in turn. */
function roomFor(parts: readonly Part[], most: number): number[] {
  const taken = parts.map(() => 1);
  const rankOf = ([{ kind }]: Part) =>
    WISHED_FOR.includes(kind) ? WISHED_FOR.indexOf(kind) : WISHED_FOR.length;
  const turns = [...parts.entries()].sort(([, a], [, b]) => rankOf(a) - rankOf(b));
  let left = most - parts.length;
  while (left > 0 && turns.some(([place, part]) => (taken[place] ?? 0) < part.length)) {
    for (const [place, part] of turns) {
      const has = taken[place] ?? 0;
      if (left === 0 || has >= part.length) continue;
      taken[place] = has + 1;
      left -= 1;
    }
  }
  return taken;
}

function partsOf(year: BookYear): Part[] {
  const now = year.terms.at(-1);
  const earlier = year.terms.at(-2) ?? year.before;
  const growth = now?.dimensions ?? [];
  return [
    [{ kind: "cover", growth }],
    ...(now ? [[{ kind: "growth", now, earlier }] as const] : []),
    ...partOf(year.self, year.self.length, (answers) => ({ kind: "self", answers })),
    ...DIMENSIONS.flatMap((dimension) => dimensionPart(year, dimension)),
    ...partIn(byWeight(worksOf(year), ON_A_PAGE.works, weightOf), (works) => ({ kind: "works", works })),
    ...partOf(photosOf(year), ON_A_PAGE.photos, (photos) => ({ kind: "photos", photos })),
    ...partOf(year.badges.toSorted(byDay), ON_A_PAGE.badges, (badges) => ({ kind: "badges", badges })),
    ...partOf(honoursOf(year), ON_A_PAGE.honours, (honours) => ({ kind: "honours", honours })),
    ...partOf(
      bookActivities(year.activities, year.highlights, 2 * ON_A_PAGE.activities),
      ON_A_PAGE.activities,
      (activities) => ({ kind: "activities", activities }),
    ),
    ...partOf(inTurn(year.kindWords), ON_A_PAGE.kindWords, (words) => ({ kind: "kind-words", words })),
    ...partOf(homeWords(year), ON_A_PAGE.home, (words) => ({ kind: "home", words })),
    ...year.letters.slice(-MOST_LETTERS).flatMap(letterPart),
  ];
}

type PageOf<T> = (some: readonly T[], place: number) => BookPage;

/** Nothing where there is nothing. */
function partOf<T>(things: readonly T[], aPage: number, pageOf: PageOf<T>): Part[] {
  return partIn(evenly(things, aPage), pageOf);
}

function partIn<T>(shares: readonly (readonly T[])[], pageOf: PageOf<T>): Part[] {
  const [first, ...rest] = shares.map(pageOf);
  return first ? [[first, ...rest]] : [];
}

/** As even as can be: no last page with one thing on it where two pages could share. */
function evenly<T>(things: readonly T[], aPage: number): T[][] {
  const count = things.length === 0 ? 0 : Math.ceil(things.length / aPage);
  return Array.from({ length: count }, (_, page) =>
    things.slice(Math.ceil((things.length * page) / count), Math.ceil((things.length * (page + 1)) / count)),
  );
}

/** In their order, as many to a page as their weights let. */
function byWeight<T>(things: readonly T[], aPage: number, weigh: (thing: T) => number): T[][] {
  const pages: T[][] = [];
  let room = 0;
  for (const thing of things) {
    const weight = weigh(thing);
    if (weight > room) {
      pages.push([]);
      room = aPage;
    }
    pages.at(-1)?.push(thing);
    room -= weight;
  }
  return pages;
}

function weightOf({ reflection, word }: BookWork): number {
  return reflection.length + (word?.text.length ?? 0) > MUCH_TO_READ ? 2 : 1;
}

/** The comment with what subject teachers wrote; where that is long, a second page for the rest. */
function letterPart(letter: BookLetter): Part[] {
  let room: number = ON_A_PAGE.letterWords - letter.comment.length;
  const onFirst = letter.remarks.filter(({ text }) => {
    room -= text.length;
    return room >= 0;
  });
  const others = letter.remarks.filter((remark) => !onFirst.includes(remark));
  const pages = byWeight(others, ON_A_PAGE.letterWords, ({ text }) =>
    Math.min(text.length, ON_A_PAGE.letterWords),
  );
  return [
    [
      { kind: "letter", letter: { ...letter, remarks: onFirst } },
      ...pages.map((remarks): BookPage => ({
        kind: "letter",
        letter: { ...letter, comment: "", grewMost: null, remarks },
      })),
    ],
  ];
}

function dimensionPart(year: BookYear, dimension: Dimension): Part[] {
  const growth = year.terms
    .toReversed()
    .flatMap(({ dimensions }) => dimensions.filter((each) => each.dimension === dimension));
  const latest = growth.find(({ hasRecords }) => hasRecords) ?? growth[0];
  if (!latest) return [];
  const moments = tellingMoments(
    year.moments.filter((moment) => moment.dimension === dimension && !moment.isVoided),
    year.highlights,
    2 * ON_A_PAGE.moments,
  );
  return partOf(moments, ON_A_PAGE.moments, (some, place) => ({
    kind: "dimension",
    growth: latest,
    moments: some,
    isFurther: place > 0,
  }));
}

/** What the child chose, then a work of each dimension in turn; without what is out of sight or gone. */
function worksOf({ works, highlights }: BookYear): BookWork[] {
  const shown = works
    .filter(({ isHidden }) => !isHidden)
    .map((work) => ({ ...work, files: work.files.filter(({ isRemoved }) => !isRemoved) }))
    .filter(({ files, reflection, word }) => files.length > 0 || reflection !== "" || word !== null)
    .toSorted(byDay);
  const withPicture = shown.filter(({ files }) => files.some(({ kind }) => kind === "picture"));
  const others = shown.filter((work) => !withPicture.includes(work));
  return chosenFirst([...inTurn(withPicture), ...inTurn(others)], highlights);
}

function photosOf({ photos, moments, highlights }: BookYear): BookPhoto[] {
  const voided = new Set(moments.filter(({ isVoided }) => isVoided).map(({ id }) => id));
  const shown = photos.filter(({ awardId }) => !voided.has(awardId)).toSorted(byDay);
  return chosenFirst(inTurn(shown), highlights, ({ awardId }) => awardId);
}

function honoursOf({ honours, highlights }: BookYear): BookHonour[] {
  const confirmed = honours
    .filter(({ state }) => state === "confirmed")
    .map((honour) => ({
      ...honour,
      certificate: honour.certificate?.isRemoved === false ? honour.certificate : null,
    }))
    .toSorted(byDay);
  return chosenFirst(confirmed, highlights);
}

/** Words before bare levels, oldest first; a level alone says little when the year is over. */
function homeWords({ home }: BookYear): BookHomeWord[] {
  const inOrder = home.toSorted(byDay);
  const withWords = inOrder.filter(({ words }) => words !== "");
  return withWords.length > 0 ? withWords : inOrder;
}
