/** A child's own version of its term summary: never empty, about nobody else, short, and the same whenever it is read. */
import type { SummaryDimension, SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { childStory, type StoryPage, storySentences } from "@doudou/shared/domain/child-story.ts";
import { type Bilingual, CHANGES, DIMENSIONS, LEVELS, STAGES } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { publishedSummary } from "../support/term-summary.ts";

const BASE = publishedSummary().snapshot;
const OTHERS = ["李小龙", "赵一诺", "周老师", "Zhao Lei"];

const dimensions: fc.Arbitrary<SummaryDimension[]> = fc.tuple(
  ...DIMENSIONS.map((dimension) =>
    fc.record({
      dimension: fc.constant(dimension),
      name: fc.constant({ zh: "这一枝", en: "This branch" }),
      stage: fc.constantFrom(...STAGES),
      progress: fc.double({ min: 0, max: 1, noNaN: true }),
      sentence: fc.constant({ zh: "李小龙的话。", en: "Words of Zhao Lei." }),
      records: fc.nat({ max: 400 }),
      recorders: fc.nat({ max: 9 }),
      change: fc.constantFrom(...CHANGES),
      indicators: fc.array(
        fc.record({ name: fc.constant({ zh: "习惯", en: "Habits" }), level: fc.constantFrom(...LEVELS) }),
        { maxLength: 3 },
      ),
    }),
  ),
);

const moment = fc.record({
  day: fc.constant("2026-03-04"),
  dimension: fc.constantFrom(...DIMENSIONS),
  point: fc.constant({ zh: "主动帮助同学（每周三次）", en: "Helps a classmate (thrice a week)" }),
  by: fc.constantFrom(...OTHERS),
  note: fc.option(fc.constant("和同学一起完成的。")),
});

const snapshots: fc.Arbitrary<SummarySnapshot> = fc
  .record({
    grade: fc.integer({ min: 1, max: 9 }),
    dimensions,
    grewMost: fc.option(
      fc.record({
        dimension: fc.constantFrom(...DIMENSIONS),
        sentence: fc.constant({ zh: "李小龙长得最多。", en: "Zhao Lei grew." }),
      }),
    ),
    highlights: fc.array(moment, { maxLength: 6 }),
    comment: fc.constantFrom("", "小满，老师看见你了。"),
    homeroomTeacher: fc.option(fc.constantFrom(...OTHERS)),
  })
  .map(({ grade, ...rest }) => ({ ...BASE, ...rest, class: { ...BASE.class, name: "李小龙班", grade } }));

const ownWords = (pages: readonly StoryPage[], of: (words: Bilingual) => string) =>
  pages.flatMap(({ title, lines }) => [title, ...lines].map(of));

test("every page has a title and something below it, in both languages, whatever the term was like", () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const pages = childStory(snapshot);
      expect(pages[0]?.kind).toBe("cover");
      expect(pages.at(-1)?.kind).toBe("ahead");
      for (const page of pages) {
        expect(page.lines.length).toBeGreaterThan(0);
        for (const locale of ["zh-CN", "en"] as const)
          expect(storySentences(page, locale).length).toBeGreaterThan(1);
      }
      for (const words of ownWords(pages, ({ zh }) => zh)) expect(words).toMatch(/\p{Script=Han}/u);
      for (const words of ownWords(pages, ({ en }) => en.replaceAll("小满", ""))) {
        expect(words.trim()).not.toBe("");
        expect(words).not.toMatch(/\p{Script=Han}/u);
      }
    }),
  );
});

test("our own words name nobody but the child and hold no figure, no rank and no other child", () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const pages = childStory(snapshot);
      const said = [...ownWords(pages, ({ zh }) => zh), ...ownWords(pages, ({ en }) => en)].join("\n");
      for (const name of OTHERS) expect(said).not.toContain(name);
      expect(said).not.toMatch(/\d|第一|最好|落后|名次|比别人|best|better than|behind|rank|first in/i);
      expect(said).not.toMatch(/[{}]/);
    }),
  );
});

test("a change is told where the summary claims one, and nowhere else", () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const grew = childStory(snapshot).find(({ kind }) => kind === "grew")!;
      const said = grew.lines.map(({ en }) => en).join(" ");
      expect(/more often/.test(said)).toBe(snapshot.grewMost !== null);
      expect(grew.dimension).toBe(snapshot.grewMost?.dimension ?? null);
    }),
  );
});

test("often is said only of a branch with an indicator that was seen often", () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const often = childStory(snapshot).find(({ kind }) => kind === "often")!;
      const seen = snapshot.dimensions.filter(({ indicators }) =>
        indicators.some(({ level }) => level === "often" || level === "always"),
      );
      expect(often.lines.filter(({ zh }) => zh.includes("常常")).length).toBe(Math.min(2, seen.length));
    }),
  );
});

test("the same snapshot gives the same story, and it is left as it was", () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const before = structuredClone(snapshot);
      expect(childStory(snapshot)).toEqual(childStory(structuredClone(snapshot)));
      expect(snapshot).toEqual(before);
    }),
  );
});

test("grades one and two get sentences of a dozen characters, and no more than three moments", () => {
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const pages = childStory({ ...snapshot, class: { ...snapshot.class, grade: 1 } });
      for (const words of pages.flatMap(({ lines }) => lines.map(({ zh }) => zh)))
        expect(words.length).toBeLessThanOrEqual(16);
      expect(pages.find(({ kind }) => kind === "moments")!.moments.length).toBeLessThanOrEqual(3);
    }),
  );
});

test("what teachers wrote is shown whole: the sentences of subject teachers, then the letter", () => {
  const remarks = [{ subject: { zh: "音乐", en: "Music" }, by: "李老师", text: "你的歌声很亮。" }];
  const letters = childStory({ ...BASE, remarks }).find(({ kind }) => kind === "letters")!;
  expect(letters.letters.map(({ text }) => text)).toEqual(["你的歌声很亮。", BASE.comment]);
  expect(childStory({ ...BASE, comment: " " }).some(({ kind }) => kind === "letters")).toBe(false);
});

test("badges have a page where there are any", () => {
  const badges = [
    { name: { zh: "小帮手章", en: "Helper" }, shape: "sun", dimension: "moral", level: 1, levels: 3 },
  ] as const;
  const page = childStory({ ...BASE, badges: [...badges] }).find(({ kind }) => kind === "badges")!;
  expect(storySentences(page, "zh-CN")).toContain("小帮手章");
  expect(childStory(BASE).some(({ kind }) => kind === "badges")).toBe(false);
});
