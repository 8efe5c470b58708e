/** Groups of a class and the pairs kept apart: for its teachers alone, without points, never overwritten unseen. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { GroupSet, GroupSetDraft, GroupSets, KeptApart } from "@doudou/shared/contract/groups.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { PASSWORD } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  let inClass: string;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
    inClass = `/classes/${world.school.classId}`;
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db.delete(tables.groupSet);
      await db.delete(tables.keptApart);
    });
  });

  const child = (place: number) => world.school.children[place]!.id;
  const draft = (over: Partial<GroupSetDraft> = {}): GroupSetDraft => ({
    name: "四人小组",
    groups: [
      { name: "太阳组", symbol: "sun", studentIds: [child(0), child(1)] },
      { name: "小鱼组", symbol: "fish", studentIds: [child(2)] },
    ],
    version: 0,
    ...over,
  });
  const save = async (by: Client, id: string, sent: object) => {
    const { status, code, body } = await by.ask("PUT", `${inClass}/group-sets/${id}`, sent);
    return status === 200 ? (JSON.parse(body) as GroupSet) : code;
  };
  const setsFor = async (reader: Client) => (await reader.get<GroupSets>(`${inClass}/group-sets`)).sets;
  const apart = (by: Client, method: "PUT" | "DELETE", one: string, other: string) =>
    by.ask(method, `${inClass}/kept-apart/${one}/${other}`);
  const pairsFor = async (reader: Client) => (await reader.get<KeptApart>(`${inClass}/kept-apart`)).pairs;

  test("groups are shared by the teachers of the class, and saved by version", async () => {
    const id = uuidv7();
    expect(await save(homeroom, id, draft())).toMatchObject({ version: 1, changedBy: "王老师" });
    expect((await setsFor(subject))[0]).toMatchObject({ id, name: "四人小组", groups: draft().groups });
    expect(await save(subject, id, draft({ name: "新", version: 1 }))).toMatchObject({ version: 2 });
    expect(await save(homeroom, id, draft({ version: 1 }))).toBe("groups-changed");
    const remove = (version: number) =>
      homeroom.ask("DELETE", `${inClass}/group-sets/${id}?version=${version}`);
    expect((await remove(1)).code).toBe("groups-changed");
    expect((await remove(2)).status).toBe(204);
    expect(await setsFor(subject)).toEqual([]);
  });

  test("a child is in one group at most, and only a child of the class", async () => {
    const twice = [
      { name: "甲", symbol: "sun", studentIds: [child(0)] },
      { name: "乙", symbol: "moon", studentIds: [child(0)] },
    ];
    expect(await save(homeroom, uuidv7(), { ...draft(), groups: twice })).toBe("groups-malformed");
    expect(await save(homeroom, uuidv7(), draft({ name: " " }))).toBe("groups-malformed");
    const id = uuidv7();
    const stranger = world.school.otherChildren[0]!.id;
    await save(
      homeroom,
      id,
      draft({ groups: [{ name: "甲", symbol: "sun", studentIds: [stranger, child(1)] }] }),
    );
    expect((await setsFor(homeroom))[0]?.groups[0]?.studentIds).toEqual([child(1)]);
  });

  test("a class has twenty sets at most", async () => {
    for (let index = 0; index < 20; index += 1) await save(homeroom, uuidv7(), draft());
    expect(await save(homeroom, uuidv7(), draft())).toBe("groups-too-many");
  });

  test("a pair is kept apart once, whoever is named first, and no longer when a teacher says so", async () => {
    expect((await apart(homeroom, "PUT", child(0), child(1))).status).toBe(204);
    expect((await apart(subject, "PUT", child(1), child(0))).status).toBe(204);
    expect(await pairsFor(subject)).toHaveLength(1);
    expect((await apart(homeroom, "PUT", child(0), child(0))).code).toBe("groups-malformed");
    const stranger = world.school.otherChildren[0]!.id;
    expect((await apart(homeroom, "PUT", child(0), stranger)).code).toBe("student-not-found");
    expect((await apart(subject, "DELETE", child(1), child(0))).status).toBe(204);
    expect(await pairsFor(homeroom)).toEqual([]);
  });

  test("pairs are in no other answer; reading them is logged, and a shared tablet does not get them", async () => {
    await save(homeroom, uuidv7(), draft());
    await apart(homeroom, "PUT", child(3), child(4));
    const answers = await Promise.all(
      ["group-sets", "seating-plans", "roster"].map((what) => homeroom.ask("GET", `${inClass}/${what}`)),
    );
    for (const { body } of answers) expect(body).not.toMatch(/apart|pair|otherStudentId/i);
    const reads = async () =>
      (await dumpOf(world.database))["auditEntry"]?.filter((row) => row.includes("read-apart"));
    const before = (await reads())?.length ?? 0;
    await pairsFor(homeroom);
    expect((await reads())?.length).toBe(before + 1);

    const signedIn = await world.app.server.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { login: world.school.homeroom.login, password: PASSWORD, onSharedTablet: true },
    });
    const cookie = signedIn.cookies.find(({ name }) => name === "doudou_session");
    const onTablet = async (method: "GET" | "PUT", what: string) => {
      const answer = await world.app.server.inject({
        method,
        url: `/api/v1${inClass}/${what}`,
        headers: { cookie: `doudou_session=${cookie?.value}` },
        ...(method === "PUT" && { payload: draft() }),
      });
      return answer.statusCode === 200 ? "granted" : answer.json<{ code: string }>().code;
    };
    expect(await onTablet("GET", "group-sets")).toBe("granted");
    expect(await onTablet("GET", "kept-apart")).toBe("session-confined");
    expect(await onTablet("PUT", `group-sets/${uuidv7()}`)).toBe("session-confined");
  });

  test("groups move no bean and no tally", async () => {
    const before = await dumpOf(world.database);
    await save(homeroom, uuidv7(), draft());
    await apart(homeroom, "PUT", child(0), child(1));
    const after = await dumpOf(world.database);
    const changed = Object.keys(after).filter((table) => after[table]?.join() !== before[table]?.join());
    expect(changed.sort()).toEqual(["auditDetail", "auditEntry", "groupSet", "keptApart"]);
  });

  test("nobody but the teachers of the class sees groups or pairs", async () => {
    const id = uuidv7();
    await save(homeroom, id, draft());
    const { outsider, admin, guardian, student } = world.school;
    for (const person of [outsider, admin, guardian, student]) {
      const client = await clientOf(world, person);
      expect((await client.ask("GET", `${inClass}/group-sets`)).code).toBe("forbidden");
      expect((await client.ask("GET", `${inClass}/kept-apart`)).code).toBe("forbidden");
      expect(await save(client, id, draft({ version: 1 }))).toBe("forbidden");
      expect((await apart(client, "PUT", child(0), child(1))).code).toBe("forbidden");
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", `${inClass}/group-sets`)).code).toBe("not-found");
  });
});
