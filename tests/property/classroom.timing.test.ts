/** The class page's clock: whatever is paused and resumed, it shows what has run and nothing else. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  clockText,
  isOver,
  lengthened,
  paused,
  resumed,
  shownTime,
  started,
} from "../../web/src/lib/classroom/tools/timing.ts";

const spans = fc.array(fc.record({ runs: fc.nat(600_000), rests: fc.nat(600_000) }), { maxLength: 8 });

test("pauses take nothing and give nothing", () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 1, max: 3_600_000 })), spans, (countdown, parts) => {
      let now = 1_000_000;
      let ran = 0;
      let timing = started(countdown ?? undefined, now);
      for (const { runs, rests } of parts) {
        now += runs;
        ran += runs;
        timing = paused(timing, now);
        now += rests;
        timing = resumed(timing, now);
      }
      expect(shownTime(timing, now)).toBe(countdown === null ? ran : Math.max(0, countdown - ran));
      expect(isOver(timing, now)).toBe(countdown !== null && ran >= countdown);
    }),
  );
});

test("a countdown shows the second that has begun, a stopwatch the one that is complete", () => {
  expect(clockText(started(60_000, 0), 0)).toBe("1:00");
  expect(clockText(started(60_000, 0), 1)).toBe("1:00");
  expect(clockText(started(60_000, 0), 59_001)).toBe("0:01");
  expect(clockText(started(60_000, 0), 60_000)).toBe("0:00");
  expect(clockText(started(undefined, 0), 61_999)).toBe("1:01");
});

test("one more minute is one more minute, also when the time is up, and also when the clock is turned back", () => {
  expect(shownTime(lengthened(started(60_000, 0), 60_000, 30_000), 30_000)).toBe(90_000);
  expect(shownTime(lengthened(started(60_000, 0), 60_000, 999_000), 999_000)).toBe(60_000);
  expect(shownTime(started(60_000, 500_000), 0)).toBe(60_000);
  const stopwatch = started(undefined, 0);
  expect(lengthened(stopwatch, 60_000, 5)).toBe(stopwatch);
});
