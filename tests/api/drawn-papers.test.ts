/** The school's papers drawn to pixels, as they lie before a family: size, margins, colours, and letters that are letters. */
import { readFile } from "node:fs/promises";
import { decodeQR } from "qr/decode.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookFile } from "@doudou/server/documents/book-file.ts";
import { createDocuments } from "@doudou/server/documents/term-summary.ts";
import { composeBook } from "@doudou/shared/domain/book/pages.ts";
import { dealtColours, ownColour } from "@doudou/shared/domain/palette.ts";
import { DIMENSIONS, type Locale, type PerDimension, perDimension } from "@doudou/shared/domain/words.ts";
import { fullYear } from "../support/book.ts";
import { type DrawnPage, drawPages, pixelsOf } from "../support/paper.ts";
import { publishedSummary } from "../support/term-summary.ts";

const A4 = { width: pixelsOf(210), height: pixelsOf(297) };
const LOCALES = ["zh-CN", "en"] as const;
const SHANGHAI = "Asia/Shanghai";

describe("drawn", () => {
  const documents = createDocuments({ workers: 1 });
  let colours: PerDimension<{ readonly text: string; readonly fill: string }>;
  beforeAll(async () => {
    const tokens = await readFile(new URL("../../web/src/lib/styles/tokens.css", import.meta.url), "utf8");
    const valueOf = (token: string) => new RegExp(`--${token}: (#[0-9a-f]{6});`).exec(tokens)?.[1] ?? "";
    colours = perDimension((each) => {
      const own = ownColour(each);
      return { text: valueOf(`${own}-text`), fill: valueOf(`${own}-fill`) };
    });
  });
  afterAll(() => documents.close());

  const summary = (locale: Locale) =>
    documents.termSummaryPdf([publishedSummary({ revision: 2, changes: ["comment"] })], {
      locale,
      timeZone: SHANGHAI,
    });

  test.each(LOCALES)(
    "a term summary in %s is A4, in the five colours, and keeps its margins",
    async (locale) => {
      const pages = await drawPages(await summary(locale), `paper-summary-${locale}`);
      expect(pages.map(({ width, height }) => ({ width, height }))).toEqual([A4, A4]);
      for (const dimension of DIMENSIONS)
        expect([dimension, pages[0]!.countOf(colours[dimension].fill) > 100]).toEqual([dimension, true]);
      for (const page of pages) expectWithin(page, { side: 18, top: 8, bottom: 8 });
    },
  );

  test("a school that deals the colours out otherwise has them so on its papers", async () => {
    const dealt = dealtColours(
      (dimension) => ({ moral: "brown", labour: "red" } as const)[dimension as "moral"],
    );
    const [own, otherwise] = await Promise.all(
      [undefined, dealt].map(async (of) => {
        const settings = { locale: "zh-CN", timeZone: SHANGHAI, colours: of } as const;
        const pdf = await documents.termSummaryPdf([publishedSummary()], settings);
        return (await drawPages(pdf, `paper-summary-${of ? "recoloured" : "plain"}`, 1))[0]!;
      }),
    );
    // One has more of its colour on this child's page than the other, and then it is the other way round; edges blur a little.
    const shares = [own!, otherwise!].map(
      (page) => page.countOf(colours.moral.fill) / page.countOf(colours.labour.fill),
    );
    expect(Math.abs(Math.log(shares[0]!))).toBeGreaterThan(0.5);
    expect(shares[0]! * shares[1]!).toBeCloseTo(1, 1);
  });

  test("Chinese stands there in characters, each its own, and no box in the place of any", async () => {
    const [first] = await drawPages(await summary("zh-CN"), "paper-summary-characters", 1);
    const name = first!.characters("林小满");
    for (const character of name) expect(shareOf(character, Boolean)).toBeGreaterThan(0.05);
    for (const [one, other] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      expect(shareOf(name[one]!, (isDark, at) => isDark !== name[other]![at])).toBeGreaterThan(0.1);
  });

  test("English quotation marks take no more room than a letter", async () => {
    const quotes = "“”“”“”“”";
    const quoted = publishedSummary({ snapshot: { comment: quotes } });
    const pdf = await documents.termSummaryPdf([quoted], { locale: "en", timeZone: SHANGHAI });
    const pages = await drawPages(pdf, "paper-summary-quotes");
    const drawn = pages.flatMap(({ texts }) => texts).filter(({ text }) => /^[“”]+$/.test(text));
    expect(drawn.map(({ text }) => text).join("")).toContain(quotes);
    for (const { text, width, size } of drawn) expect(width).toBeLessThan(text.length * size * 0.6);
  });

  test("a class begins with its first child, each on a sheet of its own", async () => {
    const names = ["孙小小", "吴大有"];
    const { student } = publishedSummary().snapshot;
    const children = names.map((name) => publishedSummary({ snapshot: { student: { ...student, name } } }));
    const pdf = await documents.termSummaryPdf(children, { locale: "zh-CN", timeZone: SHANGHAI });
    const pages = await drawPages(pdf, "paper-class");
    expect(pages).toHaveLength(4);
    for (const [nth, name] of names.entries()) expect(pages[nth * 2]!.characters(name)).toHaveLength(3);
    expectWithin(pages[0]!, { side: 18, top: 8, bottom: 8 });
  });

  test.each(LOCALES)(
    "a book's cover in %s is coloured to the edge, and its words keep within",
    async (locale) => {
      const year = fullYear();
      const file = bookFile(year, composeBook(year), { locale, placeOf: () => undefined });
      const pdf = await documents.bookPdf(file, { logo: undefined, pictures: new Map() });
      const [cover] = await drawPages(pdf, `paper-book-${locale}`, 3);
      expect([cover!.width, cover!.height]).toEqual([A4.width, A4.height]);
      expect(cover!.inkBox()).toEqual({ left: 0, top: 0, right: A4.width - 1, bottom: A4.height - 1 });
      for (const dimension of DIMENSIONS)
        expect([dimension, cover!.countOf(colours[dimension].text) > 100]).toEqual([dimension, true]);
      for (const { x, y } of cover!.texts.filter(({ text }) => text.trim() !== "")) {
        expect(x).toBeGreaterThan(pixelsOf(19));
        expect(y).toBeLessThan(A4.height - pixelsOf(19));
      }
    },
  );

  test.each(LOCALES)("a card in %s is found by a camera, and says what it printed", async (locale) => {
    const codes = ["0123456789ABCDEF", "FEDCBA9876543210"];
    const cards = codes.map((code, nth) => ({
      name: ["林小满", "欧阳若溪"][nth]!,
      code,
      pinKind: nth === 0 ? ("pictures" as const) : ("digits" as const),
    }));
    const paper = { locale, schoolName: "森林小学", className: "三年级1班", logo: undefined };
    const [sheet] = await drawPages(await documents.studentCardsPdf(cards, paper), `paper-cards-${locale}`);
    expect([sheet!.width, sheet!.height]).toEqual([A4.width, A4.height]);
    expectWithin(sheet!, { side: 19, top: 13, bottom: 13 });
    const [side, top, width, height] = [19.4, 13.5, 85.6, 54].map(pixelsOf) as [
      number,
      number,
      number,
      number,
    ];
    for (const [nth, code] of codes.entries()) {
      const left = side + nth * width + 2;
      const card = sheet!.cut({
        left,
        top: top + 2,
        right: left + Math.round(width * 0.5),
        bottom: top + height - 2,
      });
      expect(decodeQR(card)).toBe(code);
    }
  });

  test.each([
    [
      "zh-CN",
      "阿卜杜热合曼·迪力木拉提·买买提明",
      "坚持每天都和好朋友一起读书的小小朗读者章",
      "每天读一读，说一说，",
    ],
    ["en", "Alexandra Maximiliane Konstantinopolitanska", "Keeps at it each day", "Reads with a friend. "],
  ] as const)(
    "a certificate in %s with the longest words has each line within its frame, and none over another",
    async (locale, studentName, badgeName, words) => {
      const most = (length: number) => words.repeat(12).slice(0, length);
      const pdf = await documents.badgeCertificatePdf(
        {
          schoolName: "北京市海淀区中关村第三小学万柳校区附属实验学校",
          studentName,
          className: "六年级12班",
          badgeName,
          badgeWords: most(120),
          shape: "flower",
          dimension: "labour",
          level: 3,
          levels: 3,
          day: "2026-11-27",
          by: "阿依古丽·买买提",
          words: most(100),
          logo: undefined,
        },
        locale,
      );
      const [sheet, ...others] = await drawPages(pdf, `paper-certificate-longest-${locale}`);
      expect(others).toEqual([]);
      const said = sheet!.texts.filter(({ text, x }) => text.trim() !== "" && x > sheet!.width * 0.45);
      expect(
        said
          .map(({ text }) => text)
          .join("")
          .replaceAll(/\s/g, ""),
      ).toContain("2026");
      const lines = [...Map.groupBy(said, ({ y }) => Math.round(y)).values()]
        .map((line) => ({ y: line[0]!.y, size: Math.max(...line.map(({ size }) => size)) }))
        .toSorted((one, other) => one.y - other.y);
      expect(lines[0]!.y - lines[0]!.size).toBeGreaterThanOrEqual(pixelsOf(18));
      expect(lines.at(-1)!.y).toBeLessThanOrEqual(sheet!.height - pixelsOf(20));
      for (const [nth, { y, size }] of lines.slice(1).entries())
        expect(y - lines[nth]!.y).toBeGreaterThanOrEqual(size);
      for (const { x, width } of said) expect(x + width).toBeLessThanOrEqual(sheet!.width - pixelsOf(20));
    },
  );
});

/** Nothing is drawn nearer to the edge of the sheet than this, in mm. */
function expectWithin(page: DrawnPage, { side, top, bottom }: { side: number; top: number; bottom: number }) {
  const ink = page.inkBox()!;
  expect(ink.left).toBeGreaterThanOrEqual(pixelsOf(side) - 1);
  expect(ink.right).toBeLessThanOrEqual(page.width - pixelsOf(side) + 1);
  expect(ink.top).toBeGreaterThanOrEqual(pixelsOf(top) - 1);
  expect(ink.bottom).toBeLessThanOrEqual(page.height - pixelsOf(bottom) + 1);
}

function shareOf(squares: readonly boolean[], is: (isDark: boolean, at: number) => boolean): number {
  return squares.filter(is).length / squares.length;
}
