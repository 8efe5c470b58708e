/**
 * That no table about a child can be forgotten. Each column of the schema that holds a child's id gets a row with words
 * in it, made from the schema alone: erasing the child has to take the row away, or what stays of it has to be named here
 * with why. The data map of docs/privacy.md has to name the table, and the copy a family takes has to hold it.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { eraseChild } from "@doudou/db/repositories/erasures.ts";
import type { ChildRecord } from "@doudou/server/features/child-exports/record.ts";
import { GLOBAL_TABLES, type Tables, tables } from "@doudou/db/schema/tables.ts";
import { type Dump, dumpOf } from "../support/dump.ts";
import { type FreshDatabase, freshDatabase } from "../support/databases.ts";
import { createSchool, type School, WORLD_NOW } from "../support/school.ts";

type TableName = keyof Tables;
type Column = ReturnType<typeof getTableConfig>["columns"][number];

/** Whatever a row says in words. */
const TRACE = "只有这孩子才有的话";

/** What a row that cannot go still says, and why that leads to nobody. `studentId` is the id of a row without a name. */
const STAYS: Partial<Record<TableName, { readonly columns: readonly string[]; readonly why: string }>> = {
  student: { columns: ["id", "studentNo"], why: "the row without a name that the ledger points at" },
  membership: { columns: ["role", "studentId"], why: "who did what; its name and account are gone" },
  award: {
    columns: ["day", "dimension", "studentId"],
    why: "append-only: what was given stays, not its note",
  },
  tally: { columns: ["dimension", "studentId"], why: "totals of the ledger" },
  dayTally: { columns: ["day", "dimension", "studentId"], why: "totals of the ledger" },
  evidenceStudent: { columns: ["studentId"], why: "which removed picture it was on" },
  awardEvidence: { columns: ["studentId"], why: "which award had a picture" },
  auditEntry: {
    columns: ["action", "address", "detailSha256", "hash", "kind", "studentId"],
    why: "the chain; its details are gone",
  },
  privacyRequest: {
    columns: ["answeredBy", "dueOn", "kind", "state", "studentId"],
    why: "the yearly report counts it; its words are gone",
  },
  erasure: { columns: ["studentId"], why: "the tombstone" },
  accessGrant: {
    columns: ["answeredBy", "endedBy", "kind", "purpose", "reviewedBy", "state", "studentId", "verdict"],
    why: "that somebody was let read, in the words of a list",
  },
  rewardRequest: { columns: ["day", "state", "studentId", "title"], why: "what was spent on which offer" },
  rewardEntry: { columns: ["movedBy", "state", "studentId"], why: "append-only: what was spent" },
  individualPlan: {
    columns: ["endedBy", "endedOn", "endsOn", "madeBy", "reviewOn", "startsOn", "studentId"],
    why: "that there was one, without a word of it: its points are still told apart from the scheme's",
  },
  rewardBalance: { columns: ["studentId"], why: "a total of what was spent" },
};

/** Where the copy a family takes has it, by the key in `record.json`; or why it has not. */
const IN_COPY: Partial<Record<TableName, keyof ChildRecord["json"] | { readonly not: string }>> = {
  student: "child",
  studentRecord: "child",
  enrollment: "child",
  guardianship: "child",
  membership: { not: "that there is an account says `cardIssuedAt`; what is in it is secret" },
  consent: "consents",
  award: "awards",
  tally: "totals",
  dayTally: "totals",
  evidenceStudent: "pictures",
  awardEvidence: "pictures",
  work: "works",
  honour: "honours",
  portfolioFile: "works",
  highlight: "highlights",
  summaryDraft: "draftComments",
  summaryRemark: "subjectRemarks",
  summaryReviewRemark: {
    not: "what reviewer and homeroom teacher settle with each other, until it is published",
  },
  termSummary: "summaries",
  termSummaryPaper: "summaries",
  termSummaryPaperDue: { not: "that the PDF is still to be set" },
  summaryReading: "readings",
  summaryMessage: "messages",
  summaryNudge: { not: "that a family was reminded: the notice it got is in `notices`" },
  inboxNotice: "notices",
  reminder: "reminders",
  absence: { not: "gone the next day" },
  viewing: { not: "gone the next day" },
  keptApart: { not: "it is about another child as well" },
  proposal: "told",
  voice: "voices",
  rating: "ratings",
  badgeQuest: "quests",
  badgeAward: "badges",
  personalGoal: "goals",
  credential: "credentials",
  rewardRequest: "wishes",
  rewardEntry: "wishes",
  rewardBalance: "wishes",
  rewardSaving: "savingFor",
  rewardShopkeeper: "shopkeeping",
  watchPlan: "watchPlans",
  transfer: "earlierSchools",
  transferFile: "earlierSchools",
  activity: "activities",
  activityStudent: "activities",
  fitnessValue: "fitness",
  fitnessExemption: "fitnessExemptions",
  individualPlan: "individualPlans",
  rollOverChoice: { not: "a plan for a class that is not made yet; the class is in `child`" },
  guardianLetter: { not: "the hash of a code and when it ends" },
  auditEntry: "readers",
  accessGrant: "readers",
  privacyRequest: "requests",
  wordReport: "wordReports",
  erasure: { not: "there is no copy afterwards" },
};

const schoolTables = (Object.keys(tables) as TableName[])
  .map((name) => ({ name, config: getTableConfig(tables[name]) }))
  .filter(({ config }) => !(GLOBAL_TABLES as readonly string[]).includes(config.name));

/** Columns with the id of a child: those that point at one, and those that are called so. */
const namingAChild = schoolTables.flatMap(({ name, config }) => {
  const pointing = config.foreignKeys
    .map((key) => key.reference())
    .filter(({ foreignTable }) => getTableConfig(foreignTable).name === "student")
    .flatMap(({ columns }) => columns.map((column) => column.name).filter((of) => of !== "school_id"));
  const called = config.columns.map((column) => column.name).filter((of) => /(^|_)student_id$/.test(of));
  return [...new Set([...pointing, ...called])].map((column) => ({ table: name, column }));
});
const aboutAChild = [...new Set(namingAChild.map(({ table }) => table))];

/** There before, and made by erasing. */
const MADE_OTHERWISE: ReadonlySet<TableName> = new Set(["student", "erasure"]);

test.each(aboutAChild)("the copy a family takes has %s, or it is said why not", (table) => {
  expect(IN_COPY[table]).toBeDefined();
});

test.each(aboutAChild)("the data map names %s", async (table) => {
  const page = await readFile(join(import.meta.dirname, "../../docs/privacy.md"), "utf8");
  expect(page).toContain(`\`${getTableConfig(tables[table]).name}\``);
});

describe("erasing a child", () => {
  let fresh: FreshDatabase;
  let school: School;
  let left: Readonly<Record<string, string[]>>;
  let others: Readonly<Record<string, string[]>>;

  beforeAll(async () => {
    fresh = await freshDatabase("sqlite");
    school = await createSchool(fresh.database, "forest");
    const [child, other] = school.children;
    const raw = new BetterSqlite3(String(fresh.location.file));
    // Rows that a school could not have, but that hold what such a row may hold.
    raw.pragma("foreign_keys = OFF");
    raw.pragma("ignore_check_constraints = ON");
    for (const { table, column } of namingAChild) {
      if (MADE_OTHERWISE.has(table)) continue;
      addRow(raw, table, (of) => (of === column ? child!.id : other!.id));
      addRow(raw, table, () => other!.id);
    }
    raw.close();
    await fresh.database.write(EVERY_SCHOOL, (store) =>
      eraseChild(
        store,
        school.id,
        { studentId: child!.id, ground: "request" },
        { membershipId: school.admin.membershipId, at: WORLD_NOW },
      ),
    );
    const dump = await dumpOf(fresh.database);
    left = leftOf(dump, child!.id);
    others = leftOf(dump, other!.id);
  });
  afterAll(() => fresh.drop());

  test("finds the tables about a child by itself, and leaves another child's rows alone", () => {
    expect(aboutAChild).toEqual(expect.arrayContaining(["award", "consent", "voice", "keptApart"]));
    const expected = aboutAChild.filter((table) => !MADE_OTHERWISE.has(table));
    expect(Object.keys(others).sort()).toEqual(expected.sort());
  });

  test.each(aboutAChild)("leaves no word of the child in %s", (table) => {
    expect(left[table] ?? []).toEqual(STAYS[table]?.columns ?? []);
  });

  /** @returns by table, which columns of rows about a child still say something of it */
  function leftOf(dump: Dump, studentId: string) {
    const found: Record<string, string[]> = {};
    for (const table of aboutAChild) {
      const columns = new Set<string>();
      for (const line of dump[table] ?? []) {
        const row = JSON.parse(line) as Record<string, unknown>;
        const values = Object.entries(row).map(([column, value]) => [column, JSON.stringify(value)] as const);
        if (!values.some(([, value]) => value === JSON.stringify(studentId))) continue;
        for (const [column, value] of values)
          if (value.includes(TRACE) || value.includes(studentId)) columns.add(column);
      }
      if (columns.size > 0) found[table] = [...columns].sort();
    }
    return found;
  }

  function addRow(raw: BetterSqlite3.Database, table: TableName, childFor: (column: string) => string) {
    const { name, columns } = getTableConfig(tables[table]);
    const naming = new Set(namingAChild.filter((of) => of.table === table).map(({ column }) => column));
    const values = columns.map((column) => {
      if (column.name === "school_id") return school.id;
      return naming.has(column.name) ? childFor(column.name) : valueFor(column);
    });
    const marks = columns.map(() => "?").join(", ");
    const list = columns.map((column) => `"${column.name}"`).join(", ");
    raw.prepare(`INSERT INTO "${name}" (${list}) VALUES (${marks})`).run(...values);
  }
});

let counted = 0;

/** Something of the column's kind, never the same twice; words wherever words may stand. */
function valueFor(column: Column): string | number {
  if (column.dataType === "json") return JSON.stringify([TRACE]);
  if (column.getSQLType() !== "text") return ++counted;
  return /(^|_)id$/.test(column.name) ? uuidv7() : `${TRACE} ${uuidv7()}`;
}
