/**
 * What every table must be like, walked over all of them so that none can be forgotten: keys lead with the school,
 * only known kinds of columns, and in the live databases the triggers and the row-level security that go with them.
 */
import BetterSqlite3 from "better-sqlite3";
import { is } from "drizzle-orm";
import { type AnySQLiteColumn, getTableConfig, SQLiteColumn } from "drizzle-orm/sqlite-core";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { derivePostgresTables } from "@doudou/db/engines/derive-postgres.ts";
import { APPEND_ONLY_TABLES, GLOBAL_TABLES, tables } from "@doudou/db/schema/tables.ts";
import { type FreshDatabase, freshDatabase } from "../support/databases.ts";

const allTables = Object.values(tables).map((table) => getTableConfig(table));
const schoolTables = allTables.filter(({ name }) => !(GLOBAL_TABLES as readonly string[]).includes(name));
const names = (columns: readonly AnySQLiteColumn[]) => columns.map(({ name }) => name);

describe.each(schoolTables.map((table) => [table.name, table] as const))("%s", (_, table) => {
  test("has one primary key, which leads with the school", () => {
    const inline = table.columns.filter((column) => column.primary);
    const keys = [
      ...(inline.length > 0 ? [names(inline)] : []),
      ...table.primaryKeys.map((key) => names(key.columns)),
    ];
    expect(keys).toHaveLength(1);
    expect(keys[0]?.[0]).toBe("school_id");
  });

  test("is unique only within the school, unless it is the list of schools", () => {
    const loose = table.indexes
      .filter(
        ({
          config: {
            unique,
            columns: [first],
          },
        }) => unique && !(is(first, SQLiteColumn) && first.name === "school_id"),
      )
      .map(({ config }) => config.name);
    expect(loose).toEqual(table.name === "school" ? ["school_code_key"] : []);
    expect(table.uniqueConstraints).toEqual([]);
    expect(table.columns.filter((column) => column.isUnique)).toEqual([]);
  });

  test("points at other tables of schools only together with the school", () => {
    const loose = table.foreignKeys
      .map((key) => key.reference())
      .filter(
        ({ foreignTable }) =>
          !(GLOBAL_TABLES as readonly string[]).includes(getTableConfig(foreignTable).name),
      )
      .map(({ columns, foreignColumns }) => [names(columns), names(foreignColumns)])
      .filter((sides) => sides.some(([first]) => first !== "school_id"));
    expect(loose).toEqual([]);
  });

  test("belongs to a school that exists", () => {
    const owners = table.foreignKeys
      .map((key) => key.reference())
      .filter(({ columns }) => columns.length === 1);
    const isSchool = table.name === "school";
    expect(isSchool || owners.some(({ columns }) => columns[0]?.name === "school_id")).toBe(true);
  });
});

test("global tables are those that are listed, and hold no school", () => {
  const withoutSchool = allTables.filter(({ columns }) => !names(columns).includes("school_id"));
  expect(names(withoutSchool as never).sort()).toEqual([...GLOBAL_TABLES].sort());
});

test("append-only tables exist", () => {
  expect(allTables.map(({ name }) => name)).toEqual(expect.arrayContaining([...APPEND_ONLY_TABLES]));
});

test("every column kind has a counterpart on PostgreSQL", () => {
  expect(() => derivePostgresTables(tables)).not.toThrow();
});

describe("the live SQLite file", () => {
  let fresh: FreshDatabase;
  let client: BetterSqlite3.Database;

  beforeAll(async () => {
    fresh = await freshDatabase("sqlite");
    client = new BetterSqlite3(String(fresh.location.file));
  });

  afterAll(async () => {
    client.close();
    await fresh.drop();
  });

  test("has exactly the tables of the schema, all of them strict", () => {
    const found = client
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(found.map(({ name }) => name).sort()).toEqual(
      ["schema_migration", ...allTables.map(({ name }) => name)].sort(),
    );
    expect(found.filter(({ strict }) => strict !== 1)).toEqual([]);
  });

  test.each(APPEND_ONLY_TABLES)("refuses to change %s", (table) => {
    const triggers = client
      .prepare<[string], string>("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
      .pluck()
      .all(table);
    expect(triggers.filter((sql) => /BEFORE UPDATE ON .* RAISE\(ABORT/.test(sql))).toHaveLength(1);
    expect(triggers.filter((sql) => /BEFORE DELETE ON .* RAISE\(ABORT/.test(sql))).toHaveLength(1);
  });
});

describe("the live PostgreSQL database", () => {
  let fresh: FreshDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    fresh = await freshDatabase("postgres");
    client = new pg.Client({ connectionString: String(fresh.location.url) });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await fresh.drop();
  });

  test("has exactly the tables of the schema", async () => {
    const found = await client.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    );
    expect(found.rows.map((row) => row.tablename).sort()).toEqual(
      ["schema_migration", ...allTables.map(({ name }) => name)].sort(),
    );
  });

  test.each(schoolTables.map(({ name }) => name))(
    "hides %s of other schools, even from its owner",
    async (table) => {
      const { rows } = await client.query(
        `SELECT c.relrowsecurity, c.relforcerowsecurity, p.polcmd, p.polpermissive, p.polroles = '{0}' AS for_all_roles,
              pg_get_expr(p.polqual, c.oid) AS visible, pg_get_expr(p.polwithcheck, c.oid) AS writable
       FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relname = $1 AND c.relkind = 'r'`,
        [table],
      );
      const isInScope =
        "((school_id = current_setting('doudou.school_id'::text, true)) OR (current_setting('doudou.school_id'::text, true) = '*'::text))";
      expect(rows).toEqual([
        {
          relrowsecurity: true,
          relforcerowsecurity: true,
          polcmd: "*",
          polpermissive: true,
          for_all_roles: true,
          visible: isInScope,
          writable: isInScope,
        },
      ]);
    },
  );

  test.each(APPEND_ONLY_TABLES)("refuses to change %s", async (table) => {
    const { rows } = await client.query(
      `SELECT pg_get_triggerdef(oid) AS definition, tgenabled FROM pg_trigger WHERE tgrelid = $1::regclass AND NOT tgisinternal`,
      [table],
    );
    expect(rows.every(({ tgenabled }) => tgenabled === "O")).toBe(true);
    const refused = rows.flatMap(
      ({ definition }) => /BEFORE ([A-Z ]+) ON/.exec(definition as string)?.[1]?.split(" OR ") ?? [],
    );
    expect(new Set(refused)).toEqual(new Set(["DELETE", "UPDATE", "TRUNCATE"]));
  });

  test("sorts and compares text byte by byte, as SQLite does", async () => {
    const { rows } = await client.query(
      `SELECT table_name, column_name FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> 'schema_migration' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`,
    );
    expect(rows).toEqual([]);
  });
});
