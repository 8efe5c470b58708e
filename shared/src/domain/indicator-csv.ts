/**
 * Reads an indicator scheme from a spreadsheet saved as CSV (RFC 4180, with or without a byte-order mark).
 * What the cells mean is for indicator-table.ts to say.
 */
import Papa from "papaparse";
import { type ParsedIndicators, parseIndicatorTable, type TableError } from "./indicator-table.ts";
import type { Origin } from "./school-scheme.ts";

/** The indicators in a table, in the table's order, or every mistake in it. Empty rows are skipped. */
export function parseIndicatorCsv(
  text: string,
  { origin = "core" }: { readonly origin?: Origin } = {},
): ParsedIndicators {
  const { data, errors: malformed } = Papa.parse<string[]>(text, { delimiter: "," });
  const errors: TableError[] = malformed.map(({ row, code }) => {
    return { row: (row ?? 0) + 1, place: 0, column: "", problem: "malformed", found: code };
  });
  if (errors.length > 0) return { scheme: null, errors };
  return parseIndicatorTable(
    data.map((cells, index) => ({ row: index + 1, cells })),
    { origin },
  );
}
