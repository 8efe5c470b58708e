/**
 * The migrations this version of the software knows, and what they say about a database that has run some of them.
 * Reads files; touches no database.
 */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { DatabaseTooNew } from "./database.ts";

export interface Migration {
  /** `0000_initial`: the file's name without its ending. They run in this order. */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

export interface AppliedMigration {
  readonly name: string;
  readonly sha256: string;
}

export function knownMigrations(engine: "sqlite" | "postgres"): Migration[] {
  const folder = new URL(`../../migrations/${engine}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, folder), "utf8").replaceAll("\r\n", "\n");
      return {
        name: file.slice(0, -".sql".length),
        sql,
        sha256: createHash("sha256").update(sql).digest("hex"),
      };
    });
}

/**
 * The next migration a database needs, or undefined when it is up to date.
 * @throws DatabaseTooNew when it has one that is not known here
 * @throws Error when one was edited after this database had run it
 */
export function nextMigration(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration | undefined {
  const unknown = applied.filter(({ name }) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new DatabaseTooNew(
      `This database was made by a newer version of 豆豆成长: it has ${unknown.map(({ name }) => name).join(", ")}, ` +
        `this version knows up to ${known.at(-1)?.name}. Install the newer version, or restore an older backup.`,
    );
  }
  for (const { name, sha256 } of applied) {
    if (known.some((migration) => migration.name === name && migration.sha256 !== sha256)) {
      throw new Error(
        `Migration ${name} was changed after this database had run it. Restore the file, add a new one.`,
      );
    }
  }
  return known.find(({ name }) => !applied.some((migration) => migration.name === name));
}
