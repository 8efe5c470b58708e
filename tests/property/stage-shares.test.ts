/** How a school would stand by some thresholds: shares of all its children, and nobody told apart. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SMALLEST_GROUP, stageShares } from "@doudou/shared/domain/stage-shares.ts";
import { DEFAULT_THRESHOLDS } from "@doudou/shared/domain/stages.ts";
import { STAGES } from "@doudou/shared/domain/words.ts";

const children = fc.array(
  fc.record({
    grade: fc.integer({ min: 1, max: 9 }),
    weeklyBeans: fc.array(fc.nat(12), { minLength: 10, maxLength: 10 }),
  }),
  { minLength: SMALLEST_GROUP, maxLength: 80 },
);

test("every stage is told once and in order, the shares make a whole, and no group is small but empty", () => {
  fc.assert(
    fc.property(children, (some) => {
      const shares = stageShares(some, DEFAULT_THRESHOLDS.moral, 20) ?? [];
      expect(shares.flatMap(({ stages }) => stages)).toEqual(STAGES);
      const whole = shares.reduce((sum, { percent }) => sum + percent, 0);
      expect(Math.abs(whole - 100)).toBeLessThanOrEqual(shares.length);
      for (const { percent } of shares) {
        const about = (percent * some.length) / 100;
        if (percent > 0) expect(about).toBeGreaterThan(SMALLEST_GROUP - 0.5 - some.length / 200);
      }
    }),
  );
});

test("of a handful of children nothing is said", () => {
  const few = Array.from({ length: SMALLEST_GROUP - 1 }, () => ({ grade: 3, weeklyBeans: [4] }));
  expect(stageShares(few, DEFAULT_THRESHOLDS.moral, 20)).toBeUndefined();
});

test("one child that stands alone is told with its neighbours", () => {
  const many = Array.from({ length: 30 }, () => ({ grade: 3, weeklyBeans: [4] }));
  const one = { grade: 3, weeklyBeans: [500] };
  const shares = stageShares([...many, one], DEFAULT_THRESHOLDS.moral, 20) ?? [];
  expect(shares.at(-1)?.stages).toContain("fruit");
  expect(shares.filter(({ percent }) => percent > 0)).toEqual([
    { stages: expect.arrayContaining(["fruit"]) as string[], percent: 100 },
  ]);
});
