/**
 * Rows of a CSV file in the encodings schools have: UTF-8, with or without a byte-order mark, UTF-16 with one, and
 * GB18030, which takes in GBK and GB2312. Evaluates nothing.
 */
import Papa from "papaparse";
import type { Cell, TableRow } from "@doudou/shared/domain/roster-import/cells.ts";
import { keptText, MOST_COLUMNS, MOST_ROWS, NotRead } from "./table-limits.ts";

/** @throws NotRead */
export function rowsOfCsv(bytes: Uint8Array): TableRow[] {
  const rows: TableRow[] = [];
  let row = 0;
  Papa.parse<string[]>(decodedText(bytes), {
    delimitersToGuess: [",", "\t", ";", "|"],
    step: ({ data }) => {
      row += 1;
      const cells = data.map(cellOf);
      while (cells.at(-1) === null) cells.pop();
      if (cells.length === 0) return;
      if (cells.length > MOST_COLUMNS) throw new NotRead("table-too-many-columns");
      if (rows.length >= MOST_ROWS) throw new NotRead("table-too-many-rows");
      rows.push({ row, cells });
    },
  });
  return rows;
}

/** Text in one of these encodings; strictly UTF-8 first, for which text in GB18030 hardly ever passes. @throws NotRead */
export function decodedText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "";
  for (const encoding of marked === "" ? ["utf-8", "gb18030"] : [marked]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch {
      // Not in this encoding.
    }
  }
  throw new NotRead("table-kind-not-taken");
}

/** `="00123"` is how some programs write text that is not to become a number; anything else behind = is a formula. */
function cellOf(text: string): Cell {
  if (text.trim() === "") return null;
  const literal = /^="([^"]*)"$/.exec(text.trim())?.[1];
  if (literal !== undefined) return keptText(literal);
  return text.trimStart().startsWith("=") ? { isFormula: true } : keptText(text);
}
