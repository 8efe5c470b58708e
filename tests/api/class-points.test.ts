/** A class's own observation points: few, for that class alone, offline too, retired rather than deleted. */
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { AwardablePoints } from "@doudou/shared/contract/classes.ts";
import type { ClassPoints, SchoolClassPoints } from "@doudou/shared/contract/class-points.ts";
import type { PublishedScheme, SchemeOverview } from "@doudou/shared/contract/indicators.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;

describe.each(ENGINES)("a class's own observation points on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    admin = await clientOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const path = (classId = world.school.classId) => `/classes/${classId}/class-points`;
  const add = async (name = "给绿植浇水", over: object = {}, id = uuidv7()) => {
    const { indicators } = await homeroom.get<ClassPoints>(path());
    const point = {
      indicatorCode: indicators[0]?.code,
      name,
      kind: "behaviour",
      beans: 2,
      weeklyCap: 3,
      ...over,
    };
    const { status, code } = await homeroom.ask("PUT", `${path()}/${id}`, point);
    return { id, status, code };
  };
  const offered = async (client: Client, classId = world.school.classId) => {
    const { points } = await client.get<AwardablePoints>(`/observation-points?classId=${classId}`);
    return points;
  };
  const award = async (client: Client, observationPointId: string, over: object = {}) => {
    const [result] = await client.award(awardIn(world.school, WORLD_NOW, { observationPointId, ...over }));
    return result?.problem?.code ?? result?.status;
  };

  test("are offered to all who teach the class, told apart, and awarded like any other", async () => {
    const { id, status } = await add();
    expect(status).toBe(204);
    expect((await add("给绿植浇水", {}, id)).status).toBe(204);
    const subject = await clientOf(world, world.school.subject);
    for (const client of [homeroom, subject]) {
      const own = (await offered(client)).find((point) => point.id === id);
      expect(own).toMatchObject({ origin: "class", beans: 2, minBeans: 1, maxBeans: 3 });
      expect(await award(client, id)).toBe("recorded");
    }
    expect((await offered(homeroom)).filter((point) => point.origin === "class")).toHaveLength(1);
  });

  test("are never another class's: not shown there, and an award of one is turned away", async () => {
    const { id } = await add();
    const outsider = await clientOf(world, world.school.outsider);
    const { otherClassId } = world.school;
    const there = await admin.ask("GET", path(otherClassId));
    expect(there.status).toBe(200);
    expect((JSON.parse(there.body) as ClassPoints).points).toEqual([]);
    const studentId = world.school.otherChildren[0]!.id;
    expect((await offered(outsider, otherClassId)).some((point) => point.id === id)).toBe(false);
    expect(await award(outsider, id, { studentId })).toBe("observation-point-not-found");
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", path())).status).toBe(404);
    expect((await neighbour.ask("DELETE", `${path()}/${id}`)).status).toBe(404);
  });

  test("are few, named apart from what there is, and worth no more than the rules say", async () => {
    for (let number = 1; number <= 5; number += 1) expect((await add(`第${number}个`)).status).toBe(204);
    expect((await add("第6个")).code).toBe("class-points-full");
    const { points } = await homeroom.get<ClassPoints>(path());
    await homeroom.ask("DELETE", `${path()}/${points[0]?.id}`);
    const known = (await offered(homeroom)).find((point) => point.origin === "core");
    expect((await add(known?.name.zh)).code).toBe("class-point-name-taken");
    expect((await add("太多豆", { beans: 4 })).status).toBe(400);
    expect((await add("没有指标", { indicatorCode: "nowhere" })).status).toBe(404);
    expect((await add("第6个")).status).toBe(204);
  });

  test("are retired by the office too: offered no more, what was given stays, and a tablet in the cellar is heard", async () => {
    const { id } = await add();
    expect(await award(homeroom, id)).toBe("recorded");
    expect((await admin.ask("DELETE", `${path()}/${id}`)).status).toBe(204);
    expect((await admin.ask("DELETE", `${path()}/${id}`)).status).toBe(204);
    expect((await offered(homeroom)).some((point) => point.id === id)).toBe(false);
    // Given without a network before the tablet could hear of it.
    expect(await award(homeroom, id)).toBe("recorded");
    world.setNow(new Date(WORLD_NOW.getTime() + 15 * DAY_MS));
    homeroom = await clientOf(world, world.school.homeroom);
    admin = await clientOf(world, world.school.admin);
    const late = new Date(WORLD_NOW.getTime() + 15 * DAY_MS).toISOString();
    expect(await award(homeroom, id, { occurredAt: late })).toBe("observation-point-not-found");
    const { classes } = await admin.get<SchoolClassPoints>("/class-points");
    expect(classes[0]?.points[0]).toMatchObject({ id, addedBy: world.school.homeroom.name });
    expect(classes[0]?.points[0]?.retiredAt).not.toBeNull();
    const { entries } = await admin.get<AuditPage>("/audit?action=class-point.retire");
    expect(entries).toHaveLength(1);
  });

  test("leave every published version as it is, and outlive the version they were added under", async () => {
    const { inForce } = await admin.get<SchemeOverview>("/indicator-schemes");
    const read = () => admin.get<PublishedScheme>(`/indicator-schemes/${inForce}`);
    const before = await read();
    const { id } = await add();
    expect(await read()).toEqual(before);
    await admin.ask("POST", "/scheme-draft", { from: inForce! });
    const published = await admin.ask("POST", "/scheme-draft/publish", {
      version: 1,
      termId: world.school.termId,
    });
    expect(published.status).toBe(200);
    expect((await offered(homeroom)).find((point) => point.id === id)).toMatchObject({ origin: "class" });
    expect(await award(homeroom, id)).toBe("recorded");
  });

  test("are the homeroom teacher's to add and nobody else's", async () => {
    const { id } = await add();
    for (const person of [world.school.subject, world.school.outsider, world.school.guardian]) {
      const client = await clientOf(world, person);
      const point = { indicatorCode: "x", name: "浇水", kind: "behaviour", beans: 1, weeklyCap: 3 };
      expect((await client.ask("PUT", `${path()}/${uuidv7()}`, point)).status).toBe(403);
      expect((await client.ask("DELETE", `${path()}/${id}`)).status).toBe(403);
      expect((await client.ask("GET", "/class-points")).status).toBe(403);
    }
    expect((await admin.ask("PUT", `${path()}/${uuidv7()}`, {})).status).toBe(403);
    expect((await admin.ask("DELETE", `${path()}/${world.school.points.helps}`)).code).toBe(
      "observation-point-not-found",
    );
  });
});
