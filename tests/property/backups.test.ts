/** Which backups are kept and when one is due: whatever happens, the latest stays and the past grows thinner, not short. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backupsToKeep, lastDue, type Retention } from "@doudou/shared/domain/backups.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";

const ZONE = "Asia/Shanghai";
const DAY_MS = 86_400_000;
const START = Date.parse("2026-01-01T18:30:00Z");

const instant = fc.integer({ min: START, max: START + 3 * 365 * DAY_MS });
const instants = fc.array(instant, { maxLength: 200 });
const retention: fc.Arbitrary<Retention> = fc.record({
  days: fc.integer({ min: 0, max: 20 }),
  weeks: fc.integer({ min: 0, max: 10 }),
  months: fc.integer({ min: 0, max: 24 }),
});
const kept = (takenAt: readonly number[], rule: Retention) =>
  [...backupsToKeep(takenAt, rule, ZONE)].sort((one, other) => one - other);

describe("backups that are kept", () => {
  test("are among those there are, the latest always, and no more than the rule has room for", () => {
    fc.assert(
      fc.property(instants, retention, (takenAt, rule) => {
        const left = kept(takenAt, rule);
        expect(left.every((each) => takenAt.includes(each))).toBe(true);
        if (takenAt.length > 0) expect(left).toContain(Math.max(...takenAt));
        expect(left.length).toBeLessThanOrEqual(Math.max(1, rule.days + rule.weeks + rule.months));
      }),
    );
  });

  test("stay when the rule is applied again, and do not depend on the order", () => {
    fc.assert(
      fc.property(instants, retention, (takenAt, rule) => {
        const left = kept(takenAt, rule);
        expect(kept(left, rule)).toEqual(left);
        expect(kept(takenAt.toReversed(), rule)).toEqual(left);
      }),
    );
  });

  test("are the same whether old ones are removed after each backup or all at the end", () => {
    fc.assert(
      fc.property(instants, retention, (takenAt, rule) => {
        const inOrder = [...new Set(takenAt)].sort((one, other) => one - other);
        let folder: number[] = [];
        for (const each of inOrder) folder = kept([...folder, each], rule);
        expect(folder).toEqual(kept(inOrder, rule));
      }),
    );
  });

  test("of two years of nights are the last 7 days, 4 weeks and 12 months", () => {
    const nights = Array.from({ length: 730 }, (_, day) => START + day * DAY_MS);
    const days = kept(nights, { days: 7, weeks: 4, months: 12 }).map((each) => localDayOf(each, ZONE));
    expect(days.slice(-7)).toEqual(nights.slice(-7).map((each) => localDayOf(each, ZONE)));
    expect(new Set(days.map((day) => day.slice(0, 7))).size).toBe(12);
    expect(days[0]).toBe("2027-02-28"); // the last of its month
    expect(days).toHaveLength(19); // some are two of these in one
  });

  test("last over a summer in which the server was switched off", () => {
    const june = Array.from({ length: 20 }, (_, day) => START + day * DAY_MS);
    const back = june.at(-1)! + 60 * DAY_MS;
    expect(kept([...june, back], { days: 7, weeks: 4, months: 12 }).length).toBeGreaterThanOrEqual(8);
  });
});

describe("the daily backup", () => {
  test("was due within the last day, at the time that was asked for", () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom(ZONE, "UTC", "Asia/Urumqi", "Europe/Berlin"),
        (now, hour, minute, timeZone) => {
          const due = lastDue(now, { hour, minute, timeZone });
          expect(due).toBeLessThanOrEqual(now);
          expect(now - due).toBeLessThan(DAY_MS + 2 * 3_600_000); // a day of 25 hours, and a skipped hour
          const clock = new Date(due).toLocaleTimeString("en-GB", { timeZone, timeStyle: "short" });
          const asked = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
          if (timeZone !== "Europe/Berlin") expect(clock).toBe(asked);
        },
      ),
    );
  });

  test("at half past two in Shanghai is due when it is half past six in the evening in London", () => {
    const at = { hour: 2, minute: 30, timeZone: ZONE };
    const due = Date.parse("2026-11-10T18:30:00Z");
    expect(lastDue(due, at)).toBe(due);
    expect(lastDue(due - 1, at)).toBe(due - DAY_MS);
    expect(lastDue(due + DAY_MS - 1, at)).toBe(due);
  });
});
