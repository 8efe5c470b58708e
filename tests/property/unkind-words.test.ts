/** Words that hurt are found also where they are hidden, and words of a school day are not taken for them. */
import { unkindWordIn } from "@doudou/shared/domain/unkind-words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ["你是笨蛋", "笨蛋"],
  ["笨　蛋！", "笨蛋"],
  ["笨-蛋", "笨蛋"],
  ["他是差生。", "差生"],
  ["You are STUPID.", "stupid"],
  ["ＩＤＩＯＴ", "idiot"],
])("%s", (text, word) => expect(unkindWordIn(text)).toBe(word));

test.each([
  "把废物利用做成了花盆",
  "垃圾分类做得又快又准",
  "陪妈妈的时间最开心",
  "发现误差生成的原因",
  "烧滚开的水要小心",
  "Dumbledore is his favourite character",
  "He helps his little brother study",
  "",
])("nothing in: %s", (text) => expect(unkindWordIn(text)).toBeUndefined());

test("is found wherever it stands, and however it is spaced", () => {
  const spaces = fc
    .array(fc.constantFrom(" ", "　", "，", "*", "\u200b"), { maxLength: 3 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(fc.string(), spaces, fc.string(), (before, between, after) => {
      expect(unkindWordIn(`${before}。笨${between}蛋。${after}`)).toBeDefined();
    }),
  );
});
