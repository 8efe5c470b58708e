/** Growth stages: they follow the beans, and never go back. */
import {
  bestStage,
  DEFAULT_THRESHOLDS,
  scaledThresholds,
  stageOf,
  stageWithProgress,
} from "@doudou/shared/domain/stages.ts";
import { DIMENSIONS, type Stage, STAGES } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const grade = fc.integer({ min: 1, max: 9 });
const termWeeks = fc.integer({ min: 1, max: 26 });
const dimension = fc.constantFrom(...DIMENSIONS);
const weekly = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 26 });
const heightOf = ({ stage, progress }: { stage: Stage; progress: number }) =>
  STAGES.indexOf(stage) + (stage === "fruit" ? 0 : progress);

test("more beans never make a lower stage", () => {
  fc.assert(
    fc.property(dimension, grade, termWeeks, fc.nat(120), fc.nat(40), (of, inGrade, weeks, beans, more) => {
      const thresholds = scaledThresholds(DEFAULT_THRESHOLDS[of], { grade: inGrade, weeks });
      const before = stageWithProgress(beans, thresholds);
      expect(heightOf(stageWithProgress(beans + more, thresholds))).toBeGreaterThanOrEqual(heightOf(before));
      expect(before.progress).toBeGreaterThanOrEqual(0);
      expect(before.progress).toBeLessThanOrEqual(1);
      expect(before.stage).toBe(stageOf(beans, thresholds));
    }),
  );
});

test("thresholds rise from stage to stage and from week to week", () => {
  fc.assert(
    fc.property(dimension, grade, termWeeks, termWeeks, (of, inGrade, weeks, whole) => {
      const now = scaledThresholds(DEFAULT_THRESHOLDS[of], { grade: inGrade, weeks, termWeeks: whole });
      const next = scaledThresholds(DEFAULT_THRESHOLDS[of], {
        grade: inGrade,
        weeks: weeks + 1,
        termWeeks: whole,
      });
      expect(0 < now.sprout && now.sprout < now.leaf && now.leaf < now.bloom && now.bloom < now.fruit).toBe(
        true,
      );
      for (const stage of ["sprout", "leaf", "bloom", "fruit"] as const)
        expect(next[stage]).toBeGreaterThanOrEqual(now[stage]);
    }),
  );
});

test("a stage a child has seen never goes back, whatever weeks follow", () => {
  fc.assert(
    fc.property(dimension, grade, termWeeks, weekly, (of, inGrade, whole, weeks) => {
      let before = 0;
      weeks.forEach((beans, index) => {
        // Bean by bean within the week, as the child looks.
        for (let soFar = 0; soFar <= beans; soFar += 1) {
          const seen = bestStage([...weeks.slice(0, index), soFar], DEFAULT_THRESHOLDS[of], {
            grade: inGrade,
            termWeeks: whole,
          });
          expect(heightOf(seen)).toBeGreaterThanOrEqual(before);
          before = heightOf(seen);
        }
      });
    }),
  );
});

test("more beans in any week never make a lower stage", () => {
  fc.assert(
    fc.property(dimension, grade, weekly, fc.nat(25), fc.nat(9), (of, inGrade, weeks, at, more) => {
      const term = { grade: inGrade, termWeeks: 20 };
      const richer = weeks.map((beans, index) => (index === at ? beans + more : beans));
      const height = (history: number[]) => heightOf(bestStage(history, DEFAULT_THRESHOLDS[of], term));
      expect(height(richer)).toBeGreaterThanOrEqual(height(weeks));
    }),
  );
});

test("without beans it is a seed, and the first bean of a new term makes it sprout", () => {
  fc.assert(
    fc.property(dimension, grade, weekly, (of, inGrade, weeks) => {
      const term = { grade: inGrade, termWeeks: 20 };
      expect(
        bestStage(
          weeks.map(() => 0),
          DEFAULT_THRESHOLDS[of],
          term,
        ),
      ).toEqual({ stage: "seed", progress: 0 });
      expect(bestStage([1], DEFAULT_THRESHOLDS[of], term).stage).toBe("sprout");
    }),
  );
});

test("at the end of a reference term the thresholds are those of the scheme", () => {
  for (const of of DIMENSIONS)
    expect(scaledThresholds(DEFAULT_THRESHOLDS[of], { grade: 3, weeks: 20 })).toEqual(DEFAULT_THRESHOLDS[of]);
});

test("thresholds in figures: the first week of grade 3, and the middle of a term in grade 1", () => {
  // 18/20 × 3 weeks, 42/20 × 8 weeks, 72/20 × 14 weeks, rounded up.
  expect(scaledThresholds(DEFAULT_THRESHOLDS.academic, { grade: 3, weeks: 1 })).toEqual({
    sprout: 1,
    leaf: 3,
    bloom: 17,
    fruit: 51,
  });
  // × 1.15 for grade 1: 10/20 of 2, 18 and 42; 14/20 of 72.
  expect(scaledThresholds(DEFAULT_THRESHOLDS.academic, { grade: 1, weeks: 10 })).toEqual({
    sprout: 2,
    leaf: 11,
    bloom: 25,
    fruit: 58,
  });
  // 25 × 1.1 × 16/20 is 22, though a little more in floating point.
  expect(scaledThresholds({ sprout: 2, leaf: 25, bloom: 60, fruit: 90 }, { grade: 2, weeks: 16 }).leaf).toBe(
    22,
  );
  expect(() => scaledThresholds(DEFAULT_THRESHOLDS.academic, { grade: 10, weeks: 1 })).toThrow(RangeError);
});

test("one lucky week is no fruit, and a quiet month costs nothing", () => {
  const term = { grade: 3, termWeeks: 20 };
  expect(bestStage([16], DEFAULT_THRESHOLDS.academic, term).stage).toBe("leaf");
  const bloomed = bestStage([3, 3, 2, 3, 2, 2, 1, 1], DEFAULT_THRESHOLDS.academic, term);
  expect(bloomed.stage).toBe("bloom");
  expect(bestStage([3, 3, 2, 3, 2, 2, 1, 1, 0, 0, 0, 0], DEFAULT_THRESHOLDS.academic, term)).toEqual(bloomed);
  expect(stageOf(17, scaledThresholds(DEFAULT_THRESHOLDS.academic, { grade: 3, weeks: 12 }))).toBe("leaf");
});
