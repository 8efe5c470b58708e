/** When a device locks itself: never under a hand, always soon after the last one, whatever its clock does. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idlenessAt, isOverdue, touchAtLook, WARNING_MS } from "../../web/src/lib/tablet/idle.ts";

const LOOK_MS = 1_000;
const minutes = fc.constantFrom(2, 5, 15).map((each) => each * 60_000);

describe("a device that nobody touches", () => {
  /** What happens between one look and the next. */
  const stretch = fc.record({
    happens: fc.constantFrom("nothing", "touch", "timer"),
    looks: fc.integer({ min: 1, max: 1_000 }),
  });
  const lesson = fc
    .array(stretch, { maxLength: 12 })
    .map((stretches) =>
      stretches.flatMap(({ happens, looks }) => Array.from({ length: looks }, () => happens)),
    );

  it("locks exactly when it was neither touched nor held awake for the whole time, and warns before", () => {
    fc.assert(
      fc.property(minutes, lesson, (lockAfterMs, happenings) => {
        let now = 1_000_000;
        let touchedAt = now;
        let inUse = now;
        let hasWarned = false;
        for (const happens of happenings) {
          now += LOOK_MS;
          if (happens === "touch") touchedAt = now;
          touchedAt = touchAtLook(now, touchedAt, happens === "timer");
          if (happens !== "nothing") inUse = now;
          const idleness = idlenessAt(now, touchedAt, lockAfterMs);
          expect(idleness === "due").toBe(now - inUse >= lockAfterMs);
          if (idleness === "due") {
            expect(hasWarned).toBe(true);
            break;
          }
          expect(idleness === "warned").toBe(now - inUse >= lockAfterMs - WARNING_MS);
          hasWarned = idleness === "warned";
        }
      }),
    );
  });

  it("gains no time by a clock that is turned back", () => {
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 1e9 }), (lockAfterMs, back) => {
        const touchedAt = 2e12;
        const now = touchedAt - back;
        expect(idlenessAt(now + lockAfterMs, touchAtLook(now, touchedAt, false), lockAfterMs)).toBe("due");
      }),
    );
  });

  it("never locks where its teacher chose so", () => {
    expect(idlenessAt(9e12, 0, undefined)).toBe("busy");
  });

  it("is found locked after it was shut for long enough, or with its clock turned back", () => {
    fc.assert(
      fc.property(minutes, fc.integer({ min: -1e9, max: 1e9 }), (lockAfterMs, away) => {
        const touchedAt = 2e12;
        const found = isOverdue(touchedAt + away, touchedAt, lockAfterMs);
        if (away >= lockAfterMs) expect(found).toBe(true);
        if (away >= 0 && away < lockAfterMs) expect(found).toBe(false);
        if (away < -5_000) expect(found).toBe(true);
      }),
    );
  });
});
