/** Which tables point at which: read off the schema, so that no table can be forgotten. Knows no table by name. */
import { getTableColumns } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { type Tables, tables } from "./tables.ts";

/** Columns of all tables that are foreign keys to a table's id. */
export function pointersTo(to: keyof Tables): { readonly table: keyof Tables; readonly column: string }[] {
  const all = Object.entries(tables) as [keyof Tables, SQLiteTable][];
  const target = all.find(([name]) => name === to)?.[1];
  return all.flatMap(([name, table]) => {
    const columns = Object.entries(getTableColumns(table));
    return getTableConfig(table)
      .foreignKeys.map((key) => key.reference())
      .filter(({ foreignTable }) => foreignTable === target)
      .flatMap((reference) => {
        const pointing = reference.columns.at(-1)?.name;
        const column = columns.find(([, { name: inDatabase }]) => inDatabase === pointing)?.[0];
        return column === undefined ? [] : [{ table: name, column }];
      });
  });
}
