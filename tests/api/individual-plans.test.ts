/** Individual plans: own points for one child alone, and not one word of them for anybody but its teachers. */
import { text as streamed } from "node:stream/consumers";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { AwardablePoints, Roster } from "@doudou/shared/contract/classes.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type { IndividualPlans } from "@doudou/shared/contract/individual-plans.ts";
import type { ClassPage } from "@doudou/shared/contract/people.ts";
import { tallyDifferences } from "@doudou/db/repositories/verification.ts";
import { letRead } from "../support/access.ts";
import { boardLink } from "../support/board.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { makePlan, ownPoint, planOf } from "../support/individual-plans.ts";
import { PASSWORD, type Person, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;
/** In every text of a plan, and nowhere else in the world. */
const MARK = "麒麟鹮";

describe.each(ENGINES)("individual plans on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let subject: Client;
  let childId: string;
  let otherId: string;
  beforeEach(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    subject = await clientOf(world, world.school.subject);
    [childId = "", otherId = ""] = world.school.children.map(({ id }) => id);
  });
  afterEach(() => world.close());

  const path = (studentId = childId) => `/students/${studentId}/individual-plans`;
  const plans = (client = homeroom) => client.get<IndividualPlans>(path());
  const offered = async (client: Client, classId = world.school.classId) =>
    (await client.get<AwardablePoints>(`/observation-points?classId=${classId}`)).ownPoints;
  const award = async (client: Client, observationPointId: string, over: object = {}) => {
    const [result] = await client.award(
      awardIn(world.school, WORLD_NOW, { studentId: childId, observationPointId, ...over }),
    );
    return result?.problem?.code ?? result?.status;
  };
  const onTablet = async ({ login }: Person) => {
    const response = await world.app.server.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { login, password: PASSWORD, onSharedTablet: true },
    });
    return response.cookies.find(({ name }) => name === "doudou_session")?.value ?? "";
  };

  test("own points are offered for that child alone, to all who teach it, and awarded as any other", async () => {
    const { pointId } = await makePlan(homeroom, childId);
    for (const client of [homeroom, subject]) {
      expect(await offered(client)).toMatchObject([
        { studentId: childId, points: [{ id: pointId, origin: "child", name: { zh: "自己换好活动" } }] },
      ]);
      expect(await award(client, pointId)).toBe("recorded");
    }
    const again = awardIn(world.school, WORLD_NOW, { studentId: childId, observationPointId: pointId });
    expect((await homeroom.award(again, again)).map(({ status }) => status)).toEqual([
      "recorded",
      "duplicate",
    ]);
    expect((await homeroom.void([again.id]))[0]?.status).toBe("voided");
    expect(await award(homeroom, pointId, { studentId: otherId })).toBe("observation-point-not-found");
    expect(await award(homeroom, pointId, { occurredAt: "2026-10-30T02:00:00Z" })).toBe(
      "observation-point-not-found",
    );
    expect((await homeroom.ask("PUT", `/observation-points/${pointId}/favourite`)).code).toBe("not-found");
    const { database, school } = world;
    expect(await database.read(school.id, (store) => tallyDifferences(store, school.id))).toEqual([]);
  });

  test("elsewhere such an award bears its indicator's name, counts for the indicator, and stands in every total", async () => {
    const { pointId, plan } = await makePlan(homeroom, childId);
    await award(homeroom, pointId);
    await award(subject, pointId);
    const { current } = await plans();
    const indicator = current?.points[0]?.indicator.zh;
    const guardian = await clientOf(world, world.school.guardian);
    for (const client of [guardian, subject, homeroom]) {
      const { entries } = await client.get<LedgerPage>(`/students/${childId}/timeline`);
      expect(entries.map(({ point }) => point.zh)).toEqual([indicator, indicator]);
    }
    const { dimensions } = await guardian.get<Portfolio>(`/students/${childId}/portfolio`);
    expect(dimensions.find(({ dimension }) => dimension === "moral")).toMatchObject({ records: 2 });
    const { students } = await homeroom.get<Roster>(`/classes/${world.school.classId}/roster`);
    expect(students.find(({ id }) => id === childId)?.today.moral).toBe(4);
    expect(plan.points[0]?.beans).toBe(2);
  });

  test("not one word of a plan is in what anybody else can read", { timeout: 120_000 }, async () => {
    const { pointId, planId } = await makePlan(homeroom, childId, {
      focus: `${MARK}一`,
      supports: `${MARK}二`,
      points: [ownPoint({ name: `${MARK}三`, nameEn: `${MARK}four`, icon: "star" })],
    });
    await subject.ask("PUT", `${path()}/${planId}/notes/${uuidv7()}`, { text: `${MARK}五` });
    await award(homeroom, pointId);
    const { school } = world;
    await homeroom.ask("PUT", `/students/${childId}/summaries/${school.termId}/comment`, {
      comment: "你是一个爱提问的孩子。",
      commentVersion: 0,
    });
    await homeroom.ask("POST", `/students/${childId}/summaries/${school.termId}/publish`);
    const { link, token } = await boardLink(homeroom, school.classId);
    const roles = {
      student: school.student,
      otherStudent: school.otherStudent,
      guardian: school.guardian,
      otherGuardian: school.otherGuardian,
      outsider: school.outsider,
      admin: school.admin,
      neighbour: world.neighbour.homeroom,
    };
    const cookies: [string, Record<string, string>][] = [];
    for (const [role, person] of Object.entries(roles))
      cookies.push([role, { cookie: await world.signIn(person) }]);
    cookies.push([
      "homeroom on a shared tablet",
      { cookie: `doudou_session=${await onTablet(school.homeroom)}` },
    ]);
    cookies.push(["board", { authorization: `Bearer ${token}` }]);
    const scan = async () => {
      const told: string[] = [];
      let read = 0;
      for (const { method, url } of world.app.routes.filter((route) => route.method === "GET"))
        for (const [role, headers] of cookies) {
          for (const studentId of [childId, otherId]) {
            if (studentId === otherId && !url.includes(":studentId")) continue;
            const filled = url
              .replace(":classId", school.classId)
              .replace(":studentId", studentId)
              .replace(":termId", school.termId)
              .replace(":observationPointId", pointId)
              .replace(":linkId", link.id)
              .replace(/:[a-zA-Z]+/g, planId);
            const isStream = url.endsWith("/live");
            const response = await world.app.server.inject({
              method: method as "GET",
              url: `${filled}?classId=${school.classId}&termId=${school.termId}`,
              headers,
              payloadAsStream: isStream,
            });
            if (isStream && response.statusCode === 200) response.stream().destroy();
            else if (isStream) await streamed(response.stream());
            else if (response.body.includes(MARK)) told.push(`${role}: ${url}`);
            if (response.statusCode === 200) read += 1;
          }
        }
      return { told, read };
    };
    const running = await scan();
    expect(running.told).toEqual([]);
    expect(running.read).toBeGreaterThan(100);
    // Whoever teaches the child does read it: the scan would find it.
    expect((await subject.ask("GET", path())).body.split(MARK)).toHaveLength(6);

    const { body } = await homeroom.ask("POST", `${path()}/${planId}/end`, { whatHelped: `${MARK}六` });
    expect(body).toBe("");
    expect((await scan()).told).toEqual([]);
  });

  test("nobody opens a plan but who teaches the child now, or was let read it; each read is in the log", async () => {
    const { planId } = await makePlan(homeroom, childId);
    const { admin, outsider, guardian, student, otherGuardian } = world.school;
    for (const person of [admin, outsider, guardian, student, otherGuardian]) {
      const client = await clientOf(world, person);
      expect([person.name, (await client.ask("GET", path())).code]).toEqual([person.name, "forbidden"]);
      for (const [method, url] of [
        ["PUT", `${path()}/${planId}`],
        ["PUT", `${path()}/${planId}/notes/${uuidv7()}`],
        ["POST", `${path()}/${planId}/end`],
      ] as const)
        expect((await client.ask(method, url, {})).code).toBe("forbidden");
    }
    const stranger = await clientOf(world, world.neighbour.homeroom);
    expect((await stranger.ask("GET", path())).code).toBe("not-found");
    expect((await subject.ask("PUT", `${path()}/${planId}`, planOf())).code).toBe("forbidden");
    expect((await subject.ask("POST", `${path()}/${planId}/end`, { whatHelped: "x" })).code).toBe(
      "forbidden",
    );

    await letRead(world, world.school, outsider);
    const granted = await clientOf(world, outsider);
    expect((await granted.ask("GET", path())).status).toBe(200);
    expect(await offered(granted)).toEqual([]);

    const office = await clientOf(world, admin);
    expect(await offered(office)).toEqual([]);
    await offered(subject);
    const read = await office.get<AuditPage>("/audit?action=individual-plan.read");
    expect(read.entries.map(({ by }) => by.name)).toContain(outsider.name);
    const tiles = await office.get<AuditPage>("/audit?action=individual-plan.read-points");
    expect(tiles.entries.map(({ by }) => by.name)).toEqual([world.school.subject.name]);
  });

  test("a teacher whose assignment has ended finds neither plan nor points, and can give none", async () => {
    const { pointId } = await makePlan(homeroom, childId);
    const admin = await clientOf(world, world.school.admin);
    const { assignments } = await admin.get<ClassPage>(`/people/classes/${world.school.classId}`);
    const own = assignments.filter(({ teacher }) => teacher.id === world.school.subject.membershipId);
    expect(own.length).toBeGreaterThan(0);
    for (const { id } of own)
      await admin.ask("PUT", `/people/assignments/${id}/end`, { until: "2026-11-11" });
    world.setNow(new Date(WORLD_NOW.getTime() + DAY_MS));
    subject = await clientOf(world, world.school.subject);
    expect((await subject.ask("GET", path())).code).toBe("forbidden");
    const points = `/observation-points?classId=${world.school.classId}`;
    expect((await subject.ask("GET", points)).code).toBe("forbidden");
    const occurredAt = new Date(WORLD_NOW.getTime() + DAY_MS).toISOString();
    expect(await award(subject, pointId, { occurredAt })).toBe("student-not-taught");
  });

  test("a plan is changed, noted and ended; its points stay what was awarded, and none is shown afterwards", async () => {
    const { planId, pointId, plan } = await makePlan(homeroom, childId);
    const save = async (over: object) =>
      (await homeroom.ask("PUT", `${path()}/${planId}`, { ...plan, ...over })).code ?? "saved";
    expect(await save({})).toBe("saved");
    expect((await plans()).current?.version).toBe(1);
    const [first] = plan.points;
    const second = ownPoint({ name: "主动开口请人帮忙", indicatorCode: first?.indicatorCode ?? "" });
    expect(await save({ version: 1, points: [second, { ...first, name: "换活动不着急" }] })).toBe("saved");
    expect(await save({ version: 1, focus: "别的话" })).toBe("individual-plan-changed");
    expect(await save({ version: 2, points: [{ ...first, beans: 3 }] })).toBe("individual-plan-point-fixed");
    expect(await save({ version: 2, endsOn: "2026-11-03" })).toBe("individual-plan-days");
    expect((await plans()).current).toMatchObject({
      version: 2,
      points: [{ id: second.id }, { id: pointId, name: { zh: "换活动不着急" } }],
    });
    expect(await save({ version: 2, points: [second] })).toBe("saved");
    expect((await offered(homeroom))[0]?.points.map(({ id }) => id)).toEqual([second.id]);

    const elsewhere = await homeroom.ask("PUT", `${path()}/${uuidv7()}`, planOf());
    expect(elsewhere.code).toBe("individual-plan-open");
    const noteId = uuidv7();
    const note = { text: "今天自己先看了流程卡" };
    for (let time = 0; time < 2; time += 1)
      expect((await subject.ask("PUT", `${path()}/${planId}/notes/${noteId}`, note)).status).toBe(204);
    expect((await plans()).current?.notes).toMatchObject([{ ...note, by: world.school.subject.name }]);

    for (const whatHelped of ["流程卡和提前提醒", "不再改动的话"])
      expect((await homeroom.ask("POST", `${path()}/${planId}/end`, { whatHelped })).status).toBe(204);
    const { current, earlier } = await plans();
    expect([current, earlier[0]?.ended]).toEqual([
      null,
      { on: "2026-11-11", whatHelped: "流程卡和提前提醒" },
    ]);
    expect(await offered(homeroom)).toEqual([]);
    expect(await save({ version: 3, focus: "别的话" })).toBe("individual-plan-ended");
    // Given without a network by a tablet that could not hear of it.
    expect(await award(subject, second.id)).toBe("recorded");
    const admin = await clientOf(world, world.school.admin);
    const { entries } = await admin.get<AuditPage>("/audit?kind=change");
    const changes = entries.filter(({ action }) => action.startsWith("individual-plan."));
    expect(changes).toHaveLength(5);
    expect(JSON.stringify(changes)).not.toMatch(/流程卡|主动开口/);
  });

  test("each point tells its weeks against the child's own earlier ones, and says so where there is too little", async () => {
    const { pointId } = await makePlan(homeroom, childId, { startsOn: "2026-09-14" });
    await award(homeroom, pointId);
    const point = (await plans()).current?.points[0];
    expect(point).toMatchObject({ records: 1, change: "too-few" });
    expect(point?.weeks.at(-1)).toEqual({ startsOn: "2026-11-09", records: 1 });
    for (let day = 1; day <= 10; day += 1)
      await award(homeroom, pointId, {
        occurredAt: new Date(WORLD_NOW.getTime() - day * DAY_MS).toISOString(),
      });
    expect((await plans()).current?.points[0]).toMatchObject({ records: 11, change: "more" });
  });
});
