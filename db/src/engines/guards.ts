/**
 * What the database itself refuses, whatever the code says: changing an append-only row, but for the words about a child
 * that has been erased or whose time is over, and on PostgreSQL seeing or writing a row of another school. Derived from the
 * tables, so that none can be forgotten; part of the migrations.
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

/**
 * What may be taken out of an append-only row once the child it is about has a row in `erasure`: its words, or the whole
 * row where no total depends on it. Words may also go once `note_expiry` has passed their day. Nothing else of a row may
 * change with it.
 */
interface Erasable {
  readonly takes: "row" | { readonly column: string; readonly leaves: "NULL" | "''" };
  /** The child a row is about, as SQL over OLD. */
  readonly studentId: string;
  /** The day its words are of, as SQL over OLD, where they are not kept for ever. */
  readonly day?: string;
}
const ERASABLE: Readonly<Record<string, Erasable>> = {
  award: { takes: { column: "note", leaves: "NULL" }, studentId: "OLD.student_id", day: "OLD.day" },
  award_void: {
    takes: { column: "reason", leaves: "''" },
    studentId: ofItsAward("student_id"),
    day: ofItsAward("day"),
  },
  term_summary: { takes: "row", studentId: "OLD.student_id" },
  term_summary_paper: { takes: "row", studentId: "OLD.student_id" },
};

function ofItsAward(column: string): string {
  return `(SELECT ${column} FROM award WHERE school_id = OLD.school_id AND id = OLD.award_id)`;
}

function mayGo({ studentId, day }: Erasable): string {
  const isErased = `EXISTS (SELECT 1 FROM erasure WHERE school_id = OLD.school_id AND student_id = ${studentId})`;
  if (day === undefined) return isErased;
  const isOver = `EXISTS (SELECT 1 FROM note_expiry WHERE school_id = OLD.school_id AND before_day > ${day})`;
  return `(${isErased} OR ${isOver})`;
}

function sqliteAppendOnly(table: string): Guard[] {
  return (["update", "delete"] as const).map((verb) => {
    const name = `${table}_refuses_${verb}`;
    const but = sqliteException(table, verb);
    return {
      name,
      table,
      create:
        `CREATE TRIGGER \`${name}\` BEFORE ${verb.toUpperCase()} ON \`${table}\` ` +
        (but === undefined ? "" : `WHEN NOT (${but}) `) +
        `BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
      drop: `DROP TRIGGER IF EXISTS \`${name}\`;`,
    };
  });
}

function sqliteException(table: string, verb: "update" | "delete"): string | undefined {
  const erasable = ERASABLE[table];
  if (!erasable || (erasable.takes === "row") !== (verb === "delete")) return undefined;
  if (erasable.takes === "row") return mayGo(erasable);
  const { column, leaves } = erasable.takes;
  const others = columnsOf(table).filter((other) => other !== column);
  const areSame = others.map((other) => `NEW.${other} IS OLD.${other}`).join(" AND ");
  return `NEW.${column} IS ${leaves} AND ${areSame} AND ${mayGo(erasable)}`;
}

function columnsOf(table: string): string[] {
  const config = Object.values(tables)
    .map((each) => getTableConfig(each))
    .find(({ name }) => name === table);
  return config?.columns.map(({ name }) => name) ?? [];
}

function postgresAppendOnly(table: string): Guard {
  const erasable = ERASABLE[table];
  return erasable ? postgresErasable(table, erasable) : postgresNeverChanged(table);
}

function postgresNeverChanged(table: string): Guard {
  const name = `${table}_append_only`;
  return {
    name,
    table,
    create: [
      REFUSE_CHANGE,
      `CREATE TRIGGER "${name}" BEFORE UPDATE OR DELETE OR TRUNCATE ON "${table}" ` +
        `FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
    ].join("\n"),
    drop: `DROP TRIGGER IF EXISTS "${name}" ON "${table}";`,
  };
}

/** Row by row, since it depends on the row; the whole table at once goes as little as any other. */
function postgresErasable(table: string, erasable: Erasable): Guard {
  const name = `${table}_append_only`;
  const { takes } = erasable;
  const isAllowed =
    takes === "row"
      ? `TG_OP = 'DELETE' AND ${mayGo(erasable)}`
      : `TG_OP = 'UPDATE' AND ${mayGo(erasable)} AND ` +
        `NEW.${takes.column} IS NOT DISTINCT FROM ${takes.leaves} AND ` +
        `to_jsonb(NEW) - '${takes.column}' = to_jsonb(OLD) - '${takes.column}'`;
  return {
    name,
    table,
    create: [
      REFUSE_CHANGE,
      `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS ` +
        `$$ BEGIN IF ${isAllowed} THEN RETURN ${takes === "row" ? "OLD" : "NEW"}; END IF; ` +
        `RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;`,
      `CREATE TRIGGER "${name}" BEFORE UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION ${name}();`,
      `CREATE TRIGGER "${name}_whole" BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
    ].join("\n"),
    drop: `DROP TRIGGER IF EXISTS "${name}" ON "${table}";\nDROP TRIGGER IF EXISTS "${name}_whole" ON "${table}";`,
  };
}

const REFUSE_CHANGE =
  `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS ` +
  `$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;`;

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
