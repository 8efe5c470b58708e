/**
 * Copies what has gathered in SQLite's write-ahead log into the database file, on a thread of its own, so that no
 * commit has to. Durability does not depend on it: what it has not copied yet is safe in the log.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type BetterSqlite3 from "better-sqlite3";
import type { EngineLog } from "./database.ts";

/**
 * A copy makes a commit at the same moment slow, since both wait for the disk. So it is done in a moment without
 * commits, once there are some pages to copy; only when the log gets long is it done anyway.
 */
const LOOK_EVERY_MS = 250;
const WORTH_PAGES = 1_000;
const LONG_PAGES = 32_000;

export class Checkpoints {
  readonly #client: BetterSqlite3.Database;
  readonly #file: string;
  readonly #log: EngineLog | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isQuiet = true;
  #worker: Worker | undefined;
  #isCopying = false;
  #isGivenUp = false;

  /** @param client any connection to the file; it is only asked how long the log is */
  constructor(client: BetterSqlite3.Database, file: string, log: EngineLog | undefined) {
    this.#client = client;
    this.#file = file;
    this.#log = log;
  }

  /** To be called after a commit; cheap. */
  noteCommit(): void {
    this.#isQuiet = false;
    this.#lookLater();
  }

  /** Waits for a copy under way; the log is then the caller's. */
  async close(): Promise<void> {
    this.#isGivenUp = true;
    clearTimeout(this.#timer);
    if (!this.#worker) return;
    // A process with nothing else to do would end before the copy has.
    this.#worker.ref();
    const ended = once(this.#worker, "exit");
    this.#worker.postMessage("close");
    await ended;
  }

  #lookLater(): void {
    this.#timer ??= setTimeout(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#isCopying || this.#isGivenUp) return;
    const wasQuiet = this.#isQuiet;
    this.#isQuiet = true;
    const [state] = this.#client.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
    const pages = state ? state.log - state.checkpointed : 0;
    if (pages < (wasQuiet ? WORTH_PAGES : LONG_PAGES)) {
      if (!wasQuiet) this.#lookLater();
      return;
    }
    this.#isCopying = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage("copy");
  }

  #start(): Worker {
    const worker = new Worker(new URL("./checkpoint-worker.ts", import.meta.url), { workerData: this.#file });
    worker.unref();
    worker.on("message", () => {
      this.#isCopying = false;
      this.#lookLater(); // for what was written meanwhile
    });
    // The writer then copies by itself, at a longer log: see `wal_autocheckpoint`.
    worker.on("error", (error: unknown) => {
      this.#isGivenUp = true;
      this.#log?.warn({ err: error }, "copying the write-ahead log on a thread of its own failed");
    });
    return worker;
  }
}
