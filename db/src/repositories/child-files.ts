/**
 * What holds for every file that may show or sound like a child, whichever table keeps it: consent to photos withdrawn after
 * it came takes it away, all but papers. Conditions and names only; never reads or writes by itself.
 */
import { and, type AnyColumn, eq, gt, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

interface FileColumns {
  readonly schoolId: AnyColumn;
  readonly studentId: AnyColumn;
  readonly kind: AnyColumn;
  readonly removedAt: AnyColumn;
}

/** Its files are gone, or consent was withdrawn since `cameAt`. */
export function isRemovedFile(file: FileColumns, cameAt: AnyColumn, store: Store) {
  const { consent: c } = store.tables;
  const withdrawn = store.db
    .select({ one: sql`1` })
    .from(c)
    .where(
      and(
        eq(c.schoolId, file.schoolId),
        eq(c.studentId, file.studentId),
        eq(c.purpose, "photo"),
        gt(c.withdrawnAt, cameAt),
      ),
    );
  return sql`(${file.removedAt} is not null or (${file.kind} <> 'pdf' and exists ${withdrawn}))`.mapWith(
    Boolean,
  );
}

/** For a file joined to its child's consents: still there although one was withdrawn since `cameAt`. */
export function isToBeRemoved(file: FileColumns, cameAt: AnyColumn, store: Store, schoolId: string) {
  const { consent: c } = store.tables;
  return and(
    eq(c.schoolId, schoolId),
    eq(c.purpose, "photo"),
    isNotNull(c.withdrawnAt),
    gt(c.withdrawnAt, cameAt),
    isNull(file.removedAt),
    ne(file.kind, "pdf"),
  );
}

/** Each name on the disk once. */
export function namesOf(
  files: readonly { readonly fileName: string; readonly smallFileName: string }[],
): string[] {
  return [...new Set(files.flatMap(({ fileName, smallFileName }) => [fileName, smallFileName]))];
}
