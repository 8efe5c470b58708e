/** A school opens a year's fitness test; who teaches physical education enters it; the family reads its own child's, in words. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type {
  FitnessDesk,
  FitnessInput,
  FitnessReading,
  FitnessRecord,
  FitnessTest,
} from "@doudou/shared/contract/fitness.ts";
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { ClassPieces } from "@doudou/shared/contract/summary-rounds.ts";
import type { FitnessItem } from "@doudou/shared/domain/fitness.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { withoutIds } from "../support/dump.ts";
import { addTester, keepSexes } from "../support/fitness.ts";
import type { Person } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const TODAY = "2026-11-11";
/** 84.8 for a boy of grade 3: 良好. */
const GOOD: readonly (readonly [FitnessItem, number])[] = [
  ["height", 130],
  ["weight", 27],
  ["vital-capacity", 1700],
  ["run-50", 9.9],
  ["sit-and-reach", 8],
  ["rope-skipping", 126],
  ["sit-ups", 30],
];
const WEAK: readonly (readonly [FitnessItem, number])[] = [
  ["height", 130],
  ["weight", 27],
  ["vital-capacity", 900],
  ["run-50", 13],
  ["sit-and-reach", -5],
  ["rope-skipping", 20],
  ["sit-ups", 5],
];

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let testerPerson: Person;
  let admin: Client;
  let tester: Client;
  let homeroom: Client;
  let guardian: Client;
  let student: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    const { school } = world;
    testerPerson = await addTester(world, school);
    tester = await clientOf(world, testerPerson);
    admin = await clientOf(world, school.admin);
    homeroom = await clientOf(world, school.homeroom);
    guardian = await clientOf(world, school.guardian);
    student = await clientOf(world, school.student);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.write(world.school.id, async ({ db, tables: t }) => {
      for (const table of [t.fitnessValue, t.fitnessExemption, t.fitnessTest, t.studentRecord])
        await db.delete(table).where(eq(table.schoolId, world.school.id));
    });
    await keepSexes(world, world.school.id, [[child().id, "boy"]]);
  });

  const child = (nth = 0) => world.school.children[nth]!;
  const path = (rest = "") => `/classes/${world.school.classId}/fitness${rest}`;
  const open = () => admin.ask("PUT", "/fitness-test");
  const enter = async (
    values: readonly (readonly [FitnessItem, number | null])[],
    { by = tester, attempt = 1, testedOn = TODAY }: { by?: Client; attempt?: 1 | 2; testedOn?: string } = {},
    studentId = child().id,
  ) => {
    const input: FitnessInput = {
      testedOn,
      values: values.map(([item, value]) => ({ studentId, item, attempt, value })),
    };
    const { code, status } = await by.ask("PUT", path(), input);
    return code ?? status;
  };
  const desk = () => tester.get<FitnessDesk>(path());
  const stateOf = async (nth = 0) => (await desk()).children.find(({ id }) => id === child(nth).id)!.state;
  const record = (by: Client) => by.get<FitnessRecord>(`/students/${child().id}/fitness`);
  const lacking = async () => {
    const { children } = await homeroom.get<ClassPieces>(`/classes/${world.school.classId}/summaries/pieces`);
    return children.filter(({ pieces }) => pieces.includes("fitness")).map(({ id }) => id);
  };

  test("nothing is asked before the office opens the year's test, and opening it twice changes nothing", async () => {
    expect(await enter(GOOD)).toBe("fitness-test-not-open");
    expect(await lacking()).toEqual([]);
    await open();
    const opened = await open();
    const { test: now, classes } = JSON.parse(opened.body) as FitnessTest;
    expect(now).toEqual({ openedOn: TODAY });
    expect(classes.map(({ done }) => done)).toEqual([0, 0]);
    expect(await lacking()).toHaveLength(world.school.children.length);
  });

  test("a class is entered value by value; what is missing is named and never 0; sent twice it stands once", async () => {
    await open();
    expect(await enter(GOOD.slice(0, -1))).toBe(200);
    expect(await stateOf()).toMatchObject({ kind: "incomplete", missing: ["sit-ups"], word: null });
    expect(await enter(GOOD)).toBe(200);
    expect(await enter(GOOD)).toBe(200);
    expect(await stateOf()).toMatchObject({ kind: "scored", word: "good", total: 84.8, bonus: 0 });
    expect((await desk()).children[0]!.values).toHaveLength(GOOD.length);
    expect(await lacking()).not.toContain(child().id);
    expect(await enter([["sit-ups", null]])).toBe(200);
    expect(await stateOf()).toMatchObject({ kind: "incomplete" });
  });

  test("a time is never made faster by rounding, and a slip of the finger is not kept", async () => {
    await open();
    expect(await enter([["run-50", 9.91]])).toBe(200);
    expect((await desk()).children[0]!.values).toEqual([{ item: "run-50", attempt: 1, value: 10 }]);
    expect(await enter([["run-50", 1.2]])).toBe("fitness-value-implausible");
    expect(await enter([["pull-ups", 3]])).toBe("fitness-not-asked");
    expect(await enter([["run-50", 9]], { testedOn: "2026-11-12" })).toBe("fitness-day-wrong");
    expect(await enter([["run-50", 9]], {}, world.school.otherChildren[0]!.id)).toBe(
      "fitness-child-not-in-class",
    );
  });

  test("where the roster does not say whether boy or girl nobody guesses: the values are kept", async () => {
    await open();
    await enter(GOOD, {}, child(1).id);
    expect(await stateOf(1)).toMatchObject({ kind: "sex-unknown", word: null, total: null });
    await keepSexes(world, world.school.id, [[child(1).id, "girl"]]);
    expect(await stateOf(1)).toMatchObject({ kind: "scored" });
  });

  test("who did not pass is tested once more, and only who did not", async () => {
    await open();
    await enter(WEAK);
    expect(await stateOf()).toMatchObject({ word: "not-yet", hasRetest: true });
    expect(await enter([["run-50", 9.9]], { attempt: 2 })).toBe(200);
    expect((await desk()).children[0]!.values).toHaveLength(WEAK.length + 1);
    expect(await enter(GOOD, { attempt: 2 })).toBe(200);
    expect(await stateOf()).toMatchObject({ word: "good", hasRetest: true });
    await enter(GOOD, {}, child(1).id);
    expect(await enter(GOOD, { attempt: 2 }, child(1).id)).toBe("fitness-retest-not-due");
  });

  test("an exempt child lacks nothing, and only the kind of reason is kept", async () => {
    await open();
    const exempt = (reason: string | null) =>
      tester.ask("PUT", path("/exemption"), { studentId: child().id, reason });
    expect((await exempt("illness")).status).toBe(200);
    expect(await stateOf()).toMatchObject({ kind: "exempt", word: null });
    expect(await lacking()).not.toContain(child().id);
    expect((await exempt(null)).status).toBe(200);
    expect(await lacking()).toContain(child().id);
  });

  test("a homeroom teacher sees no result, only whether there is one and its word in the summary", async () => {
    await open();
    await enter(GOOD);
    for (const asked of [path(), path("/sheet.xlsx"), `/students/${child().id}/fitness`])
      expect((await homeroom.ask("GET", asked)).code).toBe("forbidden");
    expect(await enter(GOOD, { by: homeroom })).toBe("forbidden");
    const summary = await homeroom.get<TermSummary>(
      `/students/${child().id}/summaries/${world.school.termId}`,
    );
    expect(summary.snapshot.fitness).toEqual({ word: "good", improved: [] });
    expect(withoutIds(JSON.stringify(summary.snapshot))).not.toContain("1700");
  });

  test("the guardian reads everything of its child; the child nothing about its body; neither a point", async () => {
    await open();
    await enter(GOOD);
    const family = await record(guardian);
    expect(family.years).toMatchObject([{ kind: "scored", word: "good" }]);
    expect(family.items.map(({ item }) => item)).toContain("bmi");
    const own = await record(student);
    expect(own.items.map(({ item }) => item)).toEqual([
      "vital-capacity",
      "run-50",
      "sit-and-reach",
      "rope-skipping",
      "sit-ups",
    ]);
    expect(JSON.stringify([family, own])).not.toMatch(/total|points|84\.8/);
    const other = await clientOf(world, world.school.otherGuardian);
    expect((await other.ask("GET", `/students/${child().id}/fitness`)).code).toBe("forbidden");
  });

  test("what became better than the child's own last year comes first, in the record and in the summary", async () => {
    await open();
    await enter(GOOD);
    const { id: schoolId, yearId, classId } = world.school;
    await world.database.write(schoolId, async ({ db, tables: t }) => {
      const years = await db.select().from(t.academicYear).where(eq(t.academicYear.schoolId, schoolId));
      const academicYearId = years.find(({ id }) => id !== yearId)!.id;
      const by = testerPerson.membershipId;
      const at = new Date("2025-11-11T02:00:00Z");
      await db
        .insert(t.fitnessTest)
        .values({ schoolId, academicYearId, openedOn: "2025-11-01", openedBy: by, openedAt: at });
      await db.insert(t.fitnessValue).values(
        (
          [
            ["rope-skipping", 900],
            ["run-50", 96],
          ] as const
        ).map(([item, tenths]) => ({
          schoolId,
          academicYearId,
          studentId: child().id,
          item,
          attempt: 1 as const,
          tenths,
          classId,
          grade: 2,
          testedOn: "2025-11-11",
          enteredBy: by,
          enteredAt: at,
        })),
      );
    });
    const { items } = await record(student);
    expect(items[0]).toMatchObject({ item: "rope-skipping", isBetter: true });
    expect(items[0]!.results.map(({ value }) => value)).toEqual([90, 126]);
    expect(items.filter(({ isBetter }) => isBetter)).toHaveLength(1);
    const { snapshot } = await homeroom.get<TermSummary>(
      `/students/${child().id}/summaries/${world.school.termId}`,
    );
    expect(snapshot.fitness).toEqual({ word: "good", improved: ["rope-skipping"] });
  });

  test("a sheet is taken along, filled in and brought back; what it says is looked at before anything is saved", async () => {
    await open();
    const sheet = await tester.ask("GET", path("/sheet.xlsx"));
    expect(sheet.headers["content-type"]).toContain("spreadsheetml");
    const bring = async (file: string) => {
      const response = await world.app.server.inject({
        method: "POST",
        url: `/api/v1${path("/sheet")}`,
        headers: { cookie: await world.signIn(testerPerson), "content-type": "text/csv" },
        payload: file,
      });
      return { status: response.statusCode, body: response.json<FitnessReading & { code?: string }>() };
    };
    const { body } = await bring(
      `姓名,50米跑,一分钟跳绳(个)\n${child().name},9.9,126\n没有这人,9,100\n${child(1).name},1.2,`,
    );
    expect(body.values).toEqual([
      { studentId: child().id, item: "run-50", value: 9.9 },
      { studentId: child().id, item: "rope-skipping", value: 126 },
    ]);
    expect(body.doubts).toEqual([
      { row: 3, name: "没有这人", item: null, found: "", doubt: "child" },
      { row: 4, name: child(1).name, item: "run-50", found: "1.2", doubt: "value" },
    ]);
    expect((await desk()).children.every(({ values }) => values.length === 0)).toBe(true);
    expect((await bring("甲,乙\n1,2")).body.code).toBe("table-empty");
  });

  test("staff reads are logged, what was entered is audited without a value, and no bean comes of it", async () => {
    await open();
    await enter(GOOD);
    await desk();
    await record(guardian);
    const entries = await world.database.read(world.school.id, ({ db, tables: t }) =>
      db.select().from(t.auditEntry).where(eq(t.auditEntry.membershipId, testerPerson.membershipId)),
    );
    expect(entries.some(({ action, kind }) => kind === "read" && action === "fitness.read-class")).toBe(true);
    const changes = entries.filter(({ action, kind }) => kind === "change" && action === "fitness.enter");
    expect(changes.length).toBeGreaterThan(0);
    expect(withoutIds(JSON.stringify(changes))).not.toContain("1700");
    const awards = await world.database.read(world.school.id, ({ db, tables: t }) =>
      db.select().from(t.award).where(eq(t.award.schoolId, world.school.id)),
    );
    expect(awards).toEqual([]);
  });
});
