/**
 * Rows of the first visible sheet of an XLSX file: values as they are stored, dates as days, merged cells filled in,
 * formulas marked and never evaluated. Unpacks only the parts it reads.
 * @source ECMA-376 part 1: 18.2 (workbook), 18.3.1 (worksheet), 18.4.9 (shared strings), 18.8.30 (number formats)
 */
import { strFromU8 } from "fflate";
import { Parser } from "saxen";
import { type Cell, dayOfSerial, type TableRow } from "@doudou/shared/domain/roster-import/cells.ts";
import { keptText, MOST_COLUMNS, MOST_ROWS, NotRead } from "./table-limits.ts";
import type { Unpack } from "./unpacking.ts";

type Attributes = Readonly<Record<string, string>>;
interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** @throws NotRead */
export function rowsOfXlsx(unpackBytes: Unpack): TableRow[] {
  const unpack = (isWanted: (name: string) => boolean) =>
    new Map([...unpackBytes(isWanted)].map(([name, part]) => [name, strFromU8(part)]));
  const parts = unpack((name) =>
    /^xl\/(workbook|styles|sharedStrings)\.xml$|^xl\/_rels\/workbook\.xml\.rels$/i.test(name),
  );
  const workbook = parts.get("xl/workbook.xml");
  if (workbook === undefined) throw new NotRead("table-kind-not-taken");
  const { sheet, countsFrom1904 } = firstSheet(workbook, parts.get("xl/_rels/workbook.xml.rels") ?? "");
  const xml = unpack((name) => name.toLowerCase() === sheet).get(sheet);
  if (xml === undefined) throw new NotRead("table-unreadable");
  return new SheetReading({
    strings: sharedStrings(parts.get("xl/sharedstrings.xml") ?? ""),
    isDateStyle: dateStyles(parts.get("xl/styles.xml") ?? ""),
    countsFrom1904,
  }).rows(xml);
}

function firstSheet(workbook: string, relations: string): { sheet: string; countsFrom1904: boolean } {
  let id: string | undefined;
  let countsFrom1904 = false;
  eachTag(workbook, (name, attributes) => {
    if (name === "workbookPr") countsFrom1904 = /^(1|true)$/.test(attributes["date1904"] ?? "");
    const isHidden = /hidden/i.test(attributes["state"] ?? "");
    if (name === "sheet" && !isHidden) id ??= attributes["r:id"] ?? attributes["id"];
  });
  let target = "worksheets/sheet1.xml";
  eachTag(relations, (name, attributes) => {
    if (name === "Relationship" && attributes["Id"] === id) target = attributes["Target"] ?? target;
  });
  const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  return { sheet: path.toLowerCase(), countsFrom1904 };
}

function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let text = "";
  let isText = false;
  let isPhonetic = false;
  parsed(xml, {
    open: (name) => {
      if (name === "si") text = "";
      if (name === "rPh") isPhonetic = true;
      isText = name === "t";
    },
    text: (part) => {
      if (isText && !isPhonetic) text += part;
    },
    close: (name) => {
      if (name === "si") strings.push(keptText(text));
      if (name === "rPh") isPhonetic = false;
      if (name === "t") isText = false;
    },
  });
  return strings;
}

/** Number formats 14 to 22 and those of East Asia are dates; of a file's own, those that name year, month or day. */
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

function dateStyles(xml: string): boolean[] {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isCellFormat = false;
  parsed(xml, {
    open: (name, attributes) => {
      if (name === "numFmt") {
        const { numFmtId, formatCode = "" } = attributes();
        const bare = formatCode.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, "");
        own.set(Number(numFmtId), /[yd]/i.test(bare) && !/[0#?]/.test(bare));
      }
      if (name === "cellXfs") isCellFormat = true;
      if (name === "xf" && isCellFormat) {
        const format = Number(attributes()["numFmtId"] ?? 0);
        styles.push(own.get(format) ?? BUILT_IN_DATES.has(format));
      }
    },
    close: (name) => {
      if (name === "cellXfs") isCellFormat = false;
    },
  });
  return styles;
}

interface Workbook {
  readonly strings: readonly string[];
  readonly isDateStyle: readonly boolean[];
  readonly countsFrom1904: boolean;
}

interface OpenCell {
  readonly type: string;
  readonly style: number;
  value: string;
  isFormula: boolean;
}

/** One sheet, being read from its first tag to its last. */
class SheetReading {
  readonly #workbook: Workbook;
  readonly #rows = new Map<number, Cell[]>();
  readonly #merges: Merge[] = [];
  #row = 0;
  #column = -1;
  #cell: OpenCell | undefined;
  #inside = "";
  #isPhonetic = false;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  rows(xml: string): TableRow[] {
    parsed(xml, {
      open: (name, attributes) => this.#open(name, attributes),
      text: (text) => {
        if (this.#cell && (this.#inside === "v" || (this.#inside === "t" && !this.#isPhonetic)))
          this.#cell.value += text;
      },
      close: (name) => this.#close(name),
    });
    for (const merge of this.#merges) this.#fill(merge);
    return [...this.#rows]
      .map(([row, cells]) => ({ row, cells: withoutEmptyEnd(cells) }))
      .filter(({ cells }) => cells.length > 0)
      .sort((one, other) => one.row - other.row);
  }

  #open(name: string, attributes: () => Attributes): void {
    this.#inside = name;
    if (name === "row") {
      const { r } = attributes();
      this.#row = r === undefined ? this.#row + 1 : Number(r);
      this.#column = -1;
    } else if (name === "c") {
      const { r, t = "n", s } = attributes();
      this.#column = r === undefined ? this.#column + 1 : placeOf(r).column;
      this.#cell = { type: t, style: Number(s ?? 0), value: "", isFormula: false };
    } else if (name === "f" && this.#cell) {
      this.#cell.isFormula = true;
    } else if (name === "rPh") {
      this.#isPhonetic = true;
    } else if (name === "mergeCell") {
      const [from = "", to = from] = (attributes()["ref"] ?? "").split(":");
      const [first, last] = [placeOf(from), placeOf(to)];
      this.#merges.push({ top: first.row, bottom: last.row, left: first.column, right: last.column });
    }
  }

  #close(name: string): void {
    this.#inside = "";
    if (name === "rPh") this.#isPhonetic = false;
    if (name !== "c" || !this.#cell) return;
    const value = this.#valueOf(this.#cell);
    this.#cell = undefined;
    if (value !== null) this.#put(this.#row, this.#column, value);
  }

  #valueOf({ type, style, value, isFormula }: OpenCell): Cell {
    if (isFormula) return { isFormula: true };
    if (value === "") return null;
    if (type === "s") return this.#workbook.strings[Number(value)] ?? null;
    if (type === "d") return value.slice(0, 10);
    if (type === "b") return value === "1" ? "TRUE" : "FALSE";
    if (type === "e") return null;
    if (type !== "n") return keptText(value);
    const number = Number(value);
    if (!Number.isFinite(number)) return keptText(value);
    if (!this.#workbook.isDateStyle[style]) return number;
    return dayOfSerial(number, this.#workbook.countsFrom1904) ?? number;
  }

  #put(row: number, column: number, value: Cell): void {
    if (column >= MOST_COLUMNS) throw new NotRead("table-too-many-columns");
    let cells = this.#rows.get(row);
    if (!cells) {
      if (this.#rows.size >= MOST_ROWS) throw new NotRead("table-too-many-rows");
      this.#rows.set(row, (cells = []));
    }
    while (cells.length < column) cells.push(null);
    cells[column] = value;
  }

  /** What is merged shows its first cell everywhere; so it says the same everywhere. Only rows that have something of their own. */
  #fill({ top, bottom, left, right }: Merge): void {
    const value = this.#rows.get(top)?.[left];
    if (value === undefined || value === null) return;
    for (const [row, cells] of this.#rows) {
      if (row < top || row > bottom) continue;
      for (let column = left; column <= Math.min(right, MOST_COLUMNS - 1); column += 1)
        if (cells[column] === undefined || cells[column] === null) this.#put(row, column, value);
    }
  }
}

function withoutEmptyEnd(cells: Cell[]): Cell[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === null) length -= 1;
  return cells.slice(0, length);
}

/** `B7`: column 1, row 7. */
function placeOf(address: string): { row: number; column: number } {
  const [, letters = "", row = "0"] = /^\$?([A-Z]+)\$?(\d+)$/i.exec(address) ?? [];
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(row), column: column - 1 };
}

function eachTag(xml: string, found: (name: string, attributes: Attributes) => void): void {
  parsed(xml, { open: (name, attributes) => found(name, attributes()) });
}

/** Goes through XML without namespaces' prefixes. Entities of its own make a document, here, one that is not read. */
function parsed(
  xml: string,
  listen: {
    readonly open?: (name: string, attributes: () => Attributes) => void;
    readonly close?: (name: string) => void;
    readonly text?: (text: string) => void;
  },
): void {
  if (xml === "") return;
  if (xml.includes("<!DOCTYPE")) throw new NotRead("table-unreadable");
  const local = (name: string) => name.slice(name.indexOf(":") + 1);
  new Parser()
    .on("openTag", (name, attributes, decode) =>
      listen.open?.(local(name), () =>
        Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [key, decode(value)])),
      ),
    )
    .on("closeTag", (name) => listen.close?.(local(name)))
    .on("text", (text, decode) => listen.text?.(decode(text)))
    .on("cdata", (text) => listen.text?.(text))
    .on("error", () => {
      throw new NotRead("table-unreadable");
    })
    .parse(xml);
}
