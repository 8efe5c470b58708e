/**
 * Classes as schools write them: 三年级2班, 三(2)班, 3.2班, 初一3班, G3-2, 302. Only reads the name; knows no class.
 */

export interface ClassName {
  /** 1 to 9, where the name tells */
  readonly grade: number | undefined;
  readonly number: number;
}

const DIGITS = "零一二三四五六七八九";
const CHINESE = "一二三四五六七八九十";
const GRADE = `[${CHINESE}]|[1-9]`;
const NUMBER = `[${CHINESE}]{1,3}|\\d{1,2}`;
const SEPARATOR = "[-._/ ]";

const PATTERNS: readonly { readonly pattern: RegExp; readonly stage: number }[] = [
  { pattern: new RegExp(`^(?:小学|小)?(${GRADE})年级?[(]?(${NUMBER})[)]?班?$`), stage: 0 },
  { pattern: new RegExp(`^(?:小学|小)?(${GRADE})[(](${NUMBER})[)]班?$`), stage: 0 },
  { pattern: new RegExp(`^(?:初中|初)([一二三123])年?级?[(]?(${NUMBER})[)]?班?$`), stage: 6 },
  { pattern: new RegExp(`^(?:初中|初)([一二三123])${SEPARATOR}(${NUMBER})班?$`), stage: 6 },
  {
    pattern: new RegExp(`^(?:g|grade ?|year ?)?([1-9])${SEPARATOR}(?:class ?)?(\\d{1,2})班?$`, "i"),
    stage: 0,
  },
  { pattern: /^(?:grade|g|year) ?([1-9]),? ?(?:class|c) ?(\d{1,2})$/i, stage: 0 },
  { pattern: new RegExp(`^(${GRADE})${SEPARATOR}(${NUMBER})班$`), stage: 0 },
  { pattern: new RegExp(`^([${CHINESE}])(\\d{1,2})班$`), stage: 0 },
  { pattern: /^([1-9])(\d{2})班?$/, stage: 0 },
];
const NUMBER_ALONE = new RegExp(`^(?:class ?)?[(]?(${NUMBER})[)]?班?$`, "i");
const GRADE_ALONE: readonly { readonly pattern: RegExp; readonly stage: number }[] = [
  { pattern: new RegExp(`^(?:小学|小)?(${GRADE})(?:年级?)?$`), stage: 0 },
  { pattern: /^(?:初中|初)([一二三123])(?:年级?)?$/, stage: 6 },
  { pattern: /^(?:grade|g|year) ?([1-9])$/i, stage: 0 },
];

/**
 * What a class's name says, or undefined where it says nothing that can be read.
 * @param text in plain text (`plainText`)
 */
export function classNamed(text: string): ClassName | undefined {
  for (const { pattern, stage } of PATTERNS) {
    const [, grade, number] = pattern.exec(text) ?? [];
    if (grade === undefined || number === undefined) continue;
    const named = { grade: stage + numberNamed(grade), number: numberNamed(number) };
    if (named.grade >= 1 && named.grade <= 9 && named.number >= 1) return named;
  }
  const alone = NUMBER_ALONE.exec(text)?.[1];
  const number = alone === undefined ? 0 : numberNamed(alone);
  return number >= 1 ? { grade: undefined, number } : undefined;
}

/** The grade that a cell of its own names: 三年级, 3, 七年级, 初一. */
export function gradeNamed(text: string): number | undefined {
  for (const { pattern, stage } of GRADE_ALONE) {
    const found = pattern.exec(text)?.[1];
    const grade = found === undefined ? 0 : stage + numberNamed(found);
    if (grade >= 1 && grade <= 9) return grade;
  }
  return undefined;
}

/** A grade in Chinese, as classes are called: 三年级. */
export function gradeName(grade: number): string {
  return `${DIGITS.charAt(grade)}年级`;
}

/** What a class that is new to the school is called. */
export function usualClassName(grade: number, number: number): string {
  return `${gradeName(grade)}${number}班`;
}

/** 1 to 99, in digits or in Chinese: 二十三, 十, 7. */
function numberNamed(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, ones] = text.includes("十") ? text.split("十", 2) : ["", text];
  const digit = (character: string | undefined) => DIGITS.indexOf(character ?? "");
  if (!text.includes("十")) return text.length === 1 ? digit(ones) : 0;
  return (tens === "" ? 1 : digit(tens)) * 10 + (ones === "" ? 0 : digit(ones));
}
