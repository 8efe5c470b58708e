/** What helps a homeroom teacher write 45 comments in an evening: phrases from the child's own records, and a word where two read alike. */
import { callName } from "@doudou/shared/domain/child-name.ts";
import { commentPhrases, type PhraseEvidence } from "@doudou/shared/domain/comment-phrases.ts";
import {
  areAlike,
  ClassLikeness,
  gramsOf,
  likeness,
  someNamed,
} from "@doudou/shared/domain/near-duplicates.ts";
import { DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const XIAOYU = { id: "0199a1b2-0000-7000-8000-000000000001", name: "王小雨" };
const evidence: PhraseEvidence = {
  studentId: XIAOYU.id,
  classList: [XIAOYU],
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
    "过去了这么些日子，我还常想起10月12日的小雨：“把伞让给了同学”。它就像一颗小种子，已经悄悄发了芽。",
    "要是让我夸夸小雨，我想先从9月30日的事夸起：「上台朗诵」。如果可以的话，真想再为那天鼓鼓掌。",
    "翻开记录，小雨会发现「审美素养」那里格外热闹，希望这份足足的底气一直都在。",
    "老师有个小小的提议：小雨可以试着修好一样小东西。",
  ]);
  expect(phrases[1]?.text.en).toBe(
    "If I may praise 小雨 in a few words, let me begin with 30 Sep: “Recites on stage”. If only I could, I would applaud that day once more.",
  );
});

test("what is quoted in a note stays quoted within the quotes around it", () => {
  const moments = [{ ...evidence.moments[0]!, note: "说“我想先安静一会儿”。" }];
  const [phrase] = commentPhrases({ ...evidence, moments });
  for (const text of [phrase!.text.zh, phrase!.text.en]) expect(text).toContain("“说‘我想先安静一会儿’”");
});

test("a child with no record is offered a next step and nothing made up", () => {
  const phrases = commentPhrases({ ...evidence, moments: [], grewMost: null });
  expect(phrases.map(({ about }) => about)).toEqual(["next"]);
});

const POINTS = [
  { zh: "认真值日", en: "Does class duty" },
  { zh: "跳绳进步", en: "Skips more" },
];
const seen = fc.record({
  moments: fc.array(
    fc.record({
      day: fc.constantFrom("2026-09-03", "2026-11-20"),
      dimension: fc.constantFrom(...DIMENSIONS),
      point: fc.constantFrom(...POINTS),
      note: fc.option(fc.constantFrom("一路扶着同学去医务室", "第一次上台"), { nil: null }),
    }),
    { maxLength: 6 },
  ),
  grewMost: fc.option(fc.constant({ name: { zh: "劳动实践", en: "Labour" } }), { nil: null }),
  records: fc.record(perDimension(() => fc.nat(9))),
});
type Seen = Omit<PhraseEvidence, "studentId" | "classList">;
const NOTHING: Seen = { moments: [], grewMost: null, records: perDimension(() => 0) };

interface Child {
  readonly id: string;
  readonly name: string;
}
/** The same given names under several surnames, a name that is another's given name, and names of one person twice. */
const names = fc.constantFrom(
  "王小雨",
  "李小雨",
  "欧阳小雨",
  "小雨",
  "李明",
  "Anna Li",
  "Anna",
  "阿依古丽·买买提",
);
const classes = fc
  .uniqueArray(fc.record({ id: fc.uuid({ version: 7 }), name: names }), {
    minLength: 1,
    maxLength: 50,
    selector: ({ id }) => id,
  })
  .chain((children) =>
    fc.record({ children: fc.constant(children), of: fc.array(seen, { minLength: 1, maxLength: 3 }) }),
  );

const offeredTo = (children: readonly Child[], of: (at: number) => Seen) =>
  children.map(({ id: studentId }, at) => commentPhrases({ ...of(at), studentId, classList: children }));

test("no sentence is offered to two children of a class, whatever they are called and whatever was seen of them", () => {
  fc.assert(
    fc.property(classes, ({ children, of }) => {
      const offered = offeredTo(children, (at) => of[at % of.length]!).flat();
      for (const language of ["zh", "en"] as const)
        expect(new Set(offered.map(({ text }) => text[language])).size).toBe(offered.length);
    }),
  );
});

/** Seen of everybody on one day, as when a whole class is praised at once. */
const sameForAll = fc.record({
  moments: fc.array(
    fc.record({
      day: fc.constantFrom("2026-09-03", "2026-11-20"),
      dimension: fc.constantFrom(...DIMENSIONS),
      point: fc.constantFrom(...POINTS, {
        zh: "在小组里主动承担任务",
        en: "Takes on a task",
      }),
      note: fc.constantFrom(null, "一路扶着同学去医务室"),
    }),
    { maxLength: 3 },
  ),
  grewMost: fc.constantFrom(null, { name: { zh: "劳动实践", en: "Labour" } }),
  records: fc.record(perDimension(() => fc.nat(1))),
});

test("no two suggestions in a class of 50 read alike, though the same was seen of everybody", () => {
  const fifty = fc.array(fc.record({ id: fc.uuid({ version: 7 }), name: names }), {
    minLength: 50,
    maxLength: 50,
  });
  fc.assert(
    fc.property(fifty, sameForAll, (children, known) => {
      const called = children.map(({ name }) => name);
      for (const language of ["zh", "en"] as const) {
        const alike = offeredTo(children, () => known).map((phrases) =>
          phrases.map(({ text }) => gramsOf(text[language], called)),
        );
        for (const [at, own] of alike.entries())
          for (const others of alike.slice(at + 1))
            expect(own.some((one) => others.some((other) => areAlike(one, other)))).toBe(false);
      }
    }),
    { numRuns: 15 },
  );
});

/** The next steps offered to a class of which the same is known of everybody, without the names. */
function nextSteps(children: readonly Child[], known: Seen, language: "zh" | "en"): string[] {
  const called = children.flatMap(({ name }) => [name, callName(name)]).sort((a, b) => b.length - a.length);
  return offeredTo(children, () => known).map((phrases) => {
    const next = phrases.at(-1)!.text[language];
    return called.reduce((text, name) => text.replaceAll(name, ""), next);
  });
}

test("a next step is another for every child even without its name: of a class nothing was seen of, and of a hall of 130", () => {
  const children = (count: number) =>
    fc.array(fc.record({ id: fc.uuid({ version: 7 }), name: names }), { minLength: count, maxLength: count });
  fc.assert(
    fc.property(fc.oneof(children(50), children(130)), seen, (all, known) => {
      for (const language of ["zh", "en"] as const)
        for (const same of [NOTHING, known])
          expect(new Set(nextSteps(all, same, language)).size).toBe(all.length);
    }),
    { numRuns: 20 },
  );
});

test("twins with the same records, and two children of the very same name, each have words of their own", () => {
  const pairs = [
    ["王小雨", "王小雪"],
    ["王小雨", "李小雨"],
    ["王小雨", "王小雨"],
  ];
  for (const pair of pairs) {
    const children = pair.map((name, at) => ({ id: `twin-${at}`, name }));
    const [one, other] = offeredTo(children, () => evidence).map((all) => all.map(({ text }) => text.zh));
    expect([one!.length, other!.length]).toEqual([4, 4]);
    expect(one!.filter((text) => other!.includes(text))).toEqual([]);
  }
  const called = offeredTo([XIAOYU, { id: "b", name: "李小雨" }], () => NOTHING).map(
    ([next]) => next!.text.zh,
  );
  expect([called[0]!.includes("王小雨"), called[1]!.includes("李小雨")]).toEqual([true, true]);
});

test("what is offered stays while the child's evidence does: when others are seen, the list is sorted anew, somebody joins", () => {
  fc.assert(
    fc.property(classes, seen, ({ children, of }, later) => {
      const [child, ...others] = children;
      const known = of[0]!;
      const asked = (classList: readonly Child[]) =>
        commentPhrases({ studentId: child!.id, classList, ...known });
      const before = asked(children);
      expect(asked([...others.toReversed(), child!])).toEqual(before);
      expect(asked([...children, { id: "ffffffff-ffff-7fff-bfff-ffffffffffff", name: "赵新来" }])).toEqual(
        before,
      );
      expect(offeredTo(children, (at) => (at === 0 ? known : later))[0]).toEqual(before);
    }),
  );
});

test("the same child is offered the same words again, each of them filled in, none comparing or blaming", () => {
  fc.assert(
    fc.property(seen, fc.uuid(), names, (known, id, name) => {
      const told = { studentId: id, classList: [{ id, name }], ...known };
      const phrases = commentPhrases(told);
      expect(commentPhrases(told)).toEqual(phrases);
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

test("of many who are alike a few are named, and nobody is left out of the count", () => {
  expect(someNamed(["甲", "乙", "丙"])).toEqual({ named: ["甲", "乙", "丙"], more: 0 });
  expect(someNamed(["甲", "乙", "丙", "丁", "戊"])).toEqual({ named: ["甲", "乙", "丙"], more: 2 });
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
