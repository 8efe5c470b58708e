/** A child against its own last term: true, the same for the same facts, and silent where there is too little. */
import { againstLastTerm, type OwnTerm } from "@doudou/shared/domain/own-past.ts";
import { DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const term = (perWeek: number, weeks: number, recorders: number): OwnTerm => ({
  weeks: Array.from({ length: weeks }, () => ({
    records: perDimension(() => perWeek),
    beans: perDimension(() => perWeek),
  })),
  weeksElapsed: weeks,
  recorders: perDimension(() => recorders),
});
const anyTerm = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 6 }))
  .map((figures) => term(...figures));

test("says more, as often or fewer, with the rate of a school week and what it stands on", () => {
  const [moral] = againstLastTerm(term(3, 10, 2), term(1, 18, 4));
  expect(moral).toMatchObject({ dimension: "moral", change: "more", records: 48, recorders: 4 });
  expect(moral?.sentence).toEqual({
    zh: "和上学期的自己比，更常被看见：每周约 3.0 次，上学期约 1.0 次（48 条记录，至少 4 人）。",
    en: "Noticed more often than last term: about 3.0 times a school week, then about 1.0 (48 records by at least 4 people).",
  });
  expect(againstLastTerm(term(1, 10, 2), term(3, 18, 4))[0]?.change).toBe("fewer");
  expect(againstLastTerm(term(2, 10, 2), term(2, 18, 4))[0]?.change).toBe("same");
});

test("says so where there are too few weeks, records or people to tell", () => {
  for (const [now, before] of [
    [term(3, 1, 2), term(3, 18, 2)],
    [term(0, 10, 2), term(0, 18, 2)],
    [term(3, 10, 1), term(3, 18, 1)],
  ] as const) {
    const [first] = againstLastTerm(now, before);
    expect([first?.change, first?.sentence.zh]).toEqual([
      "too-few",
      "和上学期的自己比：记录还太少，说不准。",
    ]);
  }
});

test("the other way round it says the other thing, of all five in their order and never of anybody else", () => {
  fc.assert(
    fc.property(anyTerm, anyTerm, (one, other) => {
      const turned = { more: "fewer", fewer: "more", same: "same", "too-few": "too-few" } as const;
      const told = againstLastTerm(one, other);
      expect(told.map(({ dimension }) => dimension)).toEqual(DIMENSIONS);
      expect(againstLastTerm(other, one).map(({ change }) => turned[change])).toEqual(
        told.map(({ change }) => change),
      );
      for (const { sentence } of told) {
        expect(sentence.zh).not.toMatch(/NaN|Infinity|undefined|班|同学|名/);
        expect(sentence.en).not.toMatch(/NaN|Infinity|undefined|class|rank/);
      }
    }),
  );
});
