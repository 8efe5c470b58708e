/** What an answer shows of a value that only the office's own file shows whole. */
import { dayOf } from "./cells.ts";
import type { RowChange } from "./plan.ts";

const HIDDEN = "****";
const MANY_DIGITS = 7;
const LONGEST_SAMPLE = 40;

/** A change as it is shown: numbers by their last four digits, a birth date by its year. */
export function maskedChange(change: RowChange): RowChange {
  const mask = MASKS[change.field];
  if (mask === undefined) return change;
  return {
    ...change,
    before: change.before === null ? null : mask(change.before),
    after: mask(change.after),
  };
}

const yearOnly = (day: string) => `${day.slice(0, 4)}-**-**`;
const lastFour = (text: string) => `${HIDDEN}${text.slice(-4)}`;

const MASKS: Partial<Record<RowChange["field"], (text: string) => string>> = {
  nationalNo: lastFour,
  guardianPhone: lastFour,
  bornOn: yearOnly,
};

/** A cell as an example of its column: dates by their year, and what has as many digits as a phone by its last four. */
export function maskedSample(text: string): string {
  const day = /^\d+$/.test(text) ? undefined : dayOf(text);
  if (day !== undefined) return yearOnly(day);
  const digits = text.replaceAll(/\D/g, "");
  return digits.length >= MANY_DIGITS ? lastFour(text) : text.slice(0, LONGEST_SAMPLE);
}
