/**
 * The PostgreSQL tables, derived from the SQLite tables so that every table is written once.
 * Columns keep their names in code and in the database. What is not known here fails at start-up, never silently.
 */
import { Column, SQL, is } from "drizzle-orm";
import {
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  timestamp,
  uniqueIndex,
  type PgColumn,
  type PgColumnBuilderBase,
  type PgTable,
  type PgTableExtraConfigValue,
} from "drizzle-orm/pg-core";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { getTableColumns } from "drizzle-orm/utils";
import type { Tables } from "../schema/tables.ts";

/** Sorted and compared byte by byte, as SQLite does, whatever the language of the database server. */
const text = customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"' });

/** @throws Error for a column kind, constraint or index that has no counterpart here */
export function derivePostgresTables<T extends Record<string, SQLiteTable>>(
  source: T,
): Record<keyof T, PgTable> {
  const derived = new Map<string, PgTable>();
  const counterpart = (table: SQLiteTable): PgTable => {
    const found = derived.get(getTableConfig(table).name);
    if (!found) throw new Error(`Table ${getTableConfig(table).name} is referred to but not derived.`);
    return found;
  };
  const result = Object.entries(source).map(([key, table]) => {
    const postgres = deriveTable(table, counterpart);
    derived.set(getTableConfig(table).name, postgres);
    return [key, postgres] as const;
  });
  return Object.fromEntries(result) as Record<keyof T, PgTable>;
}

/** The same tables, typed as repositories know them: they use only what both dialects share. */
export function asRepositoriesKnowThem(derived: Record<keyof Tables, PgTable>): Tables {
  return derived as unknown as Tables;
}

function deriveTable(table: SQLiteTable, counterpart: (table: SQLiteTable) => PgTable): PgTable {
  const config = getTableConfig(table);
  if (config.uniqueConstraints.length > 0) throw new Error(`${config.name}: use uniqueIndex, not unique().`);
  const builders = Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([key, column]) => [
      key,
      deriveColumn(config.name, column as SQLiteColumn),
    ]),
  );
  return pgTable(config.name, builders, (self) => {
    const own = new Map(Object.values(self).map((column) => [column.name, column as PgColumn]));
    const toOwn = (column: Column): PgColumn => pick(own, column.name, config.name);
    return [
      ...config.primaryKeys.map((key) =>
        primaryKey({ name: `${config.name}_pkey`, columns: atLeastOne(key.columns.map(toOwn)) }),
      ),
      ...config.indexes.map(({ config: { name, unique, columns, where } }) => {
        const builder = (unique ? uniqueIndex(name) : index(name)).on(
          ...atLeastOne(columns.map((part) => (is(part, SQL) ? rebuilt(part, toOwn) : toOwn(part)))),
        );
        return where ? builder.where(rebuilt(where, toOwn)) : builder;
      }),
      ...config.foreignKeys.map((key): PgTableExtraConfigValue => {
        const { columns, foreignColumns, foreignTable } = key.reference();
        const target = new Map(
          Object.values(getTableColumns(counterpart(foreignTable))).map((c) => [c.name, c]),
        );
        const builder = foreignKey({
          name: foreignKeyName(config.name, names(columns)),
          columns: atLeastOne(columns.map(toOwn)),
          foreignColumns: atLeastOne(foreignColumns.map((column) => pick(target, column.name, config.name))),
        });
        if (key.onDelete) builder.onDelete(key.onDelete);
        if (key.onUpdate) builder.onUpdate(key.onUpdate);
        return builder;
      }),
      ...config.checks.map(({ name, value }) => check(name, rebuilt(value, toOwn))),
    ];
  });
}

/** `award_student_id_fkey`: of a key that is paired with the school, the school goes without saying. */
function foreignKeyName(table: string, columns: readonly string[]): string {
  const telling = columns.length === 1 ? columns : columns.filter((name) => name !== "school_id");
  const name = [table, ...telling, "fkey"].join("_");
  // PostgreSQL would cut it off, and two keys might then have one name.
  if (name.length > 63) throw new Error(`${name} is too long for a name.`);
  return name;
}

const names = (columns: readonly Column[]): string[] => columns.map(({ name }) => name);

function deriveColumn(table: string, column: SQLiteColumn): PgColumnBuilderBase {
  const where = `${table}.${column.name}`;
  if (column.generated || column.generatedIdentity)
    throw new Error(`${where}: generated columns are not derived.`);
  if (column.isUnique) throw new Error(`${where}: use uniqueIndex, not unique().`);
  const builder = builderFor(where, column);
  if (column.notNull) builder.notNull();
  if (column.primary) builder.primaryKey();
  if (column.defaultFn) builder.$defaultFn(column.defaultFn as never);
  if (column.onUpdateFn) builder.$onUpdateFn(column.onUpdateFn as never);
  if (column.default !== undefined) {
    if (is(column.default, SQL))
      throw new Error(`${where}: a default in SQL may mean two things; use $defaultFn.`);
    builder.default(column.default as never);
  }
  return builder;
}

function builderFor(where: string, column: SQLiteColumn) {
  switch (column.columnType) {
    case "SQLiteText":
      return text(column.name);
    case "SQLiteTextJson":
      return jsonb(column.name);
    case "SQLiteInteger":
      return integer(column.name);
    case "SQLiteBoolean":
      return boolean(column.name);
    case "SQLiteTimestamp":
      if (!("mode" in column) || column.mode !== "timestamp_ms")
        throw new Error(`${where}: instants are timestamp_ms.`);
      return timestamp(column.name, { withTimezone: true, precision: 3, mode: "date" });
    default:
      throw new Error(`${where}: ${column.columnType} has no counterpart on PostgreSQL.`);
  }
}

/** The same SQL with this table's own columns in the place of the SQLite ones. */
function rebuilt(part: SQL, toOwn: (column: Column) => PgColumn): SQL {
  const chunks = part.queryChunks.map((chunk) => {
    if (is(chunk, Column)) return toOwn(chunk);
    if (is(chunk, SQL)) return rebuilt(chunk, toOwn);
    return chunk;
  });
  return new SQL(chunks);
}

function pick(columns: ReadonlyMap<string, PgColumn>, name: string, table: string): PgColumn {
  const column = columns.get(name);
  if (!column) throw new Error(`${table}: there is no column ${name}.`);
  return column;
}

function atLeastOne<T>(list: readonly T[]): [T, ...T[]] {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error("A key or index needs a column.");
  return [first, ...rest];
}
