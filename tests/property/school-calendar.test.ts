/** A school's calendar: nothing overlaps, terms lie in their years, and no day is given up unseen. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "@doudou/shared/domain/days.ts";
import {
  daysGivenUp,
  problemsOfCalendar,
  type SchoolCalendar,
} from "@doudou/shared/domain/school-calendar.ts";

const year = { id: "y", name: "2026–2027", startsOn: "2026-09-01", endsOn: "2027-08-31" };
const span = (id: string, from: number, days: number) => ({
  id,
  academicYearId: "y",
  name: { zh: "学期", en: "Term" },
  startsOn: addDays(year.startsOn, from),
  endsOn: addDays(year.startsOn, from + days),
});
const calendar = (over: Partial<SchoolCalendar>): SchoolCalendar => ({
  years: [year],
  terms: [],
  days: [],
  ...over,
});

test("terms one after the other are well; two that share a day are not, and the later one is told", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 60 }), (from, days) => {
      const first = span("a", from, days);
      const after = span("b", from + days + 1, 30);
      expect(problemsOfCalendar(calendar({ terms: [first, after] }))).toEqual([]);
      const sharing = span("b", from + days, 30);
      expect(problemsOfCalendar(calendar({ terms: [first, sharing] }))).toEqual([
        { path: "/terms/1/startsOn", fault: "terms-overlap" },
      ]);
    }),
  );
});

test("what is backwards, outside its year, without a name or there twice is told with its place", () => {
  const found = problemsOfCalendar({
    years: [year, { ...year, id: "z", name: " " }],
    terms: [{ ...span("a", 0, 10), endsOn: "2026-08-31" }, span("b", 360, 10)],
    days: ["2026-10-01", "2026-10-01"].map((day) => ({ day, kind: "holiday", name: "国庆" })),
  });
  expect(found.map(({ path, fault }) => [path, fault])).toEqual([
    ["/years/1/name", "name-missing"],
    ["/years/1/startsOn", "years-overlap"],
    ["/terms/0/endsOn", "ends-before-start"],
    ["/terms/1/startsOn", "term-outside-year"],
    ["/days/1/day", "day-twice"],
  ]);
});

test("the days a term gives up are exactly those it had and no longer has", () => {
  const days = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(days, days, days, days, (from, length, nextFrom, nextLength) => {
      const [before, after] = [span("a", from, length), span("a", nextFrom, nextLength)];
      const given = daysGivenUp([before], [after]);
      for (let at = 0; at <= 130; at += 1) {
        const day = addDays(year.startsOn, at);
        const has = (of: { startsOn: string; endsOn: string }) => of.startsOn <= day && day <= of.endsOn;
        const isGiven = given.some(({ from: first, to }) => first <= day && day <= to);
        expect([day, isGiven]).toEqual([day, has(before) && !has(after)]);
      }
    }),
  );
});
