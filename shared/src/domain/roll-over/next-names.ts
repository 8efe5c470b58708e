/** What a class is called a year later: the same words with the next grade in them, in the school's own way of writing. Pure. */
import { plainText } from "../roster-import/cells.ts";
import { classNamed } from "../roster-import/class-names.ts";

const CHINESE = "一二三四五六七八九";
const DIGITS = "123456789";

/**
 * The name with the next grade: 三年级2班 → 四年级2班, 三(2)班 → 四(2)班, G3-2 → G4-2, 302 → 402, 初一3班 → 初二3班. A name that
 * does not tell its grade stays as it is.
 * @param grade of the class now, 1 to 8
 */
export function nextClassName(name: string, grade: number): string {
  const now = classNamed(plainText(name));
  if (now?.grade !== grade) return name;
  const characters = Array.from(name);
  for (const [place, character] of characters.entries()) {
    for (const script of [CHINESE, DIGITS]) {
      const next = script[script.indexOf(character) + 1];
      if (!script.includes(character) || next === undefined) continue;
      const raised = characters.with(place, next).join("");
      const then = classNamed(plainText(raised));
      if (then?.grade === grade + 1 && then.number === now.number) return raised;
    }
  }
  return name;
}
