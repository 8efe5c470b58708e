/**
 * Brings a PostgreSQL database up to date: one process at a time (advisory lock), each migration in a transaction.
 */
import pg from "pg";
import type { EngineLog } from "./database.ts";
import { knownMigrations, nextMigration, type AppliedMigration } from "./migration-files.ts";

/** @throws DatabaseTooNew */
export async function migratePostgres(url: string, log: EngineLog | undefined): Promise<void> {
  const known = knownMigrations("postgres");
  const client = new pg.Client({ connectionString: url, application_name: "doudou migrations" });
  await client.connect();
  try {
    await client.query("SET client_min_messages = warning");
    await client.query("SELECT pg_advisory_lock(hashtextextended('doudou migrations', 0))");
    await client.query(
      `CREATE TABLE IF NOT EXISTS schema_migration
         (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    for (;;) {
      const applied = await client.query<AppliedMigration>("SELECT name, sha256 FROM schema_migration");
      const next = nextMigration(known, applied.rows);
      if (!next) return;
      await client.query("BEGIN; SET LOCAL doudou.school_id = '*'");
      await client.query(next.sql);
      await client.query("INSERT INTO schema_migration (name, sha256) VALUES ($1, $2)", [
        next.name,
        next.sha256,
      ]);
      await client.query("COMMIT");
      log?.info({ migration: next.name }, "database migrated");
    }
  } finally {
    // Ends the lock, and an unfinished transaction with it.
    await client.end();
  }
}
