/**
 * What stands in a cell, as one spelling: full-width or half-width, with or without stray blanks, a date as text or as
 * a spreadsheet's number. Reads no file and evaluates no formula.
 */
import { addDays, isDay } from "../days.ts";

/** A cell as it was read. A date that the spreadsheet itself knows as one is `YYYY-MM-DD` already. */
export type Cell = string | number | null | { readonly isFormula: true };

/** A row of a table, with the number the spreadsheet shows at its left. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

const BLANKS = /[\s\u00a0\u180e\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]+/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const NOT_WRITTEN = /[\p{Cc}\p{Cs}]/gu;

/** Full-width characters as half-width ones, runs of blanks as one, none at the ends; nothing that no one can see. */
export function plainText(text: string): string {
  return text
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(BLANKS, " ")
    .replace(NOT_WRITTEN, "")
    .trim();
}

/** The text of a cell, "" where there is none. A formula has no text. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined || typeof cell === "object") return "";
  return plainText(typeof cell === "number" ? String(cell) : cell);
}

export function isFormula(cell: Cell | undefined): boolean {
  return typeof cell === "object" && cell !== null;
}

/**
 * Whether a spreadsheet has kept a long number as a number, and so lost all but its first fifteen digits.
 * @source IEEE 754 binary64, as Excel cuts it: "Excel specifications and limits", number precision 15 digits
 */
export function hasLostDigits(cell: Cell | undefined): boolean {
  if (typeof cell === "number") return Math.abs(cell) >= 1e15;
  return /^\d(\.\d+)?e\+?\d+$/i.test(textOf(cell));
}

const NUMBERED = /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const WITH_TIME = /^(\S+)[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/;
/** Serial numbers of days in years that a pupil or its parents can be born in: 1920 to 2099. */
const SERIALS = { from: 7_306, to: 73_050 };

/**
 * The day a cell names, as `YYYY-MM-DD`.
 * @returns undefined for what is no day, or could be two: `3/4/2017`, `17-5-12`
 * @source ECMA-376 18.17.4.1: serial 1 is 1900-01-01, and 60 the day that never was
 */
export function dayOf(cell: Cell | undefined): string | undefined {
  const text = textOf(cell);
  const date = WITH_TIME.exec(text)?.[1] ?? text;
  const [, year, month, day] = NUMBERED.exec(date) ?? COMPACT.exec(date) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) {
    const found = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return isDay(found) ? found : undefined;
  }
  return /^\d{4,5}(\.\d+)?$/.test(text) ? dayOfSerial(Number(text)) : undefined;
}

/** The day of a spreadsheet's serial number, counted from 1900 or, where the file says so, from 1904. */
export function dayOfSerial(serial: number, countsFrom1904 = false): string | undefined {
  const whole = Math.floor(serial) + (countsFrom1904 ? 1462 : 0);
  return whole >= SERIALS.from && whole <= SERIALS.to ? addDays("1899-12-30", whole) : undefined;
}

/** The letters a spreadsheet shows above a column: A, …, Z, AA, … */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

/** A cell's address as the spreadsheet shows it, such as `C7`. */
export function cellAddress(column: number, row: number): string {
  return `${columnLetters(column)}${row}`;
}
