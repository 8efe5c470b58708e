/**
 * Reads uploaded tables (XLSX, CSV, OneRoster packages), each in a thread of its own with little memory and little time, one after the
 * other. Nothing of a file is evaluated, and none can keep the server from its work.
 */
import { Worker } from "node:worker_threads";
import { Overloaded } from "@doudou/db/engines/database.ts";
import type { ReadTable } from "./table-limits.ts";

export interface Tables {
  /** @throws Overloaded when too many are waiting */
  read(bytes: Uint8Array): Promise<ReadTable>;
}

const WORKER = new URL("table-worker.ts", import.meta.url);
const MOST_WAITING = 8;
/** Four times what twenty thousand rows take on a slow machine. */
const KILL_AFTER_MS = 20_000;
const MEMORY_MB = 384;

export function createTables({ killAfterMs = KILL_AFTER_MS }: { killAfterMs?: number } = {}): Tables {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async read(bytes) {
      if (waiting >= MOST_WAITING) throw new Overloaded("too many tables are waiting");
      waiting += 1;
      const read = last.then(() => readInThread(bytes, killAfterMs));
      last = read.catch(() => undefined);
      try {
        return await read;
      } finally {
        waiting -= 1;
      }
    },
  };
}

/** A thread that runs out of memory or time over a file has not read it. */
async function readInThread(bytes: Uint8Array, killAfterMs: number): Promise<ReadTable> {
  const worker = new Worker(WORKER, {
    workerData: bytes,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const { promise, resolve } = Promise.withResolvers<ReadTable>();
  const giveUp = () => resolve({ refusal: "table-unreadable" });
  const late = setTimeout(giveUp, killAfterMs);
  worker.once("message", resolve).once("error", giveUp).once("exit", giveUp);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
}
