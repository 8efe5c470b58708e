/**
 * Tables as files people open in a spreadsheet. Every cell is text: whatever somebody wrote, nothing of it is a formula
 * to whoever opens the file. Knows no table's meaning.
 */
import Papa from "papaparse";
import type { Locale } from "@doudou/shared/domain/words.ts";

export interface WrittenTable {
  /** Of the sheet. */
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
export const CSV_TYPE = "text/csv; charset=utf-8";

/** What begins like a formula in any spreadsheet, the full-width signs of a Chinese keyboard among it. */
const LIKE_A_FORMULA = /^\s*[=+\-@＝＋－＠\t\r]/;
const WIDEST = 40;

/** As XLSX: each cell a string in text format, with a heading that stays in sight. */
export async function xlsxOf({ name, headings, rows }: WrittenTable): Promise<Buffer> {
  const text = { type: String, format: "@" } as const;
  const bold = { ...text, fontWeight: "bold", backgroundColor: "#E2EEF0" } as const;
  const { default: writeExcelFile } = await import("write-excel-file/node");
  return await writeExcelFile(
    [
      headings.map((value) => ({ ...bold, value })),
      ...rows.map((cells) => cells.map((value) => ({ ...text, value }))),
    ],
    {
      columns: headings.map((heading, column) => ({ width: widthOf([heading], rows, column) })),
      stickyRowsCount: 1,
      sheet: name,
    },
  ).toBuffer();
}

/** As CSV in UTF-8, with the mark by which Excel knows it. */
export function csvOf({ headings, rows }: WrittenTable): string {
  return `\uFEFF${csvLines([headings, ...rows])}`;
}

/** Lines of a CSV file; what looks like a formula gets a quotation mark before it. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  return `${Papa.unparse(rows as unknown[][], { escapeFormulae: LIKE_A_FORMULA, newline: "\r\n" })}\r\n`;
}

/** Says what stands in a table in the reader's language, out of both. */
export function wordsIn(locale: Locale): (zh: string, en: string) => string {
  return (zh, en) => (locale === "en" ? en : zh);
}

/** In characters; a Chinese one is twice as wide. */
function widthOf(heading: readonly string[], rows: readonly (readonly string[])[], column: number): number {
  let width = 8;
  for (const cells of [heading, ...rows.slice(0, 200).map((row) => [row[column] ?? ""])])
    for (const cell of cells)
      width = Math.max(width, cell.length + cell.replaceAll(/[\0-\xff]/g, "").length + 2);
  return Math.min(width, WIDEST);
}
