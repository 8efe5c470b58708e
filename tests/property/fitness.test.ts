/** The national fitness standard, 2014 revision: its printed tables, its weights, and the mistakes others made with it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bmiOf,
  FITNESS_ITEMS,
  type FitnessItem,
  fitnessItems,
  fitnessPoints,
  fitnessResult,
  type FitnessValues,
  fitnessWordOf,
  improvedItems,
  isBetter,
  isPlausible,
  missingItems,
  ropeBonus,
  roundedAsTested,
  type ScoredItem,
} from "@doudou/shared/domain/fitness.ts";
import { FITNESS_POINTS, FITNESS_TABLE } from "@doudou/shared/domain/fitness-standard.ts";

const sexes = fc.constantFrom("boy" as const, "girl" as const);
const grades = fc.integer({ min: 1, max: 6 });
const TIMES = new Set<ScoredItem>(["run-50", "shuttle-run"]);
/** A metre tall: the index is the weight. */
const withBmi = (bmi: number, values: FitnessValues): FitnessValues => ({
  height: 100,
  weight: bmi,
  ...values,
});
const totalOf = (...of: Parameters<typeof fitnessResult>) => {
  const result = fitnessResult(...of);
  if (result.kind !== "scored") throw new Error(result.kind);
  return result;
};
const values = (grade: number) =>
  fc.record(
    Object.fromEntries(
      fitnessItems(grade, null).map((item) => [
        item,
        fc
          .double({ min: -30, max: 6000, noNaN: true })
          .map((value) => roundedAsTested(item, item === "height" ? 80 + (Math.abs(value) % 100) : value)),
      ]),
    ) as Record<FitnessItem, fc.Arbitrary<number>>,
  );

describe("the printed tables", () => {
  const rows = FITNESS_TABLE.trim()
    .split("\n")
    .map((line) => line.split(" "))
    .map(([item, sex, grade, ...cells]) => {
      return {
        item: item as ScoredItem,
        sex: sex as "boy" | "girl",
        grade: Number(grade),
        cells: cells.map(Number),
      };
    });

  test("there are 60 rows of 20 thresholds, each harder than the next", () => {
    expect(rows).toHaveLength(60);
    for (const { item, cells } of rows) {
      expect(cells).toHaveLength(FITNESS_POINTS.length);
      for (const [place, cell] of cells.slice(1).entries())
        expect(TIMES.has(item) ? cell > cells[place]! : cell < cells[place]!, `${item} ${cell}`).toBe(true);
    }
  });

  test("who just meets a threshold has its points, and a tenth less has not", () => {
    for (const { item, sex, grade, cells } of rows)
      for (const [place, cell] of cells.entries()) {
        expect(fitnessPoints(item, cell, grade, sex)).toBe(FITNESS_POINTS[place]);
        const worse = TIMES.has(item) ? cell + 0.1 : cell - 0.1;
        expect(fitnessPoints(item, worse, grade, sex)).toBe(FITNESS_POINTS[place + 1] ?? 0);
      }
  });

  test("boys and girls are not mistaken for each other", () => {
    expect(fitnessPoints("vital-capacity", 1700, 1, "boy")).toBe(100);
    expect(fitnessPoints("vital-capacity", 1400, 1, "girl")).toBe(100);
    expect(fitnessPoints("vital-capacity", 1400, 1, "boy")).toBe(85);
    expect(fitnessPoints("sit-and-reach", 18.6, 1, "girl")).toBe(100);
  });

  test("a grade without a table gets no points, and no 0", () => {
    expect(fitnessPoints("run-50", 8, 7, "boy")).toBeUndefined();
    const all = Object.fromEntries(fitnessItems(7, "boy").map((item) => [item, 100]));
    expect(fitnessResult(7, "boy", all)).toEqual({ kind: "no-table" });
  });
});

describe("known results", () => {
  test("a boy of grade 3: 84.8 good; with 141 skips 7 more, unweighted: 91.8 excellent", () => {
    const tested = withBmi(16, {
      "vital-capacity": 1700,
      "run-50": 9.9,
      "sit-and-reach": 8,
      "rope-skipping": 126,
      "sit-ups": 30,
    });
    const { items, total, word } = totalOf(3, "boy", tested);
    expect(items.map(({ points }) => points)).toEqual([100, 80, 76, 76, 100, 74]);
    expect([total, word]).toEqual([84.8, "good"]);
    expect(totalOf(3, "boy", { ...tested, "rope-skipping": 141 })).toMatchObject({
      standard: 84.8,
      bonus: 7,
      total: 91.8,
      word: "excellent",
    });
  });

  test("a girl of grade 1 has 80 in everything, and 80.0 in all", () => {
    const tested = withBmi(17.4, {
      "vital-capacity": 1099,
      "run-50": 11.6,
      "sit-and-reach": 13.4,
      "rope-skipping": 87,
    });
    const { items, total, word } = totalOf(1, "girl", tested);
    expect(items.map(({ points }) => points)).toEqual([80, 80, 80, 80, 80]);
    expect([total, word]).toEqual([80, "good"]);
  });

  test("a girl of grade 6 just passes, and a boy of grade 5 has 97 and the whole bonus", () => {
    const least = {
      "vital-capacity": 1200,
      "run-50": 11,
      "sit-and-reach": 1.9,
      "rope-skipping": 66,
      "sit-ups": 19,
    };
    expect(totalOf(6, "girl", withBmi(23.7, { ...least, "shuttle-run": 139 }))).toMatchObject({
      total: 60,
      word: "pass",
    });
    const most = {
      "vital-capacity": 2900,
      "run-50": 8.4,
      "sit-and-reach": 16.5,
      "rope-skipping": 188,
      "sit-ups": 50,
    };
    expect(totalOf(5, "boy", withBmi(14.3, { ...most, "shuttle-run": 96 }))).toMatchObject({
      standard: 97,
      bonus: 20,
      total: 117,
    });
  });

  test("the four words begin where the standard says", () => {
    expect([90, 89.9, 80, 79.9, 60, 59.9].map((points) => fitnessWordOf(points))).toEqual([
      "excellent",
      "good",
      "good",
      "pass",
      "pass",
      "not-yet",
    ]);
  });
});

describe("rounding", () => {
  test("what is left of a time counts as a whole tenth more; what is exact stays", () => {
    expect([10.11, 10.1, 10.2, 9.9].map((value) => roundedAsTested("run-50", value))).toEqual([
      10.2, 10.1, 10.2, 9.9,
    ]);
    expect(roundedAsTested("shuttle-run", 96.2)).toBe(97);
    expect(roundedAsTested("sit-and-reach", -0.04)).toBe(0);
  });

  test("the index has one decimal before it is looked up", () => {
    expect(bmiOf(130, 30.6)).toBe(18.1);
    expect(fitnessPoints("bmi", bmiOf(130, 30.6), 1, "boy")).toBe(100);
    expect([13.4, 13.5, 18.2, 20.3, 20.4].map((bmi) => fitnessPoints("bmi", bmi, 1, "boy"))).toEqual([
      80, 100, 80, 80, 60,
    ]);
  });

  test("50 metres in 1.2 seconds are asked about", () => {
    expect(isPlausible("run-50", 1.2)).toBe(false);
    expect(isPlausible("run-50", 9.9)).toBe(true);
    expect(isPlausible("height", Number.NaN)).toBe(false);
  });
});

describe("whatever was tested", () => {
  test("one missing item makes it incomplete and names it, never 0", () => {
    fc.assert(
      fc.property(
        grades.chain((grade) =>
          fc.tuple(fc.constant(grade), sexes, values(grade), fc.constantFrom(...fitnessItems(grade, null))),
        ),
        ([grade, sex, all, left]) => {
          const { [left]: _left, ...rest } = all;
          expect(fitnessResult(grade, sex, rest)).toEqual({ kind: "incomplete", missing: [left] });
        },
      ),
    );
  });

  test("a complete one has at most 100 and a bonus of at most 20, is never NaN, and does not depend on the order", () => {
    fc.assert(
      fc.property(
        grades.chain((grade) => fc.tuple(fc.constant(grade), sexes, values(grade))),
        ([grade, sex, all]) => {
          const { standard, bonus, total } = totalOf(grade, sex, all);
          expect(standard).toBeGreaterThanOrEqual(0);
          expect(standard).toBeLessThanOrEqual(100);
          expect(bonus).toBeGreaterThanOrEqual(0);
          expect(bonus).toBeLessThanOrEqual(20);
          expect(total).toBeCloseTo(standard + bonus, 6);
          const turned = Object.fromEntries(Object.entries(all).reverse());
          expect(fitnessResult(grade, sex, turned)).toEqual(fitnessResult(grade, sex, all));
        },
      ),
    );
  });

  test("doing better never costs a point", () => {
    const tested = fc.constantFrom<FitnessItem[]>(
      ...FITNESS_ITEMS.filter((item) => item !== "height" && item !== "weight").map((item) => [item]),
    );
    fc.assert(
      fc.property(
        tested,
        sexes,
        grades,
        fc.double({ min: -30, max: 4000, noNaN: true }),
        fc.double({ min: -30, max: 4000, noNaN: true }),
        ([item], sex, grade, a, b) => {
          if (!isBetter(item!, a, b)) return;
          const [better, worse] = [a, b].map((value) => fitnessPoints(item as ScoredItem, value, grade, sex));
          if (better === undefined || worse === undefined) return;
          expect(better).toBeGreaterThanOrEqual(worse);
          expect(ropeBonus(Math.max(a, b), grade, sex)).toBeGreaterThanOrEqual(
            ropeBonus(Math.min(a, b), grade, sex),
          );
        },
      ),
    );
  });

  test("in a complete test with perfect results the weights come to 100 in every grade", () => {
    fc.assert(
      fc.property(grades, sexes, (grade, sex) => {
        const best: FitnessValues = withBmi(16, {
          "vital-capacity": 8000,
          "run-50": 6,
          "sit-and-reach": 40,
          "rope-skipping": 300,
          "sit-ups": 90,
          "shuttle-run": 75,
        });
        const asked = Object.fromEntries(fitnessItems(grade, sex).map((item) => [item, best[item]]));
        expect(totalOf(grade, sex, asked).total).toBe(120);
      }),
    );
  });

  test("nobody guesses whether a child is a boy or a girl", () => {
    const asked = Object.fromEntries(fitnessItems(2, null).map((item) => [item, 100]));
    expect(fitnessResult(2, null, asked)).toEqual({ kind: "sex-unknown" });
    const girl = Object.fromEntries(fitnessItems(8, "girl").map((item) => [item, 100]));
    expect(missingItems(8, null, girl)).toEqual([]);
  });
});

describe("better than one's own result before", () => {
  test("counts where the points went up too, not where a year of growing explains it", () => {
    const before = { grade: 2, values: { "rope-skipping": 95, "run-50": 10.6, height: 125 } };
    const now = { grade: 3, values: { "rope-skipping": 126, "run-50": 10.5, height: 131 } };
    expect(improvedItems(now, before, "boy")).toEqual(["rope-skipping"]);
    expect(improvedItems(before, now, "boy")).toEqual([]);
    expect(improvedItems(now, before, null)).toEqual([]);
    expect(isBetter("height", 131, 125)).toBeUndefined();
  });
});
