/**
 * Local days as strings ("2026-11-23"): adding, weeks, school days. Plain calendar arithmetic, safe to bundle anywhere.
 * Knows no clock and no time zone: those are in calendar.ts, which brings Temporal.
 */

/** What a school's calendar says against the Monday-to-Friday rule: a weekday off, or a make-up workday (调休) on a weekend. */
export type DayException = "holiday" | "workday";
export type DayExceptions = ReadonlyMap<string, DayException>;

const MS_PER_DAY = 86_400_000;
const DAY_FORMAT = /^(\d{4})-(\d{2})-(\d{2})$/;
// 1970-01-01 was a Thursday: three days after a Monday.
const MONDAY_OFFSET = 3;

/** The day `count` days later, or earlier where `count` is negative. @throws RangeError if `day` is no date */
export function addDays(day: string, count: number): string {
  return dayOfNumber(numberOfDay(day) + count);
}

/** Days from one day to another; negative if `to` is earlier. @throws RangeError if either is no date */
export function daysBetween(from: string, to: string): number {
  return numberOfDay(to) - numberOfDay(from);
}

/** The Monday of the day's week. @throws RangeError if `day` is no date */
export function weekStartOf(day: string): string {
  const number = numberOfDay(day);
  return dayOfNumber(number - weekdayOf(number));
}

/** Monday and Sunday of the day's week, both inclusive. */
export function weekRange(day: string): { startsOn: string; endsOn: string } {
  const startsOn = weekStartOf(day);
  return { startsOn, endsOn: addDays(startsOn, 6) };
}

/** Whether the school is open: Monday to Friday, unless the school's calendar says otherwise for that day. */
export function isSchoolDay(day: string, exceptions: DayExceptions): boolean {
  return isOpen(day, numberOfDay(day), exceptions);
}

/** The school days from one day to another, both inclusive, in order. */
export function schoolDaysBetween(from: string, to: string, exceptions: DayExceptions): string[] {
  const days: string[] = [];
  const last = numberOfDay(to);
  for (let number = numberOfDay(from); number <= last; number += 1) {
    const day = dayOfNumber(number);
    if (isOpen(day, number, exceptions)) days.push(day);
  }
  return days;
}

/**
 * The day `count` school days before `day`; `day` itself for 0.
 * Before a Monday, 1 is the Friday, or the Saturday if that was a make-up workday.
 * @throws RangeError if `count` is not a whole number ≥ 0
 */
export function schoolDaysBack(day: string, count: number, exceptions: DayExceptions): string {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a number of days: ${count}`);
  let reached = day;
  for (let left = count; left > 0;) {
    reached = addDays(reached, -1);
    if (isSchoolDay(reached, exceptions)) left -= 1;
  }
  return reached;
}

/** Whether the text is a date that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return parsed(text) !== undefined;
}

function isOpen(day: string, number: number, exceptions: DayExceptions): boolean {
  const exception = exceptions.get(day);
  return exception === undefined ? weekdayOf(number) < 5 : exception === "workday";
}

/** 0 for Monday to 6 for Sunday, of a day number. */
function weekdayOf(number: number): number {
  return (((number + MONDAY_OFFSET) % 7) + 7) % 7;
}

/** Days since 1970-01-01. */
function numberOfDay(day: string): number {
  const number = parsed(day);
  if (number === undefined) throw new RangeError(`not a date: ${day}`);
  return number;
}

function parsed(text: string): number | undefined {
  const parts = DAY_FORMAT.exec(text);
  if (!parts) return undefined;
  const month = Number(parts[2]) - 1;
  const date = new Date(Date.UTC(Number(parts[1]), month, Number(parts[3])));
  // A 30th of February would roll over into March.
  return date.getUTCMonth() === month && date.getUTCDate() === Number(parts[3])
    ? date.getTime() / MS_PER_DAY
    : undefined;
}

function dayOfNumber(number: number): string {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
}
