/** Lists that are read page by page, each from where the last one ended. */
import { type Column, type Placeholder, type SQL, sql } from "drizzle-orm";

/**
 * That a row comes after a place in a list, told by the columns that order it, the first before the others. As one comparison
 * of rows, since that is where an index is entered; by "less, or equal and less" every earlier page is walked through again.
 * @param way how the list goes: all columns one way
 */
export function comesAfter(
  way: "up" | "down",
  columns: readonly Column[],
  place: readonly (string | number | Date | Placeholder)[],
): SQL {
  const row = (parts: readonly unknown[]) =>
    sql.join(
      parts.map((part) => sql`${part}`),
      sql`, `,
    );
  return sql`(${row(columns)}) ${sql.raw(way === "up" ? ">" : "<")} (${row(place)})`;
}
