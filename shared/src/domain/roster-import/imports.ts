/** What is kept of an import between its dry run and the day it can no longer be undone. */
import type { RowOutcome } from "./fields.ts";

/** Rows of each outcome; and, once undone, rows that were left as they are. */
export type ImportCounts = Readonly<Record<RowOutcome | "kept", number>>;

/** So long an applied import can be undone; then its rows are deleted. */
export const UNDO_DAYS = 30;
/** So long a dry run waits to be applied. */
export const DRY_RUN_DAYS = 1;
