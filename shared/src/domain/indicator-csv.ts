/**
 * Reads an indicator scheme from a spreadsheet saved as CSV (RFC 4180, with or without a byte-order mark).
 * Says where each mistake is; never guesses, and never gives a scheme that has one.
 */
import Papa from "papaparse";
import type { Indicator, IndicatorScheme, ObservationPoint } from "./indicators.ts";
import { type Dimension, DIMENSIONS, EVIDENCE_NEEDS, GIVERS, KINDS } from "./words.ts";

const COLUMNS = [
  "dimension",
  "indicator",
  "indicator_zh",
  "indicator_en",
  "code",
  "name_zh",
  "name_en",
  "kind",
  "beans",
  "weekly_cap",
  "who",
  "grades",
  "evidence",
] as const;
const OPTIONAL_COLUMNS = ["min_beans", "max_beans", "subjects"] as const;
type Column = (typeof COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

// The range where the table names none: one to three beans, widened where the point's own beans lie outside.
const USUAL_RANGE = { min: 1, max: 3 };

export type CsvProblem =
  | "missing-column"
  | "missing-value"
  | "unknown-value"
  | "not-a-number"
  | "out-of-range"
  | "duplicate"
  | "contradiction"
  | "malformed";

/** A mistake in the table: row as a spreadsheet counts it (the heading is row 1), the column's heading, what was found. */
export interface CsvError {
  readonly row: number;
  readonly column: string;
  readonly problem: CsvProblem;
  readonly found: string;
}

export type ParsedScheme =
  | { readonly scheme: IndicatorScheme; readonly errors: readonly [] }
  | { readonly scheme: null; readonly errors: readonly CsvError[] };

/** The scheme in a table, in the table's order, or every mistake in it. Empty rows are skipped. */
export function parseIndicatorCsv(text: string): ParsedScheme {
  const { data: table, errors: malformed } = Papa.parse<string[]>(text, { delimiter: "," });
  const errors: CsvError[] = malformed.map(({ row, code }) => ({
    row: (row ?? 0) + 1,
    column: "",
    problem: "malformed",
    found: code,
  }));
  const heading = (table[0] ?? []).map((name) => name.trim());
  for (const column of COLUMNS)
    if (!heading.includes(column)) errors.push({ row: 1, column, problem: "missing-column", found: "" });
  if (errors.length > 0) return { scheme: null, errors };

  const indicators = new Map<string, Indicator & { points: ObservationPoint[] }>();
  const codes = new Set<string>();
  table.forEach((cells, index) => {
    if (index === 0 || cells.every((cell) => cell.trim() === "")) return;
    const row = new CsvRow(index + 1, heading, cells, errors);
    const dimension = row.word("dimension", DIMENSIONS);
    const indicator = readIndicator(row, dimension);
    const point = readPoint(row);
    if (codes.has(point.code)) row.mistake("code", "duplicate", point.code);
    codes.add(point.code);
    const known = indicators.get(indicator.code);
    if (known && !isSameIndicator(known, indicator))
      row.mistake("indicator", "contradiction", indicator.code);
    if (known) known.points.push(point);
    else indicators.set(indicator.code, { ...indicator, points: [point] });
  });
  if (codes.size === 0) errors.push({ row: 2, column: "code", problem: "missing-value", found: "" });
  return errors.length > 0
    ? { scheme: null, errors }
    : { scheme: { indicators: [...indicators.values()] }, errors: [] };
}

function readIndicator(row: CsvRow, dimension: Dimension): Omit<Indicator, "points"> {
  return {
    code: row.text("indicator"),
    dimension,
    name: { zh: row.text("indicator_zh"), en: row.text("indicator_en") },
  };
}

function readPoint(row: CsvRow): ObservationPoint {
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
  };
}

function isSameIndicator(a: Omit<Indicator, "points">, b: Omit<Indicator, "points">): boolean {
  return a.dimension === b.dimension && a.name.zh === b.name.zh && a.name.en === b.name.en;
}

/** One row: gives back typed cells, and notes what is wrong with them. What it gives for a wrong cell is never used. */
class CsvRow {
  private readonly number: number;
  private readonly cells: ReadonlyMap<string, string>;
  private readonly errors: CsvError[];

  constructor(number: number, heading: readonly string[], cells: readonly string[], errors: CsvError[]) {
    this.number = number;
    this.cells = new Map(heading.map((name, index) => [name, (cells[index] ?? "").trim()]));
    this.errors = errors;
  }

  mistake(column: Column, problem: CsvProblem, found: string): void {
    this.errors.push({ row: this.number, column, problem, found });
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
      .split(";")
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
    const word = words.find((candidate) => candidate === found);
    if (word === undefined && found !== "") this.mistake(column, "unknown-value", found);
    return word;
  }
}
