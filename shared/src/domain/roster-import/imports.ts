/** What is kept of an import between its dry run and the day it can no longer be undone. */
import type { PostOutcome, RowOutcome, StaffOutcome } from "./fields.ts";

/** Rows of each outcome; and, once undone, rows that were left as they are. The same of staff, where the file brings any. */
export type ImportCounts = Readonly<Record<RowOutcome | "kept", number>> & { readonly staff?: StaffCounts };

/** Staff by outcome; their posts, with those of the school that the file does not name, which stay as they are. */
export type StaffCounts = Readonly<Record<StaffOutcome | "kept", number>> & {
  readonly posts: Readonly<Record<PostOutcome | "missing", number>>;
};

/** So long an applied import can be undone; then its rows are deleted. */
export const UNDO_DAYS = 30;
/** So long a dry run waits to be applied. */
export const DRY_RUN_DAYS = 1;
