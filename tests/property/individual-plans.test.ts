/** A child's own points: given to that child alone and in the plan's days, and told against its own earlier weeks only. */
import { addDays, daysBetween } from "@doudou/shared/domain/days.ts";
import {
  arePlanDaysFit,
  courseOf,
  INDIVIDUAL_PLAN_RULES,
  isOwnPointGiven,
} from "@doudou/shared/domain/individual-plans.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const TERM = { id: "t", startsOn: "2026-09-01", endsOn: "2027-01-22" };
const NO_HOLIDAYS = new Map();
const day = fc.nat({ max: 500 }).map((count) => addDays("2026-09-01", count));
const dayOfTerm = fc
  .nat({ max: daysBetween(TERM.startsOn, TERM.endsOn) })
  .map((count) => addDays(TERM.startsOn, count));

test("a plan's days are in order, not over, and no longer than a year", () => {
  fc.assert(
    fc.property(day, day, day, day, (startsOn, reviewOn, endsOn, today) => {
      const fits = arePlanDaysFit({ startsOn, reviewOn, endsOn }, today);
      const isOrdered = startsOn <= reviewOn && reviewOn <= endsOn && today <= endsOn;
      const isShort = daysBetween(startsOn, endsOn) <= INDIVIDUAL_PLAN_RULES.longestDays;
      expect(fits).toBe(isOrdered && isShort);
    }),
  );
});

test("an own point is never given to another child, nor before the plan began or after its time", () => {
  fc.assert(
    fc.property(day, day, day, fc.constantFrom("one", "other"), (startsOn, until, given, studentId) => {
      const own = { studentId: "one", startsOn, lastDay: until };
      const isGiven = isOwnPointGiven(own, { studentId, day: given }, until);
      expect(isGiven).toBe(studentId === "one" && startsOn <= given && given <= until);
    }),
  );
});

test("the weeks tell every record since the plan began once, and too few records tell of no change", () => {
  const counts = fc.array(fc.record({ day: dayOfTerm, count: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(counts, dayOfTerm, dayOfTerm, (given, from, today) => {
      const told = given.filter((one) => one.day <= today);
      const course = courseOf(told, from, { term: TERM, day: today, exceptions: NO_HOLIDAYS });
      const since = told.filter((one) => one.day >= from).reduce((sum, one) => sum + one.count, 0);
      expect(course.records).toBe(since);
      expect(course.weeks.reduce((sum, week) => sum + week.records, 0)).toBe(since);
      if (since < 5) expect(course.change).toBe("too-few");
    }),
  );
});
