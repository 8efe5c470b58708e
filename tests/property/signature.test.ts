/** A drawn signature: what counts as one, and that it looks the same wherever it is shown. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSignature, pathOf, SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from "@doudou/shared/domain/signature.ts";

const point = fc.tuple(
  fc.integer({ min: 0, max: SIGNATURE_WIDTH }),
  fc.integer({ min: 0, max: SIGNATURE_HEIGHT }),
);
const strokes = fc.array(
  fc.array(point, { minLength: 1, maxLength: 20 }).map((points) => points.flat()),
  {
    minLength: 1,
    maxLength: 8,
  },
);

describe("a signature", () => {
  test("is long enough in all, whatever it is made of", () => {
    fc.assert(
      fc.property(strokes, (drawn) => {
        const length = drawn.reduce((sum, stroke) => {
          let own = 0;
          for (let at = 2; at < stroke.length; at += 2)
            own += Math.hypot(stroke[at]! - stroke[at - 2]!, stroke[at + 1]! - stroke[at - 1]!);
          return sum + own;
        }, 0);
        fc.pre(Math.abs(length - 120) > 0.001);
        expect(isSignature(drawn)).toBe(length > 120);
      }),
    );
  });

  test("lies on its sheet, in whole points", () => {
    fc.assert(
      fc.property(strokes, (drawn) => {
        const long = [...drawn, [0, 0, SIGNATURE_WIDTH, 0]];
        expect(isSignature(long)).toBe(true);
        expect(isSignature([...long, [0]])).toBe(false);
        expect(isSignature([...long, [0, SIGNATURE_HEIGHT + 1]])).toBe(false);
        expect(isSignature([...long, [SIGNATURE_WIDTH + 1, 0]])).toBe(false);
      }),
    );
  });

  test("is drawn through every point, stroke by stroke; a dot is seen too", () => {
    fc.assert(
      fc.property(strokes, (drawn) => {
        const path = pathOf(drawn);
        expect(path.match(/M/g)).toHaveLength(drawn.length);
        const shown = drawn.reduce((sum, stroke) => sum + Math.max(stroke.length / 2, 2), 0);
        expect(path.match(/[ML]/g)).toHaveLength(shown);
        expect(path).toMatch(/^[ML0-9 ]*$/);
      }),
    );
  });
});
