/**
 * The engine for more than one machine: every job is a transaction on a pool, and the database itself hides the rows
 * of other schools from it. A connection never goes back to the pool with a transaction or a scope left on it.
 */
import { setTimeout as after } from "node:timers/promises";
import { DrizzleQueryError } from "drizzle-orm/errors";
import pg from "pg";
import {
  DatabaseClosed,
  Overloaded,
  type Database,
  type DatabaseStats,
  type EngineLog,
  type Listener,
  EVERY_SCHOOL,
  type Store,
} from "./database.ts";
import { JobStore, refuseMisuse, runJob } from "./job-scope.ts";
import { migratePostgres } from "./migrate-postgres.ts";
import { announcing, PostgresBell } from "./postgres-bell.ts";
import { PostgresConnection } from "./postgres-connection.ts";

const MAX_CONNECTIONS = 16;
const MAX_QUEUED = 1_000;
const MAX_WAIT_MS = 10_000;
const MAX_STATEMENT_MS = 60_000;
const MAX_IDLE_IN_JOB_MS = 30_000;
const READY_WITHIN_MS = 2_000;
const MAX_TRIES = 5;
/** Two writes in each other's way, of which PostgreSQL gave up one: serialization_failure, deadlock_detected. */
const WORTH_ANOTHER_TRY = new Set(["40001", "40P01"]);

const BEGIN_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const BEGIN_WRITE = "BEGIN";

export interface PostgresOptions {
  /** `postgres://…`; best an ordinary role that owns its database: a superuser is exempt from row-level security. */
  readonly url: string;
  /** How many jobs may wait for a connection. */
  readonly maxQueued?: number | undefined;
  readonly log?: EngineLog | undefined;
}

/**
 * Connects and brings the database up to date.
 * @throws DatabaseTooNew
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  await migratePostgres(options.url, options.log);
  return new PostgresDatabase(options);
}

class PostgresDatabase implements Database {
  readonly engine = "postgres";
  readonly #pool: pg.Pool;
  readonly #maxQueued: number;
  readonly #connections = new WeakMap<pg.PoolClient, PostgresConnection>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #bell: PostgresBell;
  #closing: Promise<void> | undefined;
  #commits = 0;

  constructor(options: PostgresOptions) {
    this.#maxQueued = options.maxQueued ?? MAX_QUEUED;
    this.#bell = new PostgresBell(options.url, options.log);
    this.#pool = new pg.Pool({
      connectionString: options.url,
      application_name: "doudou",
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: MAX_WAIT_MS,
      statement_timeout: MAX_STATEMENT_MS,
      idle_in_transaction_session_timeout: MAX_IDLE_IN_JOB_MS,
      options: "-c TimeZone=UTC",
    });
    // A connection that breaks fails its job and is replaced by the next one; unheard, the event would end the process.
    const onBreakage = (error: Error) => options.log?.warn({ err: error }, "a database connection broke");
    this.#pool.on("connect", (client) => client.on("error", onBreakage));
    this.#pool.on("error", onBreakage);
  }

  async read<T>(scope: string, job: (store: Store) => Promise<T>): Promise<T> {
    refuseMisuse(scope);
    return await this.#track(this.#persistently(BEGIN_READ, scope, job));
  }

  /** Other processes write too: so it always asks. */
  async recall<T>(scope: string, _key: string, job: (store: Store) => Promise<T>): Promise<T> {
    return await this.read(scope, job);
  }

  async write<T>(scope: string, job: (store: Store) => Promise<T>): Promise<T> {
    refuseMisuse(scope);
    const value = await this.#track(this.#persistently(BEGIN_WRITE, scope, job));
    this.#commits += 1;
    return value;
  }

  listen(listener: Listener): () => void {
    return this.#bell.listen(listener);
  }

  /** One transaction sees one moment, however long it takes. */
  async snapshotInto(file: string): Promise<void> {
    const { copyIntoNewFile } = await import("./sqlite-file.ts");
    await this.read(EVERY_SCHOOL, (store) => copyIntoNewFile(store, file));
  }

  async isReady(): Promise<boolean> {
    if (this.#closing) return false;
    const asked = this.#pool.query("SELECT 1").then(
      () => true,
      () => false,
    );
    return await Promise.race([asked, after(READY_WITHIN_MS, false, { ref: false })]);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
    await this.#bell.close();
    await this.#pool.end();
  }

  stats(): DatabaseStats {
    return { queued: this.#pool.waitingCount, committedGroups: this.#commits, committedJobs: this.#commits };
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  async #persistently<T>(begin: string, scope: string, job: (store: Store) => Promise<T>): Promise<T> {
    if (this.#closing) throw new DatabaseClosed("The database is closing.");
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#transaction(begin, scope, job);
      } catch (error) {
        if (attempt === MAX_TRIES || !WORTH_ANOTHER_TRY.has(codeOf(error))) throw error;
        await after(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  async #transaction<T>(begin: string, scope: string, job: (store: Store) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    const connection = this.#connectionOf(client);
    const store = new JobStore(connection);
    let breakage: Error | undefined;
    try {
      // One round trip; the setting ends with the transaction.
      await client.query(`${begin}; SET LOCAL doudou.school_id = ${pg.escapeLiteral(scope)}`);
      connection.beginJob();
      const value = await runJob(store, job);
      const announced = connection.endJob();
      await client.query(`${announcing(announced)}COMMIT`);
      return value;
    } catch (error) {
      breakage = await client.query("ROLLBACK").then(() => undefined, asError);
      throw unwrapped(error);
    } finally {
      store.end();
      connection.isOpen = false;
      client.release(breakage);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#pool.waitingCount >= this.#maxQueued) {
      throw new Overloaded(`${this.#pool.waitingCount} jobs are waiting for a connection.`);
    }
    try {
      return await this.#pool.connect();
    } catch (error) {
      if (asError(error).message.startsWith("timeout exceeded")) {
        throw new Overloaded("No connection became free in time.", { cause: error });
      }
      throw error;
    }
  }

  #connectionOf(client: pg.PoolClient): PostgresConnection {
    let connection = this.#connections.get(client);
    if (!connection) this.#connections.set(client, (connection = new PostgresConnection(client)));
    return connection;
  }
}

/** Drizzle's own error repeats the statement's values, which may be a child's: only the cause goes further. */
function unwrapped(error: unknown): unknown {
  return error instanceof DrizzleQueryError && error.cause ? error.cause : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
