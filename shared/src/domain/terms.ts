/**
 * Terms and their school weeks: which term a day or an instant belongs to, and how much of a term has passed.
 * Never loads a term; the caller brings its school's terms, zone and calendar.
 */
import { addDays, type DayExceptions, localDayOf, schoolDaysBetween, weekStartOf } from "./calendar.ts";

/** A term, from its first local day to its last, both inclusive. */
export interface TermSpan {
  readonly id: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The term a local day belongs to, or `undefined` in the holidays. The school's terms must not overlap. */
export function termOn<T extends TermSpan>(day: string, terms: readonly T[]): T | undefined {
  return terms.find((term) => term.startsOn <= day && day <= term.endsOn);
}

/** The term an instant belongs to by the school's own clock: 23:59 of the last day is still in it. */
export function termOfInstant<T extends TermSpan>(
  instantMs: number,
  terms: readonly T[],
  timeZone: string,
): T | undefined {
  return termOn(localDayOf(instantMs, timeZone), terms);
}

/** Pairs of terms that share a day, and terms that end before they start (paired with themselves). Empty when all is well. */
export function overlappingTerms<T extends TermSpan>(terms: readonly T[]): [T, T][] {
  const found: [T, T][] = [];
  terms.forEach((term, index) => {
    if (term.endsOn < term.startsOn) found.push([term, term]);
    for (const other of terms.slice(index + 1)) {
      if (term.startsOn <= other.endsOn && other.startsOn <= term.endsOn) found.push([term, other]);
    }
  });
  return found;
}

/** The Mondays of the term's weeks that have at least one school day in the term, oldest first. */
export function schoolWeeksOf(term: TermSpan, exceptions: DayExceptions): string[] {
  return weeksWithSchoolDays(term, exceptions).map((week) => week.startsOn);
}

/**
 * School weeks of the term passed by the end of `day`: whole weeks, plus the share of the current one by its school days.
 * @returns at least 1 and at most the number of the term's school weeks (1 for a term without any); never less on a later day
 */
export function weeksElapsed(term: TermSpan, day: string, exceptions: DayExceptions): number {
  let elapsed = 0;
  for (const { days } of weeksWithSchoolDays(term, exceptions)) {
    elapsed += days.filter((schoolDay) => schoolDay <= day).length / days.length;
  }
  return Math.max(1, elapsed);
}

/** Mondays of school weeks, oldest first, and how many they are with the running one as the share that has passed. */
export interface LatestWeeks {
  readonly weeks: readonly string[];
  readonly elapsed: number;
}

/** The latest school weeks of the term up to a day, or up to its end; the running one is among them once it has begun. */
export function latestSchoolWeeks(
  term: TermSpan,
  day: string,
  exceptions: DayExceptions,
  atMost: number,
): LatestWeeks {
  const asOf = day < term.endsOn ? day : term.endsOn;
  const elapsed = weeksElapsed(term, asOf, exceptions);
  const begun = schoolWeeksOf(term, exceptions).slice(0, Math.ceil(elapsed));
  const weeks = begun.slice(-atMost);
  return { weeks, elapsed: elapsed - (begun.length - weeks.length) };
}

/**
 * The place in `weeks` (Mondays, oldest first) that a day counts for: its own school week, or in a week without school the one before.
 * Days before the first week count for the first, so that nothing in a term is left out.
 */
export function schoolWeekIndex(weeks: readonly string[], day: string): number {
  return weekIndex(weeks, weekStartOf(day));
}

/** The same for a day that is known to be a Monday. */
export function weekIndex(weeks: readonly string[], monday: string): number {
  return Math.max(
    0,
    weeks.findLastIndex((week) => week <= monday),
  );
}

interface SchoolWeek {
  readonly startsOn: string;
  readonly days: readonly string[];
}

/** Worked out once for a calendar and a term: the same for every child, and asked several times for each. */
const workedOut = new WeakMap<DayExceptions, Map<string, readonly SchoolWeek[]>>();

function weeksWithSchoolDays(term: TermSpan, exceptions: DayExceptions): readonly SchoolWeek[] {
  const ofCalendar = workedOut.get(exceptions) ?? new Map<string, readonly SchoolWeek[]>();
  workedOut.set(exceptions, ofCalendar);
  const span = `${term.startsOn} ${term.endsOn}`;
  const weeks = ofCalendar.get(span) ?? schoolWeeksBetween(term, exceptions);
  ofCalendar.set(span, weeks);
  return weeks;
}

function schoolWeeksBetween(term: TermSpan, exceptions: DayExceptions): SchoolWeek[] {
  const weeks: SchoolWeek[] = [];
  for (let startsOn = weekStartOf(term.startsOn); startsOn <= term.endsOn; startsOn = addDays(startsOn, 7)) {
    const sunday = addDays(startsOn, 6);
    const from = startsOn < term.startsOn ? term.startsOn : startsOn;
    const days = schoolDaysBetween(from, sunday > term.endsOn ? term.endsOn : sunday, exceptions);
    if (days.length > 0) weeks.push({ startsOn, days });
  }
  return weeks;
}
