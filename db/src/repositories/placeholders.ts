/**
 * Conditions and lists of hot statements, which are built once and asked with other values each time. Building one costs
 * Drizzle several times what SQLite takes to run it.
 */
import { and, type AnyColumn, eq, sql, type Placeholder } from "drizzle-orm";

/** Whether a row is about the child that `{ schoolId, studentId }` names when the statement is run. */
export function isOfAskedChild(table: { readonly schoolId: AnyColumn; readonly studentId: AnyColumn }) {
  return and(
    eq(table.schoolId, sql.placeholder("schoolId")),
    eq(table.studentId, sql.placeholder("studentId")),
  );
}

/** Ids as placeholders of a statement that is one of a few, whatever their number. */
export interface AskedIds {
  /** Belongs into the statement's key. */
  readonly size: number;
  readonly placeholders: Placeholder[];
  readonly values: Readonly<Record<string, string>>;
}

/** @param ids at least one; the statement has room for 1, 4, 16, 64 … of them */
export function askedIds(ids: readonly string[]): AskedIds {
  let size = 1;
  while (size < ids.length) size *= 4;
  const numbers = Array.from({ length: size }, (_, number) => number);
  return {
    size,
    placeholders: numbers.map((number) => sql.placeholder(`id${number}`)),
    // What is over is filled with the first: asked for twice, found once.
    values: Object.fromEntries(numbers.map((number) => [`id${number}`, ids[number] ?? ids[0] ?? ""])),
  };
}
