/** A class's growth for its homeroom teacher: names in bands, whom to look at, what is planned for it, and tables of it. */
import { strFromU8, unzipSync } from "fflate";
import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { AwardInput } from "@doudou/shared/contract/awards.ts";
import type { ClassGrowth, NewWatchPlan } from "@doudou/shared/contract/class-growth.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { noticeLastTerm } from "../support/last-term.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    onTestFinished(() => world.close());
    homeroom = await clientOf(world, world.school.homeroom);
  });

  const childAt = (place: number) => world.school.children[place]!;
  const growthOf = (reader: Client = homeroom, query = "") =>
    reader.get<ClassGrowth>(`/classes/${world.school.classId}/growth${query}`);
  const award = (place: number, over: Partial<AwardInput> = {}, daysAgo = 0) =>
    awardIn(world.school, new Date(WORLD_NOW.getTime() - daysAgo * DAY - MINUTE), {
      studentId: childAt(place).id,
      ...over,
    });
  const planOf = (place: number, plan: Partial<NewWatchPlan> = {}): NewWatchPlan => ({
    studentId: childAt(place).id,
    reason: "few",
    dimension: null,
    ...plan,
  });
  const planAt = (id: string) => `/classes/${world.school.classId}/watch-plans/${id}`;
  /** Enough in every week for a child to be known, in the dimensions the small scheme has points of. */
  const wellKnown = (place: number) => {
    const { helps, progress, capped } = world.school.points;
    return [1, 8, 15, 22, 29, 36, 43, 50, 57, 64].flatMap((daysAgo) =>
      [helps, progress, capped].map((observationPointId) => award(place, { observationPointId }, daysAgo)),
    );
  };

  test("children are in one band of each dimension, by name; whom little is known of is asked after, and why", async () => {
    await homeroom.award(...wellKnown(0));
    const growth = await growthOf();
    expect(growth.studentCount).toBe(5);
    expect(growth.dimensions.map(({ dimension }) => dimension)).toEqual([
      "moral",
      "academic",
      "physical",
      "arts",
      "labour",
    ]);
    for (const { bands } of growth.dimensions) {
      const names = bands.flatMap(({ students }) => students.map(({ name }) => name));
      expect(names.toSorted()).toEqual(world.school.children.map(({ name }) => name).toSorted());
    }
    const asked = new Map(growth.needs.map(({ student, reasons }) => [student.id, reasons]));
    expect(asked.get(childAt(0).id)).toEqual([
      { reason: "empty", dimension: "arts", planId: null },
      { reason: "empty", dimension: "labour", planId: null },
    ]);
    expect(asked.get(childAt(1).id)).toEqual([{ reason: "few", dimension: null, planId: null }]);
    expect(JSON.stringify(growth)).not.toMatch(/"(beans|records|total|rank)"/);
  });

  test("each child is held against its own last term, and the class is told how many are noticed more or less", async () => {
    expect((await growthOf()).lastTerm).toBeNull();
    // Three times in the whole of last term, and now every week; another not in last term at all.
    await noticeLastTerm(world, childAt(0).id, ["2026-03-02", "2026-04-13", "2026-05-11"]);
    await homeroom.award(...wellKnown(0), ...wellKnown(1));
    const colleague = await clientOf(world, world.school.subject);
    await colleague.award(award(0, {}, 2));
    const { lastTerm } = await growthOf();
    expect(lastTerm).toMatchObject({ children: 1, term: { id: world.school.earlierTermId } });
    const [moral, academic] = lastTerm!.dimensions;
    expect(moral).toMatchObject({ dimension: "moral", more: 1, same: 0, fewer: 0, tooFew: 0 });
    expect(moral!.perWeek).toBeGreaterThan(moral!.perWeekBefore);
    expect(moral!.perWeekBefore).toBeGreaterThan(0);
    // One person alone wrote down what it was noticed for there: too few to say.
    expect(academic).toMatchObject({ more: 0, tooFew: 1, perWeekBefore: 0 });
    expect(JSON.stringify(lastTerm)).not.toContain(childAt(0).id);
  });

  test("week by week it tells how many different children were noticed, however often", async () => {
    await homeroom.award(award(0), award(0), award(1, { observationPointId: world.school.points.progress }));
    const { weeks } = await growthOf();
    const running = weeks.at(-1)!;
    expect(running.isRunning).toBe(true);
    expect(running.children).toBe(2);
    expect(
      Object.fromEntries(running.dimensions.map(({ dimension, children }) => [dimension, children])),
    ).toEqual({
      moral: 1,
      academic: 1,
      physical: 0,
      arts: 0,
      labour: 0,
    });
    expect(weeks.at(-2)?.children).toBe(0);
  });

  test("a plan counts what has come since, not what was there before; sent twice it is one, ended it can be taken up again", async () => {
    await homeroom.award(award(1));
    const id = uuidv7();
    const plan = planOf(1);
    for (const status of [204, 204])
      expect((await homeroom.ask("PUT", planAt(id), plan)).status).toBe(status);
    const planned = await growthOf();
    expect(planned.plans).toMatchObject([{ id, student: { id: childAt(1).id }, reason: "few", seen: 0 }]);
    expect(planned.needs.find(({ student }) => student.id === childAt(1).id)?.reasons[0]?.planId).toBe(id);

    const later = award(1);
    await homeroom.award(later, award(2));
    expect((await growthOf()).plans[0]?.seen).toBe(1);
    await homeroom.void([later.id]);
    expect((await growthOf()).plans[0]?.seen).toBe(0);

    for (const status of [204, 204]) expect((await homeroom.ask("DELETE", planAt(id))).status).toBe(status);
    expect((await growthOf()).plans).toEqual([]);
    await homeroom.ask("PUT", planAt(id), plan);
    expect((await growthOf()).plans.map((each) => each.id)).toEqual([id]);
    const admin = await clientOf(world, world.school.admin);
    const { entries } = await admin.get<{ entries: { action: string }[] }>("/audit");
    const noted = entries.map(({ action }) => action).filter((action) => action.startsWith("watch-plan."));
    expect(noted.toSorted()).toEqual(["watch-plan.end", "watch-plan.make", "watch-plan.make"]);
  });

  test("in the first weeks of a term nobody is said to need a look, and it is said that it is too early to say", async () => {
    expect((await growthOf()).tooEarlyFor).toBe(0);
    world.setNow(new Date("2026-09-16T02:00:00Z"));
    homeroom = await clientOf(world, world.school.homeroom);
    const { needs, tooEarlyFor, studentCount } = await growthOf();
    expect([needs, tooEarlyFor]).toEqual([[], studentCount]);
  });

  test("a plan about one dimension counts that one alone, and is over after two weeks", async () => {
    const id = uuidv7();
    await homeroom.ask("PUT", planAt(id), planOf(1, { reason: "empty", dimension: "academic" }));
    await homeroom.award(award(1), award(1, { observationPointId: world.school.points.progress }));
    expect((await growthOf()).plans[0]?.seen).toBe(1);
    world.setNow(new Date(WORLD_NOW.getTime() + 13 * DAY));
    expect((await growthOf()).plans).toHaveLength(1);
    world.setNow(new Date(WORLD_NOW.getTime() + 14 * DAY));
    expect((await growthOf()).plans).toEqual([]);
  });

  test("a child of another class, of another school, or none: not found; between terms nothing can be planned", async () => {
    const { neighbour, school } = world;
    for (const studentId of [neighbour.children[0]!.id, school.otherChildren[0]!.id, uuidv7()])
      expect((await homeroom.ask("PUT", planAt(uuidv7()), { ...planOf(0), studentId })).status).toBe(404);
    world.setNow(new Date(WORLD_NOW.getTime() + 365 * DAY));
    homeroom = await clientOf(world, world.school.homeroom);
    const late = await homeroom.ask("PUT", planAt(uuidv7()), planOf(0));
    expect([403, 404, 422]).toContain(late.status);
  });

  test("the administrator reads it and plans nothing; a subject teacher, a child and a guardian see nothing of it", async () => {
    const admin = await clientOf(world, world.school.admin);
    expect((await growthOf(admin)).mayPlan).toBe(false);
    expect((await growthOf()).mayPlan).toBe(true);
    expect((await admin.ask("PUT", planAt(uuidv7()), planOf(0))).status).toBe(403);
    for (const who of [world.school.subject, world.school.student, world.school.guardian]) {
      const reader = await clientOf(world, who);
      expect((await reader.ask("GET", `/classes/${world.school.classId}/growth`)).status).toBe(403);
    }
  });

  test.each(["children", "weeks"] as const)(
    "the table of %s holds words and names, and no formula",
    async (table) => {
      await homeroom.award(...wellKnown(0));
      const response = await world.app.server.inject({
        method: "GET",
        url: `/api/v1/classes/${world.school.classId}/growth/${table}.xlsx`,
        headers: { cookie: await world.signIn(world.school.homeroom), "accept-language": "zh-CN" },
      });
      expect(response.statusCode).toBe(200);
      expect(response.headers["content-disposition"]).toContain(`growth-${table}.xlsx`);
      const files = unzipSync(response.rawPayload);
      const text = strFromU8(files["xl/sharedStrings.xml"]!);
      const sheet = strFromU8(files["xl/worksheets/sheet1.xml"]!);
      expect(sheet).not.toContain("<f>");
      if (table === "children") {
        expect(sheet.match(/<row /g)).toHaveLength(6);
        for (const { name } of world.school.children) expect(text).toContain(name);
        expect(text).toContain("种子");
        expect(text).toContain("还没有记录");
      } else expect(text).toContain("被看见的孩子（共5人）");
    },
  );
});
