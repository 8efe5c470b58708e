/**
 * An indicator scheme as a table: one row an observation point, with headings and words in Chinese, in English or as the
 * product calls them. Says where each mistake is; never guesses, and never gives a scheme that has one.
 */
import { GROUP_SYMBOLS } from "./groups.ts";
import {
  COLUMN_WORDS,
  type Column,
  COLUMNS,
  OPTIONAL_COLUMNS,
  wordIn,
  wordMeant,
} from "./indicator-table-words.ts";
import { type Origin, ORIGINS, type SchemeIndicator, type SchemePoint } from "./school-scheme.ts";
import { type Dimension, DIMENSIONS, EVIDENCE_NEEDS, GIVERS, KINDS, type Locale } from "./words.ts";

// The range where the table names none: one to three beans, widened where the point's own beans lie outside.
const USUAL_RANGE = { min: 1, max: 3 };
const BETWEEN = /[;；、]/;

export type TableProblem =
  | "missing-column"
  | "missing-value"
  | "unknown-value"
  | "not-a-number"
  | "out-of-range"
  | "duplicate"
  | "contradiction"
  | "malformed";

/**
 * A mistake in the table: row as a spreadsheet counts it (the heading is row 1), the column's place from 0 and its name,
 * and what was found.
 */
export interface TableError {
  readonly row: number;
  readonly place: number;
  readonly column: string;
  readonly problem: TableProblem;
  readonly found: string;
}

export type ParsedIndicators =
  | {
      readonly scheme: { readonly indicators: readonly SchemeIndicator[] };
      /** The row of each point, by its code. */
      readonly rows: ReadonlyMap<string, number>;
      readonly errors: readonly [];
    }
  | { readonly scheme: null; readonly errors: readonly TableError[] };

/**
 * The indicators in a table, in the table's order, or every mistake in it. Empty rows are skipped.
 * @param lines the heading first
 * @param options the origin of what does not say where it comes from
 */
export function parseIndicatorTable(
  lines: readonly { readonly row: number; readonly cells: readonly string[] }[],
  { origin }: { readonly origin: Origin },
): ParsedIndicators {
  const errors: TableError[] = [];
  const [first, ...rest] = lines;
  const heading = (first?.cells ?? []).map((name) => columnMeant(name));
  for (const column of COLUMNS)
    if (!heading.includes(column))
      errors.push({ row: first?.row ?? 1, place: 0, column, problem: "missing-column", found: "" });
  if (errors.length > 0) return { scheme: null, errors };

  const indicators = new Map<string, SchemeIndicator & { points: SchemePoint[] }>();
  const rows = new Map<string, number>();
  for (const { row: number, cells } of rest) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    const row = new Row(number, heading, cells, errors);
    const point = readPoint(row, origin);
    const indicator = readIndicator(row, row.word("dimension", DIMENSIONS), origin);
    if (rows.has(point.code)) row.mistake("code", "duplicate", point.code);
    rows.set(point.code, number);
    const known = indicators.get(indicator.code);
    if (known && !isSameIndicator(known, indicator))
      row.mistake("indicator", "contradiction", indicator.code);
    if (known) known.points.push(point);
    else indicators.set(indicator.code, { ...indicator, points: [point] });
  }
  if (rows.size === 0) errors.push({ row: 2, place: 0, column: "code", problem: "missing-value", found: "" });
  return errors.length > 0
    ? { scheme: null, errors }
    : { scheme: { indicators: [...indicators.values()] }, rows, errors: [] };
}

/** The scheme's points as rows under a heading, in a language; `parseIndicatorTable` reads them back as they were. */
export function indicatorTableOf(indicators: readonly SchemeIndicator[], locale: Locale): string[][] {
  const columns = [...COLUMNS, ...OPTIONAL_COLUMNS];
  const heading = columns.map((column) => COLUMN_WORDS[column][locale === "en" ? "en" : "zh"]);
  const rows = indicators.flatMap((indicator) =>
    indicator.points.map((point) => {
      const cells = cellsOf(indicator, point, locale);
      return columns.map((column) => cells[column]);
    }),
  );
  return [heading, ...rows];
}

function cellsOf(indicator: SchemeIndicator, point: SchemePoint, locale: Locale): Record<Column, string> {
  const word = (text: string) => wordIn(text, locale);
  const { gradeFrom: from, gradeTo: to } = point;
  return {
    dimension: word(indicator.dimension),
    indicator: indicator.code,
    indicator_zh: indicator.name.zh,
    indicator_en: indicator.name.en,
    code: point.code,
    name_zh: point.name.zh,
    name_en: point.name.en,
    kind: word(point.kind),
    beans: String(point.beans),
    weekly_cap: String(point.weeklyCap),
    who: point.who.map(word).join(";"),
    grades: from === to ? String(from) : `${from}-${to}`,
    evidence: word(point.evidence),
    min_beans: String(point.minBeans),
    max_beans: String(point.maxBeans),
    subjects: point.subjects.join(";"),
    icon: point.icon ?? "",
    origin: word(point.origin),
    indicator_origin: word(indicator.origin),
  };
}

function readIndicator(row: Row, dimension: Dimension, origin: Origin): Omit<SchemeIndicator, "points"> {
  return {
    code: row.text("indicator"),
    dimension,
    name: { zh: row.text("indicator_zh"), en: row.text("indicator_en") },
    origin: row.has("indicator_origin") ? row.word("indicator_origin", ORIGINS) : origin,
  };
}

function readPoint(row: Row, origin: Origin): SchemePoint {
  const beans = row.count("beans", 0);
  const minBeans = row.has("min_beans") ? row.count("min_beans", 0) : Math.min(USUAL_RANGE.min, beans);
  const maxBeans = row.has("max_beans") ? row.count("max_beans", 0) : Math.max(USUAL_RANGE.max, beans);
  if (beans < minBeans || beans > maxBeans) row.mistake("beans", "out-of-range", String(beans));
  const [gradeFrom, gradeTo] = row.grades("grades");
  return {
    code: row.text("code"),
    name: { zh: row.text("name_zh"), en: row.text("name_en") },
    kind: row.word("kind", KINDS),
    beans,
    minBeans,
    maxBeans,
    weeklyCap: row.count("weekly_cap", 1),
    who: row.words("who", GIVERS),
    gradeFrom,
    gradeTo,
    subjects: row.list("subjects"),
    evidence: row.word("evidence", EVIDENCE_NEEDS),
    origin: row.has("origin") ? row.word("origin", ORIGINS) : origin,
    icon: row.has("icon") ? row.word("icon", GROUP_SYMBOLS) : null,
  };
}

function isSameIndicator(a: Omit<SchemeIndicator, "points">, b: Omit<SchemeIndicator, "points">): boolean {
  return (
    a.dimension === b.dimension && a.name.zh === b.name.zh && a.name.en === b.name.en && a.origin === b.origin
  );
}

function columnMeant(heading: string): Column | undefined {
  const plain = heading.trim().toLowerCase();
  const columns: readonly Column[] = [...COLUMNS, ...OPTIONAL_COLUMNS];
  return columns.find((column) =>
    [column, COLUMN_WORDS[column].zh, COLUMN_WORDS[column].en].some((word) => word.toLowerCase() === plain),
  );
}

/** One row: gives back typed cells, and notes what is wrong with them. What it gives for a wrong cell is never used. */
class Row {
  private readonly number: number;
  private readonly heading: readonly (Column | undefined)[];
  private readonly cells: ReadonlyMap<Column | undefined, string>;
  private readonly errors: TableError[];

  constructor(
    number: number,
    heading: readonly (Column | undefined)[],
    cells: readonly string[],
    errors: TableError[],
  ) {
    this.number = number;
    this.heading = heading;
    this.cells = new Map(heading.map((column, index) => [column, (cells[index] ?? "").trim()]));
    this.errors = errors;
  }

  mistake(column: Column, problem: TableProblem, found: string): void {
    const place = Math.max(0, this.heading.indexOf(column));
    this.errors.push({ row: this.number, place, column, problem, found });
  }

  has(column: Column): boolean {
    return (this.cells.get(column) ?? "") !== "";
  }

  text(column: Column): string {
    if (!this.has(column)) this.mistake(column, "missing-value", "");
    return this.cells.get(column) ?? "";
  }

  word<T extends string>(column: Column, words: readonly [T, ...T[]]): T {
    return this.known(column, this.text(column), words) ?? words[0];
  }

  words<T extends string>(column: Column, words: readonly [T, ...T[]]): T[] {
    const listed = this.list(column);
    if (listed.length === 0) this.mistake(column, "missing-value", this.cells.get(column) ?? "");
    return listed.flatMap((found) => this.known(column, found, words) ?? []);
  }

  list(column: Column): string[] {
    return (this.cells.get(column) ?? "")
      .split(BETWEEN)
      .map((part) => part.trim())
      .filter((part) => part !== "");
  }

  count(column: Column, least: number): number {
    const found = this.text(column);
    if (found !== "" && !/^\d{1,4}$/.test(found)) this.mistake(column, "not-a-number", found);
    else if (found !== "" && Number(found) < least) this.mistake(column, "out-of-range", found);
    return Number(found) || 0;
  }

  /** `3-9` or `3`. */
  grades(column: Column): [number, number] {
    const found = this.text(column);
    const parts = /^([1-9])(?:-([1-9]))?$/.exec(found);
    const [from, to] = [Number(parts?.[1] ?? 1), Number(parts?.[2] ?? parts?.[1] ?? 9)];
    if (found !== "" && (!parts || from > to)) this.mistake(column, "out-of-range", found);
    return [from, to];
  }

  private known<T extends string>(column: Column, found: string, words: readonly T[]): T | undefined {
    const word = words.find((candidate) => wordMeant(candidate, found));
    if (word === undefined && found !== "") this.mistake(column, "unknown-value", found);
    return word;
  }
}
