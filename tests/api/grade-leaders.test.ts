/** Who leads a grade: given by the office for some days, it reviews the grade's summaries and sees nothing else of its children. */
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { Inbox } from "@doudou/shared/contract/inbox.ts";
import type { ClassPage, StaffList, StaffPage } from "@doudou/shared/contract/people.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { ClassSummaries, TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { LedClasses } from "@doudou/shared/contract/summary-rounds.ts";
import { letRead } from "../support/access.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import type { Person } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const TODAY = "2026-11-11";
const YESTERDAY = "2026-11-10";
const TOMORROW = "2026-11-12";

describe.each(ENGINES)("the leader of a grade on %s", (engine) => {
  let world: World;
  let admin: Client;
  let homeroom: Client;
  /** Teaches grade 5 alone, and leads grade 3 where a test says so. */
  let leader: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
    homeroom = await clientOf(world, world.school.homeroom);
    leader = await clientOf(world, world.school.outsider);
    await setReviewed(true);
  });
  afterEach(() => world.close());

  const setReviewed = async (reviewsSummaries: boolean) => {
    const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
    const asked = { version, words: { ...words, reviewsSummaries } };
    expect((await admin.ask("PUT", "/school-settings", asked)).status).toBe(200);
  };
  const lead = (more: object = {}, who: Person = world.school.outsider, by = admin) =>
    by.ask("POST", `/people/staff/${who.membershipId}/leaderships`, {
      id: uuidv7(),
      grade: 3,
      from: TODAY,
      until: null,
      ...more,
    });
  const end = (id: string, until: string, by = admin) =>
    by.ask("PUT", `/people/leaderships/${id}/end`, { until });
  const onDay = async (day: string, person: Person) => {
    world.setNow(new Date(`${day}T02:00:00Z`));
    return await clientOf(world, person);
  };
  const summaries = (classId = world.school.classId) => `/classes/${classId}/summaries`;
  /** Writes a comment and hands the class in, as its homeroom teacher. */
  const handIn = async () => {
    const { termId, children } = world.school;
    const summary = `/students/${children[0]!.id}/summaries/${termId}`;
    const { commentVersion } = await homeroom.get<TermSummary>(summary);
    await homeroom.ask("PUT", `${summary}/comment`, { comment: "你总把伞让给同学。", commentVersion });
    expect((await homeroom.ask("POST", `${summaries()}/hand-in`, { termId })).status).toBe(204);
  };
  const decide = (by: Client, more: object, classId = world.school.classId) =>
    by.ask("POST", `${summaries(classId)}/review`, {
      termId: world.school.termId,
      decision: "approve",
      remark: "",
      remarks: [],
      readAt: world.deps.now().toISOString(),
      ...more,
    });
  /** What comes of asking for the class's list and of approving it: a status each. */
  const reviewing = async (by: Client, classId = world.school.classId) => [
    (await by.ask("GET", summaries(classId))).status,
    (await decide(by, {}, classId)).status,
  ];
  const REFUSED = [403, 403];

  test("is named by the office once, for the school year or less, and each step stays in the log", async () => {
    const { outsider, admin: office, guardian } = world.school;
    const id = uuidv7();
    for (let time = 0; time < 2; time++) expect((await lead({ id })).status).toBe(204);
    const page = () => admin.get<StaffPage>(`/people/staff/${outsider.membershipId}`);
    expect((await page()).leaderships).toEqual([
      { id, grade: 3, year: "2026–2027", from: TODAY, until: "2027-07-09" },
    ]);
    const { staff } = await admin.get<StaffList>("/people/staff");
    expect(staff.map(({ name, leads }) => [name, leads]).filter(([, leads]) => leads?.length)).toEqual([
      ["钱老师", [3]],
    ]);
    expect((await admin.ask("GET", "/people/staff.csv")).body).toMatch(/钱老师,老师,五年级1班,3,/);
    expect((await end(id, TOMORROW)).status).toBe(204);
    expect((await page()).leaderships).toMatchObject([{ until: TOMORROW }]);
    expect((await lead({ from: "2026-11-13" })).status).toBe(204);
    expect((await page()).leaderships.map(({ from }) => from)).toEqual(["2026-11-13", TODAY]);
    expect((await end(id, YESTERDAY)).status).toBe(204);
    expect((await page()).leaderships).toHaveLength(1);
    const { entries } = await admin.get<AuditPage>("/audit?action=people.lead");
    expect(entries.map(({ before, after }) => [before, after])).toEqual([
      [{ grade: 3, from: TODAY, until: TOMORROW }, null],
      [null, { grade: 3, from: "2026-11-13", until: "2027-07-09" }],
      [
        { grade: 3, from: TODAY, until: "2027-07-09" },
        { grade: 3, from: TODAY, until: TOMORROW },
      ],
      [null, { grade: 3, from: TODAY, until: "2027-07-09" }],
    ]);

    expect((await lead({ from: "2026-12-01" })).code).toBe("leads-already");
    expect((await lead({ grade: 4 })).code).toBe("grade-not-in-session");
    expect((await lead({ grade: 5, until: "2027-07-10" })).code).toBe("grade-not-in-session");
    expect((await lead({ from: "2026-08-01" })).code).toBe("grade-not-in-session");
    expect((await lead({ until: YESTERDAY })).code).toBe("days-backwards");
    expect((await lead({}, office)).code).toBe("not-a-teacher");
    expect((await lead({}, guardian)).code).toBe("not-found");
    expect((await lead({}, world.neighbour.outsider)).code).toBe("not-found");
    expect((await end(uuidv7(), TODAY)).code).toBe("not-found");
    const neighbour = await clientOf(world, world.neighbour.admin);
    expect((await lead({}, outsider, neighbour)).code).toBe("not-found");
    const [left] = (await page()).leaderships;
    expect((await end(left!.id, TODAY, neighbour)).code).toBe("not-found");
    expect((await lead({}, outsider, leader)).code).toBe("forbidden");
    expect((await end(left!.id, TODAY, leader)).code).toBe("forbidden");
  });

  test("finds what was handed in, reads it, returns it and approves it, and the class's teacher sees by whom", async () => {
    await lead();
    const led = async () => (await leader.get<LedClasses>("/summary-rounds/led")).classes;
    expect(await led()).toMatchObject([
      { class: { id: world.school.classId }, state: "writing", children: 5, written: 0, mayReview: true },
    ]);
    const subject = await clientOf(world, world.school.subject);
    const summary = `/students/${world.school.children[0]!.id}/summaries/${world.school.termId}`;
    await subject.ask("PUT", `${summary}/remark`, {
      subject: "music",
      text: "合唱时你总能听见别人。",
      version: 0,
    });
    await handIn();
    expect(await led()).toMatchObject([
      { state: "handed-in", written: 1, term: { id: world.school.termId } },
    ]);
    const list = await leader.get<ClassSummaries>(summaries());
    expect(list).toMatchObject({ mayPublish: false, mayNudge: false });
    expect(list.round).toMatchObject({ mayReview: true, mayHandIn: false, mayPlan: false });
    expect(list.students[0]).toMatchObject({
      comment: "你总把伞让给同学。",
      remarks: [{ subject: { zh: "音乐", en: "Music" }, by: "李老师", text: "合唱时你总能听见别人。" }],
    });
    expect(list.students[1]).toMatchObject({ comment: "", remarks: [] });
    const pieces = `${summaries()}/pieces?termId=${world.school.termId}`;
    expect((await leader.ask("GET", pieces)).status).toBe(200);
    expect((await decide(leader, { decision: "return", remark: "再具体一些" })).status).toBe(204);
    expect((await homeroom.get<ClassSummaries>(summaries())).round).toMatchObject({
      state: "returned",
      by: "钱老师",
      remark: "再具体一些",
    });
    await homeroom.ask("POST", `${summaries()}/hand-in`, { termId: world.school.termId });
    world.setNow(new Date(world.deps.now().getTime() + 60_000));
    expect((await decide(leader, {})).status).toBe(204);
    expect((await homeroom.get<ClassSummaries>(summaries())).round).toMatchObject({ state: "approved" });
    expect((await homeroom.get<Inbox>("/inbox")).notices.map(({ kind }) => kind).toSorted()).toEqual([
      "review-approved",
      "review-returned",
    ]);
    const log = await admin.get<AuditPage>("/audit?action=summary.list");
    expect(log.entries.filter(({ by }) => by.name === "钱老师").length).toBe(2);
  });

  test("is told of each class that is handed in, where it may review it, and nobody else is", async () => {
    const { subject, outsider, classId } = world.school;
    await lead();
    await lead({ grade: 5 }, subject);
    await lead({}, world.school.homeroom);
    await handIn();
    const told = async (person: Person) =>
      (await (await clientOf(world, person)).get<Inbox>("/inbox")).notices.map(({ kind, class: of }) => [
        kind,
        of?.id,
      ]);
    expect(await told(outsider)).toEqual([["review-waits", classId]]);
    for (const other of [subject, world.school.homeroom, world.school.admin, world.neighbour.outsider])
      expect(await told(other)).toEqual([]);
    // Told once, and shown as long as it leads somewhere.
    const [given] = (await admin.get<StaffPage>(`/people/staff/${outsider.membershipId}`)).leaderships;
    await end(given!.id, TODAY);
    expect(await told(outsider)).toHaveLength(1);
    world.setNow(new Date(`${TOMORROW}T02:00:00Z`));
    expect(await told(outsider)).toEqual([]);
  });

  test("gets nothing of the grade's children but their summaries, and no word of their families", async () => {
    const { school } = world;
    await lead();
    await handIn();
    const list = await leader.get<ClassSummaries>(summaries());
    expect(list.students.map(({ guardians, opened, signed }) => guardians + opened + signed)).toEqual(
      list.students.map(() => 0),
    );
    expect((await homeroom.get<ClassSummaries>(summaries())).students[0]?.guardians).toBe(1);
    const child = `/students/${school.children[0]!.id}`;
    const asked: [method: "GET" | "PUT" | "POST", path: string, body?: object][] = [
      ["GET", `/classes/${school.classId}/roster`],
      ["GET", `${summaries()}/pdf?termId=${school.termId}`],
      ["GET", `${summaries()}/nudges?termId=${school.termId}`],
      ["GET", `${summaries()}/earlier-answers`],
      ["GET", `${child}/portfolio`],
      ["GET", `${child}/summaries/${school.termId}`],
      ["PUT", `${child}/summaries/${school.termId}/comment`, { comment: "改", commentVersion: 1 }],
      ["POST", `${child}/summaries/${school.termId}/publish`],
      ["POST", `${summaries()}/hand-in`, { termId: school.termId }],
      ["GET", "/summary-rounds"],
    ];
    for (const [method, path, body] of asked)
      expect([path, (await leader.ask(method, path, body)).code]).toEqual([path, "forbidden"]);
    // A leave to read the class counts beside it.
    await letRead(world, school, school.outsider);
    expect((await leader.ask("GET", `/classes/${school.classId}/roster`)).status).toBe(200);
    expect((await decide(leader, {})).status).toBe(204);
  });

  test("reviews on its days alone, its own grade alone, where the school approves, and while it works here", async () => {
    const { outsider, subject, classId } = world.school;
    const id = uuidv7();
    await handIn();
    expect(await reviewing(leader)).toEqual(REFUSED);
    await lead({ grade: 5 }, subject);
    expect(await reviewing(await clientOf(world, subject))).toEqual(REFUSED);
    await lead({ id, from: TOMORROW });
    expect(await reviewing(leader)).toEqual(REFUSED);
    expect((await leader.get<LedClasses>("/summary-rounds/led")).classes).toEqual([]);
    leader = await onDay(TOMORROW, outsider);
    expect((await leader.ask("GET", summaries(classId))).status).toBe(200);
    await setReviewed(false);
    expect(await reviewing(leader)).toEqual(REFUSED);
    expect((await leader.get<LedClasses>("/summary-rounds/led")).classes).toEqual([]);
    await setReviewed(true);
    await end(id, TOMORROW);
    expect((await leader.ask("GET", summaries(classId))).status).toBe(200);
    leader = await onDay("2026-11-13", outsider);
    expect(await reviewing(leader)).toEqual(REFUSED);
    const neighbour = await clientOf(world, world.neighbour.outsider);
    expect(await reviewing(neighbour)).toEqual([404, 404]);
    await lead({ from: "2026-11-13" });
    expect((await leader.ask("GET", summaries(classId))).status).toBe(200);
    await world.database.write(world.school.id, async ({ db, tables: { membership: m } }) => {
      await db.update(m).set({ endedAt: world.deps.now() }).where(eq(m.id, outsider.membershipId));
    });
    expect(await reviewing(leader)).toEqual([404, 404]);
    expect(
      (await homeroom.ask("POST", `${summaries()}/hand-in`, { termId: world.school.termId })).status,
    ).toBe(204);
    const told = await world.database.read(
      world.school.id,
      async ({ db, tables: { inboxNotice: n } }) =>
        await db.select().from(n).where(eq(n.recipientId, outsider.membershipId)),
    );
    expect(told).toEqual([]);
  });

  test("never reviews the class it leads itself, as whose homeroom teacher or in whose stead: the office does", async () => {
    const { outsider, otherClassId } = world.school;
    await lead({ grade: 5 });
    const led = async () => (await leader.get<LedClasses>("/summary-rounds/led")).classes;
    expect(await led()).toMatchObject([{ class: { id: otherClassId }, mayReview: false }]);
    expect(await reviewing(leader, otherClassId)).toEqual([200, 403]);
    expect((await leader.get<ClassSummaries>(summaries(otherClassId))).round.mayReview).toBe(false);

    await lead();
    await handIn();
    const { assignments } = await admin.get<ClassPage>(`/people/classes/${world.school.classId}`);
    const away = assignments.find(({ isHomeroom }) => isHomeroom)!;
    const standIn = {
      membershipId: outsider.membershipId,
      from: TODAY,
      until: TODAY,
      standsIn: [{ id: uuidv7(), assignmentId: away.id }],
    };
    expect((await admin.ask("POST", "/people/substitutes", standIn)).status).toBe(204);
    expect((await led()).map(({ mayReview }) => mayReview)).toEqual([false, false]);
    expect(await reviewing(leader)).toEqual([200, 403]);
    leader = await onDay(TOMORROW, outsider);
    expect((await decide(leader, {})).status).toBe(204);
  });
});
