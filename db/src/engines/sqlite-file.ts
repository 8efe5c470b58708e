/**
 * A SQLite file as a thing that is copied, looked into and handed on, while no server works on it. Not for the
 * product's own reads and writes: those go through `Database`.
 */
import BetterSqlite3 from "better-sqlite3";
import { copyTables } from "./copy-tables.ts";
import type { Store } from "./database.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { SqliteConnection } from "./sqlite-connection.ts";

/** Makes a new file that holds what a store holds. @param file is not there yet */
export async function copyIntoNewFile(from: Store, file: string): Promise<void> {
  const connection = new SqliteConnection(file);
  const { client } = connection;
  try {
    // Until it is finished the file is nothing that anybody relies on.
    client.pragma("journal_mode = OFF");
    client.pragma("synchronous = OFF");
    migrateSqlite(client, undefined);
    client.exec("BEGIN");
    await copyTables(from, connection);
    client.exec("COMMIT");
  } finally {
    client.close();
  }
}

/** A file's rows for reading, for as long as a job lasts. @throws when it is not there */
export async function readingFile<T>(file: string, job: (store: Store) => Promise<T>): Promise<T> {
  new BetterSqlite3(file, { readonly: true, fileMustExist: true }).close();
  const connection = new SqliteConnection(file);
  try {
    connection.client.pragma("query_only = ON");
    connection.client.exec("BEGIN");
    return await job(connection);
  } finally {
    connection.client.close();
  }
}

/** What a file holds, whichever version of the software made it. */
export interface FileContents {
  /** What SQLite finds wrong with it; empty when all is well. */
  readonly damages: readonly string[];
  /** Rows of every table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The names of the migrations it has been through. */
  readonly migrations: readonly string[];
}

/** Reads a whole file and counts what is in it. Changes nothing. @throws when it is no database at all */
export function contentsOf(file: string): FileContents {
  const client = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
  try {
    const found = client.pragma("integrity_check") as { integrity_check: string }[];
    const damages = found.map((row) => row.integrity_check).filter((line) => line !== "ok");
    const dangling = client.pragma("foreign_key_check") as { table: string }[];
    for (const table of new Set(dangling.map((row) => row.table)))
      damages.push(`rows of ${table} point to rows that are not there`);
    const names = client
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all();
    const count = (name: string) =>
      Number(
        client
          .prepare<[], number>(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
          .pluck()
          .get(),
      );
    return {
      damages,
      rows: Object.fromEntries(names.map((name) => [name, count(name)])),
      migrations: client.prepare<[], string>("SELECT name FROM schema_migration ORDER BY name").pluck().all(),
    };
  } finally {
    client.close();
  }
}
