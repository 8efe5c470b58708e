/** How large a table may be, and why one is not read. Beyond any school; far from what would hurt the server. */
import type { TableRow } from "@doudou/shared/domain/roster-import/cells.ts";
import type { OneRosterSource, TableShape } from "@doudou/shared/domain/roster-import/columns.ts";
import type { OneRosterRefusal } from "@doudou/shared/domain/roster-import/one-roster.ts";
import type { StaffEntry } from "@doudou/shared/domain/roster-import/one-roster-staff.ts";

export const LARGEST_FILE = 20 * 1024 * 1024;
/** Of what a file is unpacked to. Twenty thousand rows of sixty columns are a third of it. */
export const LARGEST_UNPACKED = 120 * 1024 * 1024;
/** A spreadsheet packs to a tenth; a thousandth is somebody's joke. Small parts may be as repetitive as they like. */
export const HIGHEST_RATIO = 200;
export const RATIO_COUNTS_FROM = 1024 * 1024;
export const MOST_ROWS = 20_000;
export const MOST_STAFF = 2000;
export const MOST_COLUMNS = 60;
const LONGEST_TEXT = 500;

export const TABLE_REFUSALS = [
  "table-kind-not-taken",
  "table-old-excel",
  "table-unreadable",
  "table-unpacks-too-large",
  "table-too-many-rows",
  "table-too-many-columns",
  "table-empty",
] as const;
export type TableRefusal = (typeof TABLE_REFUSALS)[number];

/** A table with the shape it is known to have, where it is, and the staff of a package; or why it is not read, and what of it is at fault. */
export type ReadTable =
  | {
      readonly rows: readonly TableRow[];
      readonly shape?: TableShape;
      readonly oneRoster?: OneRosterSource;
      readonly staff?: readonly StaffEntry[];
    }
  | { readonly refusal: TableRefusal | OneRosterRefusal; readonly places?: readonly string[] };

/** The text of a cell, as far as it is kept: nothing that one of the engines cannot keep. */
export function keptText(text: string): string {
  return text.slice(0, LONGEST_TEXT).toWellFormed().replaceAll("\0", "");
}

/** Stops reading, with the reason. */
export class NotRead extends Error {
  override readonly name = "NotRead";
  readonly refusal: TableRefusal;

  constructor(refusal: TableRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}
