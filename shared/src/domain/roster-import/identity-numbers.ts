/**
 * The national number of a pupil (学籍号): G and the 18 characters of the citizen's number, whose last one checks the
 * others. Only tells whether a number can be one, never whose it is.
 */
import { isDay } from "../days.ts";
import type { Sex } from "./fields.ts";

export type NumberFault = "length" | "letter" | "check-digit" | "date";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = "10X98765432";

/**
 * The check character of the first 17 digits.
 * @source GB 11643-1999, which takes it from ISO 7064, MOD 11-2
 */
export function checkCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return CHECKS.charAt(sum % 11);
}

/**
 * A national pupil number in its one spelling, or what is wrong with it. A citizen's number alone gets its G. L stands
 * before the numbers of children who have no citizen's number yet; those check nothing but the same last character.
 * @source 教育部《中小学生学籍管理办法》(2013) and 学籍号 coding rules: G = 身份证号, L = 临时 19 位
 */
export function nationalNumber(text: string): string | { readonly fault: NumberFault } {
  const compact = text.replaceAll(/[\s-]/g, "").toUpperCase();
  const number = /^\d{17}[\dX]$/.test(compact) ? `G${compact}` : compact;
  if (!/^[GL]/.test(number)) return { fault: number.length === 19 ? "letter" : "length" };
  if (number.length !== 19) return { fault: "length" };
  const id = number.slice(1);
  if (!/^\d{17}[\dX]$/.test(id)) return { fault: "letter" };
  if (checkCharacter(id) !== id.charAt(17)) return { fault: "check-digit" };
  if (number.startsWith("G") && !isDay(bornOn(id))) return { fault: "date" };
  return number;
}

/** What a national number beginning with G says of its bearer; an L number says nothing. */
export function factsIn(number: string): { readonly bornOn: string; readonly sex: Sex } | undefined {
  if (!number.startsWith("G")) return undefined;
  const id = number.slice(1);
  return { bornOn: bornOn(id), sex: Number(id.charAt(16)) % 2 === 1 ? "boy" : "girl" };
}

function bornOn(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
}
