/** School-local days: every instant has one, in every zone, and school days follow the school's own calendar. */
import {
  addDays,
  type DayException,
  daysBetween,
  isDay,
  isSchoolDay,
  localDayOf,
  schoolDaysBack,
  startOfDay,
  weekOf,
  weekRange,
  weekStartOf,
} from "@doudou/shared/domain/calendar.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

/** Zones with clock changes by night, by half an hour, at midnight, across midnight, and over the date line. */
const ZONES = [
  "Asia/Shanghai",
  "Asia/Urumqi",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Sao_Paulo",
  "Africa/Cairo",
  "Asia/Beirut",
  "America/St_Johns",
  "Pacific/Apia",
  "Pacific/Kiritimati",
] as const;
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(1985, 0, 1), max: Date.UTC(2040, 0, 1) });
const day = fc.integer({ min: -5000, max: 30_000 }).map((number) => addDays("1970-01-01", number));

test("every instant lies in exactly the day it is said to be in", () => {
  fc.assert(
    fc.property(instant, zone, (at, timeZone) => {
      const today = localDayOf(at, timeZone);
      expect(startOfDay(today, timeZone)).toBeLessThanOrEqual(at);
      expect(startOfDay(addDays(today, 1), timeZone)).toBeGreaterThan(at);
    }),
    { numRuns: 2000 },
  );
});

test("an instant's week begins on its Monday and ends where the next begins, in every zone", () => {
  fc.assert(
    fc.property(instant, zone, (at, timeZone) => {
      const today = localDayOf(at, timeZone);
      const { from, to } = weekOf(today, timeZone);
      expect(from.getTime()).toBeLessThanOrEqual(at);
      expect(to.getTime()).toBeGreaterThan(at);
      expect(localDayOf(from.getTime(), timeZone)).toBe(weekStartOf(today));
      expect(weekOf(addDays(weekStartOf(today), 7), timeZone).from).toEqual(to);
    }),
  );
});

test("the local day is the one a wall clock shows", () => {
  const shows = (at: number, timeZone: string) =>
    new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
      at,
    );
  // St John's once turned its clocks back at 00:01, so that for 59 minutes they showed a day that was over.
  const steady = fc.constantFrom(...ZONES.filter((name) => name !== "America/St_Johns"));
  fc.assert(
    fc.property(instant, steady, (at, timeZone) => {
      expect(localDayOf(at, timeZone)).toBe(shows(at, timeZone));
    }),
    { numRuns: 2000 },
  );
});

test("the last millisecond of a day and the first of the next are told apart, also when the clocks change", () => {
  fc.assert(
    fc.property(day, zone, (today, timeZone) => {
      fc.pre(!(timeZone === "Pacific/Apia" && today === "2011-12-30"));
      const starts = startOfDay(today, timeZone);
      expect(localDayOf(starts, timeZone)).toBe(today);
      expect(localDayOf(starts - 1, timeZone) < today).toBe(true);
    }),
    { numRuns: 1000 },
  );
  const hours = (today: string, timeZone: string) =>
    (startOfDay(addDays(today, 1), timeZone) - startOfDay(today, timeZone)) / 3_600_000;
  expect(hours("2026-03-08", "America/New_York")).toBe(23);
  expect(hours("2026-11-01", "America/New_York")).toBe(25);
  expect(hours("2026-11-01", "Asia/Shanghai")).toBe(24);
});

test("a clock set back across midnight does not bring yesterday back, whichever instant is asked for first", () => {
  // At 00:01 of these days clocks in St John's went back to 23:01 of the day before.
  const minutes = Array.from({ length: 120 }, (_, minute) => minute);
  for (const [today, asked] of [
    ["2001-10-28", minutes],
    ["2000-10-29", [30, ...minutes]],
  ] as const) {
    const dayBegan = startOfDay(today, "America/St_Johns");
    expect(
      new Set(asked.map((minute) => localDayOf(dayBegan + minute * 60_000, "America/St_Johns"))),
    ).toEqual(new Set([today]));
  }
});

test("a day that a zone skipped has no instant", () => {
  const before = startOfDay("2011-12-30", "Pacific/Apia") - 1;
  expect([localDayOf(before, "Pacific/Apia"), localDayOf(before + 1, "Pacific/Apia")]).toEqual([
    "2011-12-29",
    "2011-12-31",
  ]);
});

test("an unknown zone is refused", () => {
  expect(() => localDayOf(0, "Forest/School")).toThrow(RangeError);
});

test("asking again for a day costs next to nothing", () => {
  const eight = Date.UTC(2026, 10, 23);
  localDayOf(eight, "Asia/Shanghai");
  const began = performance.now();
  for (let second = 0; second < 300_000; second += 1)
    localDayOf(eight + (second % 28_800) * 1000, "Asia/Shanghai");
  // About 20 ms; several seconds if the zone were asked each time.
  expect(performance.now() - began).toBeLessThan(1000);
});

test("days add and subtract like whole numbers, and weeks run from Monday to Sunday", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, count) => {
      const to = addDays(from, count);
      expect(daysBetween(from, to)).toBe(count);
      expect(addDays(to, -count)).toBe(from);
      expect(from < to).toBe(count > 0);
      const { startsOn, endsOn } = weekRange(from);
      expect(new Date(startsOn).getUTCDay()).toBe(1);
      expect(startsOn <= from && from <= endsOn).toBe(true);
      expect(daysBetween(startsOn, endsOn)).toBe(6);
    }),
  );
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(weekStartOf("2026-11-23")).toBe("2026-11-23");
  expect(weekStartOf("2026-11-29")).toBe("2026-11-23");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
});

test("what is no date is refused", () => {
  for (const text of ["2026-02-30", "2026-13-01", "2026-1-1", "2026-11-23T00:00", ""]) {
    expect(isDay(text)).toBe(false);
    expect(() => addDays(text, 1)).toThrow(RangeError);
  }
});

test("over the National Day holiday of 2025 the school is closed by day and open on make-up Saturdays", () => {
  const holidays = Array.from(
    { length: 8 },
    (_, index) => [addDays("2025-10-01", index), "holiday"] as const,
  );
  const exceptions = new Map<string, DayException>([
    ...holidays,
    ["2025-09-28", "workday"],
    ["2025-10-11", "workday"],
  ]);
  expect(isSchoolDay("2025-09-28", exceptions)).toBe(true);
  expect(isSchoolDay("2025-10-08", exceptions)).toBe(false);
  expect(isSchoolDay("2025-10-11", exceptions)).toBe(true);
  expect(isSchoolDay("2025-10-12", exceptions)).toBe(false);
  expect(schoolDaysBack("2025-10-10", 1, exceptions)).toBe("2025-10-09");
  expect(schoolDaysBack("2025-10-10", 2, exceptions)).toBe("2025-09-30");
  expect(schoolDaysBack("2025-10-10", 4, exceptions)).toBe("2025-09-28");
  expect(schoolDaysBack("2025-10-10", 0, exceptions)).toBe("2025-10-10");
});

test("as many school days lie between as were counted back", () => {
  const exception = fc.tuple(
    fc.integer({ min: -60, max: 0 }),
    fc.constantFrom<DayException>("holiday", "workday"),
  );
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 0, max: 25 }),
      fc.array(exception, { maxLength: 20 }),
      (today, count, changes) => {
        const exceptions = new Map(changes.map(([offset, change]) => [addDays(today, offset), change]));
        const reached = schoolDaysBack(today, count, exceptions);
        const passed = Array.from({ length: daysBetween(reached, today) }, (_, index) =>
          addDays(reached, index),
        );
        expect(passed.filter((one) => isSchoolDay(one, exceptions))).toHaveLength(count);
        if (count > 0) expect(isSchoolDay(reached, exceptions)).toBe(true);
      },
    ),
  );
});
