import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctedTime, measuredOffset, offsetAt } from "../../web/src/lib/offline/clock.ts";

const NOW = Date.parse("2026-11-11T02:30:00Z");
const HOUR = 3_600_000;
const instant = (ms: number) => new Date(ms).toISOString();

describe("a tablet's wrong clock", () => {
  it("is measured on an answer, however slow, to within half of its way", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -48 * HOUR, max: 48 * HOUR }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        (ahead, there, back) => {
          const askedAt = NOW;
          const { ms } = measuredOffset(askedAt + there + ahead, askedAt, askedAt + there + back);
          expect(Math.abs(ms - ahead)).toBeLessThanOrEqual(2000 + there + back);
        },
      ),
    );
  });

  it("that is right is left alone, so that no noise of the network changes a time", () => {
    expect(measuredOffset(NOW + 900, NOW, NOW + 300).ms).toBe(0);
    expect(measuredOffset(NOW + 3 * HOUR, NOW, NOW + 300).ms).toBe(3 * HOUR - 150);
  });

  it("three hours fast or slow: every award gets the time it was given at", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
        fc.integer({ min: 0, max: 8 * HOUR }),
        fc.boolean(),
        (wrongBy, ago, wasKnownThen) => {
          const offset = { ms: -wrongBy, at: NOW + wrongBy - 9 * HOUR };
          const tapped = NOW - ago + wrongBy;
          const then = wasKnownThen ? offsetAt(tapped, offset) : undefined;
          expect(correctedTime(tapped, then, { now: NOW + wrongBy, offset })).toBe(instant(NOW - ago));
        },
      ),
    );
  });

  it("set right during the lesson changes nothing about the taps before", () => {
    const wasWrong = { ms: -3 * HOUR, at: NOW };
    const tapped = NOW + 3 * HOUR + 60_000;
    const then = offsetAt(tapped, wasWrong);
    const isRight = { now: NOW + 120_000, offset: { ms: 0, at: NOW + 120_000 } };
    expect(correctedTime(tapped, then, isRight)).toBe(instant(NOW + 60_000));
  });

  it("that fell back to its first day, with an empty battery, is not trusted with what was measured before", () => {
    const tapped = Date.parse("2020-01-01T00:05:00Z");
    expect(offsetAt(tapped, { ms: 0, at: NOW - HOUR })).toBeUndefined();
    const back = NOW - 60_000 - tapped;
    const offset = { ms: back, at: tapped + 60_000 };
    expect(correctedTime(tapped, undefined, { now: tapped + 60_000, offset })).toBe(instant(NOW - 60_000));
  });

  it("never dates an award later than now", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9 * HOUR, max: 9 * HOUR }),
        fc.option(fc.integer({ min: -9 * HOUR, max: 9 * HOUR }), { nil: undefined }),
        (ahead, then) => {
          const time = Date.parse(correctedTime(NOW + ahead, then, { now: NOW, offset: { ms: 0, at: NOW } }));
          expect(time).toBeLessThanOrEqual(NOW);
        },
      ),
    );
  });
});
