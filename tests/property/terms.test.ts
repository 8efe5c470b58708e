/** Terms: what belongs to them by the school's own clock, and how much of one has passed. */
import { addDays, type DayException, daysBetween, startOfDay } from "@doudou/shared/domain/calendar.ts";
import {
  overlappingTerms,
  schoolWeekIndex,
  schoolWeeksOf,
  type TermSpan,
  termOfInstant,
  termOn,
  weeksElapsed,
} from "@doudou/shared/domain/terms.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const zone = fc.constantFrom(
  "Asia/Shanghai",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "America/Sao_Paulo",
  "Asia/Beirut",
);
const noExceptions: ReadonlyMap<string, DayException> = new Map();

/** Two terms, the second starting the day after the first ends. */
const adjoining = fc
  .tuple(
    fc.integer({ min: 10_000, max: 24_000 }),
    fc.integer({ min: 1, max: 150 }),
    fc.integer({ min: 1, max: 150 }),
  )
  .map(([start, first, second]) => {
    const startsOn = addDays("1970-01-01", start);
    const turn = addDays(startsOn, first);
    return [
      { id: "autumn", startsOn, endsOn: addDays(turn, -1) },
      { id: "spring", startsOn: turn, endsOn: addDays(turn, second - 1) },
    ] as const;
  });

test("no award falls between two adjoining terms, in any zone", () => {
  fc.assert(
    fc.property(adjoining, zone, fc.double({ min: 0, max: 1, noNaN: true }), (terms, timeZone, share) => {
      const [autumn, spring] = terms;
      const from = startOfDay(autumn.startsOn, timeZone);
      const turn = startOfDay(spring.startsOn, timeZone);
      const to = startOfDay(addDays(spring.endsOn, 1), timeZone);
      const at = Math.min(Math.floor(from + share * (to - from)), to - 1);
      expect(termOfInstant(at, terms, timeZone)?.id).toBe(at < turn ? "autumn" : "spring");
      expect(termOfInstant(turn - 1, terms, timeZone)?.id).toBe("autumn");
      expect(termOfInstant(turn, terms, timeZone)?.id).toBe("spring");
      expect(termOfInstant(from - 1, terms, timeZone)).toBeUndefined();
      expect(termOfInstant(to, terms, timeZone)).toBeUndefined();
      expect(overlappingTerms(terms)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("an award at 23:59 of the last day belongs to the term, one minute later it does not", () => {
  const term = { id: "t", startsOn: "2026-09-01", endsOn: "2027-01-15" };
  expect(termOfInstant(Date.parse("2027-01-15T15:59:59.999Z"), [term], "Asia/Shanghai")).toBe(term);
  expect(termOfInstant(Date.parse("2027-01-15T16:00:00.000Z"), [term], "Asia/Shanghai")).toBeUndefined();
  expect(termOfInstant(Date.parse("2026-08-31T15:59:59.999Z"), [term], "Asia/Shanghai")).toBeUndefined();
  expect(termOfInstant(Date.parse("2026-08-31T16:00:00.000Z"), [term], "Asia/Shanghai")).toBe(term);
  // A term that ends on the day of 25 hours: 23:59 standard time.
  const american = { id: "a", startsOn: "2026-08-24", endsOn: "2026-11-01" };
  expect(termOfInstant(Date.parse("2026-11-02T04:59:00Z"), [american], "America/New_York")).toBe(american);
  expect(termOfInstant(Date.parse("2026-11-02T05:00:00Z"), [american], "America/New_York")).toBeUndefined();
});

test("terms that share a day are found, those that only touch are not", () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 120 }))
    .map(([start, length]) => ({
      startsOn: addDays("2026-01-01", start),
      endsOn: addDays("2026-01-01", start + length),
    }));
  fc.assert(
    fc.property(span, span, (a, b) => {
      const terms: TermSpan[] = [
        { id: "a", ...a },
        { id: "b", ...b },
      ];
      const days = Array.from({ length: daysBetween(a.startsOn, a.endsOn) + 1 }, (_, index) =>
        addDays(a.startsOn, index),
      );
      const shared = days.some((day) => termOn(day, terms.slice(1)));
      expect(overlappingTerms(terms)).toHaveLength(shared ? 1 : 0);
    }),
  );
  const backwards = { id: "x", startsOn: "2026-09-02", endsOn: "2026-09-01" };
  expect(overlappingTerms([backwards])).toEqual([[backwards, backwards]]);
});

/** 2025-09-01 (Monday) to 2025-10-17, with the National Day week off and its make-up days. */
const autumn = { id: "t", startsOn: "2025-09-01", endsOn: "2025-10-17" };
const nationalDay = new Map<string, DayException>([
  ...Array.from({ length: 8 }, (_, index) => [addDays("2025-10-01", index), "holiday"] as const),
  ["2025-09-28", "workday"],
  ["2025-10-11", "workday"],
]);

test("school weeks are those with a day of school", () => {
  const mondays = [
    "2025-09-01",
    "2025-09-08",
    "2025-09-15",
    "2025-09-22",
    "2025-09-29",
    "2025-10-06",
    "2025-10-13",
  ];
  expect(schoolWeeksOf(autumn, nationalDay)).toEqual(mondays);
  const wholeWeekOff = new Map([
    ...nationalDay,
    ...["2025-10-09", "2025-10-10"].map((day) => [day, "holiday"] as const),
    ["2025-10-11", "holiday"] as const,
  ]);
  expect(schoolWeeksOf(autumn, wholeWeekOff)).toEqual(mondays.filter((monday) => monday !== "2025-10-06"));
  // A term of one make-up Saturday is a term of one week.
  expect(schoolWeeksOf({ id: "s", startsOn: "2025-10-11", endsOn: "2025-10-12" }, nationalDay)).toEqual([
    "2025-10-06",
  ]);
});

test("weeks elapsed count the current week by its school days", () => {
  expect(weeksElapsed(autumn, "2025-09-01", nationalDay)).toBe(1);
  expect(weeksElapsed(autumn, "2025-09-10", nationalDay)).toBeCloseTo(1.6);
  // 22–26 September and the make-up Sunday: six days, five of them over on Friday.
  expect(weeksElapsed(autumn, "2025-09-26", nationalDay)).toBeCloseTo(3 + 5 / 6);
  expect(weeksElapsed(autumn, "2025-09-28", nationalDay)).toBeCloseTo(4);
  // Of that week only the 29th and 30th are school days.
  expect(weeksElapsed(autumn, "2025-09-29", nationalDay)).toBeCloseTo(4.5);
  expect(weeksElapsed(autumn, "2025-10-05", nationalDay)).toBeCloseTo(5);
  expect(weeksElapsed(autumn, "2025-10-17", nationalDay)).toBeCloseTo(7);
});

test("weeks elapsed never shrink from day to day, and stay between one and all of them", () => {
  fc.assert(
    fc.property(adjoining, ([term]) => {
      const all = Math.max(1, schoolWeeksOf(term, noExceptions).length);
      let before = 1;
      for (let day = addDays(term.startsOn, -3); day <= addDays(term.endsOn, 3); day = addDays(day, 1)) {
        const elapsed = weeksElapsed(term, day, noExceptions);
        expect(elapsed).toBeGreaterThanOrEqual(before);
        expect(elapsed).toBeLessThanOrEqual(all + 1e-9);
        before = elapsed;
      }
      expect(before).toBeCloseTo(all);
    }),
    { numRuns: 30 },
  );
});

test("a day of the holidays counts for the school week before it", () => {
  const weeks = ["2025-09-22", "2025-10-13"];
  expect(schoolWeekIndex(weeks, "2025-09-28")).toBe(0);
  expect(schoolWeekIndex(weeks, "2025-10-08")).toBe(0);
  expect(schoolWeekIndex(weeks, "2025-10-13")).toBe(1);
  expect(schoolWeekIndex(weeks, "2025-09-20")).toBe(0);
});
