/** What a school's calendar must keep to: years and terms whose dates never overlap. Pure; moves nothing by itself. */
import { addDays } from "./days.ts";
import { overlappingTerms } from "./terms.ts";
import type { Bilingual } from "./words.ts";

export interface CalendarSpan {
  readonly id: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface CalendarYear extends CalendarSpan {
  readonly name: string;
}

export interface CalendarTerm extends CalendarSpan {
  readonly academicYearId: string;
  readonly name: Bilingual;
}

export interface CalendarDay {
  readonly day: string;
  readonly kind: "holiday" | "workday";
  readonly name: string;
}

export interface SchoolCalendar {
  readonly years: readonly CalendarYear[];
  readonly terms: readonly CalendarTerm[];
  /** Days that differ from the week's pattern. */
  readonly days: readonly CalendarDay[];
}

export const CALENDAR_FAULTS = [
  "name-missing",
  "ends-before-start",
  "years-overlap",
  "terms-overlap",
  "term-outside-year",
  "day-twice",
] as const;
export type CalendarFault = (typeof CALENDAR_FAULTS)[number];

/** Where it is wrong: a JSON pointer into the calendar. */
export interface CalendarProblem {
  readonly path: string;
  readonly fault: CalendarFault;
}

/** Everything that is wrong with a calendar; empty when all is well. */
export function problemsOfCalendar({ years, terms, days }: SchoolCalendar): CalendarProblem[] {
  const found: CalendarProblem[] = [];
  const say = (path: string, fault: CalendarFault) => found.push({ path, fault });
  years.forEach((year, at) => {
    if (year.name.trim() === "") say(`/years/${at}/name`, "name-missing");
    if (year.endsOn < year.startsOn) say(`/years/${at}/endsOn`, "ends-before-start");
  });
  for (const later of laterOfOverlapping(years)) say(`/years/${later}/startsOn`, "years-overlap");
  terms.forEach((term, at) => {
    if (term.name.zh.trim() === "" || term.name.en.trim() === "") say(`/terms/${at}/name`, "name-missing");
    if (term.endsOn < term.startsOn) say(`/terms/${at}/endsOn`, "ends-before-start");
    const year = years.find(({ id }) => id === term.academicYearId);
    if (!year || term.startsOn < year.startsOn || term.endsOn > year.endsOn)
      say(`/terms/${at}/startsOn`, "term-outside-year");
  });
  for (const later of laterOfOverlapping(terms)) say(`/terms/${later}/startsOn`, "terms-overlap");
  const seen = new Set<string>();
  days.forEach(({ day }, at) => {
    if (seen.has(day)) say(`/days/${at}/day`, "day-twice");
    seen.add(day);
  });
  return found;
}

function laterOfOverlapping(spans: readonly CalendarSpan[]): Set<number> {
  const pairs = overlappingTerms(spans).filter(([one, other]) => one !== other);
  return new Set(pairs.map(([one, other]) => Math.max(spans.indexOf(one), spans.indexOf(other))));
}

/** The days that belonged to a term and no longer do, as spans with both ends; what was recorded there would be lost. */
export function daysGivenUp(
  before: readonly CalendarSpan[],
  after: readonly CalendarSpan[],
): { readonly from: string; readonly to: string }[] {
  return before.flatMap((old) => {
    const now = after.find(({ id }) => id === old.id);
    if (!now || now.endsOn < old.startsOn || now.startsOn > old.endsOn)
      return [{ from: old.startsOn, to: old.endsOn }];
    return [
      ...(now.startsOn > old.startsOn ? [{ from: old.startsOn, to: addDays(now.startsOn, -1) }] : []),
      ...(now.endsOn < old.endsOn ? [{ from: addDays(now.endsOn, 1), to: old.endsOn }] : []),
    ];
  });
}
