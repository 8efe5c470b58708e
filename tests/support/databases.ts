/**
 * An empty, migrated database of one's own, on either engine; for tests that must hold on both.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@doudou/db/engines/database.ts";
import { openDatabase, type OpenOptions } from "@doudou/db/engines/open.ts";
import { freshPostgresDatabase } from "./postgres.ts";

export const ENGINES = ["sqlite", "postgres"] as const;
export type Engine = (typeof ENGINES)[number];

export type DatabaseLocation = {
  /** What `openDatabase` needs to find it: `{ file }` or `{ url }`. */
  location: { file: string; url?: undefined } | { url: string; file?: undefined };
  /** Removes it. Close what was opened first. */
  remove: () => Promise<void>;
};

/** A place for a database: nothing is there yet. */
export async function freshLocation(engine: Engine): Promise<DatabaseLocation> {
  if (engine === "postgres") {
    const { url, drop } = await freshPostgresDatabase();
    return { location: { url }, remove: drop };
  }
  const folder = await mkdtemp(join(tmpdir(), "doudou-sqlite-"));
  return {
    location: { file: join(folder, "doudou.db") },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export type FreshDatabase = DatabaseLocation & {
  database: Database;
  /** Closes the database and removes it. */
  drop: () => Promise<void>;
};

/** A database, opened and migrated, with no row in it. */
export async function freshDatabase(
  engine: Engine,
  options: Pick<OpenOptions, "maxQueued" | "groupCommit"> = {},
): Promise<FreshDatabase> {
  const { location, remove } = await freshLocation(engine);
  const database = await openDatabase({ ...location, ...options });
  const drop = async () => {
    await database.close();
    await remove();
  };
  return { location, remove, database, drop };
}
