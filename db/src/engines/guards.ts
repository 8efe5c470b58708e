/**
 * What the database itself refuses, whatever the code says: changing an append-only row, and on PostgreSQL seeing or
 * writing a row of another school. Derived from the tables, so that none can be forgotten; part of the migrations.
 */
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { APPEND_ONLY_TABLES, tables } from "../schema/tables.ts";

export interface Guard {
  readonly name: string;
  readonly table: string;
  readonly create: string;
  readonly drop: string;
}

export function guardsOf(engine: "sqlite" | "postgres"): Guard[] {
  const names = Object.values(tables).map((table) => getTableConfig(table).name);
  const appendOnly = names.filter((name) => (APPEND_ONLY_TABLES as readonly string[]).includes(name));
  if (engine === "sqlite") return appendOnly.flatMap(sqliteAppendOnly);
  const ofSchools = Object.values(tables)
    .map((table) => getTableConfig(table))
    .filter(({ columns }) => columns.some((column) => column.name === "school_id"));
  return [...appendOnly.map(postgresAppendOnly), ...ofSchools.map(({ name }) => postgresSchoolOnly(name))];
}

function sqliteAppendOnly(table: string): Guard[] {
  return ["update", "delete"].map((verb) => {
    const name = `${table}_refuses_${verb}`;
    return {
      name,
      table,
      create:
        `CREATE TRIGGER \`${name}\` BEFORE ${verb.toUpperCase()} ON \`${table}\` ` +
        `BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
      drop: `DROP TRIGGER IF EXISTS \`${name}\`;`,
    };
  });
}

function postgresAppendOnly(table: string): Guard {
  const name = `${table}_append_only`;
  return {
    name,
    table,
    create: [
      `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS ` +
        `$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;`,
      `CREATE TRIGGER "${name}" BEFORE UPDATE OR DELETE OR TRUNCATE ON "${table}" ` +
        `FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
    ].join("\n"),
    drop: `DROP TRIGGER IF EXISTS "${name}" ON "${table}";`,
  };
}

/** FORCE: the owner of a table, as whom the product connects, is otherwise exempt. */
function postgresSchoolOnly(table: string): Guard {
  const isInScope = `school_id = current_setting('doudou.school_id', true) OR current_setting('doudou.school_id', true) = '*'`;
  return {
    name: `${table}_school_only`,
    table,
    create: [
      `ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY;`,
      `ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY;`,
      `CREATE POLICY "${table}_school_only" ON "${table}" USING (${isInScope}) WITH CHECK (${isInScope});`,
    ].join("\n"),
    drop: `DROP POLICY IF EXISTS "${table}_school_only" ON "${table}";`,
  };
}
