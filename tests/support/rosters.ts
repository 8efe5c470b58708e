/** Rosters as schools have them: made-up pupils, as tables, XLSX and CSV. Every national number checks. */
import writeExcelFile from "write-excel-file/node";
import type { Cell, TableRow } from "@doudou/shared/domain/roster-import/cells.ts";
import { checkCharacter } from "@doudou/shared/domain/roster-import/identity-numbers.ts";

/** The national number of a child born on a day, the `serial`-th there: an odd one is a boy's. */
export function nationalNo(bornOn: string, serial: number): string {
  const digits = `110101${bornOn.replaceAll("-", "")}${String(serial).padStart(3, "0")}`;
  return `G${digits}${checkCharacter(digits)}`;
}

/** Rows of a table, the first of them row 1. */
export function tableOf(rows: readonly (readonly Cell[])[]): TableRow[] {
  return rows
    .map((cells, index) => ({ row: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell !== null && cell !== ""));
}

export async function xlsxOf(rows: readonly unknown[][]): Promise<Buffer> {
  return await writeExcelFile(rows as never).toBuffer();
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.join(",")).join("\r\n");
}

const FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";
const GIVEN = "子梓雨欣思可若芷沐书佳一安清知星艺心嘉念";

/** A name of three characters, a different one for each number below 8,000. */
export function nameOf(number: number): string {
  const at = (text: string, place: number) => text.charAt(place % text.length);
  return at(FAMILY, number) + at(GIVEN, Math.floor(number / 20)) + at(GIVEN, Math.floor(number / 400));
}

export const HEADINGS = [
  "学号",
  "姓名",
  "学籍号",
  "班级",
  "性别",
  "出生日期",
  "监护人1姓名",
  "监护人1关系",
  "监护人1电话",
  "监护人2姓名",
  "监护人2关系",
  "监护人2电话",
] as const;

/** A whole school: so many pupils in classes of fifty, each with two guardians of its own. */
export function wholeSchool(pupils: number): string[][] {
  return Array.from({ length: pupils }, (_, index) => {
    const classIndex = Math.floor(index / 50);
    const grade = "一二三四五六".charAt(classIndex % 6);
    const bornOn = `2017-${String((index % 12) + 1).padStart(2, "0")}-${String((index % 28) + 1).padStart(2, "0")}`;
    return [
      `S${String(index + 1).padStart(5, "0")}`,
      nameOf(index),
      nationalNo(bornOn, index % 1000),
      `${grade}年级${Math.floor(classIndex / 6) + 1}班`,
      (index % 1000) % 2 === 1 ? "男" : "女",
      bornOn,
      `${nameOf(index)}妈`,
      "母亲",
      `139${String(index).padStart(8, "0")}`,
      `${nameOf(index)}爸`,
      "父亲",
      `137${String(index).padStart(8, "0")}`,
    ];
  });
}
