/** What comes into the book of a child's school year: whatever there is, or is not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bookFile } from "@doudou/server/documents/book-file.ts";
import { bookActivities, tellingMoments } from "@doudou/shared/domain/book/choosing.ts";
import {
  type BookPage,
  composeBook,
  FEWEST_PAGES,
  HAND_PROMPTS,
  MOST_PAGES,
  ON_A_PAGE,
} from "@doudou/shared/domain/book/pages.ts";
import type { BookYear } from "@doudou/shared/domain/book/year.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { anyYear, emptyYear, fullYear } from "../support/book.ts";

const kindsOf = (pages: readonly BookPage[]) => pages.map(({ kind }) => kind);
const of = <K extends BookPage["kind"]>(pages: readonly BookPage[], kind: K) =>
  pages.filter((page): page is Extract<BookPage, { kind: K }> => page.kind === kind);

test("a book has 8 to 20 pages, begins with its cover and ends with a word to next year's self", () => {
  fc.assert(
    fc.property(anyYear, (year) => {
      const pages = composeBook(year);
      expect(pages.length).toBeGreaterThanOrEqual(FEWEST_PAGES);
      expect(pages.length).toBeLessThanOrEqual(MOST_PAGES);
      expect([pages[0]?.kind, pages.at(-1)?.kind]).toEqual(["cover", "next-year"]);
      expect(of(pages, "cover").length + of(pages, "next-year").length).toBe(2);
    }),
  );
});

test("the same year gives the same book", () => {
  fc.assert(
    fc.property(anyYear, (year) => {
      expect(composeBook(structuredClone(year))).toEqual(composeBook(year));
    }),
  );
});

test("what is voided, hidden, unsettled or withdrawn is nowhere in it, even where the child chose it first", () => {
  fc.assert(
    fc.property(anyYear, (year) => {
      const pages = composeBook(year);
      const moments = of(pages, "dimension").flatMap((page) => page.moments);
      expect(moments.filter(({ isVoided }) => isVoided)).toEqual([]);
      const works = of(pages, "works").flatMap((page) => page.works);
      expect(works.filter(({ isHidden }) => isHidden)).toEqual([]);
      expect(works.flatMap(({ files }) => files).filter(({ isRemoved }) => isRemoved)).toEqual([]);
      const honours = of(pages, "honours").flatMap((page) => page.honours);
      expect(honours.filter(({ state }) => state !== "confirmed")).toEqual([]);
      expect(honours.filter(({ certificate }) => certificate?.isRemoved)).toEqual([]);
      const voided = new Set(year.moments.filter(({ isVoided }) => isVoided).map(({ id }) => id));
      const photos = of(pages, "photos").flatMap((page) => page.photos);
      expect(photos.filter(({ awardId }) => voided.has(awardId))).toEqual([]);
    }),
  );
});

test("nothing is told twice, and no page holds more than fits on it", () => {
  const shown = (page: BookPage): readonly { readonly id: string }[] => {
    if (page.kind === "dimension") return page.moments;
    if (page.kind === "works") return page.works;
    if (page.kind === "photos") return page.photos;
    if (page.kind === "badges") return page.badges;
    if (page.kind === "honours") return page.honours;
    if (page.kind === "kind-words") return page.words;
    return page.kind === "home" ? page.words : [];
  };
  const most = Math.max(ON_A_PAGE.moments, ON_A_PAGE.badges, ON_A_PAGE.honours, ON_A_PAGE.home);
  fc.assert(
    fc.property(anyYear, (year) => {
      const pages = composeBook(year);
      for (const page of pages) expect(shown(page).length).toBeLessThanOrEqual(most);
      for (const page of of(pages, "works")) {
        expect(page.works.length).toBeLessThanOrEqual(ON_A_PAGE.works);
        expect(page.works.length).toBeGreaterThan(0);
      }
      const ids = pages.flatMap((page) => shown(page).map(({ id }) => `${page.kind} ${id}`));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test("each thing there is has a page, however much of another there is", () => {
  fc.assert(
    fc.property(anyYear, (year) => {
      const kinds = kindsOf(composeBook(year));
      expect(kinds.includes("badges")).toBe(year.badges.length > 0);
      expect(kinds.includes("kind-words")).toBe(year.kindWords.length > 0);
      expect(kinds.includes("self")).toBe(year.self.length > 0);
      expect(kinds.includes("home")).toBe(year.home.length > 0);
      expect(kinds.includes("letter")).toBe(year.letters.length > 0);
      expect(kinds.includes("honours")).toBe(year.honours.some(({ state }) => state === "confirmed"));
    }),
  );
});

test("what the child chose comes before everything else of its kind", () => {
  fc.assert(
    fc.property(anyYear, (year) => {
      const shown = (chosenId: string) => year.works.find(({ id, isHidden }) => id === chosenId && !isHidden);
      const isSomething = ({ files, reflection, word }: NonNullable<ReturnType<typeof shown>>) =>
        files.some(({ isRemoved }) => !isRemoved) || reflection !== "" || word !== null;
      const chosen = year.highlights.flatMap(({ id }) => {
        const work = shown(id);
        return work && isSomething(work) ? [id] : [];
      });
      const told = of(composeBook(year), "works").flatMap(({ works }) => works.map(({ id }) => id));
      const both = Math.min(chosen.length, told.length);
      expect(told.slice(0, both)).toEqual(chosen.slice(0, both));
    }),
  );
});

test("an activity the child chose is told, and all are told in the order they happened", () => {
  fc.assert(
    fc.property(anyYear, fc.integer({ min: 1, max: 12 }), ({ activities, highlights }, most) => {
      const told = bookActivities(activities, highlights, most);
      const chosen = activities.filter(({ id }) => highlights.some((one) => one.id === id));
      expect(told).toHaveLength(Math.min(most, activities.length));
      expect(told.filter((one) => chosen.includes(one))).toHaveLength(Math.min(most, chosen.length));
      expect(told.map(({ startsOn }) => startsOn)).toEqual(told.map(({ startsOn }) => startsOn).sort());
    }),
  );
});

describe("moments", () => {
  test("of a dimension are chosen for what they say, told in the order of the year, and never the same twice without a word", () => {
    fc.assert(
      fc.property(anyYear, fc.integer({ min: 1, max: 12 }), ({ moments, highlights }, most) => {
        const told = tellingMoments(moments, highlights, most);
        expect(told.length).toBeLessThanOrEqual(most);
        expect(told.map(({ day }) => day)).toEqual(told.map(({ day }) => day).sort());
        const own = told.filter(({ id }) => highlights.some((one) => one.id === id));
        const bare = told.filter((one) => one.note === null && !own.includes(one));
        expect(new Set(bare.map(({ point }) => point.zh)).size).toBe(bare.length);
      }),
    );
  });
});

test("what a dimension came to is told on the first of its pages alone", () => {
  const furtherOf = (year: BookYear) =>
    DIMENSIONS.map((dimension) =>
      of(composeBook(year), "dimension")
        .filter(({ growth }) => growth.dimension === dimension)
        .map(({ isFurther }) => isFurther),
    );
  fc.assert(
    fc.property(anyYear, (year) => {
      for (const pages of furtherOf(year)) expect(pages).toEqual(pages.map((_, place) => place > 0));
    }),
  );
  const { terms, moments } = fullYear();
  const year = { ...emptyYear, terms, moments };
  expect(furtherOf(year)).toEqual(DIMENSIONS.map(() => [false, true]));
  const { pages } = bookFile(year, composeBook(year), { locale: "zh-CN", placeOf: () => undefined });
  const told = pages.flatMap((page) => (page.kind === "dimension" ? [page] : []));
  expect(told.map(({ sentence }) => sentence !== null)).toEqual(DIMENSIONS.flatMap(() => [true, false]));
  expect(told.map(({ title }) => title.endsWith("闪光时刻"))).toEqual(
    DIMENSIONS.flatMap(() => [false, true]),
  );
});

test("a child of whom nothing is known yet gets a book to fill by hand", () => {
  const pages = composeBook(emptyYear);
  expect(pages).toHaveLength(FEWEST_PAGES);
  expect(of(pages, "by-hand").map(({ prompt }) => prompt)).toEqual(HAND_PROMPTS.slice(0, FEWEST_PAGES - 3));
});

test("a child of whom much is known gets every dimension, a choice of its works, and nothing to fill but the last page", () => {
  const pages = composeBook(fullYear());
  expect(pages).toHaveLength(MOST_PAGES);
  expect(new Set(of(pages, "dimension").map(({ growth }) => growth.dimension))).toEqual(new Set(DIMENSIONS));
  expect(of(pages, "by-hand")).toEqual([]);
  expect(of(pages, "works")[0]?.works[0]?.id).toBe("work-7");
  expect(of(pages, "dimension").flatMap(({ moments }) => moments.map(({ id }) => id))).toContain("moment-5");
});
