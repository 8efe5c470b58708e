/** A report of an office as a file for a word processor, for the school to write on in. Pure but for making the file. */
import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { printable } from "./printable.ts";
import type { OfficeReport, ReportTable } from "./report-page.ts";

const FONT = { ascii: "Arial", hAnsi: "Arial", eastAsia: "Microsoft YaHei" };
const WHOLE_WIDTH = 100;

export async function officeReportDocx(report: OfficeReport): Promise<Uint8Array> {
  const { title, school, about, sections, locale } = report;
  const children = [
    new Paragraph({ text: printable(school) }),
    new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
    ...about.map(
      (text) => new Paragraph({ children: [new TextRun({ text: printable(text), italics: true })] }),
    ),
    ...sections.flatMap(({ heading, paragraphs = [], table, toFillIn = [] }) => [
      new Paragraph({ text: heading, heading: HeadingLevel.HEADING_1 }),
      ...paragraphs.map((text) => new Paragraph({ text: printable(text) })),
      ...(table ? [tableOf(table)] : []),
      ...toFillIn.flatMap((text) => [
        new Paragraph({ children: [new TextRun({ text, bold: true })] }),
        new Paragraph({ text: "" }),
        new Paragraph({ text: "" }),
      ]),
    ]),
  ];
  const document = new Document({
    title,
    creator: school,
    styles: {
      default: { document: { run: { font: FONT, language: { value: "en-GB", eastAsia: "zh-CN" } } } },
    },
    sections: [{ children }],
    description: locale === "en" ? "Template" : "模板",
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function tableOf({ head, rows, widths = head.map(() => 1) }: ReportTable): Table {
  const all = widths.reduce((sum, share) => sum + share, 0);
  const cells = (texts: readonly string[], bold: boolean) =>
    texts.map(
      (text, column) =>
        new TableCell({
          width: { size: ((widths[column] ?? 1) / all) * WHOLE_WIDTH, type: WidthType.PERCENTAGE },
          children: [new Paragraph({ children: [new TextRun({ text: printable(text), bold })] })],
        }),
    );
  return new Table({
    width: { size: WHOLE_WIDTH, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: cells(head, true) }),
      ...rows.map((row) => new TableRow({ children: cells(row, false) })),
    ],
  });
}
