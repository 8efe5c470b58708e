/** The changes an editor of a calendar makes, each a new calendar, and holidays as the spans people think in. Pure. */
import { addDays, isDay } from "@doudou/shared/domain/days.ts";
import type { CalendarDay, CalendarTerm, SchoolCalendar } from "@doudou/shared/domain/school-calendar.ts";

export interface DaySpan {
  readonly from: string;
  readonly to: string;
  readonly kind: CalendarDay["kind"];
  readonly name: string;
}

const LONGEST_SPAN = 120;

/** Days that follow each other and are called the same, as one span; in order. */
export function spansOf(days: readonly CalendarDay[]): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const { day, kind, name } of days.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const last = spans.at(-1);
    if (last?.kind === kind && last.name === name && addDays(last.to, 1) === day)
      spans[spans.length - 1] = { ...last, to: day };
    else spans.push({ from: day, to: day, kind, name });
  }
  return spans;
}

/** The last day that a span from a day may have; undefined while that is no day. */
export function lastDayFrom(from: string): string | undefined {
  return isDay(from) ? addDays(from, LONGEST_SPAN) : undefined;
}

/** With the days of a span; what stood on one of them gives way. Nothing where the span is none. */
export function withSpan(calendar: SchoolCalendar, { from, to, kind, name }: DaySpan): SchoolCalendar {
  if (!isDay(from) || !isDay(to) || to < from || addDays(from, LONGEST_SPAN) < to) return calendar;
  const added: CalendarDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) added.push({ day, kind, name });
  const kept = calendar.days.filter(({ day }) => day < from || day > to);
  return { ...calendar, days: [...kept, ...added].toSorted((a, b) => (a.day < b.day ? -1 : 1)) };
}

export function withoutSpan(calendar: SchoolCalendar, { from, to }: DaySpan): SchoolCalendar {
  return { ...calendar, days: calendar.days.filter(({ day }) => day < from || day > to) };
}

export function withTerm(
  calendar: SchoolCalendar,
  id: string,
  change: Partial<CalendarTerm>,
): SchoolCalendar {
  return {
    ...calendar,
    terms: calendar.terms.map((term) => (term.id === id ? { ...term, ...change } : term)),
  };
}

export function withoutTerm(calendar: SchoolCalendar, id: string): SchoolCalendar {
  return { ...calendar, terms: calendar.terms.filter((term) => term.id !== id) };
}

/**
 * With the year after the last one and two terms in it, dated as most schools have them: for somebody to correct.
 * @param newId for the year and its terms
 */
export function withNextYear(calendar: SchoolCalendar, today: string, newId: () => string): SchoolCalendar {
  const last = calendar.years.at(-1);
  const start = last ? Number(last.startsOn.slice(0, 4)) + 1 : Number(today.slice(0, 4));
  const startsOn = last ? addDays(last.endsOn, 1) : `${start}-09-01`;
  const year = { id: newId(), name: `${start}–${start + 1}学年`, startsOn, endsOn: `${start + 1}-08-31` };
  const term = (zh: string, en: string, from: string, to: string): CalendarTerm => ({
    id: newId(),
    academicYearId: year.id,
    name: { zh: `${year.name}${zh}`, en: `${start}–${start + 1}, ${en}` },
    startsOn: from,
    endsOn: to,
  });
  return {
    ...calendar,
    years: [...calendar.years, year],
    terms: [
      ...calendar.terms,
      term("第一学期", "first term", startsOn, `${start + 1}-01-22`),
      term("第二学期", "second term", `${start + 1}-02-22`, `${start + 1}-07-09`),
    ],
  };
}
