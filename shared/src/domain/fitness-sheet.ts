/**
 * A class's fitness sheet as people fill it in: what the columns are called, and what a cell says. Pure; saves nothing,
 * and takes no cell for a value that cannot be one.
 */
import { FITNESS_ITEMS, type FitnessItem, isPlausible, roundedAsTested } from "./fitness.ts";
import { FITNESS_NAMES, FITNESS_UNITS } from "./fitness-words.ts";
import { plainText, type TableRow, textOf } from "./roster-import/cells.ts";
import type { Bilingual } from "./words.ts";

/** What an item is called, with its unit, as the heading of a column. */
export function fitnessHeading(item: FitnessItem): Bilingual {
  const [name, unit] = [FITNESS_NAMES[item], FITNESS_UNITS[item]];
  return { zh: `${name.zh}(${unit.zh})`, en: `${name.en} (${unit.en})` };
}

export const FITNESS_CHILD_HEADINGS = {
  studentNo: { zh: "学号", en: "Student number" },
  name: { zh: "姓名", en: "Name" },
} as const satisfies Record<string, Bilingual>;

/**
 * The number in a cell, in the item's own unit and as the standard rounds it. Minutes and seconds (1'39, 1:39, 1分39秒)
 * are seconds.
 * @returns undefined for what is no number, and for what no child can have done
 */
export function readFitnessValue(item: FitnessItem, text: string): number | undefined {
  const plain = plainText(text).replace(/\s/g, "").replace("。", ".");
  const clock = /^(\d{1,2})(?:'|’|′|:|分)(\d{1,2}(?:\.\d+)?)(?:"|”|″|''|秒)?$/.exec(plain);
  const value = clock
    ? Number(clock[1]) * 60 + Number(clock[2])
    : /^[-+]?\d+(\.\d+)?$/.test(plain)
      ? Number(plain)
      : NaN;
  if (!isPlausible(item, value)) return undefined;
  return roundedAsTested(item, value);
}

export interface SheetChild {
  readonly id: string;
  readonly name: string;
  readonly studentNo: string;
}

/** `child` nobody of the class, or more than one, is so called; `value` no value for the item. */
export type SheetDoubt = "child" | "value";

export interface FitnessSheetReading {
  readonly values: readonly {
    readonly studentId: string;
    readonly item: FitnessItem;
    readonly value: number;
  }[];
  readonly doubts: readonly {
    readonly row: number;
    readonly name: string;
    readonly item: FitnessItem | null;
    readonly found: string;
    readonly doubt: SheetDoubt;
  }[];
}

/** What a filled-in sheet says of a class's children. @returns undefined where no heading of it is known */
export function readFitnessSheet(
  rows: readonly TableRow[],
  children: readonly SheetChild[],
  items: readonly FitnessItem[],
): FitnessSheetReading | undefined {
  const head = rows.findIndex(({ cells }) => columnsIn(cells.map(textOf), items).items.length > 0);
  const heading = rows[head];
  if (!heading) return undefined;
  const columns = columnsIn(heading.cells.map(textOf), items);
  const values: FitnessSheetReading["values"][number][] = [];
  const doubts: FitnessSheetReading["doubts"][number][] = [];
  for (const { row, cells } of rows.slice(head + 1)) {
    const [studentNo, name] = [textOf(cells[columns.studentNo]), textOf(cells[columns.name])];
    const filled = columns.items.filter(({ column }) => textOf(cells[column]) !== "");
    if (filled.length === 0) continue;
    const child = childIn(children, studentNo, name);
    if (!child) {
      doubts.push({ row, name: name || studentNo, item: null, found: "", doubt: "child" });
      continue;
    }
    for (const { item, column } of filled) {
      const found = textOf(cells[column]);
      const value = readFitnessValue(item, found);
      if (value === undefined) doubts.push({ row, name: child.name, item, found, doubt: "value" });
      else values.push({ studentId: child.id, item, value });
    }
  }
  return { values, doubts };
}

function columnsIn(headings: readonly string[], items: readonly FitnessItem[]) {
  const placeOf = (words: Bilingual) => {
    const [zh, en] = [bare(words.zh), bare(words.en)];
    return headings.findIndex((heading) => [zh, en].includes(bare(heading)));
  };
  return {
    studentNo: placeOf(FITNESS_CHILD_HEADINGS.studentNo),
    name: placeOf(FITNESS_CHILD_HEADINGS.name),
    items: FITNESS_ITEMS.filter((item) => items.includes(item)).flatMap((item) => {
      const column = placeOf(FITNESS_NAMES[item]);
      return column === -1 ? [] : [{ item, column }];
    }),
  };
}

/** Without the unit in brackets: 身高 is as good as 身高(厘米). */
function bare(heading: string): string {
  return plainText(heading)
    .toLowerCase()
    .replace(/\(.*\)/, "")
    .replace(/\s/g, "");
}

/** The number tells; without one, a name that only one child has. */
function childIn(children: readonly SheetChild[], studentNo: string, name: string): SheetChild | undefined {
  if (studentNo !== "") return children.find((child) => child.studentNo === studentNo);
  const so = children.filter((child) => plainText(child.name) === name);
  return so.length === 1 ? so[0] : undefined;
}
