/**
 * What the rest of the product sees of a database: reads, writes, and the store a repository works with.
 * Says nothing about which engine is behind it; must never import one.
 */
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Tables } from "../schema/tables.ts";

/** The scope of work that belongs to no single school: sign-in, jobs, verify, seed. Rare, and worth a second look. */
export const EVERY_SCHOOL = "*";

/** A query builder whose statement can be compiled once; `Awaited` of it is what it gives. */
export interface Preparable extends PromiseLike<unknown> {
  prepare(): unknown;
}

/** A compiled statement. `execute` takes the placeholders' values and is awaited, like any query. */
export interface Prepared<Result> {
  execute(values?: object): Result | PromiseLike<Result>;
}

/** What a statement gives that returns no rows. */
export interface Written {
  /** Rows that were added, changed or deleted. */
  readonly changes: number;
}

/**
 * What repositories receive, for the length of one read or write; afterwards it refuses to work.
 *
 * Only what both engines share: `select`, `insert`, `update`, `delete`, joins, `groupBy`, `onConflictDo…`,
 * `returning`, set operators; every query is awaited, none through `.all()`, `.get()` or `.run()`.
 * A statement that fails fails its job, even when the job catches the error: PostgreSQL knows no other way.
 */
export interface Store {
  /** Typed as SQLite on either engine. */
  readonly db: BaseSQLiteDatabase<"async", Written>;
  readonly tables: Tables;
  /** Waits for other writes that hold one of these names, and holds them until this write ends. */
  lock(names: Iterable<string>): Promise<void>;
  /** Tells every process, once this write is committed, that there is something new of this topic; never what it is. */
  announce(topic: string): void;
  /**
   * A hot statement, built and compiled once per connection.
   * @param key names the statement in the whole product: no two statements may share one
   * @param build gives the query with `sql.placeholder(…)` for whatever changes between calls
   */
  prepared<Q extends Preparable>(key: string, build: () => Q): Prepared<Awaited<Q>>;
}

export interface Database {
  readonly engine: "sqlite" | "postgres";
  /**
   * Runs a job that changes nothing, on a connection that never waits for a writer.
   * @param scope the school's id, or EVERY_SCHOOL
   */
  read<T>(scope: string, job: (store: Store) => Promise<T>): Promise<T>;
  /**
   * Like `read`, for facts that come from RECALLED_TABLES alone: may answer from memory, but never with less than what
   * the last commit made true, and then at once. What it gives must not be changed.
   * @param key names the fact, with every parameter in it
   */
  recall<T>(scope: string, key: string, job: (store: Store) => Promise<T>): T | Promise<T>;
  /**
   * Runs a job as one transaction; resolves once it is durable on disk, rejects when nothing of it was kept.
   * The job awaits nothing but its store, may be run again after a conflict, and opens no other read or write.
   * @throws Overloaded when too many are waiting, DatabaseClosed while closing
   */
  write<T>(scope: string, job: (store: Store) => Promise<T>): Promise<T>;
  /**
   * Hears what committed writes have announced, here and in every other process on the same database.
   * @param listener is told the topic, and `undefined` when announcements may have been missed; must not throw
   * @returns what stops listening
   */
  listen(listener: Listener): () => void;
  /**
   * Writes all there is at one moment, as a SQLite file of its own, whichever engine this is; others go on reading and
   * writing. On SQLite it holds up this process until it is done: for commands, never for a server.
   * @param file is not there yet
   */
  snapshotInto(file: string): Promise<void>;
  /** Whether the database answers right now. Never throws. */
  isReady(): Promise<boolean>;
  /** Refuses new work, finishes what was accepted, and closes. Calling it again waits for the same end. */
  close(): Promise<void>;
  stats(): DatabaseStats;
}

export type Listener = (topic: string | undefined) => void;

export interface DatabaseStats {
  /** Writes that wait for their turn now. */
  readonly queued: number;
  /** Commits so far, and the write jobs in them: on SQLite many jobs share a commit, on PostgreSQL each has its own. */
  readonly committedGroups: number;
  readonly committedJobs: number;
}

/** Where an engine says what an operator should know. Fits a pino logger. */
export interface EngineLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** Too much work is waiting. Nothing was done; the caller may try again in a moment (503, Retry-After). */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
}

/** The database is closing or closed. Nothing was done. */
export class DatabaseClosed extends Error {
  override readonly name = "DatabaseClosed";
}

/** The database was made by a newer version of this software; working on it could damage it. */
export class DatabaseTooNew extends Error {
  override readonly name = "DatabaseTooNew";
}

/** Another process has the database file in a way that leaves no room for this one. Nothing was done. */
export class DatabaseInUse extends Error {
  override readonly name = "DatabaseInUse";
}

/** A job broke the rules of `read` or `write`: a defect of the program. Nothing of the job was kept. */
export class JobRefused extends Error {
  override readonly name = "JobRefused";
}
