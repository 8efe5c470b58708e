/**
 * What a migration from the last written one to the tables of today would say, on either engine: drizzle-kit's
 * difference of the tables, and the guards that go with them. For the generator and its test; the product never
 * imports this, since drizzle-kit is not there in production.
 */
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from "drizzle-kit/api";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { tables } from "../schema/tables.ts";
import { derivePostgresTables } from "./derive-postgres.ts";
import { guardsOf, type Guard } from "./guards.ts";

/** What the last migration left behind; written beside it. */
export interface Snapshot {
  readonly tables: unknown;
  /** SQL by name of the guard. */
  readonly guards: Readonly<Record<string, Pick<Guard, "table" | "create" | "drop">>>;
}

export interface MigrationPlan {
  /** Empty when nothing has changed. */
  readonly statements: readonly string[];
  readonly snapshot: Snapshot;
}

/** @param last the snapshot of the last migration; undefined for the first */
export async function planMigration(
  engine: "sqlite" | "postgres",
  last: Snapshot | undefined,
): Promise<MigrationPlan> {
  const { statements: ofTables, now } =
    engine === "sqlite" ? await diffSqlite(last) : await diffPostgres(last);
  const wanted = new Map(guardsOf(engine).map((guard) => [guard.name, guard]));
  const isRebuilt = (table: string): boolean => ofTables.includes(`DROP TABLE \`${table}\`;`);
  const existing = Object.entries(last?.guards ?? {});
  const outdated = existing.filter(([name, guard]) => wanted.get(name)?.create !== guard.create);
  const standing = new Set(
    existing
      .filter((entry) => !outdated.includes(entry))
      .filter(([, guard]) => !isRebuilt(guard.table))
      .map(([name]) => name),
  );
  return {
    statements: [
      ...outdated.map(([, guard]) => guard.drop),
      ...ofTables,
      ...[...wanted.values()].filter(({ name }) => !standing.has(name)).map(({ create }) => create),
    ],
    snapshot: {
      tables: now,
      guards: Object.fromEntries(
        [...wanted].map(([name, { table, create, drop }]) => [name, { table, create, drop }]),
      ),
    },
  };
}

async function diffSqlite(last: Snapshot | undefined): Promise<{ statements: string[]; now: unknown }> {
  const now = { ...(await generateSQLiteDrizzleJson(tables)), id: "now", prevId: "last" };
  const before = (last?.tables ?? (await generateSQLiteDrizzleJson({}))) as typeof now;
  const statements = await generateSQLiteMigration(before, now);
  return { statements: statements.map((statement) => copyingWhatWas(withStorage(statement), before)), now };
}

/** A table that is built anew is filled from the old one, which does not have the columns that are new. */
function copyingWhatWas(
  statement: string,
  { tables: before }: Awaited<ReturnType<typeof generateSQLiteDrizzleJson>>,
): string {
  return statement.replace(
    /^INSERT INTO `__new_(\w+)`\(([^)]*)\) SELECT [^;]* FROM `\1`;/m,
    (_, table: string, columns: string) => {
      const had = before[table]?.columns ?? {};
      const kept = columns.split(", ").filter((column) => column.replaceAll('"', "") in had);
      return `INSERT INTO \`__new_${table}\`(${kept.join(", ")}) SELECT ${kept.join(", ")} FROM \`${table}\`;`;
    },
  );
}

async function diffPostgres(last: Snapshot | undefined): Promise<{ statements: string[]; now: unknown }> {
  const now = { ...generateDrizzleJson(derivePostgresTables(tables)), id: "now", prevId: "last" };
  const before = (last?.tables ?? generateDrizzleJson({})) as typeof now;
  return { statements: await generateMigration(before, now), now };
}

/**
 * SQLite keeps what it is told to keep only in STRICT tables. A table that is found by its primary key alone is stored
 * in that order, once, instead of twice.
 */
function withStorage(statement: string): string {
  const name = /^CREATE TABLE `(?:__new_)?(\w+)`/.exec(statement)?.[1];
  if (name === undefined) return statement;
  const config = Object.values(tables)
    .map((table) => getTableConfig(table))
    .find((table) => table.name === name);
  const isKeyed = config !== undefined && config.primaryKeys.length > 0 && config.indexes.length === 0;
  return statement.replace(/\)\s*;\s*$/, isKeyed ? ") STRICT, WITHOUT ROWID;" : ") STRICT;");
}
