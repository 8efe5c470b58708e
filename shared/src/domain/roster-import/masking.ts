/** What an answer shows of a value that only the office's own file shows whole. */
import type { RowChange } from "./plan.ts";

const HIDDEN = "****";

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

const lastFour = (text: string) => `${HIDDEN}${text.slice(-4)}`;

const MASKS: Partial<Record<RowChange["field"], (text: string) => string>> = {
  nationalNo: lastFour,
  guardianPhone: lastFour,
  bornOn: (day) => `${day.slice(0, 4)}-**-**`,
};

/** A cell as an example of its column: long runs of digits, which are numbers of people, by their last four. */
export function maskedSample(text: string): string {
  return text.replaceAll(/[A-Za-z]?\d{7,}[\dXx]*/g, lastFour).slice(0, 40);
}
