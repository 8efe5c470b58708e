/** What families read: varied, complete in both languages, and never a comparison, a reproach or a number. */
import { callName } from "@doudou/shared/domain/child-name.ts";
import { HOME_IDEAS } from "@doudou/shared/domain/home-ideas.ts";
import { atHomeSuggestions, dimensionSentence, grewMostSentence } from "@doudou/shared/domain/sentences.ts";
import { STAGE_PHRASES } from "@doudou/shared/domain/stage-phrases.ts";
import { type Bilingual, CHANGES, DIMENSIONS, perDimension, STAGES } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const NEVER_ZH =
  /[0-9０-９]|豆|分数[^。]*高|排名|名次|第一名|最好|最棒|最差|落后|不足|欠缺|缺乏|较差|薄弱|退步|不如|班里|班上|全班|其他同学|别的孩子|别人家|应该|必须/;
const NEVER_EN =
  /[0-9]|\bbeans?\b|\brank|\bbest\b|\bworst\b|\bbehind\b|\black|\bweak|\bpoor|\bfail|\bworse\b|\bclassmates\b|other children|\bmust\b|\bshould\b|\bmore than others\b/i;
const topPoints: readonly Bilingual[] = [
  { zh: "主动帮助有困难的同学", en: "Lends a hand unasked" },
  { zh: "按时睡觉起床(家长确认)", en: "Regular sleep (parent confirms)" },
];
const dimensionName = { zh: "德", en: "Moral" };

const told = fc.record({
  dimension: fc.constantFrom(...DIMENSIONS),
  stage: fc.constantFrom(...STAGES),
  change: fc.constantFrom(...CHANGES),
  seed: fc.uuid(),
  studentName: fc.constantFrom("王小雨", "李明", "欧阳小雨", "阿依古丽·买买提"),
  topPoints: fc.constantFrom(topPoints, topPoints.slice(0, 1), []),
  dimensionName: fc.constant(dimensionName),
});

function expectKind({ zh, en }: Bilingual): void {
  expect(zh).not.toMatch(NEVER_ZH);
  expect(en).not.toMatch(NEVER_EN);
  expect(`${zh}${en}`).not.toMatch(/[{}]|undefined/);
  expect(zh).toMatch(/[。？]$/);
  expect(en).toMatch(/^[A-Z“\p{Script=Han}].*[.?]$/u);
}

test("a dimension's sentence is kind, true and whole in both languages, and the same for the same facts", () => {
  fc.assert(
    fc.property(told, (facts) => {
      const sentence = dimensionSentence(facts);
      expectKind(sentence);
      expect(dimensionSentence(facts)).toEqual(sentence);
      expect(sentence.zh.includes("主动帮助有困难的同学")).toBe(facts.topPoints.length > 0);
      expect(sentence.zh).not.toContain("家长确认");
      if (facts.change === "fewer") {
        expect(sentence.zh).toMatch(/少了|慢了/);
        expect(sentence.en).toMatch(/fewer|less|slowly/);
      }
      expectKind(grewMostSentence(facts));
    }),
    { numRuns: 1500 },
  );
});

test("every phrase and every idea is kind, and none stands twice", () => {
  const phrases = DIMENSIONS.flatMap((dimension) =>
    STAGES.flatMap((stage) => [...STAGE_PHRASES[dimension][stage]]),
  );
  const ideas = DIMENSIONS.flatMap((dimension) => Object.values(HOME_IDEAS[dimension]).flat());
  const named = (text: string, name: string) => text.replaceAll("{name}", name);
  for (const { zh, en } of [...phrases, ...ideas])
    expectKind({ zh: named(zh, "小明"), en: named(en, "Ming") });
  for (const language of ["zh", "en"] as const) {
    const texts = [...phrases, ...ideas].map((text) => text[language]);
    expect(new Set(texts).size).toBe(texts.length);
  }
});

test("45 children at the same stage do not read alike", () => {
  const sentences = Array.from(
    { length: 45 },
    (_, child) =>
      dimensionSentence({
        dimension: "arts",
        stage: "bloom",
        change: "more",
        seed: `child-${child}/autumn`,
        topPoints,
        dimensionName,
        studentName: "王小雨",
      }).zh,
  );
  expect(new Set(sentences).size).toBeGreaterThanOrEqual(15);
  const ideas = Array.from({ length: 45 }, (_, child) =>
    atHomeSuggestions({ grade: 4, records: perDimension(() => 3) }, `child-${child}`)
      .map(({ zh }) => zh)
      .join(),
  );
  expect(new Set(ideas).size).toBeGreaterThanOrEqual(30);
});

test("ideas for home are for the dimensions with the fewest records, and for the child's age", () => {
  const records = { moral: 12, academic: 30, physical: 0, arts: 2, labour: 1 };
  for (const [grade, band] of [
    [1, "lower"],
    [2, "lower"],
    [3, "middle"],
    [6, "middle"],
    [7, "upper"],
    [9, "upper"],
  ] as const) {
    const [first, second, third, ...more] = atHomeSuggestions({ grade, records }, "xiaoyu/autumn");
    expect(HOME_IDEAS.physical[band]).toContain(first);
    expect(HOME_IDEAS.labour[band]).toContain(second);
    expect(HOME_IDEAS.arts[band]).toContain(third);
    expect(more).toEqual([]);
  }
});

test("ideas for home ask for no screen, no purchase and no test", () => {
  for (const dimension of DIMENSIONS) {
    for (const { zh, en } of Object.values(HOME_IDEAS[dimension]).flat()) {
      expect(zh.replace("放下手机", "")).not.toMatch(
        /手机|电脑|平板|视频|上网|购买|买|报班|打卡|听写|默写|检查作业/,
      );
      expect(en.replace("puts the phones away", "")).not.toMatch(
        /phone|screen|tablet|video|\bbuy|\bpurchase|homework/i,
      );
    }
  }
});

test("a child is called by the given name, where that is more than a syllable", () => {
  expect(
    ["王小雨", "李明", "欧阳小雨", "欧阳锋", "欧阳", "阿依古丽·买买提", "Emma Li", "张李若水"].map(callName),
  ).toEqual(["小雨", "李明", "小雨", "欧阳锋", "欧阳", "阿依古丽", "Emma", "张李若水"]);
  const sentence = dimensionSentence({
    dimension: "moral",
    stage: "leaf",
    change: "same",
    seed: "s",
    topPoints: [],
    dimensionName,
  });
  expectKind(sentence);
});
