/** The table a school can fill in: headings, two rows that show how, and what may be left out. Holds nobody's facts. */
import type { Locale } from "@doudou/shared/domain/words.ts";

/** In the order of a school's own lists. The numbers are made up, and check. */
const COLUMNS: readonly {
  readonly zh: string;
  readonly en: string;
  readonly width: number;
  readonly rows: readonly [string, string];
}[] = [
  { zh: "姓名", en: "Name", width: 12, rows: ["林小满", "阿依古丽·买买提"] },
  { zh: "学籍号", en: "National student number", width: 24, rows: ["G11010120170512001X", ""] },
  { zh: "学号", en: "Student number", width: 14, rows: ["20240101", "20240102"] },
  { zh: "班级", en: "Class", width: 12, rows: ["三年级1班", "三年级1班"] },
  { zh: "性别", en: "Sex", width: 8, rows: ["男", "女"] },
  { zh: "出生日期", en: "Date of birth", width: 14, rows: ["2017-05-12", "2017-11-03"] },
  { zh: "监护人1姓名", en: "Guardian 1 name", width: 16, rows: ["林晓燕", "热依汗·玉素甫"] },
  { zh: "监护人1关系", en: "Guardian 1 relation", width: 14, rows: ["母亲", "母亲"] },
  { zh: "监护人1电话", en: "Guardian 1 phone", width: 18, rows: ["13800000001", "13800000002"] },
  { zh: "监护人2姓名", en: "Guardian 2 name", width: 16, rows: ["林建国", ""] },
  { zh: "监护人2关系", en: "Guardian 2 relation", width: 14, rows: ["父亲", ""] },
  { zh: "监护人2电话", en: "Guardian 2 phone", width: 18, rows: ["13800000003", ""] },
];

/** The template as XLSX, every cell of it text, so that no number loses a digit. */
export async function templateXlsx(locale: Locale): Promise<Buffer> {
  const text = { type: String, format: "@" } as const;
  const headings = COLUMNS.map((column) => ({
    ...text,
    value: headingIn(column, locale),
    fontWeight: "bold" as const,
    backgroundColor: "#E2EEF0",
  }));
  const examples = [0, 1].map((row) => COLUMNS.map(({ rows }) => ({ ...text, value: rows[row] ?? "" })));
  const { default: writeExcelFile } = await import("write-excel-file/node");
  return await writeExcelFile([headings, ...examples], {
    columns: COLUMNS.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    sheet: locale === "en" ? "Roster" : "花名册",
  }).toBuffer();
}

/** The template as CSV in UTF-8, with the mark by which Excel knows it. */
export function templateCsv(locale: Locale): string {
  const lines = [
    COLUMNS.map((column) => headingIn(column, locale)),
    ...[0, 1].map((row) => COLUMNS.map(({ rows }) => rows[row] ?? "")),
  ];
  return `\ufeff${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}

function headingIn({ zh, en }: { readonly zh: string; readonly en: string }, locale: Locale): string {
  return locale === "en" ? en : zh;
}
