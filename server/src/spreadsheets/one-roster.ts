/** Reads the files of a OneRoster package out of its zip. What they mean is the domain's: this knows zip and CSV. */
import Papa from "papaparse";
import type { CsvLine } from "@doudou/shared/domain/roster-import/one-roster-lines.ts";
import {
  ONE_ROSTER_FILES,
  type PackageFiles,
  tableOfOneRoster,
} from "@doudou/shared/domain/roster-import/one-roster.ts";
import { decodedText } from "./csv.ts";
import { keptText, MOST_ROWS, MOST_STAFF, NotRead, type ReadTable } from "./table-limits.ts";
import type { Unpack } from "./unpacking.ts";

/** @returns undefined where the zip is no OneRoster package: it has no manifest. @throws NotRead */
export function tableOfPackage(unpack: Unpack): ReadTable | undefined {
  const files = new Map<string, NonNullable<ReturnType<PackageFiles["get"]>>>();
  const read = (isWanted: (name: string) => boolean) => {
    for (const [path, bytes] of unpack((name) => isWanted(fileName(name))))
      files.set(fileName(path), linesOf(bytes));
  };
  read((name) => name === "manifest.csv");
  if (files.size === 0) return undefined;
  const wanted: ReadonlySet<string> = new Set(ONE_ROSTER_FILES);
  read((name) => name !== "manifest.csv" && wanted.has(name));
  const table = tableOfOneRoster(files);
  if ("refusal" in table) return table;
  const { rows, staff } = table;
  if (rows.length > MOST_ROWS || staff.length > MOST_STAFF) throw new NotRead("table-too-many-rows");
  return rows.length + staff.length === 0 ? { refusal: "table-empty" } : table;
}

/** Some programs put everything into a folder. */
function fileName(path: string): string {
  return path.toLowerCase().split("/").at(-1) ?? "";
}

function linesOf(bytes: Uint8Array): { columns: string[]; lines: CsvLine[] } {
  const { data, meta } = Papa.parse<Record<string, unknown>>(decodedText(bytes), {
    header: true,
    delimiter: ",",
    skipEmptyLines: "greedy",
    transformHeader: (heading) =>
      heading
        .replace(/^\ufeff/, "")
        .trim()
        .toLowerCase(),
  });
  const lines = data.map((line) =>
    Object.fromEntries(
      Object.entries(line).map(([column, value]) => [
        column,
        keptText(typeof value === "string" ? value.trim() : ""),
      ]),
    ),
  );
  return { columns: meta.fields ?? [], lines };
}
