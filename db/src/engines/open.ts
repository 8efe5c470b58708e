/**
 * Opens the database that the configuration names. The one place that knows there are two engines; it loads only the
 * one that is used, since each costs a start about a fifth of a second.
 */
import type { Database, EngineLog } from "./database.ts";

export interface OpenOptions {
  /** `postgres://…` */
  readonly url?: string | undefined;
  /** A SQLite file, where there is no url. */
  readonly file?: string | undefined;
  /** How many writes may wait for their turn; beyond it they are answered Overloaded. */
  readonly maxQueued?: number | undefined;
  /** False: on SQLite one commit per write. For comparison only. */
  readonly groupCommit?: boolean | undefined;
  readonly log?: EngineLog | undefined;
}

/**
 * Opens the database and brings it up to date, under a lock.
 * @throws DatabaseTooNew when a newer version of the software made it
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { url, file, ...rest } = options;
  if (url !== undefined) {
    const { openPostgres } = await import("./postgres.ts");
    return await openPostgres({ ...rest, url });
  }
  if (file !== undefined) {
    const { openSqlite } = await import("./sqlite.ts");
    return openSqlite({ ...rest, file });
  }
  throw new Error("Neither a database url nor a file was given.");
}
