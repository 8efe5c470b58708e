/** What helps a homeroom teacher write 45 comments in an evening: phrases from the child's own records, and a word where two read alike. */
import { commentPhrases, type PhraseEvidence } from "@doudou/shared/domain/comment-phrases.ts";
import { areAlike, ClassLikeness, gramsOf, likeness } from "@doudou/shared/domain/near-duplicates.ts";
import { DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const evidence: PhraseEvidence = {
  studentName: "王小雨",
  place: 0,
  moments: [
    {
      day: "2026-10-12",
      dimension: "moral",
      point: { zh: "主动帮助同学（课间）", en: "Helps a classmate (break)" },
      note: "把伞让给了同学。",
    },
    {
      day: "2026-09-30",
      dimension: "arts",
      point: { zh: "上台朗诵", en: "Recites on stage" },
      note: null,
    },
  ],
  grewMost: { name: { zh: "审美素养", en: "Arts" } },
  records: { ...perDimension(() => 5), labour: 1 },
};

test("phrases name the child, what was seen and when, and end with one next step", () => {
  const phrases = commentPhrases(evidence);
  expect(phrases.map(({ about }) => about)).toEqual(["moment", "moment", "growth", "next"]);
  expect(phrases.map(({ text }) => text.zh)).toEqual([
    "小雨，10月12日的那一刻老师还记得：“把伞让给了同学”。",
    "9月30日，老师在小雨的名字旁记下了「上台朗诵」。",
    "和自己前面几周相比，小雨在「审美素养」上走出了最明显的一步。",
    "下一步，小雨可以试试每天自己整理书包和书桌。",
  ]);
  expect(phrases[0]?.text.en).toBe("小雨, I still remember 12 Oct: “把伞让给了同学”.");
});

test("a child with no record is offered a next step and nothing made up", () => {
  const phrases = commentPhrases({ ...evidence, moments: [], grewMost: null });
  expect(phrases.map(({ about }) => about)).toEqual(["next"]);
});

const facts = fc.record({
  studentName: fc.constantFrom("王小雨", "欧阳思远", "李明", "Anna Li"),
  moments: fc.array(
    fc.record({
      day: fc.constantFrom("2026-09-03", "2026-11-20"),
      dimension: fc.constantFrom(...DIMENSIONS),
      point: fc.constantFrom({ zh: "认真值日", en: "Does class duty" }, { zh: "跳绳进步", en: "Skips more" }),
      note: fc.option(fc.constantFrom("一路扶着同学去医务室", "第一次上台"), { nil: null }),
    }),
    { maxLength: 6 },
  ),
  grewMost: fc.option(fc.constant({ name: { zh: "劳动实践", en: "Labour" } }), { nil: null }),
  records: fc.record({
    moral: fc.nat(9),
    academic: fc.nat(9),
    physical: fc.nat(9),
    arts: fc.nat(9),
    labour: fc.nat(9),
  }),
});

test("no two children of a class are offered the same words, even twins with the same records", () => {
  fc.assert(
    fc.property(
      facts.filter(({ moments }) => moments.length > 0),
      (same) => {
        for (const of of ["zh", "en"] as const) {
          const offered = Array.from({ length: 60 }, (_, place) =>
            commentPhrases({ ...same, place })
              .map(({ text }) => text[of])
              .join("\n"),
          );
          expect(new Set(offered).size).toBe(60);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("the same child is offered the same words again, each of them filled in, none comparing or blaming", () => {
  fc.assert(
    fc.property(facts, fc.nat(60), (told, place) => {
      const phrases = commentPhrases({ ...told, place });
      expect(commentPhrases({ ...told, place })).toEqual(phrases);
      for (const { text } of phrases) {
        expect(text.zh + text.en).not.toMatch(/[{}]|undefined/);
        expect(text.zh).not.toMatch(/第一名|名次|排名|最差|不够|落后|比别|其他同学|批评/);
        expect(text.en).not.toMatch(/\brank|best in|worse|fail|others\b/i);
      }
    }),
  );
});

const NAMES = ["王小雨", "李子涵", "欧阳思远"];
const COMMENT =
  "小雨，你是个心里装着别人的孩子。还记得十月那天，你把伞让给了同学。值日的时候你总是最后一个走，把凳子一张张摆好。下学期试着每天读一会儿书。";
const OTHER =
  "子涵，操场上的你总是神采飞扬。跳绳从六十二个到八十一个，靠的是每天的坚持。课堂上你也开始举手了，声音虽小却很清楚。假期里和家人学做一道菜吧。";

const grams = (comment: string) => gramsOf(comment, NAMES);
const text = fc.string({ unit: "grapheme", maxLength: 120 });

test("likeness is symmetric, and stays between nothing and all", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const between = likeness(grams(a), grams(b));
      expect(between).toBe(likeness(grams(b), grams(a)));
      expect(between).toBeGreaterThanOrEqual(0);
      expect(between).toBeLessThanOrEqual(1);
    }),
  );
});

test("a copied comment is found, with the name changed and the punctuation too", () => {
  expect(areAlike(grams(COMMENT), grams(COMMENT))).toBe(true);
  const copied = COMMENT.replace("小雨，", "李子涵，").replaceAll("。", "！\n");
  expect(likeness(grams(COMMENT), grams(copied))).toBe(1);
  const lastSentenceNew = COMMENT.replace("下学期试着每天读一会儿书", "假期里和家人学做一道菜吧");
  expect(areAlike(grams(COMMENT), grams(lastSentenceNew))).toBe(true);
});

test("any comment that is long enough is found in its copy", () => {
  const characters = [...new Set(COMMENT + OTHER)].filter((character) => /\p{L}/u.test(character));
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...characters), { minLength: 60, maxLength: 160 }), (written) => {
      const comment = written.join("");
      expect(areAlike(grams(`小雨${comment}`), grams(`思远${comment}`))).toBe(true);
    }),
  );
});

test("in a class each is told of whoever has a comment like its own, however often it is asked and changed", () => {
  const lines = fc.array(fc.constantFrom(COMMENT, OTHER, "", "表现很好，继续努力"), { maxLength: 8 });
  const likenesses = new ClassLikeness(NAMES);
  fc.assert(
    fc.property(lines, (comments) => {
      const rows = comments.map((comment) => ({ comment }));
      const alike = likenesses.among(rows, ({ comment }) => comment);
      for (const row of rows)
        expect(alike.get(row) ?? []).toEqual(
          rows.filter((other) => other !== row && areAlike(grams(row.comment), grams(other.comment))),
        );
    }),
  );
});

test("comments written apart are not called alike, nor are two short ones", () => {
  expect(likeness(grams(COMMENT), grams(OTHER))).toBeLessThan(0.2);
  expect(areAlike(grams("表现很好，继续努力"), grams("表现很好，继续努力"))).toBe(false);
  const characters = [...new Set(COMMENT + OTHER)];
  const written = fc
    .array(fc.constantFrom(...characters), { minLength: 60, maxLength: 160 })
    .map((all) => all.join(""));
  fc.assert(fc.property(written, written, (a, b) => a === b || !areAlike(grams(a), grams(b))));
});
