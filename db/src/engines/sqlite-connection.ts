/**
 * One connection to the SQLite file, as Drizzle and the engine use it: statements compiled once per text, values
 * brought into what SQLite can hold. On the writer they run only inside a job (`isOpen`).
 */
import BetterSqlite3 from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { RECALLED_TABLES, tables } from "../schema/tables.ts";
import { JobRefused, type Prepared, type Preparable, type Store } from "./database.ts";

const MAX_STATEMENTS = 1_000;
/** Drizzle quotes every name: a statement that writes and names one of the tables may change it. */
const CHANGES_PEOPLE = new RegExp(`^(?!select\\b)[^]*"(?:${RECALLED_TABLES.join("|")})"`, "i");

export class SqliteConnection implements Store {
  readonly client: BetterSqlite3.Database;
  readonly db: Store["db"];
  readonly tables = tables;
  /** Whether statements may run now. */
  isOpen = true;
  /** The first statement that failed since this was last cleared. */
  failure: unknown;
  /** A statement that may change RECALLED_TABLES has run and is not committed yet. */
  isChangingPeople = false;
  /** Commits that may have changed RECALLED_TABLES. */
  peopleChanges = 0;
  /** What the jobs of the transaction have announced so far. */
  announced: string[] = [];
  readonly #statements = new Map<string, Statement>();
  readonly #prepared = new Map<string, unknown>();

  constructor(file: string) {
    this.client = new BetterSqlite3(file);
    // Drizzle asks its client for nothing but `prepare`; awaited, its synchronous results are as good as promises.
    const client = { prepare: (text: string) => this.#statement(text) } as unknown as BetterSqlite3.Database;
    this.db = drizzle({ client }) as unknown as Store["db"];
  }

  /** To be called when a transaction has ended. */
  noteEnd(): void {
    if (!this.isChangingPeople) return;
    this.isChangingPeople = false;
    this.peopleChanges += 1;
  }

  /** A no-op: the file has one writer at a time. */
  async lock(): Promise<void> {}

  announce(topic: string): void {
    this.announced.push(topic);
  }

  prepared<Q extends Preparable>(key: string, build: () => Q): Prepared<Awaited<Q>> {
    let prepared = this.#prepared.get(key);
    if (prepared === undefined) this.#prepared.set(key, (prepared = atOnce(build())));
    return prepared as Prepared<Awaited<Q>>;
  }

  #statement(text: string): Statement {
    const known = this.#statements.get(text);
    if (known) {
      // The map keeps the order of use, so that the first is the one not used for the longest time.
      this.#statements.delete(text);
      this.#statements.set(text, known);
      return known;
    }
    const statement = new Statement(this, text, false);
    this.#statements.set(text, statement);
    if (this.#statements.size > MAX_STATEMENTS) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest);
        break;
      }
    }
    return statement;
  }
}

/** SQLite answers at once: without the promises that Drizzle would wrap its answers in. */
function atOnce(query: Preparable): Prepared<unknown> {
  const statement = query.prepare() as { execute(values?: object): { sync(): unknown } };
  return { execute: (values) => statement.execute(values).sync() };
}

/** A statement in one of its two shapes (rows as objects, or raw as arrays), compiled when first run. */
class Statement {
  readonly #connection: SqliteConnection;
  readonly #text: string;
  readonly #isRaw: boolean;
  readonly #changesPeople: boolean;
  #compiled: BetterSqlite3.Statement | undefined;
  #raw: Statement | undefined;

  constructor(connection: SqliteConnection, text: string, isRaw: boolean) {
    this.#connection = connection;
    this.#text = text;
    this.#isRaw = isRaw;
    this.#changesPeople = CHANGES_PEOPLE.test(text);
  }

  raw(): Statement {
    return (this.#raw ??= new Statement(this.#connection, this.#text, true));
  }

  run(...values: unknown[]): unknown {
    return this.#execute("run", values);
  }

  all(...values: unknown[]): unknown {
    return this.#execute("all", values);
  }

  get(...values: unknown[]): unknown {
    return this.#execute("get", values);
  }

  #execute(method: "run" | "all" | "get", values: unknown[]): unknown {
    if (!this.#connection.isOpen) throw new JobRefused("A statement outside of its write job.");
    if (this.#changesPeople) this.#connection.isChangingPeople = true;
    for (let i = 0; i < values.length; i++) values[i] = bindable(values[i]);
    try {
      this.#compiled ??= this.#compile();
      return this.#compiled[method](...values);
    } catch (error) {
      this.#connection.failure ??= error;
      throw error;
    }
  }

  #compile(): BetterSqlite3.Statement {
    const statement = this.#connection.client.prepare(plannedOnce(this.#text));
    return this.#isRaw ? statement.raw(true) : statement;
  }
}

/**
 * A bare parameter lets SQLite (compiled with STAT4, as here) plan a statement anew for every value, which costs more
 * than most of ours take to run. It could only do better with samples, and it has none: see sqlite-planning.ts.
 * @source sqlite.org/c3ref/prepare.html, on `sqlite3_prepare_v2` and bound parameters
 */
function plannedOnce(text: string): string {
  return text.replaceAll(/'[^']*'|"[^"]*"|\?/g, (part) => (part === "?" ? "+?" : part));
}

/** Placeholders in conditions pass Drizzle unencoded: instants are milliseconds here, flags are 0 and 1. */
function bindable(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "boolean") return value ? 1 : 0;
  return value;
}
