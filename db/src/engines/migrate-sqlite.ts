/**
 * Brings a SQLite file up to date: each migration in a transaction of its own that holds the write lock, so that two
 * processes that start together do not run it twice. Expects `foreign_keys` to be off: tables may be rebuilt.
 */
import type BetterSqlite3 from "better-sqlite3";
import type { EngineLog } from "./database.ts";
import { knownMigrations, nextMigration, type AppliedMigration } from "./migration-files.ts";

/** @throws DatabaseTooNew */
export function migrateSqlite(client: BetterSqlite3.Database, log: EngineLog | undefined): void {
  const known = knownMigrations("sqlite");
  client.pragma("foreign_keys = OFF");
  const applyNext = client.transaction((): boolean => {
    client.exec(
      `CREATE TABLE IF NOT EXISTS schema_migration
         (name TEXT PRIMARY KEY NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT`,
    );
    const applied = client.prepare<[], AppliedMigration>("SELECT name, sha256 FROM schema_migration").all();
    const next = nextMigration(known, applied);
    if (!next) return false;
    client.exec(next.sql);
    const dangling = client.pragma("foreign_key_check");
    if (Array.isArray(dangling) && dangling.length > 0) {
      throw new Error(
        `Migration ${next.name} would leave ${dangling.length} rows that point nowhere. Nothing was changed.`,
      );
    }
    client
      .prepare("INSERT INTO schema_migration (name, sha256, applied_at) VALUES (?, ?, datetime('now'))")
      .run(next.name, next.sha256);
    log?.info({ migration: next.name }, "database migrated");
    return true;
  });
  while (applyNext.immediate());
}
