/**
 * A scheme as a file and back: a spreadsheet with the points, or JSON with all of it. Reading one changes nothing: it says
 * what it holds, or which cells keep it from being taken, and the office saves it like any other change.
 */
import { schemeDraftOf } from "@doudou/db/repositories/indicators.ts";
import { subjectsOfSchool } from "@doudou/db/repositories/schools.ts";
import { defaultScheme } from "@doudou/db/seed/scheme.ts";
import {
  SchoolScheme as SchemeInContract,
  type SchemeFileCheck,
} from "@doudou/shared/contract/indicators.ts";
import { COLUMN_WORDS } from "@doudou/shared/domain/indicator-table-words.ts";
import { indicatorTableOf, parseIndicatorTable } from "@doudou/shared/domain/indicator-table.ts";
import type { Cell } from "@doudou/shared/domain/roster-import/cells.ts";
import { problemsOf, type SchoolScheme } from "@doudou/shared/domain/school-scheme.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { shapeOf } from "../../http/schemas.ts";
import { coreOf } from "./service.ts";

const schemeShape = shapeOf(SchemeInContract);
const MOST_PROBLEMS = 200;

/** The points of a scheme as XLSX, every cell of it text. */
export async function schemeXlsx({ indicators }: SchoolScheme, locale: Locale): Promise<Buffer> {
  const [heading = [], ...rows] = indicatorTableOf(indicators, locale);
  const text = { type: String, format: "@" } as const;
  const bold = { ...text, fontWeight: "bold", backgroundColor: "#E2EEF0" } as const;
  const table = [
    heading.map((value) => ({ ...bold, value })),
    ...rows.map((cells) => cells.map((value) => ({ ...text, value }))),
  ];
  const { default: writeExcelFile } = await import("write-excel-file/node");
  return await writeExcelFile(table, {
    columns: heading.map((name) => ({ width: /名|观测点$|Chinese|English/.test(name) ? 32 : 12 })),
    stickyRowsCount: 1,
    sheet: locale === "en" ? "Indicators" : "评价指标",
  }).toBuffer();
}

/**
 * What a file would make of the draft: a scheme that could be saved, or what keeps it from that, cell by cell. A table says
 * nothing of the five dimensions' names and stages: those stay the draft's.
 * @throws Problem scheme-draft-missing, and those of tables
 */
export async function checkSchemeFile(
  deps: Deps,
  { schoolId }: Grant,
  bytes: Uint8Array,
  locale: Locale,
): Promise<SchemeFileCheck> {
  const builtIn = await defaultScheme();
  const known = await deps.database.read(schoolId, async (store) => {
    const draft = await schemeDraftOf(store, schoolId);
    if (!draft) throw new Problem("scheme-draft-missing");
    const core = await coreOf(store, schoolId, draft.startedFrom, builtIn);
    const subjects = new Set((await subjectsOfSchool(store, schoolId)).map(({ code }) => code));
    return { draft, core, subjects };
  });
  // "{": what a table begins with nobody has seen yet.
  const isJson = bytes.find((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte)) === 0x7b;
  return isJson ? schemeInJson(bytes, known) : await schemeInTable(deps, bytes, known, locale);
}

interface Known {
  readonly draft: { readonly scheme: SchoolScheme };
  readonly core: SchoolScheme;
  readonly subjects: ReadonlySet<string>;
}

function schemeInJson(bytes: Uint8Array, known: Known): SchemeFileCheck {
  let scheme: unknown;
  try {
    scheme = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Problem("table-unreadable");
  }
  if (!schemeShape.matches(scheme)) {
    const problems = schemeShape
      .faultsOf(scheme)
      .slice(0, MOST_PROBLEMS)
      .map(({ instancePath, keyword }) => {
        return { cell: instancePath, column: "", problem: "malformed", found: keyword };
      });
    return { scheme: null, problems };
  }
  const problems = problemsOf(scheme, known).map(({ path, fault, code }) => {
    return { cell: path, column: "", problem: fault, found: code ?? "" };
  });
  return { scheme: problems.length === 0 ? scheme : null, problems: problems.slice(0, MOST_PROBLEMS) };
}

async function schemeInTable(
  deps: Deps,
  bytes: Uint8Array,
  known: Known,
  locale: Locale,
): Promise<SchemeFileCheck> {
  const table = await deps.tables.read(bytes);
  if ("refusal" in table) throw new Problem(table.refusal);
  const lines = table.rows.map(({ row, cells }) => ({ row, cells: cells.map(writtenIn) }));
  const read = parseIndicatorTable(lines, { origin: "school" });
  if (!read.scheme) {
    const problems = read.errors.slice(0, MOST_PROBLEMS).map(({ row, place, column, problem, found }) => {
      const cell = problem === "missing-column" ? "" : `${letterOf(place)}${row}`;
      return { cell, column: headingOf(column, locale), problem, found };
    });
    return { scheme: null, problems };
  }
  const { dimensions } = known.draft.scheme;
  const scheme = { dimensions, indicators: read.scheme.indicators };
  const problems = problemsOf(scheme, known).map(({ fault, code }) => {
    const row = read.rows.get(code ?? "");
    return { cell: row === undefined ? "" : `A${row}`, column: "", problem: fault, found: code ?? "" };
  });
  const kept = problems.length === 0 ? (scheme as SchemeFileCheck["scheme"]) : null;
  return { scheme: kept, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** As it is written: a full-width comma in a name stays one. A formula has no text. */
function writtenIn(cell: Cell): string {
  return typeof cell === "number" ? String(cell) : typeof cell === "string" ? cell.trim() : "";
}

function headingOf(column: string, locale: Locale): string {
  const words = Object.entries(COLUMN_WORDS).find(([name]) => name === column)?.[1];
  return words === undefined ? column : locale === "en" ? words.en : words.zh;
}

/** As a spreadsheet names its columns, of which there are at most sixty here: 0 is A, 26 is AA. */
function letterOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : `${String.fromCharCode(64 + Math.floor(place / 26))}${letter}`;
}
