/**
 * One connection of the PostgreSQL pool, as repositories use it during a job: the derived tables in the place of the
 * SQLite ones, hot statements compiled once. Outside of a job it runs nothing.
 */
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { tables } from "../schema/tables.ts";
import { JobRefused, type Prepared, type Preparable, type Store, type Written } from "./database.ts";
import { asRepositoriesKnowThem, derivePostgresTables } from "./derive-postgres.ts";

const postgresTables = asRepositoriesKnowThem(derivePostgresTables(tables));

// Sums and counts arrive as text, since they may be larger than a number can tell; ours are not, and SQLite's are numbers.
const { INT8, NUMERIC } = pg.types.builtins;
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(NUMERIC, Number);

/** Sorted, so that two writes that want the same names never wait for each other in a circle. */
const LOCK = `
  SELECT count(pg_advisory_xact_lock(key))
  FROM (SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest($1::text[]) AS name ORDER BY key) AS keys`;

export class PostgresConnection implements Store {
  readonly db: Store["db"];
  readonly tables = postgresTables;
  /** Whether statements may run now. */
  isOpen = false;
  /** The first statement of the job that failed. */
  #failure: unknown;
  #announced = new Set<string>();
  readonly #client: pg.PoolClient;
  readonly #prepared = new Map<string, unknown>();

  constructor(client: pg.PoolClient) {
    this.#client = client;
    // Drizzle asks its client for nothing but `query`.
    const guarded = { query: (config: pg.QueryConfig, values: unknown[]) => this.#query(config, values) };
    this.db = drizzle({ client: guarded as unknown as pg.PoolClient }) as unknown as Store["db"];
  }

  beginJob(): void {
    this.#failure = undefined;
    this.#announced = new Set();
    this.isOpen = true;
  }

  /**
   * @returns what the job has announced
   * @throws the error of a statement that failed, even where the job has caught it: COMMIT would keep nothing
   */
  endJob(): ReadonlySet<string> {
    this.isOpen = false;
    if (this.#failure !== undefined) throw this.#failure;
    return this.#announced;
  }

  async lock(names: Iterable<string>): Promise<void> {
    const distinct = [...new Set(names)];
    if (distinct.length > 0) await this.#query({ name: "lock", text: LOCK }, [distinct]);
  }

  announce(topic: string): void {
    this.#announced.add(topic);
  }

  prepared<Q extends Preparable>(key: string, build: () => Q): Prepared<Awaited<Q>> {
    let prepared = this.#prepared.get(key);
    if (prepared === undefined) this.#prepared.set(key, (prepared = prepareNamed(build(), key)));
    return prepared as Prepared<Awaited<Q>>;
  }

  async #query(config: pg.QueryConfig, values: unknown[]): Promise<pg.QueryResult & Written> {
    if (!this.isOpen) throw new JobRefused("A statement outside of its job.");
    try {
      const result = await this.#client.query(config, values);
      return Object.assign(result, { changes: result.rowCount ?? 0 });
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  }
}

/** The builder is PostgreSQL's at run time, whose `prepare` wants the name under which the server keeps the plan. */
function prepareNamed(query: Preparable, name: string): unknown {
  const named: { prepare(name: string): unknown } = query;
  return named.prepare(name);
}
