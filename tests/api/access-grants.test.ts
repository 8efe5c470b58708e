/** Reading a child whom one does not teach: only with a reason, another's approval, an end, and a trace of every look. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import type { OfficeAccesses, OwnAccesses } from "@doudou/shared/contract/access-grants.ts";
import type { AuditPage, RecordReaders } from "@doudou/shared/contract/audit.ts";
import { asking, letRead } from "../support/access.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { PASSWORD, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const later = (ms: number) => new Date(WORLD_NOW.getTime() + ms);

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let teacher: Client;
  let admin: Client;
  let childId: string;
  beforeEach(async () => {
    world = await createWorld(engine);
    teacher = await clientOf(world, world.school.outsider);
    admin = await clientOf(world, world.school.admin);
    childId = world.school.children[0]!.id;
  });
  afterEach(() => world.close());

  const own = () => teacher.get<OwnAccesses>("/access");
  const office = () => admin.get<OfficeAccesses>("/access/office");
  const ask = (more: object = {}) => teacher.ask("POST", "/access", asking(world.school, more));
  const answer = (id: string, body: object) =>
    admin.ask("POST", `/access/${id}/answer`, { approves: true, words: "", ...body });
  const read = async (id = childId) => {
    const { code, status } = await teacher.ask("GET", `/students/${id}/portfolio`);
    return code ?? status;
  };
  const emergency = (more: object = {}) =>
    teacher.ask("POST", "/access/emergency", {
      id: uuidv7(),
      classId: world.school.classId,
      child: "林小满",
      reason: "放学后没有回家，家长来找",
      password: PASSWORD,
      ...more,
    });

  describe("what is asked for", () => {
    test("is answered by somebody else, opens one child for reading alone, and is over at its minute", async () => {
      expect(await read()).toBe("forbidden");
      const asked = asking(world.school, { child: "林小满", days: 5 });
      expect((await teacher.ask("POST", "/access", asked)).status).toBe(200);
      await teacher.ask("POST", "/access", asked);
      expect((await own()).accesses).toMatchObject([
        { phase: "waiting", student: null, childTyped: "林小满" },
      ]);
      expect((await office()).waiting).toMatchObject([
        {
          by: "钱老师",
          isMine: false,
          student: { name: "林小满" },
          purpose: "talk",
          reason: "开学谈心",
          days: 5,
        },
      ]);
      expect(await read()).toBe("forbidden");

      expect((await answer(asked.id, { days: 6 })).code).toBe("access-too-long");
      expect((await answer(asked.id, { days: 2 })).status).toBe(200);
      expect((await answer(asked.id, {})).code).toBe("access-settled");
      expect(await read()).toBe(200);
      expect(await read(world.school.children[1]!.id)).toBe("forbidden");
      const { accesses } = await own();
      expect(accesses).toMatchObject([
        { phase: "current", student: { name: "林小满" }, endsAt: later(2 * DAY).toISOString() },
      ]);
      const award = { id: uuidv7(), studentId: childId, observationPointId: world.school.points.helps };
      const [result] = await teacher.award({ ...award, occurredAt: WORLD_NOW.toISOString() });
      expect(result?.status).toBe("rejected");
      expect((await teacher.ask("GET", `/classes/${world.school.classId}/roster`)).code).toBe("forbidden");

      world.setNow(later(2 * DAY - 1));
      expect(await read()).toBe(200);
      world.setNow(later(2 * DAY));
      expect(await read()).toBe("forbidden");
      expect((await own()).accesses).toMatchObject([{ phase: "over", student: null }]);
      expect((await office()).past).toMatchObject([{ phase: "over" }]);
    });

    test("of a whole class opens its page and its children, not the tools of its teachers", async () => {
      await letRead(world, world.school, world.school.outsider);
      const classPath = `/classes/${world.school.classId}`;
      expect(await teacher.get<{ canAward: boolean }>(`${classPath}/roster`)).toMatchObject({
        canAward: false,
      });
      expect(await read(world.school.children[1]!.id)).toBe(200);
      for (const path of ["/cards", "/seating-plans", "/attention", "/consents"])
        expect([path, (await teacher.ask("GET", `${classPath}${path}`)).code]).toEqual([path, "forbidden"]);
    });

    test("does not tell whether there is such a child", async () => {
      const [there, nobody] = [await ask({ child: "林小满" }), await ask({ child: "没有这个人" })];
      const told = (body: string) =>
        (JSON.parse(body) as OwnAccesses).accesses.map(
          ({ id: _, askedAt: __, childTyped: ___, ...same }) => same,
        );
      expect(told(there.body)[0]).toEqual(told(nobody.body)[0]);
      const { waiting } = await office();
      const unclear = waiting.find(({ student }) => student === null)!;
      expect((await answer(unclear.id, {})).code).toBe("access-child-unclear");
      expect((await answer(unclear.id, { approves: false, words: " " })).code).toBe("answer-missing");
      expect((await answer(unclear.id, { approves: false, words: "请写学号" })).status).toBe(200);
      expect((await own()).accesses[0]).toMatchObject({ phase: "refused", answer: "请写学号" });
    });

    test("needs a class one does not teach, a reason, and few enough that wait", async () => {
      expect((await ask({ classId: world.school.otherClassId })).code).toBe("access-not-needed");
      expect((await ask({ classId: world.neighbour.classId })).code).toBe("not-found");
      expect((await ask({ purpose: "other", reason: " 想 " })).code).toBe("access-reason-missing");
      expect((await ask({ days: 15 })).status).toBe(400);
      const asked = asking(world.school);
      await teacher.ask("POST", "/access", asked);
      expect((await ask()).code).toBe("access-asked-already");
      const other = asking(world.school, { id: asked.id, classId: world.school.otherClassId });
      expect((await teacher.ask("POST", "/access", other)).code).toBe("access-id-conflict");
      for (const child of ["一", "二", "三", "四"]) expect((await ask({ child })).status).toBe(200);
      expect((await ask({ child: "五" })).code).toBe("access-enough");
    });

    test("lapses unanswered, is taken back by who asked, and ended early by either", async () => {
      const asked = asking(world.school);
      await teacher.ask("POST", "/access", asked);
      expect((await teacher.ask("POST", `/access/${asked.id}/end-own`)).status).toBe(200);
      expect((await answer(asked.id, {})).code).toBe("access-settled");
      expect((await teacher.ask("POST", `/access/${uuidv7()}/end-own`)).code).toBe("access-not-found");
      const again = await letRead(world, world.school, world.school.outsider);
      expect(await read()).toBe(200);
      expect((await teacher.ask("POST", `/access/${again}/end-own`)).status).toBe(200);
      expect(await read()).toBe("forbidden");
      expect((await teacher.ask("POST", `/access/${again}/end-own`)).code).toBe("access-settled");
      const third = await letRead(world, world.school, world.school.outsider);
      expect((await admin.ask("POST", `/access/${third}/end`)).status).toBe(200);
      expect(await read()).toBe("forbidden");
      const late = asking(world.school);
      await teacher.ask("POST", "/access", late);
      world.setNow(later(15 * DAY));
      admin = await clientOf(world, world.school.admin);
      expect((await answer(late.id, {})).code).toBe("access-settled");
    });

    test("is never answered by who asked, under whichever role", async () => {
      await world.database.write(EVERY_SCHOOL, async ({ db, tables: { membership: m } }) => {
        const rows = await db.select().from(m);
        const { accountId } = rows.find(({ id }) => id === world.school.outsider.membershipId)!;
        const role = { schoolId: world.school.id, role: "school-admin", displayName: "钱主任" } as const;
        await db.insert(m).values({ ...role, id: uuidv7(), accountId, studentId: null, endedAt: null });
      });
      const asked = asking(world.school);
      await teacher.ask("POST", "/access", asked);
      const both = await clientOf(world, world.school.outsider);
      const { waiting } = await both.get<OfficeAccesses>("/access/office");
      expect(waiting).toMatchObject([{ isMine: true }]);
      const mine = await both.ask("POST", `/access/${asked.id}/answer`, { approves: true, words: "" });
      expect(mine.code).toBe("access-own");
      expect((await answer(asked.id, {})).status).toBe(200);
    });

    test("leaves each look in the log with the leave and its purpose, and the guardian reads it", async () => {
      const accessId = await letRead(world, world.school, world.school.outsider, { child: "林小满" });
      await read();
      await teacher.get(`/students/${childId}/timeline`);
      const { entries } = await admin.get<AuditPage>(`/audit?studentId=${childId}&kind=read`);
      expect(entries).toMatchObject([
        { action: "timeline.read", subjectId: accessId, by: { name: "钱老师" }, after: { purpose: "talk" } },
        { action: "portfolio.read", subjectId: accessId, after: { purpose: "talk", kind: "asked" } },
      ]);
      const changes = await admin.get<AuditPage>(`/audit?studentId=${childId}&kind=change`);
      expect(changes.entries.map(({ action }) => action)).toEqual(["access.answer", "access.ask"]);
      expect(JSON.stringify(changes.entries)).not.toContain("开学谈心");
      const guardian = await clientOf(world, world.school.guardian);
      const { readers } = await guardian.get<RecordReaders>(`/students/${childId}/readers`);
      expect(readers).toMatchObject([
        { name: "钱老师", action: "timeline.read", purpose: "talk", isEmergency: false },
        { name: "钱老师", action: "portfolio.read", purpose: "talk" },
      ]);
      await (await clientOf(world, world.school.homeroom)).get(`/students/${childId}/portfolio`);
      const { readers: all } = await guardian.get<RecordReaders>(`/students/${childId}/readers`);
      expect(all.find(({ name }) => name === "王老师")?.purpose).toBeNull();
    });
  });

  describe("an emergency", () => {
    test("opens one child at once for four hours, and is looked at afterwards by somebody else", async () => {
      const id = uuidv7();
      expect((await emergency({ id })).status).toBe(200);
      expect((await emergency({ id })).status).toBe(200);
      expect(await read()).toBe(200);
      expect(await read(world.school.children[1]!.id)).toBe("forbidden");
      expect((await own()).emergenciesLeft).toBe(2);
      const { toReview, current } = await office();
      expect(toReview).toMatchObject([{ id, kind: "emergency", by: "钱老师", student: { name: "林小满" } }]);
      expect(current).toMatchObject([{ id }]);
      const guardian = await clientOf(world, world.school.guardian);
      const { readers } = await guardian.get<RecordReaders>(`/students/${childId}/readers`);
      expect(readers.map(({ action, isEmergency }) => [action, isEmergency])).toEqual([
        ["portfolio.read", true],
        ["access.break-glass", true],
      ]);
      world.setNow(later(4 * HOUR));
      expect(await read()).toBe("forbidden");
      const review = (words: string) =>
        admin.ask("POST", `/access/${id}/review`, { verdict: "justified", words });
      expect((await review(" ")).code).toBe("answer-missing");
      expect((await review("已找到孩子，做得对")).status).toBe(200);
      expect((await review("再说一次")).code).toBe("access-settled");
      expect((await office()).toReview).toEqual([]);
      expect((await own()).accesses).toMatchObject([
        { verdict: "justified", reviewWords: "已找到孩子，做得对" },
      ]);
    });

    test("takes the password again, a reason, a child of the class, and never a shared tablet", async () => {
      expect((await emergency({ password: "wrong" })).code).toBe("wrong-credentials");
      expect((await emergency({ reason: "急" })).code).toBe("access-reason-missing");
      expect((await emergency({ classId: world.school.otherClassId })).code).toBe("access-not-needed");
      expect((await emergency({ classId: world.neighbour.classId })).code).toBe("not-found");
      expect((await emergency({ child: "没有这个人" })).code).toBe("access-child-not-found");
      expect((await own()).emergenciesLeft).toBe(3);
      const tried = await admin.get<AuditPage>("/audit?action=access.break-glass");
      expect(tried.entries).toMatchObject([{ after: { isFound: false }, student: null }]);

      const { login } = world.school.outsider;
      const opened = await world.app.server.inject({
        method: "POST",
        url: "/api/v1/session",
        payload: { login, password: PASSWORD, onSharedTablet: true },
      });
      const cookie = `doudou_session=${opened.cookies.find(({ name }) => name === "doudou_session")?.value}`;
      const call = (url: string, payload: object) =>
        world.app.server.inject({ method: "POST", url: `/api/v1${url}`, headers: { cookie }, payload });
      await call("/session/lift", { password: PASSWORD });
      const body = { id: uuidv7(), classId: world.school.classId, child: "林小满", reason: "找不到人" };
      const onTablet = await call("/access/emergency", { ...body, password: PASSWORD });
      expect(onTablet.json<{ code: string }>().code).toBe("access-own-device");
    });

    test("cannot be used to try names, nor more than three times a week", async () => {
      for (const child of ["甲", "乙", "丙", "丁", "戊"])
        expect((await emergency({ child })).code).toBe("access-child-not-found");
      expect((await emergency({ child: "林小满" })).code).toBe("too-many-attempts");
      world.setNow(later(6 * MINUTE));
      for (const { name } of world.school.children.slice(0, 3))
        expect((await emergency({ child: name })).status).toBe(200);
      expect((await emergency({ child: world.school.children[3]!.name })).code).toBe(
        "access-emergencies-used",
      );
      world.setNow(later(7 * DAY + 7 * MINUTE));
      teacher = await clientOf(world, world.school.outsider);
      expect((await emergency()).status).toBe(200);
    });
  });

  test("nothing of another school is found, nor can it be answered from there", async () => {
    const asked = asking(world.school);
    await teacher.ask("POST", "/access", asked);
    const neighbour = await clientOf(world, world.neighbour.admin);
    const { waiting } = await neighbour.get<OfficeAccesses>("/access/office");
    expect(waiting).toEqual([]);
    for (const [verb, body] of [
      ["answer", { approves: true, words: "" }],
      ["end", undefined],
      ["review", { verdict: "justified", words: "好" }],
    ] as const)
      expect((await neighbour.ask("POST", `/access/${asked.id}/${verb}`, body)).code).toBe(
        "access-not-found",
      );
  });
});
