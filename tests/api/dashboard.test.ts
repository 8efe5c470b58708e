/** The school's dashboard over HTTP, on both engines: what it counts, what it asks, and where names begin. */
import { and, eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { AwardInput } from "@doudou/shared/contract/awards.ts";
import type { Dashboard, PatternRecords, UnnoticedChildren } from "@doudou/shared/contract/dashboard.ts";
import { PATTERN_RULES } from "@doudou/shared/domain/patterns.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const YESTERDAY_2140 = new Date("2026-11-10T13:40:00Z");

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    onTestFinished(() => world.close());
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
    admin = await clientOf(world, world.school.admin);
  });

  const award = (
    place: number,
    over: Partial<AwardInput> = {},
    at = new Date(WORLD_NOW.getTime() - MINUTE),
  ) => awardIn(world.school, at, { studentId: world.school.children[place]!.id, ...over });
  const dashboard = () => admin.get<Dashboard>("/dashboard");
  const classIn = (of: Dashboard, classId: string) => of.classes.find((one) => one.class.id === classId)!;

  test("tells class by class whom this week has noticed and what was recorded, without what was voided", async () => {
    const { classId, otherClassId, points } = world.school;
    const mistaken = award(3);
    await homeroom.award(award(0), award(0), award(1, { observationPointId: points.progress }), mistaken);
    await homeroom.award(award(2, {}, new Date(WORLD_NOW.getTime() - 7 * DAY)));
    await homeroom.void([mistaken.id]);
    const told = await dashboard();
    expect(told.classes.map((one) => one.class.name)).toEqual(["三年级1班", "五年级1班"]);
    expect(told.week).toEqual({
      startsOn: "2026-11-09",
      endsOn: "2026-11-15",
      isRunning: true,
      schoolDays: 5,
      schoolDaysBegun: 3,
    });
    expect(told.weeks.at(-1)).toBe("2026-11-09");
    expect(classIn(told, classId)).toMatchObject({ studentCount: 5, noticed: 2 });
    const nothing = { moral: 0, academic: 0, physical: 0, arts: 0, labour: 0 };
    expect(classIn(told, classId).weeks.slice(-2)).toEqual([
      { ...nothing, moral: 1 },
      { ...nothing, moral: 2, academic: 1 },
    ]);
    expect(classIn(told, otherClassId)).toMatchObject({ studentCount: 2, noticed: 0 });
    expect(told.teachers).toEqual({ count: 3, active: 1, newHere: [], foundNoTime: expect.any(Array) });
    expect(told.patterns).toEqual([]);
  });

  test("names no child, and no teacher but those who may be glad of a hand", async () => {
    await homeroom.award(award(0));
    const told = await dashboard();
    const text = JSON.stringify(told);
    for (const { id, name } of world.school.children) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(name);
    }
    expect(told.teachers.foundNoTime.map(({ name }) => name)).toEqual(["李老师", "钱老师"]);
    expect(text).not.toContain(world.school.homeroom.name);
  });

  test("counts a child that moved in the class it was in, and asks who is new instead of who is quiet", async () => {
    const { id: schoolId, classId, otherClassId, children, outsider } = world.school;
    await homeroom.award(award(4, {}, new Date("2026-11-04T02:00:00Z")), award(0));
    await world.database.write(schoolId, async ({ db, tables }) => {
      const { enrollment: e, teachingAssignment: t } = tables;
      await db
        .update(e)
        .set({ endsOn: "2026-11-08" })
        .where(and(eq(e.schoolId, schoolId), eq(e.studentId, children[4]!.id)));
      await db.insert(e).values({
        schoolId,
        id: uuidv7(),
        studentId: children[4]!.id,
        classId: otherClassId,
        startsOn: "2026-11-09",
        endsOn: null,
      });
      await db
        .update(t)
        .set({ startsOn: "2026-11-02" })
        .where(and(eq(t.schoolId, schoolId), eq(t.membershipId, outsider.membershipId)));
    });
    const told = await dashboard();
    expect(classIn(told, classId)).toMatchObject({ studentCount: 4, noticed: 1 });
    expect(classIn(told, classId).weeks.at(-2)).toMatchObject({ moral: 1 });
    expect(classIn(told, otherClassId)).toMatchObject({ studentCount: 3, noticed: 0 });
    expect(classIn(told, otherClassId).weeks.at(-2)).toMatchObject({ moral: 0 });
    expect(told.teachers.newHere.map(({ name }) => name)).toEqual(["钱老师"]);
    expect(told.teachers.foundNoTime.map(({ name }) => name)).toEqual(["李老师"]);
  });

  test("who was not noticed is told by name to the class's teachers and the administrator, and the log says who asked", async () => {
    const { classId, children } = world.school;
    await homeroom.award(award(0), award(2));
    const path = `/classes/${classId}/unnoticed`;
    for (const reader of [admin, homeroom, subject]) {
      const { students } = await reader.get<UnnoticedChildren>(path);
      expect(students).toEqual(
        [1, 3, 4].map((place) => ({ id: children[place]!.id, name: children[place]!.name })),
      );
    }
    for (const person of [world.school.outsider, world.school.guardian, world.school.student])
      expect((await (await clientOf(world, person)).ask("GET", path)).code).toBe("forbidden");
    expect((await (await clientOf(world, world.neighbour.admin)).ask("GET", path)).code).toBe("not-found");
    const { entries } = await admin.get<AuditPage>("/audit?action=class.read-unnoticed");
    expect(entries.map(({ by }) => by.name)).toEqual(["李老师", "王老师", "校长"]);
    expect(entries.every((entry) => entry.class?.id === classId && entry.kind === "read")).toBe(true);
  });

  test("late records and many of one child become questions; what made them is shown and written down", async () => {
    const { classId, homeroom: teacher, children } = world.school;
    const late = Array.from({ length: PATTERN_RULES.burst.atLeast }, (_, turn) =>
      award(1, {}, new Date(YESTERDAY_2140.getTime() + turn * 1000)),
    );
    await homeroom.award(...late, award(0));
    const { patterns, furtherPatterns } = await dashboard();
    expect(furtherPatterns).toBe(0);
    expect(patterns.map(({ kind }) => kind).sort()).toEqual(["burst", "outside-hours"]);
    for (const pattern of patterns)
      expect(pattern).toMatchObject({
        teacher: { id: teacher.membershipId },
        from: "2026-11-10",
        to: "2026-11-10",
        records: PATTERN_RULES.burst.atLeast,
        children: 1,
        firstAt: YESTERDAY_2140.toISOString(),
      });
    const query = `kind=burst&recorderId=${teacher.membershipId}&from=2026-11-10`;
    const { records } = await admin.get<PatternRecords>(`/classes/${classId}/pattern?${query}`);
    expect(records.length).toBe(PATTERN_RULES.burst.atLeast);
    expect(new Set(records.map(({ student }) => student.name))).toEqual(new Set([children[1]!.name]));
    const { entries } = await admin.get<AuditPage>("/audit?action=dashboard.read-pattern");
    expect(entries).toMatchObject([{ kind: "read", class: { id: classId }, by: { name: "校长" } }]);

    await homeroom.void(late.map(({ id }) => id));
    expect((await dashboard()).patterns).toEqual([]);
    expect((await admin.ask("GET", `/classes/${classId}/pattern?${query}`)).code).toBe("not-found");
    expect((await homeroom.ask("GET", `/classes/${classId}/pattern?${query}`)).code).toBe("forbidden");
  });

  test("stands still in the holidays, is empty without awards, and says so before the first term", async () => {
    world.setNow(new Date("2027-02-10T02:00:00Z"));
    admin = await clientOf(world, world.school.admin);
    const told = await dashboard();
    expect(told.week).toMatchObject({
      startsOn: "2027-01-18",
      isRunning: false,
      schoolDays: 5,
      schoolDaysBegun: 5,
    });
    expect(told.classes.every(({ noticed }) => noticed === 0)).toBe(true);
    world.setNow(new Date("2026-02-10T02:00:00Z"));
    admin = await clientOf(world, world.school.admin);
    await expect.poll(async () => (await admin.ask("GET", "/dashboard")).code).toBe("term-not-found");
  });

  test("is the administrator's alone, and of the own school", async () => {
    const { homeroom: teacher, guardian, student } = world.school;
    for (const person of [teacher, guardian, student])
      expect((await (await clientOf(world, person)).ask("GET", "/dashboard")).code).toBe("forbidden");
    await homeroom.award(award(0));
    const other = await (await clientOf(world, world.neighbour.admin)).get<Dashboard>("/dashboard");
    expect(other.classes.every(({ noticed }) => noticed === 0)).toBe(true);
    expect(other.classes.map((one) => one.class.id)).toEqual([
      world.neighbour.classId,
      world.neighbour.otherClassId,
    ]);
  });
});
