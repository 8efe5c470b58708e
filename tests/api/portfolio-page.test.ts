/** Opening a child's portfolio by one call: what each section would have been answered, and to nobody more than that. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { PortfolioPage } from "@doudou/shared/contract/portfolio-page.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { makePlan } from "../support/individual-plans.ts";
import { newReward, openShop } from "../support/rewards.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

/** Where each section's own call is. */
const FOR_EVERYBODY = {
  timeline: "timeline",
  years: "years",
  shelf: "shelf",
  books: "books",
  voices: "voices",
  goals: "goals",
  badges: "badges",
  activities: "activities",
  earlierSchools: "earlier-schools",
};
const OF_SELF = {
  ...FOR_EVERYBODY,
  fitness: "fitness",
  summaries: "summaries",
  voiceDesk: "voice-desk",
  tellingDesk: "proposals",
  rewardDesk: "reward-desk",
  wordReports: "word-reports",
};
const OF_GUARDIAN = {
  ...FOR_EVERYBODY,
  fitness: "fitness",
  tellingDesk: "proposals",
  wishes: "reward-requests",
  reminders: "reminders",
  summaries: "summaries",
  credentials: "credentials",
  wordReports: "word-reports",
};

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let studentId: string;
  let teacher: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    studentId = world.school.children[0]!.id;
    teacher = await clientOf(world, world.school.homeroom);
    await teacher.award(awardIn(world.school, WORLD_NOW, { studentId, note: "帮同学收拾了书架" }));
    const reminded = await teacher.ask("POST", `/students/${studentId}/reminders`, {
      id: "0197b4a0-0000-7000-8000-000000000001",
      phrase: "finish-homework",
      guardianMaySee: true,
      occurredAt: WORLD_NOW.toISOString(),
    });
    if (reminded.status !== 200) throw new Error(reminded.body);
  });
  afterAll(() => world.close());

  const opened = (by: Client, reader: string) =>
    by.get<PortfolioPage>(`/students/${studentId}/portfolio-page?reader=${reader}`);

  test.each([
    ["the child", "student", "self", OF_SELF],
    ["its guardian", "guardian", "guardian", OF_GUARDIAN],
    ["its teacher", "homeroom", "teacher", { ...FOR_EVERYBODY, individualPlans: "individual-plans" }],
  ] as const)("%s finds what the sections' own calls answer", async (_who, person, reader, sections) => {
    const shop = await openShop(world, { beans: 0 });
    await shop.offer(newReward());
    const client = await clientOf(world, world.school[person]);
    const page = await opened(client, reader);
    expect(page.portfolio).toEqual(await client.get(`/students/${studentId}/portfolio`));
    const asked = await Promise.all(
      Object.entries(sections).map(async ([name, path]) => [
        name,
        await client.get(`/students/${studentId}/${path}`),
      ]),
    );
    expect(page.sections).toEqual(Object.fromEntries(asked));
    expect(page.sections.timeline?.entries.map(({ note }) => note)).toEqual(["帮同学收拾了书架"]);
  });

  test("a teacher who says it is the guardian, or the child, is shown nothing a teacher may not read", async () => {
    const asGuardian = await opened(teacher, "guardian");
    const asChild = await opened(teacher, "self");
    for (const own of ["wishes", "tellingDesk", "credentials"])
      expect(asGuardian.sections).not.toHaveProperty(own);
    for (const own of ["voiceDesk", "tellingDesk", "rewardDesk"])
      expect(asChild.sections).not.toHaveProperty(own);
  });

  test("where the school has no shop, the page says so without a call of its own", async () => {
    const admin = await clientOf(world, world.school.admin);
    await admin.ask("PUT", "/reward-shop", { isOn: false });
    const child = await opened(await clientOf(world, world.school.student), "self");
    const guardian = await opened(await clientOf(world, world.school.guardian), "guardian");
    expect([child.sections.rewardDesk, guardian.sections.wishes]).toEqual([null, null]);
  });

  test("a teacher's opening is in the audit log once for each kind of record; a family's is not", async () => {
    const admin = await clientOf(world, world.school.admin);
    const reads = async () => (await admin.get<AuditPage>(`/audit?kind=read&studentId=${studentId}`)).entries;
    const last = (await reads())[0]?.seq ?? 0;
    const added = async () => (await reads()).filter(({ seq }) => seq > last).map(({ action }) => action);
    await opened(await clientOf(world, world.school.guardian), "guardian");
    await opened(await clientOf(world, world.school.student), "self");
    expect(await added()).toEqual([]);
    await opened(teacher, "teacher");
    expect((await added()).toSorted()).toEqual([
      "activity.read",
      "badge.read",
      "book.list",
      "personal-goal.read",
      "portfolio.read",
      "shelf.read",
      "timeline.read",
      "transfer.read",
      "voice.read",
    ]);
  });

  test("a plan that a teacher's opening shows is in the audit log, and none of a child that has none", async () => {
    const admin = await clientOf(world, world.school.admin);
    const [, , child] = world.school.children;
    const path = `/students/${child!.id}`;
    const readers = async () =>
      (await admin.get<AuditPage>(`/audit?action=individual-plan.read&studentId=${child!.id}`)).entries;
    for (const page of ["portfolio-page?reader=teacher", "individual-plans"])
      expect((await teacher.ask("GET", `${path}/${page}`)).status).toBe(200);
    expect(await readers()).toEqual([]);
    await makePlan(teacher, child!.id);
    for (const page of ["portfolio-page?reader=teacher", "individual-plans"])
      expect((await teacher.ask("GET", `${path}/${page}`)).status).toBe(200);
    expect(await readers()).toHaveLength(2);
  });

  test("another family, another class's teacher and another school open nothing", async () => {
    const { school, neighbour } = world;
    const path = `/students/${studentId}/portfolio-page?reader=guardian`;
    const answers = await Promise.all(
      [school.otherGuardian, school.otherStudent, school.outsider, neighbour.homeroom].map(
        async (person) => (await (await clientOf(world, person)).ask("GET", path)).status,
      ),
    );
    expect(answers).toEqual([403, 403, 403, 404]);
  });
});
