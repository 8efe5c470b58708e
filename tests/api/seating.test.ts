/** Seating plans: shared by the teachers of a class, never overwritten unseen, kept in step with who is in the class. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { SeatingPlan, SeatingPlanDraft, SeatingPlans } from "@doudou/shared/contract/seating.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  let path: string;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
    path = `/classes/${world.school.classId}/seating-plans`;
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.write(
      world.school.id,
      async ({ db, tables }) => await db.delete(tables.seatingPlan),
    );
  });

  const child = (place: number) => world.school.children[place]!;
  const draft = (over: Partial<SeatingPlanDraft> = {}): SeatingPlanDraft => ({
    name: "平时",
    subjectId: null,
    rows: 2,
    columns: 3,
    aisles: [0],
    seats: [child(0).id, null, child(1).id, null, null, child(2).id],
    version: 0,
    ...over,
  });
  const save = async (by: Client, id: string, sent: object) => {
    const { status, code, body } = await by.ask("PUT", `${path}/${id}`, sent);
    return status === 200 ? (JSON.parse(body) as SeatingPlan) : code;
  };
  const plansFor = async (reader: Client) => (await reader.get<SeatingPlans>(path)).plans;

  test("what one teacher saves, a colleague of the class opens: several plans, some for one subject", async () => {
    const { subjects, students } = await homeroom.get<SeatingPlans>(path);
    expect(subjects.map(({ name, isOwn }) => [name.zh, isOwn])).toEqual([["音乐", false]]);
    const asTaught = (await subject.get<SeatingPlans>(path)).subjects;
    expect(asTaught).toEqual(subjects.map((of) => ({ ...of, isOwn: true })));
    expect(students.map(({ name }) => name)).toEqual(world.school.children.map(({ name }) => name));
    const usual = uuidv7();
    const music = uuidv7();
    expect(await save(homeroom, usual, draft())).toMatchObject({
      id: usual,
      version: 1,
      changedBy: "王老师",
    });
    await save(
      subject,
      music,
      draft({ name: " 音乐教室 ", subjectId: subjects[0]!.id, rows: 1, columns: 6 }),
    );
    const plans = await plansFor(subject);
    expect(plans.map(({ id, name, changedBy }) => [id, name, changedBy])).toEqual([
      [usual, "平时", "王老师"],
      [music, "音乐教室", "李老师"],
    ]);
    expect(plans[0]).toMatchObject({ rows: 2, columns: 3, aisles: [0], seats: draft().seats });
  });

  test("who saves over a change that was not seen is told, and both are still there", async () => {
    const id = uuidv7();
    await save(homeroom, id, draft());
    expect(await save(subject, id, draft({ name: "新", version: 1 }))).toMatchObject({ version: 2 });
    expect(await save(homeroom, id, draft({ name: "我的", version: 1 }))).toBe("seating-changed");
    expect(await save(homeroom, id, draft({ name: "重复" }))).toBe("seating-changed");
    expect((await plansFor(homeroom)).map(({ name, version }) => [name, version])).toEqual([["新", 2]]);
    expect(await save(homeroom, id, draft({ name: "我的", version: 2 }))).toMatchObject({ version: 3 });
    const remove = (version: number) => homeroom.ask("DELETE", `${path}/${id}?version=${version}`);
    expect((await remove(2)).code).toBe("seating-changed");
    expect((await remove(3)).status).toBe(204);
    expect(await plansFor(subject)).toEqual([]);
    expect(await save(subject, id, draft({ version: 3 }))).toBe("seating-changed");
  });

  test("of two who save at once, one is told", async () => {
    const id = uuidv7();
    await save(homeroom, id, draft());
    const both = await Promise.all([homeroom, subject].map((by) => save(by, id, draft({ version: 1 }))));
    expect(both.filter((answer) => answer === "seating-changed")).toHaveLength(1);
  });

  test("a plan that is none is refused: a child twice, too few desks, an aisle at the wall, a foreign subject", async () => {
    const twice = { seats: [child(0).id, child(0).id, null, null, null, null] };
    for (const wrong of [
      twice,
      { seats: [null] },
      { aisles: [2] },
      { aisles: [1, 0] },
      { subjectId: uuidv7() },
      { name: "  " },
    ])
      expect(await save(homeroom, uuidv7(), draft(wrong))).toBe("seating-malformed");
    for (const wrong of [{ rows: 10 }, { columns: 11 }, { name: "字".repeat(31) }, { version: -1 }])
      expect(await save(homeroom, uuidv7(), draft(wrong))).toBe("invalid-input");
    expect(await plansFor(homeroom)).toEqual([]);
  });

  test("a class has twenty plans at most", async () => {
    for (let index = 0; index < 20; index += 1) await save(homeroom, uuidv7(), draft());
    expect(await save(homeroom, uuidv7(), draft())).toBe("seating-too-many");
  });

  test("a child who leaves the class is at no desk any more, and one of another class never is", async () => {
    const id = uuidv7();
    const stranger = world.school.otherChildren[0]!.id;
    await save(homeroom, id, draft({ seats: [child(0).id, null, child(4).id, null, stranger, null] }));
    expect((await plansFor(homeroom))[0]?.seats).toEqual([child(0).id, null, child(4).id, null, null, null]);
    await world.database.write(world.school.id, async ({ db, tables: { enrollment: e } }) => {
      const ofChild = and(eq(e.schoolId, world.school.id), eq(e.studentId, child(4).id));
      await db.update(e).set({ endsOn: "2026-11-10" }).where(ofChild);
    });
    expect((await plansFor(homeroom))[0]?.seats).toEqual([child(0).id, null, null, null, null, null]);
  });

  test("nobody but the teachers of the class sees or changes a plan", async () => {
    const id = uuidv7();
    await save(homeroom, id, draft());
    const { outsider, admin, guardian, student } = world.school;
    for (const person of [outsider, admin, guardian, student]) {
      const client = await clientOf(world, person);
      expect((await client.ask("GET", path)).code).toBe("forbidden");
      expect(await save(client, id, draft({ version: 1 }))).toBe("forbidden");
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", path)).code).toBe("not-found");
    // Nor through a class of one's own.
    const own = `/classes/${world.school.otherClassId}/seating-plans/${id}`;
    const outside = await clientOf(world, outsider);
    expect((await outside.ask("PUT", own, draft({ version: 1, seats: Array(6).fill(null) }))).code).toBe(
      "seating-changed",
    );
    expect((await plansFor(homeroom))[0]).toMatchObject({ version: 1, name: "平时" });
  });
});
