/** The printed term summary: real PDFs from real Typst, read back with a PDF reader. */
import fc from "fast-check";
import { getDocumentProxy, getResolvedPDFJS } from "unpdf";
import { afterAll, describe, expect, test } from "vitest";
import { createDocuments, type PublishedTermSummary } from "@doudou/server/documents/term-summary.ts";
import { againstLastTerm } from "@doudou/shared/domain/own-past.ts";
import { type Locale, perDimension, SUMMARY_PARTS } from "@doudou/shared/domain/words.ts";
import { pictureOf } from "../support/pictures.ts";
import { publishedSummary } from "../support/term-summary.ts";

const documents = createDocuments({ workers: 1 });
afterAll(() => documents.close());

const SHANGHAI = "Asia/Shanghai";
const print = (
  summaries: PublishedTermSummary | PublishedTermSummary[],
  locale: Locale = "zh-CN",
  timeZone = SHANGHAI,
) => documents.termSummaryPdf([summaries].flat(), { locale, timeZone });
const about = (over: Partial<PublishedTermSummary["snapshot"]>) => publishedSummary({ snapshot: over });
const named = (name: string) =>
  about({ student: { id: "0198b7a0-0000-7000-8000-000000000001", name, studentNo: "2023017" } });

/** What a reader of the paper can read: the text of each page without the spaces that only layout put there. */
async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(pdf.slice());
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(squeezed(items.map((item) => ("str" in item ? item.str : "")).join("")));
  }
  return texts;
}
const textOf = async (pdf: Uint8Array) => (await pagesOf(pdf)).join("");
const squeezed = (text: string) => text.replace(/[\s\u200b]/g, "");
const source = (pdf: Uint8Array) => Buffer.from(pdf).toString("latin1");

describe("a guardian", () => {
  test("reads everything the snapshot says, in Chinese, on two pages", async () => {
    const { snapshot, verificationCode, sha256 } = publishedSummary();
    const pdf = await print(publishedSummary());
    const pages = await pagesOf(pdf);
    expect(pages).toHaveLength(2);
    const [first = "", second = ""] = pages;
    for (const said of [
      "森林小学",
      "学期成长报告",
      "林小满",
      "三(2)班",
      "周敏",
      "2025年9月1日至2026年1月23日",
    ])
      expect(first).toContain(said);
    for (const { name, sentence } of snapshot.dimensions) {
      expect(first).toContain(squeezed(name.zh));
      expect(first).toContain(squeezed(sentence.zh));
    }
    for (const stage of ["种子", "发芽", "长叶", "开花", "结果"]) expect(first).toContain(stage);
    for (const character of "德智体美劳") expect(first).toContain(character);
    expect(first).toContain("依据26条记录，来自2人");
    expect(first).toContain(squeezed(snapshot.grewMost?.sentence.zh ?? "missing"));
    for (const said of ["理想信念○○○还没有记录", "社会责任●●○常常", "创新精神●○○初见", "学习习惯●●●一贯"])
      expect(second).toContain(said);
    for (const { point, by, note } of snapshot.highlights)
      for (const said of [point.zh, by, note ?? ""]) expect(second).toContain(squeezed(said));
    expect(second).toContain("10月22日");
    expect(second).toContain(squeezed(snapshot.comment));
    for (const idea of snapshot.atHome) expect(second).toContain(squeezed(idea.zh));
    for (const said of ["学生的话", "家长签字", "班主任签字"]) expect(second).toContain(said);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`核验码${verificationCode}`);
      expect(page).toContain(sha256.slice(0, 12));
      expect(page).not.toContain(sha256.slice(0, 13));
      expect(page).toContain(`第${index + 1}页，共2页`);
    }
  });

  test("reads it in English, with what people wrote left as they wrote it", async () => {
    const { snapshot } = publishedSummary();
    const text = await textOf(await print(publishedSummary(), "en"));
    for (const said of [
      "Term summary",
      "Class 三(2)班",
      "Autumn term",
      "1 Sep 2025 to 23 Jan 2026",
      "22 Oct",
      "by 周敏",
    ])
      expect(text).toContain(squeezed(said));
    for (const { name, sentence } of snapshot.dimensions)
      for (const said of [name.en, sentence.en]) expect(text).toContain(squeezed(said));
    for (const said of [
      "Bloom",
      "Often",
      "No record yet",
      "From 26 records by 2 people",
      "How to help at home",
      "Page 2 of 2",
    ])
      expect(text).toContain(squeezed(said));
    expect(text).toContain(squeezed(snapshot.comment));
    expect(text).not.toMatch(/品德|签字|记录/);
  });

  test("reads the child against its own last term, and what teachers, tests and activities add", async () => {
    const { snapshot } = publishedSummary();
    const weeks = (records: number) =>
      Array.from({ length: 12 }, () => ({
        records: perDimension(() => records),
        beans: perDimension(() => 0),
      }));
    const term = (records: number) => ({
      weeks: weeks(records),
      weeksElapsed: 12,
      recorders: perDimension(() => 3),
    });
    const lastTerm = againstLastTerm(term(2), term(1));
    const text = await textOf(
      await print(
        publishedSummary({
          snapshot: {
            lastTerm,
            rated: [
              {
                dimension: "arts",
                indicator: { zh: "美育实践", en: "Arts practice" },
                word: { zh: "用心", en: "With care" },
                description: { zh: "愿意把一件作品做完。", en: "Finishes what it begins." },
              },
            ],
            fitness: { word: "good", improved: ["rope-skipping"] },
            activities: {
              count: 1,
              told: [
                {
                  title: "稻田一日",
                  sort: "labour",
                  day: "2025-10-12",
                  place: "试验田",
                  part: "割稻",
                  reflection: "稻谷扎手，但是很香。",
                },
              ],
            },
          },
        }),
      ),
    );
    expect(snapshot.lastTerm).toBeUndefined();
    const said = [
      ...lastTerm.map(({ sentence }) => sentence.zh),
      "用心",
      "愿意把一件作品做完。",
      "稻田一日",
      "割稻",
      "稻谷扎手，但是很香。",
    ];
    for (const words of said) expect(text).toContain(squeezed(words));
    expect(text.split("更常被看见").length - 1).toBe(5);
  });

  test("is told where records are too few to say, and nothing more", async () => {
    const evidence = [
      { records: 3, recorders: 1, change: "too-few" },
      { records: 0, recorders: 0, change: "too-few" },
    ] as const;
    const text = await textOf(
      await print(
        about({
          dimensions: publishedSummary().snapshot.dimensions.map((dimension, index) => ({
            ...dimension,
            ...evidence[index],
          })),
          grewMost: null,
          highlights: [],
        }),
      ),
    );
    expect(text).toContain("依据3条记录，来自1人·记录太少，暂不下结论");
    expect(text).toContain("这学期还没有记录，暂不下结论");
    expect(text.match(/暂不下结论/g)).toHaveLength(2);
    expect(text).toContain("暂时说不准哪一方面长得最多");
    expect(text).toContain("还没有写下闪光时刻");
  });

  test("is told on the paper what a correction changed, in either language, and nothing of the kind in the first", async () => {
    const corrected = publishedSummary({ revision: 2, changes: ["comment", "at-home"] });
    const pdf = await print(corrected);
    const [first = ""] = await pagesOf(pdf);
    expect(first).toContain("这是更正后的第2版，改动的地方：班主任的话；在家里可以这样做。");
    expect(await pagesOf(pdf)).toHaveLength(2);
    expect(await textOf(await print(corrected, "en"))).toContain(
      squeezed("This is revision 2, corrected in: the teacher’s words; what to do at home."),
    );
    const everything = publishedSummary({ revision: 3, changes: SUMMARY_PARTS });
    for (const locale of ["zh-CN", "en"] as const)
      expect(await pagesOf(await print(everything, locale))).toHaveLength(2);
    for (const locale of ["zh-CN", "en"] as const)
      expect(await textOf(await print(publishedSummary(), locale))).not.toMatch(/更正|corrected/);
  });

  test("sees the day of publication as it was at the school", async () => {
    const late = publishedSummary({ publishedAt: "2026-01-20T17:30:00.000Z", revision: 2 });
    expect(await textOf(await print(late))).toContain("发布于2026年1月21日·第2版");
    expect(await textOf(await print(late, "zh-CN", "UTC"))).toContain("发布于2026年1月20日");
  });
});

describe("what people write", () => {
  const CODE = String.raw`#panic("x") #let a = 1 *粗* _斜_ $x^2$ \u{41} \ "q" 'q' <label> @ref // c /* c */ = h - i [b] {c} %s ~ --- ...`;

  test("is printed as written and never run as Typst", async () => {
    const pages = await pagesOf(
      await print(
        about({
          student: { id: "0198b7a0-0000-7000-8000-000000000001", name: "#strong[名]", studentNo: "$1$" },
          school: { name: "*森林* #小学" },
          comment: `${CODE}\n\`\`\`typ #read("/etc/passwd") \`\`\``,
          highlights: [
            {
              day: "2025-10-22",
              dimension: "arts",
              point: { zh: "画", en: "" },
              by: '"); #panic(',
              note: CODE,
            },
          ],
        }),
      ),
    );
    const text = pages.join("");
    expect(text.split(squeezed(CODE))).toHaveLength(3);
    expect(pages[0]).toContain("#strong[名]");
    for (const said of [
      "#strong[名]",
      "*森林*#小学",
      "学号$1$",
      '"); #panic(',
      '```typ #read("/etc/passwd") ```',
    ])
      expect(text).toContain(squeezed(said));
  });

  test("flows over pages when it is long, to the last of 1,000 characters", async () => {
    const comment = Array.from({ length: 250 }, (_, index) => String(1000 + index)).join("");
    const written = about({ comment: comment.slice(0, 999) + "完" });
    const pdf = await print(written);
    expect(await textOf(pdf)).toContain(squeezed(written.snapshot.comment).slice(-40));
    const chinese = "她像一棵悄悄拔节的小树，".repeat(83) + "谢谢你。";
    const pages = await pagesOf(await print(about({ comment: chinese })));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.join("").match(/悄悄拔节/g)?.length).toBeGreaterThanOrEqual(82);
    expect(pages.join("")).toContain("谢谢你。");
    expect(pages.at(-1)).toContain(`第${pages.length}页，共${pages.length}页`);
  });

  test("stays within the paper, even a word of a thousand letters", async () => {
    const pdf = await print(
      about({
        comment: "w".repeat(1000),
        school: { name: "B".repeat(80) },
        atHome: [{ zh: "c".repeat(300), en: "" }],
      }),
    );
    const document = await getDocumentProxy(pdf);
    let letters = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent();
      for (const item of items) {
        if (!("str" in item) || item.str.trim() === "") continue;
        const [, , , , x = 0, y = 0] = item.transform as number[];
        expect(x).toBeGreaterThan(40);
        expect(x + item.width).toBeLessThan(595 - 40);
        expect(y).toBeGreaterThan(20);
        letters += item.str.match(/w/g)?.length ?? 0;
      }
    }
    expect(letters).toBe(1000);
  });

  test("keeps emoji and rare characters of names, each from an embedded font", async () => {
    const pdf = await print({
      ...named("陈𬍛"),
      snapshot: { ...named("陈𬍛").snapshot, comment: "跳绳👏🏻，谢谢龘同学😀 Café Zoë" },
    });
    const text = await textOf(pdf);
    for (const said of ["陈𬍛", "龘", "😀", "CaféZoë"]) expect(text).toContain(said);
    expect(source(pdf)).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoEmoji/);
  });

  test("leaves ruled lines to write on by hand where there is no comment", async () => {
    const { OPS } = await getResolvedPDFJS();
    const ruledLines = async (comment: string) => {
      const document = await getDocumentProxy(await print(about({ comment })));
      const { fnArray, argsArray } = await (await document.getPage(2)).getOperatorList();
      return fnArray.filter((operator, index) => operator === OPS.setDash && argsArray[index][0].length > 0)
        .length;
    };
    expect(await ruledLines("")).toBe((await ruledLines("好")) + 5);
    expect(await ruledLines(" \n ")).toBe(await ruledLines(""));
  });

  test("whatever it is, a paper comes out", async () => {
    const anything = fc.string({ unit: "binary", maxLength: 60 });
    const broken = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
      .map((units) => String.fromCharCode(...units));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, broken), async (written) => {
        const { snapshot } = named(written || "无名");
        const pdf = await print({
          ...publishedSummary(),
          snapshot: { ...snapshot, comment: written, school: { name: written } },
        });
        const { numPages } = await getDocumentProxy(pdf);
        expect(numPages).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 25 },
    );
  });
});

describe("the file", () => {
  test("is the same to the byte for the same summary, whoever makes it, and another for another", async () => {
    const another = createDocuments({ workers: 1 });
    try {
      const settings = { locale: "zh-CN", timeZone: SHANGHAI } as const;
      const elsewhere = await another.termSummaryPdf([publishedSummary()], settings);
      await print(named("别人"));
      expect(Buffer.from(await print(publishedSummary())).equals(elsewhere)).toBe(true);
      expect(Buffer.from(await print(named("别人"))).equals(elsewhere)).toBe(false);
    } finally {
      await another.close();
    }
  });

  test("embeds subsets of its fonts and stays small", async () => {
    const pdf = await print(publishedSummary());
    const fonts = new Set([...source(pdf).matchAll(/\/FontName \/(\S+)/g)].map(([, name]) => name));
    expect(fonts.size).toBe(2);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+NotoSansSC-(Regular|SemiBold)$/);
    expect(source(pdf).match(/\/FontFile[23]? /g)).toHaveLength(fonts.size);
    expect(pdf.byteLength).toBeLessThan(200_000);
  });

  test("says what it is to a screen reader and an archive", async () => {
    const pdf = await print(publishedSummary());
    const document = await getDocumentProxy(pdf.slice());
    const { info } = await document.getMetadata();
    expect(info).toMatchObject({
      Title: "林小满 2025–2026学年第一学期 学期成长报告",
      Author: "森林小学",
      Language: "zh-CN",
      CreationDate: expect.stringContaining("20260121013000") as unknown,
    });
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    expect(source(pdf)).toContain("<pdfuaid:part>1</pdfuaid:part>");
    const tree = JSON.stringify(await (await document.getPage(1)).getStructTree());
    for (const said of ['"role":"H1"', '"role":"H2"', "成长植物：品德发展开花，学业发展长叶"])
      expect(tree).toContain(said);
  });

  test("is made even for a name that no font can draw, only without the accessibility promise", async () => {
    const pdf = await print(named("林\u{10fffd}满"));
    expect(await textOf(pdf)).toContain("班主任周敏");
    expect(source(pdf)).not.toContain("pdfuaid:part");
  });

  test("carries the school's logo, as it is kept, and none where there is none", async () => {
    const logo = await pictureOf("webp");
    const hasPicture = (pdf: Uint8Array) => /\/Subtype\s*\/Image/.test(source(pdf));
    const settings = { locale: "zh-CN", timeZone: SHANGHAI } as const;
    const pdf = await documents.termSummaryPdf([publishedSummary()], { ...settings, logo });
    expect(hasPicture(pdf)).toBe(true);
    expect(source(pdf)).toContain("<pdfuaid:part>1</pdfuaid:part>");
    expect(await pagesOf(pdf)).toHaveLength(2);
    const school = { locale: "zh-CN", schoolName: "森林小学", logo } as const;
    const letter = { studentName: "林小满", className: "三年级1班", code: "0123456789ABCDEF" };
    const letters = { ...school, origin: "https://doudou.example.edu.cn", until: "2026-12-11" };
    expect(hasPicture(await documents.guardianLettersPdf([letter], letters))).toBe(true);
    const card = { name: "林小满", code: "0123456789ABCDEF", pinKind: "pictures" } as const;
    const cards = { ...school, className: "三年级1班" };
    expect(hasPicture(await documents.studentCardsPdf([card], cards))).toBe(true);
    expect(hasPicture(await print(publishedSummary()))).toBe(false);
  });

  test("has no summary of nobody", async () => {
    await expect(print([])).rejects.toThrow(RangeError);
  });
});

describe("a whole class", () => {
  const child = (number: number, comment: string): PublishedTermSummary => ({
    ...named(`孩子${number}号`),
    verificationCode: `CODE-${number}`,
    snapshot: { ...named(`孩子${number}号`).snapshot, comment },
  });

  test("of 45 is one file, each child on sheets of their own with their own page numbers and code", async () => {
    const children = Array.from({ length: 45 }, (_, index) =>
      child(index + 1, index === 1 ? "慢慢来，".repeat(250) : "加油！"),
    );
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    const pages = await pagesOf(await print(children).finally(() => clearInterval(counting)));
    expect(turns, "turns of the event loop while the file was made").toBeGreaterThan(20);
    // The second child has three pages; the back of its second sheet stays blank, or the third child would begin on it.
    expect(pages).toHaveLength(45 * 2 + 2);
    for (const [index, { verificationCode }] of children.entries()) {
      const firstPage = index < 2 ? index * 2 : index * 2 + 2;
      expect(pages[firstPage]).toContain(`孩子${index + 1}号`);
      expect(pages[firstPage]).toContain("学期成长报告");
      expect(pages[firstPage]).toContain(`第1页，共${index === 1 ? 3 : 2}页`);
      expect(pages[firstPage + 1]).toContain(`核验码${verificationCode}·`);
      expect(pages[firstPage + 1]).not.toContain(`孩子${index + 2}号`);
    }
    expect(pages[5]).toBe("");
  });

  test("carries the class's name as its title", async () => {
    const document = await getDocumentProxy(await print([child(1, ""), child(2, "")]));
    const { info } = await document.getMetadata();
    expect(info).toMatchObject({ Title: "三(2)班 2025–2026学年第一学期 学期成长报告" });
  });
});
