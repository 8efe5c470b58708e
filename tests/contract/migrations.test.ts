/**
 * The way a database comes up to date: by the migrations that are written down, once, and never backwards.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import BetterSqlite3 from "better-sqlite3";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { DatabaseTooNew, EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { knownMigrations } from "@doudou/db/engines/migration-files.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { planMigration, type Snapshot } from "@doudou/db/engines/plan-migration.ts";
import { addAuditEntry, auditEntries, checkAuditChain } from "@doudou/db/repositories/oversight.ts";
import { duePapers } from "@doudou/db/repositories/summary-papers.ts";
import { type DatabaseLocation, type Engine, ENGINES, freshLocation } from "../support/databases.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let place: DatabaseLocation;
  beforeEach(async () => {
    place = await freshLocation(engine);
  });
  afterEach(() => place.remove());

  test("the tables of today are those of the last migration: nothing was changed without one", async () => {
    const file = new URL(`../../db/migrations/${engine}/snapshot.json`, import.meta.url);
    const last = JSON.parse(await readFile(file, "utf8")) as Snapshot;
    expect((await planMigration(engine, last)).statements).toEqual([]);
  });

  test("several processes that start together migrate once", async () => {
    await Promise.all(Array.from({ length: 4 }, () => openInAnotherProcess(place.location)));
    const applied = await query(place.location, "SELECT name FROM schema_migration");
    expect(applied).toEqual(knownMigrations(engine).map(({ name }) => ({ name })));
  });

  test("a database of a newer version is refused, and left as it is", async () => {
    await (await openDatabase(place.location)).close();
    await query(
      place.location,
      "INSERT INTO schema_migration (name, sha256, applied_at) VALUES ('9999_from-tomorrow', 'x', '2099-01-01 00:00:00') RETURNING name",
    );
    const opening = openDatabase(place.location);
    await expect(opening).rejects.toBeInstanceOf(DatabaseTooNew);
    await expect(opening).rejects.toThrow("9999_from-tomorrow");
    expect(await query(place.location, "SELECT name FROM schema_migration")).toHaveLength(
      knownMigrations(engine).length + 1,
    );
  });

  test("a migration that was edited after it ran is noticed", async () => {
    await (await openDatabase(place.location)).close();
    await query(place.location, "UPDATE schema_migration SET sha256 = 'other' RETURNING name");
    await expect(openDatabase(place.location)).rejects.toThrow("was changed after this database had run it");
  });

  test("a migration that fails half-way leaves nothing of itself, and is run whole once what was in its way is gone", async () => {
    await script(place.location, [
      ...historyUpTo(engine, "0034"),
      "CREATE TABLE incident_entry (in_the_way integer)",
    ]);
    await expect(openDatabase(place.location)).rejects.toThrow("incident_entry");
    await expect(query(place.location, "SELECT 1 FROM incident")).rejects.toThrow("incident");
    const done = "SELECT name FROM schema_migration ORDER BY name DESC LIMIT 1";
    expect(await query(place.location, done)).toEqual([{ name: expect.stringMatching(/^0033/) }]);
    await script(place.location, ["DROP TABLE incident_entry"]);
    await (await openDatabase(place.location)).close();
    expect(await query(place.location, done)).toEqual([{ name: knownMigrations(engine).at(-1)!.name }]);
  });

  test("what an earlier version wrote down of staff reads stays, and the chain begins behind it", async () => {
    await script(place.location, [
      ...historyUpTo(engine, "0007"),
      `INSERT INTO school (school_id, code, name, time_zone, locale, created_at) VALUES ('s', 's', 's', 'UTC', 'en', ${instant(engine, 0)})`,
      "INSERT INTO membership (school_id, id, role, display_name) VALUES ('s', 'm', 'teacher', '林老师')",
      ...[2, 1, 3].map(
        (at) =>
          `INSERT INTO access_log (school_id, id, membership_id, action, request_id, at) VALUES ('s', 'l${at}', 'm', 'read-${at}', 'r', ${instant(engine, at)})`,
      ),
    ]);
    const database = await openDatabase(place.location);
    onTestFinished(() => database.close());
    await database.write("s", (store) =>
      addAuditEntry(store, "s", {
        kind: "read",
        membershipId: "m",
        action: "read-4",
        studentId: null,
        classId: null,
        subjectId: null,
        requestId: "r",
        address: null,
        at: new Date(4),
      }),
    );
    const entries = await database.read("s", (store) =>
      auditEntries(store, "s", {}, { before: undefined, limit: 9 }),
    );
    expect(entries.map(({ seq, action, at }) => [seq, action, at.getTime()])).toEqual(
      [4, 3, 2, 1].map((nth) => [nth, `read-${nth}`, nth]),
    );
    expect(await database.read("s", (store) => checkAuditChain(store, "s"))).toEqual({
      entries: 4,
      unchained: 3,
      erased: 0,
      faults: [],
    });
  });

  test("what an earlier version published waits for its paper", async () => {
    const at = instant(engine, 0);
    await script(place.location, [
      ...historyUpTo(engine, "0039"),
      `INSERT INTO school (school_id, code, name, time_zone, locale, created_at) VALUES ('s', 's', 's', 'UTC', 'en', ${at})`,
      "INSERT INTO membership (school_id, id, role, display_name) VALUES ('s', 'm', 'teacher', '林老师')",
      `INSERT INTO student (school_id, id, student_no, name, pinyin, created_at) VALUES ('s', 'c', '1', '林小满', 'lin', ${at})`,
      "INSERT INTO academic_year VALUES ('s', 'y', '2025', '2025-09-01', '2026-08-31')",
      "INSERT INTO term VALUES ('s', 't', 'y', NULL, '上', 'autumn', '2025-09-01', '2026-01-23')",
      `INSERT INTO term_summary (school_id, student_id, term_id, revision, snapshot, sha256, verification_code, published_by, published_at) VALUES ('s', 'c', 't', 1, '{}', 'x', 'code', 'm', ${at})`,
    ]);
    const database = await openDatabase(place.location);
    onTestFinished(() => database.close());
    expect(await database.read(EVERY_SCHOOL, (store) => duePapers(store, 9))).toEqual([
      { schoolId: "s", studentId: "c", termId: "t", revision: 1 },
    ]);
  });

  test("a second start changes nothing", async () => {
    await (await openDatabase(place.location)).close();
    const first = await query(place.location, "SELECT * FROM schema_migration");
    await (await openDatabase(place.location)).close();
    expect(await query(place.location, "SELECT * FROM schema_migration")).toEqual(first);
  });
});

test("a table that is rebuilt on SQLite gets its triggers again", async () => {
  const now = (await planMigration("sqlite", undefined)).snapshot;
  const was = structuredClone(now) as Snapshot & {
    tables: { tables: Record<string, { columns: Record<string, { notNull: boolean }> }> };
  };
  const note = was.tables.tables["award"]?.columns["note"];
  if (!note) throw new Error("the ledger has a note");
  note.notNull = true; // as if it had been obligatory before
  const { statements } = await planMigration("sqlite", was);
  expect(statements).toContain("DROP TABLE `award`;");
  const dropped = statements.indexOf("DROP TABLE `award`;");
  expect(
    statements.slice(dropped).filter((statement) => statement.startsWith("CREATE TRIGGER `award_refuses_")),
  ).toHaveLength(2);
  expect(statements.filter((statement) => statement.startsWith("CREATE TRIGGER `award_void_"))).toEqual([]);
});

/** What makes a database as it was before a migration, by the name of which this is the beginning. */
function historyUpTo(engine: Engine, migration: string): string[] {
  const before = knownMigrations(engine).filter(({ name }) => name < migration);
  return [
    engine === "sqlite"
      ? "CREATE TABLE schema_migration (name TEXT PRIMARY KEY NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
      : "CREATE TABLE schema_migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()); SET doudou.school_id = '*'",
    ...before.map(({ sql }) => sql),
    ...before.map(
      ({ name, sha256 }) =>
        `INSERT INTO schema_migration VALUES ('${name}', '${sha256}', '2026-01-01 00:00:00')`,
    ),
  ];
}

/** Opens and closes the database in a process of its own; rejects with what that process complained about. */
async function openInAnotherProcess(location: DatabaseLocation["location"]): Promise<void> {
  const program = `
    const { openDatabase } = await import(${JSON.stringify(import.meta.resolve("@doudou/db/engines/open.ts"))});
    await (await openDatabase(${JSON.stringify(location)})).close();`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
}

function instant(engine: Engine, ms: number): string {
  return engine === "sqlite" ? String(ms) : `to_timestamp(${ms / 1000})`;
}

/** Runs statements one after the other, some of them many in one. */
async function script(location: DatabaseLocation["location"], statements: readonly string[]): Promise<void> {
  if (location.file !== undefined) {
    const client = new BetterSqlite3(location.file);
    for (const statement of statements) client.exec(statement);
    client.close();
    return;
  }
  const client = new pg.Client({ connectionString: location.url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function query(location: DatabaseLocation["location"], sql: string): Promise<unknown[]> {
  if (location.file !== undefined) {
    const client = new BetterSqlite3(location.file);
    try {
      return client.prepare(sql).all();
    } finally {
      client.close();
    }
  }
  const client = new pg.Client({ connectionString: location.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
