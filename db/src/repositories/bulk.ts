/**
 * Many rows at once: in statements small enough for both engines' limits on parameters, and of few different lengths,
 * so that each is compiled once. Knows nothing of any table.
 */
import { sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Preparable, Store } from "../engines/database.ts";

/** Ids in one statement. */
const IDS_AT_ONCE = 500;

/** Rows in one statement: as many as fit, then the rest in fewer. The widest table has 18 columns. */
const STATEMENT_ROWS = [128, 16, 1] as const;

/** Adds rows to a table. */
export async function insertRows<T extends SQLiteTable>(
  store: Store,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  for (const part of inParts(rows)) await store.db.insert(table).values(part);
}

/**
 * Adds rows to a table by statements built once, for tables that are filled by the hundred thousand.
 * @param key names the statement in the whole product
 * @param rows each with the same columns; an instant must not be null
 * @param build the insert for so many rows of placeholders
 */
export async function insertManyRows<R extends object>(
  store: Store,
  key: string,
  rows: readonly R[],
  build: (placeholders: R[]) => Preparable,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  // In one order, whoever made the rows: the statement is the same for all.
  const columns = Object.keys(first).sort() as (keyof R & string)[];
  for (const part of inParts(rows)) {
    const statement = store.prepared(`${key}/${part.length}`, () =>
      build(placeholdersFor<R>(columns, part.length)),
    );
    // Placeholders are numbered through: names of their own would cost more than the insert.
    const values: Record<string, unknown> = {};
    let number = 0;
    for (const row of part) for (const column of columns) values[number++] = row[column];
    await statement.execute(values);
  }
}

function placeholdersFor<R extends object>(columns: readonly (keyof R & string)[], count: number): R[] {
  let number = 0;
  return Array.from(
    { length: count },
    () => Object.fromEntries(columns.map((column) => [column, sql.placeholder(String(number++))])) as R,
  );
}

function* inParts<R>(rows: readonly R[]): Generator<R[]> {
  let from = 0;
  for (const size of STATEMENT_ROWS) {
    for (; rows.length - from >= size; from += size) yield rows.slice(from, from + size);
  }
}

/** Many ids in portions that one statement can name. */
export function* portionsOf<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += IDS_AT_ONCE) yield all.slice(from, from + IDS_AT_ONCE);
}
