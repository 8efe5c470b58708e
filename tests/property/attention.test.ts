/** A teacher's own attention: every child in one band, no figure of a child, and nothing said where too little is known. */
import { BANDS, changeOf, type OwnRecords, spreadOf, weekOf } from "@doudou/shared/domain/attention.ts";
import { DIMENSIONS, KINDS, perDimension } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const CLASS = Array.from({ length: 12 }, (_, place) => `child-${place}`);
const records = fc.record({
  studentId: fc.constantFrom(...CLASS, "moved-away"),
  dimension: fc.constantFrom(...DIMENSIONS),
  kind: fc.constantFrom(...KINDS),
  count: fc.integer({ min: 1, max: 6 }),
});
const given = fc.array(records, { maxLength: 60 });
const of = (studentId: string, count: number): OwnRecords => ({
  studentId,
  count,
  dimension: "moral",
  kind: "behaviour",
});

test("every child of the class is in exactly one band, in the order of the class, and nobody else is", () => {
  fc.assert(
    fc.property(given, (own) => {
      const { bands, records: all, dimensions, kinds } = spreadOf(CLASS, own);
      expect(BANDS.flatMap((band) => bands[band]).sort()).toEqual([...CLASS].sort());
      for (const band of BANDS) {
        const places = bands[band].map((id) => CLASS.indexOf(id));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }
      const noticed = new Set(own.map(({ studentId }) => studentId).filter((id) => id !== "moved-away"));
      expect(new Set(bands.none)).toEqual(new Set(CLASS.filter((id) => !noticed.has(id))));
      const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);
      expect(sum(Object.values(dimensions))).toBe(all);
      expect(sum(Object.values(kinds))).toBe(all);
    }),
  );
});

test("noticing a child once more never makes it rarer, whatever the others have", () => {
  fc.assert(
    fc.property(given, fc.constantFrom(...CLASS), (own, id) => {
      const bandOf = (all: readonly OwnRecords[]) => {
        const { bands } = spreadOf(CLASS, all);
        return BANDS.findIndex((band) => bands[band].includes(id));
      };
      expect(bandOf([...own, of(id, 1)])).toBeLessThanOrEqual(bandOf(own));
    }),
  );
});

test("the order in which things were recorded does not matter, nor whether they are added up already", () => {
  fc.assert(
    fc.property(given, (own) => {
      const apart = own.flatMap((one) => Array.from({ length: one.count }, () => ({ ...one, count: 1 })));
      expect(spreadOf(CLASS, apart.toReversed())).toEqual(spreadOf(CLASS, own));
    }),
  );
});

test("bands are against the teacher's own average child; with fewer records than children nothing more is said", () => {
  // Forty records for ten children: an average of four.
  const ten = CLASS.slice(0, 10);
  const counts = [0, 1, 2, 3, 4, 5, 6, 6, 6, 7];
  const { bands, isTold } = spreadOf(
    ten,
    ten.map((id, place) => of(id, counts[place] ?? 0)),
  );
  expect(isTold).toBe(true);
  expect(BANDS.map((band) => bands[band].map((id) => counts[ten.indexOf(id)]))).toEqual([
    [6, 6, 6, 7],
    [3, 4, 5],
    [1, 2],
    [0],
  ]);
  const few = spreadOf(ten, [of("child-0", 8), of("child-1", 1)]);
  expect([few.isTold, few.bands.often, few.bands.sometimes, few.bands.none.length]).toEqual([
    false,
    [],
    ["child-0", "child-1"],
    8,
  ]);
  expect(spreadOf([], []).isTold).toBe(false);
  // Two for everybody is no reason to call three rare things frequent.
  expect(
    spreadOf(
      ten,
      ten.map((id) => of(id, 2)),
    ).bands.sometimes,
  ).toEqual(ten);
});

const week = (children: number, moral: number) => ({
  children,
  dimensions: perDimension((dimension) => (dimension === "moral" ? moral : 0)),
});

test("a change is told only against enough own weeks, and the running week is not taken for a whole one", () => {
  const quiet = Array.from({ length: 4 }, () => week(10, 5));
  const lively = Array.from({ length: 4 }, () => week(25, 20));
  expect(changeOf([...quiet, ...lively], 8)).toMatchObject({
    children: "more",
    dimensions: { moral: "more" },
  });
  expect(changeOf([...lively, ...quiet], 8)).toMatchObject({
    children: "fewer",
    dimensions: { moral: "fewer" },
  });
  expect(changeOf([...quiet, ...quiet], 8)).toMatchObject({
    children: "same",
    dimensions: { moral: "same" },
  });
  expect(changeOf([...quiet, ...quiet], 8).dimensions.arts).toBe("too-few");
  expect(changeOf(lively.slice(0, 3), 3)).toMatchObject({
    children: "too-few",
    dimensions: { moral: "too-few" },
  });
  // Monday of a week like all others: nine awards a day are as many as ever.
  const steady = [...Array.from({ length: 5 }, () => week(30, 45)), week(9, 9)];
  expect(changeOf(steady, 5.2)).toMatchObject({ children: "same", dimensions: { moral: "same" } });
  expect(changeOf([], 1).children).toBe("too-few");
});

test("a week counts each child once, however often it was noticed", () => {
  expect(weekOf([of("a", 3), of("a", 1), of("b", 1)])).toMatchObject({
    children: 2,
    dimensions: { moral: 5, arts: 0 },
  });
  expect(weekOf([])).toMatchObject({ children: 0 });
});
