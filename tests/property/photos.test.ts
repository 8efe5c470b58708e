import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasToBeAsked, shareOut } from "../../web/src/lib/classroom/photo-sharing.ts";
import { fittedSize } from "../../web/src/lib/evidence/fitted-size.ts";

describe("the size a photo is kept in", () => {
  const sides = fc.record({
    width: fc.integer({ min: 1, max: 30_000 }),
    height: fc.integer({ min: 1, max: 30_000 }),
  });

  it("is never longer than allowed nor larger than it was, whole pixels, in the same proportions", () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 1, max: 4000 }), (size, longest) => {
        const fitted = fittedSize(size, longest);
        expect(Math.max(fitted.width, fitted.height)).toBeLessThanOrEqual(longest);
        expect(fitted.width).toBeLessThanOrEqual(size.width);
        expect(fitted.height).toBeLessThanOrEqual(size.height);
        expect(Math.min(fitted.width, fitted.height)).toBeGreaterThanOrEqual(1);
        const scale = Math.min(1, longest / Math.max(size.width, size.height));
        expect(Math.abs(fitted.width - size.width * scale)).toBeLessThanOrEqual(1);
        expect(Math.abs(fitted.height - size.height * scale)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("of a photo from a tablet's camera", () => {
    expect(fittedSize({ width: 4032, height: 3024 }, 2048)).toEqual({ width: 2048, height: 1536 });
    expect(fittedSize({ width: 640, height: 480 }, 2048)).toEqual({ width: 640, height: 480 });
  });
});

describe("who gets a point with the photo", () => {
  const children = fc.array(
    fc.boolean().map((mayBePhotographed) => ({ student: { mayBePhotographed } })),
    { maxLength: 50 },
  );
  const needs = fc.constantFrom("no" as const, "optional" as const, "required" as const);

  it("every child once; the photo only with a family's yes; without one nothing that needs it", () => {
    fc.assert(
      fc.property(needs, children, fc.boolean(), (need, selected, hasPhoto) => {
        const sharing = shareOut(need, selected, hasPhoto);
        const { withPhoto, withoutPhoto, leftOut } = sharing;
        expect(new Set([...withPhoto, ...withoutPhoto, ...leftOut])).toEqual(new Set(selected));
        expect(withPhoto.length + withoutPhoto.length + leftOut.length).toBe(selected.length);
        expect(withPhoto.every(({ student }) => student.mayBePhotographed && hasPhoto)).toBe(true);
        if (need === "required") expect(withoutPhoto).toEqual([]);
        else expect(leftOut).toEqual([]);
        // One tap is enough unless somebody is left out, or does not get what the others get.
        const isPlain = leftOut.length === 0 && (!hasPhoto || withoutPhoto.length === 0);
        expect(hasToBeAsked(sharing, hasPhoto)).toBe(!isPlain);
      }),
    );
  });
});
