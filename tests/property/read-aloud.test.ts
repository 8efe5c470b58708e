/** What a voice reads of a term summary: every word that stands there, sentence by sentence, and nothing else. */
import {
  minutesToRead,
  placeOnPage,
  sentencesOf,
  sentencesToRead,
  spokenLanguage,
} from "@doudou/shared/domain/read-aloud.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { publishedSummary } from "../support/term-summary.ts";

test("a summary is read in the order of the page: dimensions, what grew, moments, letter, sentences, at home", () => {
  const { snapshot } = publishedSummary({
    snapshot: {
      comment: "小满，你说：“我来！”然后就做到了。下学期见！",
      remarks: [{ subject: { zh: "音乐", en: "Music" }, by: "李老师", text: "合唱时你总能听见别人。" }],
    },
  });
  const read = sentencesToRead(snapshot, "zh-CN");
  expect(read.slice(0, 2)).toEqual([
    "常常主动帮助同学，升旗时庄重专注。",
    "记录最多的是「主动帮助有困难的同学」。",
  ]);
  const letter = read.indexOf("小满，你说：“我来！”");
  expect(read.slice(letter, letter + 5)).toEqual([
    "小满，你说：“我来！”",
    "然后就做到了。",
    "下学期见！",
    "合唱时你总能听见别人。",
    "每天让孩子讲一件今天自己做成的小事，先听完再说话。",
  ]);
  expect(read.join("")).not.toContain("41");
});

test("it is read what teachers saw in words, the fitness test, last term, and what the child told of an activity", () => {
  const bilingual = (zh: string, en: string) => ({ zh, en });
  const { snapshot } = publishedSummary({
    snapshot: {
      lastTerm: [
        {
          dimension: "moral",
          change: "more",
          records: 60,
          recorders: 4,
          sentence: bilingual("比上学期更常被看见。", "Noticed more often than last term."),
        },
      ],
      rated: [
        {
          dimension: "moral",
          indicator: bilingual("社会责任", "Social responsibility"),
          word: bilingual("常常", "Often"),
          description: bilingual("看到别人有困难就去帮。不用人提醒。", "Helps unasked."),
        },
      ],
      fitness: { word: "pass", improved: ["rope-skipping"] },
      activities: {
        count: 3,
        told: [
          {
            title: "秋日研学",
            sort: "trip",
            day: "2025-10-10",
            place: "植物园",
            part: "记录员",
            reflection: "我认识了三种树。",
          },
          { title: "大扫除", sort: "labour", day: "2025-11-10", place: "", part: "", reflection: null },
        ],
      },
    },
  });
  const read = sentencesToRead(snapshot, "zh-CN");
  expect(read.slice(0, 6)).toEqual([
    "常常主动帮助同学，升旗时庄重专注。",
    "记录最多的是「主动帮助有困难的同学」。",
    "比上学期更常被看见。",
    "社会责任 常常",
    "看到别人有困难就去帮。",
    "不用人提醒。",
  ]);
  const skipping = read.indexOf("跳绳从一分钟六十二个到八十一个，每天都在坚持。");
  expect(read.slice(skipping + 1, skipping + 3)).toEqual(["体质测试 达标", "比自己上一次有进步：一分钟跳绳"]);
  const letter = read.indexOf("小满这学期像一棵悄悄拔节的小树。");
  expect(read.slice(letter - 4, letter)).toEqual(["秋日研学", "记录员", "我认识了三种树。", "大扫除"]);
  expect(sentencesToRead(snapshot, "en")).toContain("Fitness test Reached");
});

test("a sentence is found where it is read, though its words stand further up as part of another", () => {
  const page = "常常帮助同学。社会责任 常常看到别人就帮。";
  const sentences = ["常常帮助同学。", "社会责任 常常", "看到别人就帮。"];
  expect(sentences.map((_, at) => placeOnPage(page, sentences, at))).toEqual([0, 7, 14]);
  expect(placeOnPage("常常帮助同学。常常", ["常常帮助同学。", "常常"], 1)).toBe(7);
  expect(placeOnPage("你好。", ["再见。", "你好。"], 0)).toBe(-1);
  expect(placeOnPage("你好。", ["再见。", "你好。"], 1)).toBe(0);
});

test("in English its own sentences are English, and what the teacher wrote stays Chinese and is spoken so", () => {
  const read = sentencesToRead(publishedSummary().snapshot, "en");
  expect(read[0]).toBe("Often helps classmates unasked, and is solemn and attentive at the flag.");
  expect(read.map(spokenLanguage)).toContain("zh-CN");
  expect(spokenLanguage(read[0] ?? "")).toBe("en-GB");
});

test("how long it takes grows with what there is to read, and is never nothing", () => {
  const letter = (comment: string) =>
    sentencesToRead(publishedSummary({ snapshot: { comment } }).snapshot, "zh-CN");
  expect(minutesToRead([], "zh-CN")).toBe(1);
  expect(minutesToRead(letter("小满，下学期见！"), "zh-CN")).toBe(1);
  expect(minutesToRead(letter("今天你又把小树浇了一遍水。".repeat(80)), "zh-CN")).toBeGreaterThanOrEqual(4);
});

test("no word of the letter is lost or said twice, and every sentence stands in it as it is read", () => {
  const words = fc.array(
    fc.constantFrom("你好", "小满", "。", "！", "”", "“", "……", "\n", "1.5", "Well done.", " ", "，"),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(words, (written) => {
      const comment = written.join("");
      const bare = publishedSummary({
        snapshot: { dimensions: [], grewMost: null, highlights: [], atHome: [], comment },
      });
      const read = sentencesToRead(bare.snapshot, "zh-CN");
      for (const sentence of read) expect(comment).toContain(sentence);
      const spoken = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, "");
      expect(spoken(read.join(""))).toBe(spoken(comment));
    }),
  );
});

test("a text falls into sentences as if it were cut behind each mark and the quotes that close it", () => {
  // As it may not be written where older tablets read it.
  const behind = new RegExp(
    String.raw`(?<=[。！？!?…；][”’」』）)]*)(?![。！？!?…；”’」』）)])|(?<=\.[”’"')]*)\s+|\n+`,
    "u",
  );
  const cut = (text: string) =>
    text
      .split(behind)
      .map((sentence) => sentence.trim())
      .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  const piece = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from("。！？!?…；”’」』）)\"'.“（，a1好 \n")) }),
    fc.constantFrom("小满", "Well done. ", "3.14"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      expect(sentencesOf(text)).toEqual(cut(text));
    }),
    { numRuns: 2000 },
  );
});
