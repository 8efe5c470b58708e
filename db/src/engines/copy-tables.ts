/**
 * Everything from one database into an empty one, on whichever engine either is, and proof that both hold the same.
 * Knows tables by the schema only, none by name; writes rows as they are and changes none.
 */
import { createHash } from "node:crypto";
import { asc, sql } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { getTableColumns } from "drizzle-orm/utils";
import { type Tables, tables } from "../schema/tables.ts";
import { insertRows } from "../repositories/bulk.ts";
import type { Store } from "./database.ts";

/** Rows that are in memory at a time. */
const PAGE = 1_024;

export type TableName = keyof Tables;

export interface CopyProgress {
  readonly table: string;
  /** Rows of all tables so far. */
  readonly rows: number;
}

/** What a table holds: how many rows, and the SHA-256 of all of them in the order of their keys. */
export interface Fingerprint {
  readonly rows: number;
  readonly sha256: string;
}

/** By the table's name in the database. */
export type Fingerprints = Readonly<Record<string, Fingerprint>>;

/** Copies every row. @param to is empty, and up to date */
export async function copyTables(
  from: Store,
  to: Store,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<void> {
  let rows = 0;
  for (const name of inOrderOfDependence()) {
    for await (const page of pagesOf(from, name)) {
      await insertRows(to, to.tables[name] as SQLiteTable, page);
      rows += page.length;
      onProgress({ table: nameOf(name), rows });
    }
  }
}

/** What every table holds, computed in the same way on both engines. */
export async function fingerprintsOf(
  store: Store,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<Fingerprints> {
  const fingerprints: Record<string, Fingerprint> = {};
  let total = 0;
  for (const name of inOrderOfDependence()) {
    const hash = createHash("sha256");
    let rows = 0;
    for await (const page of pagesOf(store, name)) {
      for (const row of page) hash.update(`${canonical(row)}\n`);
      rows += page.length;
      onProgress({ table: nameOf(name), rows: total + rows });
    }
    total += rows;
    fingerprints[nameOf(name)] = { rows, sha256: hash.digest("hex") };
  }
  return fingerprints;
}

/** The tables that hold anything. */
export async function tablesWithRows(store: Store): Promise<string[]> {
  const found: string[] = [];
  for (const name of inOrderOfDependence()) {
    const table = store.tables[name] as SQLiteTable;
    const rows = await store.db
      .select({ one: sql`1` })
      .from(table)
      .limit(1);
    if (rows.length > 0) found.push(nameOf(name));
  }
  return found;
}

/** A table comes after all that its rows point to. */
function inOrderOfDependence(): TableName[] {
  const placed: TableName[] = [];
  const place = (name: TableName, path: readonly TableName[]) => {
    if (placed.includes(name)) return;
    if (path.includes(name)) throw new Error(`Tables point to each other in a circle: ${path.join(", ")}.`);
    for (const other of pointedToBy(name)) if (other !== name) place(other, [...path, name]);
    placed.push(name);
  };
  for (const name of Object.keys(tables) as TableName[]) place(name, []);
  return placed;
}

function pointedToBy(name: TableName): TableName[] {
  const targets = getTableConfig(tables[name]).foreignKeys.map((key) => key.reference().foreignTable);
  return (Object.keys(tables) as TableName[]).filter((other) => targets.includes(tables[other]));
}

type Row = Readonly<Record<string, unknown>>;

/** A table page by page in the order of its primary key, which is the same on both engines: byte by byte. */
async function* pagesOf(store: Store, name: TableName): AsyncGenerator<Row[]> {
  const key = keyOf(name);
  const table = store.tables[name] as SQLiteTable;
  const own = getTableColumns(table) as Record<string, SQLiteColumn>;
  const columns = key.map((column) => columnOf(own, column));
  for (let last: Row | undefined; ;) {
    const after =
      last && sql`(${sql.join(columns, sql`, `)}) > (${sql.join(valuesOf(last, key, columns), sql`, `)})`;
    const page: Row[] = await store.db
      .select()
      .from(table)
      .where(after)
      .orderBy(...columns.map((column) => asc(column)))
      .limit(PAGE);
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1);
  }
}

/** The names in code of the columns that make the primary key. */
function keyOf(name: TableName): string[] {
  const { primaryKeys } = getTableConfig(tables[name]);
  const columns = getTableColumns(tables[name]) as Record<string, SQLiteColumn>;
  const entries = Object.entries(columns);
  const [composite] = primaryKeys;
  const parts = composite
    ? composite.columns.map((column) => column.name)
    : entries.filter(([, c]) => c.primary).map(([, c]) => c.name);
  if (parts.length === 0) throw new Error(`${nameOf(name)} has no primary key.`);
  return parts.map((part) => {
    const found = entries.find(([, column]) => column.name === part);
    if (!found) throw new Error(`${nameOf(name)} has no column ${part}.`);
    return found[0];
  });
}

function valuesOf(row: Row, key: readonly string[], columns: readonly SQLiteColumn[]) {
  return columns.map((column, index) => sql`${sql.param(row[key[index] ?? ""], column)}`);
}

function columnOf(columns: Record<string, SQLiteColumn>, name: string): SQLiteColumn {
  const column = columns[name];
  if (!column) throw new Error(`There is no column ${name}.`);
  return column;
}

function nameOf(name: TableName): string {
  return getTableConfig(tables[name]).name;
}

/** JSON that is the same for the same row: keys sorted all the way down, instants in milliseconds. */
function canonical(value: unknown): string {
  if (value instanceof Date) return String(value.getTime());
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${sorted.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}
