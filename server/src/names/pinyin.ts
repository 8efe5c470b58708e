/** The reading of a Chinese name, as class lists are searched by. A guess: a character's rare reading nobody can tell. */
import { pinyin } from "pinyin-pro";

/** Syllables separated by blanks, without tones; what is not Chinese as it is written. */
export function pinyinOf(name: string): string {
  return pinyin(name, { toneType: "none", surname: "head", nonZh: "consecutive", v: true })
    .toLowerCase()
    .replaceAll(/[^\p{L}\s]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
