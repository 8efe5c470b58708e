/** Whom a homeroom teacher is asked to look at: each child by itself, too early for nobody, and in no order. */
import type { DimensionGrowth } from "@doudou/shared/contract/growth.ts";
import {
  classAgainstLastTerm,
  coverageOf,
  needsOf,
  type TwoTerms,
} from "@doudou/shared/domain/class-growth.ts";
import { againstLastTerm } from "@doudou/shared/domain/own-past.ts";
import { CHANGES, DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

type Growth = Parameters<typeof needsOf>[0];

const growth: fc.Arbitrary<Growth> = fc
  .tuple(...DIMENSIONS.map(() => fc.tuple(fc.nat({ max: 40 }), fc.constantFrom(...CHANGES))))
  .map((of) =>
    DIMENSIONS.map((dimension, place) => {
      const [records = 0, change = "same"] = of[place] ?? [];
      return { dimension, records, trend: { change } as DimensionGrowth["trend"] };
    }),
  );
const total = (of: Growth) => of.reduce((sum, { records }) => sum + records, 0);

test("nobody is asked to look at a child who has been here for less than three school weeks", () => {
  fc.assert(
    fc.property(growth, fc.double({ min: 0, max: 2.99, noNaN: true }), (of, weeks) => {
      expect(needsOf(of, weeks)).toEqual([]);
    }),
  );
});

test("a child of whom less than a record a week is known is told by that alone; no dimension is singled out", () => {
  fc.assert(
    fc.property(growth, fc.integer({ min: 3, max: 20 }), (of, weeks) => {
      const isFew = total(of) < weeks;
      const needs = needsOf(of, weeks);
      expect(needs.some(({ reason }) => reason === "few")).toBe(isFew);
      if (isFew) expect(needs).toEqual([{ reason: "few", dimension: null }]);
    }),
  );
});

test("beyond that, a dimension is told exactly where nothing is known of it or it is noticed less than before", () => {
  fc.assert(
    fc.property(growth, fc.integer({ min: 3, max: 20 }), (of, weeks) => {
      fc.pre(total(of) >= weeks);
      const told = new Map(needsOf(of, weeks).map(({ reason, dimension }) => [dimension, reason]));
      for (const { dimension, records, trend } of of) {
        const expected = records === 0 ? "empty" : trend.change === "fewer" ? "fewer" : undefined;
        expect([dimension, told.get(dimension)]).toEqual([dimension, expected]);
      }
    }),
  );
});

test("one more record never gives a new reason to look at a child, all else being equal", () => {
  fc.assert(
    fc.property(
      growth,
      fc.integer({ min: 3, max: 20 }),
      fc.constantFrom(...DIMENSIONS),
      (of, weeks, where) => {
        fc.pre(of.some(({ dimension, records }) => dimension === where && records > 0));
        const more = of.map((one) => (one.dimension === where ? { ...one, records: one.records + 1 } : one));
        const few = (needs: ReturnType<typeof needsOf>) => needs.some(({ reason }) => reason === "few");
        if (!few(needsOf(of, weeks))) expect(needsOf(more, weeks)).toEqual(needsOf(of, weeks));
      },
    ),
  );
});

test("coverage counts children, not records: how much one child has changes nothing, nor does their order", () => {
  const week = fc.record({
    records: fc.tuple(...DIMENSIONS.map(() => fc.nat({ max: 5 }))),
  });
  const children = fc
    .integer({ min: 1, max: 4 })
    .chain((weeks) =>
      fc.array(fc.array(week, { minLength: weeks, maxLength: weeks }), { minLength: 1, maxLength: 8 }),
    );
  const asWeeks = (of: readonly (readonly { readonly records: readonly number[] }[])[], factor: number) =>
    of.map((weeks) =>
      weeks.map(({ records }) => ({
        records: perDimension((dimension) => (records[DIMENSIONS.indexOf(dimension)] ?? 0) * factor),
        beans: perDimension(() => 0),
      })),
    );
  fc.assert(
    fc.property(children, (of) => {
      const once = coverageOf(asWeeks(of, 1));
      expect(coverageOf(asWeeks(of.toReversed(), 3))).toEqual(once);
      for (const { children: all, dimensions } of once) {
        expect(all).toBeLessThanOrEqual(of.length);
        for (const dimension of DIMENSIONS) expect(dimensions[dimension]).toBeLessThanOrEqual(all);
      }
    }),
  );
});

test("a class without children has no weeks to tell of", () => {
  expect(coverageOf([])).toEqual([]);
});

const ownTerm = fc
  .tuple(fc.nat(5), fc.nat(20), fc.nat(6))
  .map(([perWeek, weeks, recorders]): TwoTerms["now"] => ({
    weeks: Array.from({ length: weeks }, () => ({
      records: perDimension(() => perWeek),
      beans: perDimension(() => perWeek),
    })),
    weeksElapsed: weeks,
    recorders: perDimension(() => recorders),
  }));
const twoTerms = fc.record({ now: ownTerm, before: ownTerm });

test("against last term every child is counted once in each dimension, by its own change, whoever stands beside it", () => {
  fc.assert(
    fc.property(fc.array(twoTerms, { minLength: 1, maxLength: 12 }), (children) => {
      const lines = classAgainstLastTerm(children);
      expect(classAgainstLastTerm(children.toReversed())).toEqual(lines);
      for (const [at, line] of lines.entries()) {
        const changes = children.map(({ now, before }) => againstLastTerm(now, before)[at]?.change);
        const counted = { more: line.more, same: line.same, fewer: line.fewer, "too-few": line.tooFew };
        for (const change of CHANGES)
          expect(counted[change]).toBe(changes.filter((each) => each === change).length);
      }
    }),
  );
});
