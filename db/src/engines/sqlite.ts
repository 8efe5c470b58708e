/**
 * The embedded engine: one SQLite file, one writer with group commit, one reader that never waits for it.
 * A write is acknowledged only when it is on the disk (`synchronous=FULL`); never relax that.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { Checkpoints } from "./checkpoints.ts";
import {
  DatabaseClosed,
  type Database,
  type DatabaseStats,
  type EngineLog,
  type Listener,
  type Store,
} from "./database.ts";
import { type FileUse, shareFile } from "./file-use.ts";
import { GroupCommit } from "./group-commit.ts";
import { JobStore, refuseMisuse, runJob } from "./job-scope.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { Recall } from "./recall.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { expectLargeSchools } from "./sqlite-planning.ts";

const MAX_QUEUED = 10_000;
const MIB = 1024 * 1024;
const READER_BUSY_MS = 5_000;
/** Short, since waiting blocks the whole process: group commit tries again by itself, without blocking. */
const WRITER_BUSY_MS = 50;
const MIGRATION_BUSY_MS = 60_000;

export interface SqliteOptions {
  /** The database file; made when missing, with its folder. */
  readonly file: string;
  /** How many writes may wait. */
  readonly maxQueued?: number | undefined;
  /** False: one commit per write, for comparison only. */
  readonly groupCommit?: boolean | undefined;
  readonly log?: EngineLog | undefined;
}

/**
 * Opens the file and brings it up to date.
 * @throws DatabaseTooNew, DatabaseInUse
 */
export function openSqlite(options: SqliteOptions): Database {
  mkdirSync(dirname(options.file), { recursive: true });
  const use = shareFile(options.file);
  try {
    return openShared(options, use);
  } catch (error) {
    use.end();
    throw error;
  }
}

function openShared(options: SqliteOptions, use: FileUse): Database {
  const writer = new SqliteConnection(options.file);
  try {
    writer.client.pragma(`busy_timeout = ${MIGRATION_BUSY_MS}`);
    for (const setting of [
      "journal_mode = WAL",
      "synchronous = FULL",
      "temp_store = MEMORY",
      `cache_size = ${(-32 * MIB) / 1024}`,
      `mmap_size = ${256 * MIB}`,
      `journal_size_limit = ${64 * MIB}`,
      // Only where checkpoints.ts cannot keep up.
      `wal_autocheckpoint = ${(256 * MIB) / 4096}`,
      // INSERT OR REPLACE would otherwise delete rows past the append-only triggers.
      "recursive_triggers = ON",
      "trusted_schema = OFF",
    ]) {
      writer.client.pragma(setting);
    }
    migrateSqlite(writer.client, options.log);
    expectLargeSchools(writer.client);
    writer.client.pragma("foreign_keys = ON");
    writer.client.pragma(`busy_timeout = ${WRITER_BUSY_MS}`);
    return new SqliteDatabase(writer, openReader(options.file), use, options);
  } catch (error) {
    writer.client.close();
    throw error;
  }
}

function openReader(file: string): SqliteConnection {
  const reader = new SqliteConnection(file);
  for (const setting of [
    `busy_timeout = ${READER_BUSY_MS}`,
    "query_only = ON",
    "temp_store = MEMORY",
    `cache_size = ${(-32 * MIB) / 1024}`,
    `mmap_size = ${256 * MIB}`,
    "trusted_schema = OFF",
  ]) {
    reader.client.pragma(setting);
  }
  return reader;
}

class SqliteDatabase implements Database {
  readonly engine = "sqlite";
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #use: FileUse;
  readonly #file: string;
  readonly #writes: GroupCommit;
  readonly #checkpoints: Checkpoints;
  readonly #recall = new Recall();
  readonly #dataVersion: BetterSqlite3.Statement;
  readonly #listeners = new Set<Listener>();
  readonly #version = () => this.#peopleVersion();
  /** The last commit of another process, and how many of those were met; looked for once a turn of the event loop. */
  #elsewhere: unknown;
  #changesElsewhere = 0;
  #hasLookedElsewhere = false;
  #closing: Promise<void> | undefined;

  constructor(writer: SqliteConnection, reader: SqliteConnection, use: FileUse, options: SqliteOptions) {
    this.#writer = writer;
    this.#reader = reader;
    this.#use = use;
    this.#file = options.file;
    this.#dataVersion = writer.client.prepare("PRAGMA data_version").pluck();
    this.#checkpoints = new Checkpoints(reader.client, options.file, options.log);
    this.#writes = new GroupCommit(writer, {
      onCommit: () => this.#checkpoints.noteCommit(),
      maxQueued: options.maxQueued ?? MAX_QUEUED,
      isGrouping: options.groupCommit ?? true,
      log: options.log,
      onAnnounced: (topic) => {
        for (const listener of this.#listeners) listener(topic);
      },
    });
  }

  async read<T>(scope: string, job: (store: Store) => Promise<T>): Promise<T> {
    refuseMisuse(scope);
    if (!this.#reader.client.open) throw new DatabaseClosed("The database is closed.");
    const store = new JobStore(this.#reader);
    try {
      return await runJob(store, job);
    } finally {
      store.end();
    }
  }

  recall<T>(scope: string, key: string, job: (store: Store) => Promise<T>): T | Promise<T> {
    return this.#recall.get(`${scope} ${key}`, this.#version, () => this.read(scope, job));
  }

  /** Counts up with every commit that may have changed what is recalled: ours, and, as `data_version` tells, others'. */
  #peopleVersion(): number | undefined {
    if (this.#closing || this.#writer.isChangingPeople) return undefined;
    if (!this.#hasLookedElsewhere) {
      const elsewhere = this.#dataVersion.get();
      if (elsewhere !== this.#elsewhere) this.#changesElsewhere += 1;
      this.#elsewhere = elsewhere;
      this.#hasLookedElsewhere = true;
      setImmediate(() => (this.#hasLookedElsewhere = false));
    }
    return this.#writer.peopleChanges + this.#changesElsewhere;
  }

  async write<T>(scope: string, job: (store: Store) => Promise<T>): Promise<T> {
    refuseMisuse(scope);
    if (this.#closing) throw new DatabaseClosed("The database is closing.");
    return await this.#writes.add(job);
  }

  /** One process has the file: what it announces itself is all there is. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async snapshotInto(file: string): Promise<void> {
    if (this.#closing) throw new DatabaseClosed("The database is closing.");
    // A reader's lock for as long as it takes: commits go on beside it. Rows that were deleted are not in the copy.
    const client = new BetterSqlite3(this.#file, { readonly: true, fileMustExist: true });
    try {
      client.prepare("VACUUM INTO ?").run(file);
    } finally {
      client.close();
    }
  }

  async isReady(): Promise<boolean> {
    if (this.#closing) return false;
    try {
      this.#reader.client.pragma("schema_version");
      return true;
    } catch {
      return false;
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#writes.whenIdle();
    await this.#checkpoints.close();
    this.#reader.client.close();
    // Everything into the one file, so that copying it copies everything. Another process may hold it: then it will.
    this.#writer.client.pragma("wal_checkpoint(TRUNCATE)");
    this.#writer.client.close();
    this.#use.end();
  }

  stats(): DatabaseStats {
    const { queued, committedGroups, committedJobs } = this.#writes;
    return { queued, committedGroups, committedJobs };
  }
}
