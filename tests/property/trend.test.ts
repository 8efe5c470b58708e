/** Own-baseline trend and levels: exact chances, and silence where records are too few. */
import { incompleteBeta } from "@doudou/shared/domain/incomplete-beta.ts";
import { levelOf } from "@doudou/shared/domain/levels.ts";
import { chanceOfMore, splitWeeks, trendOf, weekOverWeek } from "@doudou/shared/domain/trend.ts";
import { LEVELS } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

test("the incomplete beta function gives the published critical values of t and F", () => {
  // Two-sided 5 % of Student's t: 12.7062 at 1, 2.2281 at 10, 2.0423 at 30 degrees of freedom.
  for (const [freedom, t] of [
    [1, 12.7062],
    [10, 2.22814],
    [30, 2.04227],
  ] as const) {
    expect(incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)).toBeCloseTo(0.05, 5);
  }
  // Upper 5 % of F: 3.3258 at (5, 10), 1.8389 at (20, 60)… by P(F > f) = I at d2 / (d2 + d1 f).
  expect(incompleteBeta(10 / (10 + 5 * 3.325835), 5, 2.5)).toBeCloseTo(0.05, 5);
  expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(11 / 16, 14);
  // Beta(1/2, 1/2) is the arcsine law.
  expect(incompleteBeta(0.3, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.3)), 13);
});

test("the incomplete beta function of whole numbers is a sum of binomial terms", () => {
  const binomialTail = (x: number, a: number, b: number) => {
    const n = a + b - 1;
    let term = (1 - x) ** n;
    let sum = 0;
    for (let j = 0; j <= n; j += 1) {
      if (j >= a) sum += term;
      term *= ((n - j) / (j + 1)) * (x / (1 - x));
    }
    return sum;
  };
  const shape = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 0.9, noNaN: true }), shape, shape, (x, a, b) => {
      expect(incompleteBeta(x, a, b)).toBeCloseTo(binomialTail(x, a, b), 9);
      expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 11);
    }),
    { numRuns: 500 },
  );
});

test("ten records in two weeks after two in two weeks: 97.5 % sure of more", () => {
  // Own rate 3 a week as prior: Beta(13, 5) above 1/2 = 1 − (2380 + 680 + 136 + 17 + 1) / 2^17.
  const recent = { records: 10, weeks: 2 };
  const earlier = { records: 2, weeks: 2 };
  expect(chanceOfMore(recent, earlier)).toBeCloseTo(1 - 3214 / 131_072, 12);
  expect(trendOf({ recent, earlier, recorders: 2 })).toEqual({ change: "more", records: 12, recorders: 2 });
  expect(trendOf({ recent: earlier, earlier: recent, recorders: 3 })).toEqual({
    change: "fewer",
    records: 12,
    recorders: 3,
  });
  expect(
    trendOf({ recent: { records: 6, weeks: 2 }, earlier: { records: 6, weeks: 2 }, recorders: 2 }).change,
  ).toBe("same");
});

test("too few records, recorders or weeks say nothing", () => {
  const much = { records: 30, weeks: 2 };
  const none = { records: 0, weeks: 2 };
  expect(trendOf({ recent: much, earlier: none, recorders: 2 }).change).toBe("more");
  expect(trendOf({ recent: much, earlier: none, recorders: 1 }).change).toBe("too-few");
  expect(trendOf({ recent: much, earlier: { records: 0, weeks: 1 }, recorders: 2 }).change).toBe("too-few");
  expect(trendOf({ recent: { records: 30, weeks: 1.8 }, earlier: none, recorders: 2 }).change).toBe(
    "too-few",
  );
  expect(trendOf({ recent: { records: 4, weeks: 2 }, earlier: none, recorders: 2 })).toEqual({
    change: "too-few",
    records: 4,
    recorders: 2,
  });
  expect(trendOf({ recent: { records: 5, weeks: 2 }, earlier: none, recorders: 2 }).change).not.toBe(
    "too-few",
  );
  expect(
    trendOf({ recent: { records: 0, weeks: 0 }, earlier: { records: 0, weeks: 0 }, recorders: 0 }).change,
  ).toBe("too-few");
});

const ENOUGH = 5;
const span = fc.record({ records: fc.nat(80), weeks: fc.double({ min: 2, max: 16, noNaN: true }) });

test("one more recent record never makes more less likely where enough were made to say so, and swapping the sides turns the answer round", () => {
  fc.assert(
    fc.property(span, span, (recent, earlier) => {
      fc.pre(recent.records + earlier.records >= ENOUGH);
      const chance = chanceOfMore(recent, earlier);
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(1);
      expect(chanceOfMore(earlier, recent)).toBeCloseTo(1 - chance, 9);
      // The prior moves with the own rate: with five records by less than the record itself, with one or two by more.
      expect(chanceOfMore({ ...recent, records: recent.records + 1 }, earlier)).toBeGreaterThanOrEqual(
        chance - 1e-9,
      );
    }),
  );
});

test("an unchanged rate is called a change about one time in five, as 0.9 and 0.1 mean", () => {
  // Deterministic Poisson draws of an unchanged 1.2 records a week, 6 weeks against 14.
  let state = 20_261_123;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const poisson = (mean: number) => {
    let count = 0;
    for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
    return count;
  };
  const runs = 3000;
  let alarms = 0;
  for (let run = 0; run < runs; run += 1) {
    const { change } = trendOf({
      recent: { records: poisson(7.2), weeks: 6 },
      earlier: { records: poisson(16.8), weeks: 14 },
      recorders: 4,
    });
    if (change === "more" || change === "fewer") alarms += 1;
  }
  expect(alarms / runs).toBeGreaterThan(0.15);
  expect(alarms / runs).toBeLessThan(0.22);
});

test("the recent weeks are half of the term so far, at most six, and the running week counts as far as it has run", () => {
  expect(splitWeeks([1, 2, 3, 4, 5], 4.4)).toEqual({
    recent: { records: 9, weeks: expect.closeTo(1.4) },
    earlier: { records: 6, weeks: 3 },
  });
  const term = Array.from({ length: 20 }, () => 1);
  expect(splitWeeks(term, 20)).toEqual({
    recent: { records: 6, weeks: 6 },
    earlier: { records: 14, weeks: 14 },
  });
  expect(splitWeeks([], 1)).toEqual({ recent: { records: 0, weeks: 0 }, earlier: { records: 0, weeks: 0 } });
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 26 }), (weeks) => {
      const { recent, earlier } = splitWeeks(weeks, weeks.length);
      expect(recent.records + earlier.records).toBe(weeks.reduce((sum, one) => sum + one, 0));
      expect(recent.weeks + earlier.weeks).toBe(weeks.length);
    }),
  );
});

test("a week against the last one: a clear rise is told, a Tuesday is not taken for a bad week", () => {
  expect(weekOverWeek({ thisWeek: 9, lastWeek: 1, recorders: 3 }).change).toBe("more");
  expect(weekOverWeek({ thisWeek: 2, lastWeek: 9, recorders: 3, thisWeekShare: 0.4 }).change).toBe("same");
  expect(weekOverWeek({ thisWeek: 2, lastWeek: 9, recorders: 3 }).change).toBe("fewer");
  expect(weekOverWeek({ thisWeek: 1, lastWeek: 12, recorders: 3 }).change).toBe("fewer");
  expect(weekOverWeek({ thisWeek: 2, lastWeek: 2, recorders: 3 })).toEqual({
    change: "too-few",
    records: 4,
    recorders: 3,
  });
});

test("levels follow how often an indicator is seen; no record is no level", () => {
  expect(levelOf(0, 20)).toBe("none");
  expect(levelOf(1, 1)).toBe("seen");
  expect(levelOf(4, 20)).toBe("seen");
  expect(levelOf(5, 20)).toBe("often");
  expect(levelOf(11, 20)).toBe("often");
  expect(levelOf(12, 20)).toBe("always");
  expect(levelOf(5, 1)).toBe("often");
  fc.assert(
    fc.property(fc.nat(60), fc.double({ min: 0, max: 26, noNaN: true }), (count, weeks) => {
      expect(LEVELS.indexOf(levelOf(count + 1, weeks))).toBeGreaterThanOrEqual(
        LEVELS.indexOf(levelOf(count, weeks)),
      );
      expect(levelOf(count, weeks) === "none").toBe(count === 0);
    }),
  );
});
