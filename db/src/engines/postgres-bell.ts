/**
 * What committed writes announce, from one server process to all of them, by PostgreSQL's LISTEN and NOTIFY: one
 * connection a process, kept up whatever happens to it. Carries topics and nothing else.
 */
import pg from "pg";
import type { EngineLog, Listener } from "./database.ts";

const CHANNEL = "doudou";
const TRY_AGAIN_MS = 1_000;

/** The statements that announce topics when their transaction commits, to stand before its COMMIT. */
export function announcing(topics: ReadonlySet<string>): string {
  return [...topics].map((topic) => `NOTIFY ${CHANNEL}, ${pg.escapeLiteral(topic)}; `).join("");
}

export class PostgresBell {
  readonly #url: string;
  readonly #log: EngineLog | undefined;
  readonly #listeners = new Set<Listener>();
  #client: pg.Client | undefined;
  #isClosed = false;
  #opening: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(url: string, log: EngineLog | undefined) {
    this.#url = url;
    this.#log = log;
  }

  /** Connects with the first listener; whoever listens is told `undefined` once announcements are heard. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#client) queueMicrotask(() => this.#listeners.has(listener) && listener(undefined));
    else this.#open();
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#opening;
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #open(): void {
    if (this.#isClosed) return;
    this.#opening ??= this.#connect().finally(() => (this.#opening = undefined));
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "doudou bell",
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client.on("notification", ({ payload }) => this.#tell(payload));
    client.on("error", (error) =>
      this.#log?.warn({ err: error }, "the connection that hears announcements broke"),
    );
    client.on("end", () => {
      if (this.#client === client) this.#client = undefined;
      this.#openSoon();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#client = client;
      this.#tell(undefined);
    } catch (error) {
      this.#log?.warn({ err: error }, "announcements are not heard yet");
      await client.end().catch(() => undefined);
      this.#openSoon();
    }
  }

  #openSoon(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), TRY_AGAIN_MS);
  }

  #tell(topic: string | undefined): void {
    for (const listener of this.#listeners) listener(topic);
  }
}
