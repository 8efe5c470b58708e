/** Being let read whom one does not teach: from when until when, and how often at once. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AccessSpan,
  emergenciesLeft,
  EMERGENCIES_A_WEEK,
  emergencyEndsAt,
  endsAfterDays,
  isOpenAt,
  LONGEST_ACCESS_DAYS,
  phaseOf,
  typedChild,
} from "@doudou/shared/domain/access-grants.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse("2026-11-11T02:00:00Z");
const moment = fc.integer({ min: -30 * 24 * 60, max: 30 * 24 * 60 }).map((m) => new Date(START + m * MINUTE));
const state = fc.constantFrom("waiting", "approved", "refused", "withdrawn");
const span = fc.record({
  state,
  askedAt: moment,
  startsAt: fc.option(moment),
  endsAt: fc.option(moment),
  endedAt: fc.option(moment),
}) satisfies fc.Arbitrary<AccessSpan>;

describe("a leave to read", () => {
  test("is open only once approved, from its start until just before its end, and never after somebody ended it", () => {
    fc.assert(
      fc.property(span, moment, (given, now) => {
        const isOpen = isOpenAt(given, now);
        if (given.state !== "approved") expect(isOpen).toBe(false);
        if (given.startsAt && now < given.startsAt) expect(isOpen).toBe(false);
        if (given.endsAt && now >= given.endsAt) expect(isOpen).toBe(false);
        if (given.endedAt && now >= given.endedAt) expect(isOpen).toBe(false);
        expect(phaseOf(given, now) === "current").toBe(isOpen);
      }),
    );
  });

  test("that is over stays over, however long one waits", () => {
    const later = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(span, moment, later, (given, now, minutes) => {
        const then = new Date(now.getTime() + minutes * MINUTE);
        const [before, after] = [phaseOf(given, now), phaseOf(given, then)];
        const isApproved = given.state === "approved" && given.startsAt !== null && now >= given.startsAt;
        if (isApproved && before === "over") expect(after).toBe("over");
        if (before === "lapsed") expect(after).toBe("lapsed");
      }),
    );
  });

  test("ends on a minute, within the time that was given and less than a minute short of it", () => {
    const days = fc.integer({ min: 1, max: LONGEST_ACCESS_DAYS });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 86_400_000 }), (given, ms) => {
        const now = new Date(START + ms);
        for (const [ends, length] of [
          [endsAfterDays(now, given), given * 24 * HOUR],
          [emergencyEndsAt(now), 4 * HOUR],
        ] as const) {
          expect(ends.getTime() % MINUTE).toBe(0);
          const short = now.getTime() + length - ends.getTime();
          expect(short >= 0 && short < MINUTE).toBe(true);
        }
      }),
    );
  });
});

describe("emergencies", () => {
  test("are a few in any seven days, not one more", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 40 }), (pauses) => {
        const opened: Date[] = [];
        let now = START;
        for (const minutes of pauses) {
          now += minutes * MINUTE;
          if (emergenciesLeft(opened, new Date(now)) > 0) opened.push(new Date(now));
        }
        for (const first of opened) {
          const until = first.getTime() + 7 * 24 * HOUR;
          const within = opened.filter((at) => at >= first && at.getTime() < until);
          expect(within.length).toBeLessThanOrEqual(EMERGENCIES_A_WEEK);
        }
      }),
    );
  });
});

describe("what is typed for a child", () => {
  test("fits however it is spaced and written wide", () => {
    expect(typedChild(" 林 小满 ")).toBe("林小满");
    expect(typedChild("Ｆorest-０100")).toBe(typedChild("forest-0100"));
  });
});
