/**
 * Who uses a SQLite database file: many processes together, or one alone that puts another file in its place. Held as
 * a lock of the operating system (SQLite's own, on an empty file beside the database), so that a process that was
 * killed holds nothing. Never waits longer than a moment.
 */
import { existsSync } from "node:fs";
import BetterSqlite3 from "better-sqlite3";
import { DatabaseInUse } from "./database.ts";

/** A process that asks for the file alone, in vain, is in the way of others for less than this. */
const PATIENCE_MS = 2_000;

export interface FileUse {
  /** Others may have the file from here on. Giving it back twice does nothing. */
  end(): void;
}

/**
 * Uses a database file beside others, for as long as it is open.
 * @throws DatabaseInUse while another process has it alone, or when one did not finish putting a file in its place
 */
export function shareFile(file: string): FileUse {
  const use = lock(file, "shared");
  if (!use) {
    throw new DatabaseInUse(`${file} is being replaced by another command. Try again when that has ended.`);
  }
  if (existsSync(replacementMark(file))) {
    use.end();
    throw new DatabaseInUse(
      `${file} was being replaced when that was interrupted: run the same restore again, with --overwrite. ` +
        `${replacementMark(file)} says where the former files are.`,
    );
  }
  return use;
}

/**
 * Has a database file alone.
 * @returns undefined while any process uses it
 */
export function takeFile(file: string): FileUse | undefined {
  return lock(file, "alone");
}

/** Lies beside the database from before the first file is moved until the last is in place. */
export function replacementMark(file: string): string {
  return `${file}.replacing`;
}

/** Does one job at a time among all processes on a machine: whoever comes second is told. */
export function takeTurn(name: string): FileUse | undefined {
  return lock(name, "alone");
}

function lock(file: string, how: "shared" | "alone"): FileUse | undefined {
  const client = new BetterSqlite3(`${file}.lock`, { timeout: how === "shared" ? PATIENCE_MS : 0 });
  try {
    if (how === "alone") client.exec("BEGIN EXCLUSIVE");
    else {
      client.exec("BEGIN");
      // The lock is taken by the first statement, and kept until the transaction ends.
      client.prepare("SELECT count(*) FROM sqlite_schema").get();
    }
  } catch (error) {
    client.close();
    if ((error as { code?: unknown }).code === "SQLITE_BUSY") return undefined;
    throw error;
  }
  return { end: () => void client.close() };
}
