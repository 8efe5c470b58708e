/** The thread of checkpoints.ts: copies the log when told to, and says when it has. Never writes anything else. */
import { parentPort, workerData } from "node:worker_threads";
import BetterSqlite3 from "better-sqlite3";

const client = new BetterSqlite3(workerData as string, { fileMustExist: true });
client.pragma("synchronous = FULL");

parentPort?.on("message", (message: "copy" | "close") => {
  if (message === "close") {
    client.close();
    parentPort?.close();
    return;
  }
  // Passive: takes what no reader needs and lets the writer go on.
  client.pragma("wal_checkpoint(PASSIVE)");
  parentPort?.postMessage("copied");
});
