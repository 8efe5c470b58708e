/** The inbox: everybody is told once of what is there for them, of nothing they may no longer see, and reads their own alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { publishDue } from "@doudou/server/features/summary-rounds/publishing.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { Inbox, InboxCount } from "@doudou/shared/contract/inbox.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { ClassSummaries, TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { SummaryAnswers } from "@doudou/shared/contract/summary-answers.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let guardian: Client;
  let admin: Client;
  let minutes = 0;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    guardian = await clientOf(world, world.school.guardian);
    admin = await clientOf(world, world.school.admin);
  });
  // Each story happens later than the one before it.
  beforeEach(() => world.setNow(new Date(WORLD_NOW.getTime() + (minutes += 10) * MINUTE)));
  afterAll(() => world.close());

  const summary = () => `/students/${world.school.children[0]!.id}/summaries/${world.school.termId}`;
  const inClass = () => `/classes/${world.school.classId}/summaries`;
  const write = async (comment: string) => {
    const { commentVersion } = await homeroom.get<TermSummary>(summary());
    await homeroom.ask("PUT", `${summary()}/comment`, { comment, commentVersion });
  };
  const publish = async (comment: string) => {
    await write(comment);
    expect((await homeroom.ask("POST", `${summary()}/publish`)).status).toBe(200);
  };
  const setReviewed = async (reviewsSummaries: boolean) => {
    const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
    expect(
      (await admin.ask("PUT", "/school-settings", { version, words: { ...words, reviewsSummaries } })).status,
    ).toBe(200);
  };
  const inbox = (by: Client, cursor?: string) =>
    by.get<Inbox>(`/inbox${cursor === undefined ? "" : `?cursor=${cursor}`}`);
  const kinds = async (by: Client) => (await inbox(by)).notices.map(({ kind }) => kind);
  const unopened = async (by: Client) => (await by.get<InboxCount>("/inbox/count")).unopened;

  test("publishing at a time tells the family once, whichever server does it and however often it looks; of no word in it", async () => {
    expect(await inbox(guardian)).toEqual({ notices: [], unopened: 0, next: null });
    const { school } = world;
    await write("你爱提问。");
    const publishAt = new Date(world.deps.now().getTime() + MINUTE);
    const plan = { termId: school.termId, publishAt: publishAt.toISOString() };
    expect((await homeroom.ask("PUT", `${inClass()}/publication`, plan)).status).toBe(204);
    world.setNow(publishAt);
    await Promise.all([publishDue(world.deps), publishDue(world.deps)]);
    await publishDue(world.deps);
    const { id, name } = school.children[0]!;
    const { notices } = await inbox(guardian);
    expect(notices).toMatchObject([
      {
        kind: "summary-published",
        child: { id, name },
        class: null,
        term: { id: school.termId },
        isOpened: false,
      },
    ]);
    expect(JSON.stringify(notices)).not.toContain("提问");
    // Neither another family nor the school beside it hears of it; the teacher, that some were left out.
    for (const person of [school.otherGuardian, world.neighbour.guardian, world.neighbour.homeroom])
      expect(await kinds(await clientOf(world, person))).toEqual([]);
    expect(await kinds(homeroom)).toEqual(["publication-left-out"]);
  });

  test("a correction is told of too", async () => {
    await publish("你爱提问，也爱帮助别人。");
    expect(await kinds(guardian)).toEqual(["summary-corrected", "summary-published"]);
    expect(await unopened(guardian)).toBe(2);
  });

  test("tapping a notice opens it, once; the rest is opened all at once, up to what was on show", async () => {
    const { notices } = await inbox(guardian);
    const [latest, first] = notices;
    expect((await guardian.ask("PUT", `/inbox/${first!.id}/opened`)).status).toBe(204);
    expect((await guardian.ask("PUT", `/inbox/${first!.id}/opened`)).status).toBe(204);
    expect(await unopened(guardian)).toBe(1);
    for (const other of [homeroom, await clientOf(world, world.neighbour.guardian)])
      expect((await other.ask("PUT", `/inbox/${latest!.id}/opened`)).code).toBe("not-found");
    expect((await guardian.ask("PUT", `/inbox/${uuidv7()}/opened`)).code).toBe("not-found");
    await guardian.ask("POST", "/inbox/opened", { until: first!.happenedAt });
    expect(await unopened(guardian)).toBe(1);
    await guardian.ask("POST", "/inbox/opened", { until: latest!.happenedAt });
    expect(await unopened(guardian)).toBe(0);
  });

  test("a guardian writes, the teacher is told; the teacher answers, that guardian is told; sending again tells nobody twice", async () => {
    const id = uuidv7();
    const message = { id, text: "谢谢老师" };
    await guardian.ask("POST", `${summary()}/messages`, message);
    await guardian.ask("POST", `${summary()}/messages`, message);
    expect(await unopened(homeroom)).toBe(2);
    expect((await inbox(homeroom)).notices).toMatchObject([
      {
        kind: "guardian-wrote",
        child: { id: world.school.children[0]!.id },
        class: { id: world.school.classId },
      },
      { kind: "publication-left-out" },
    ]);
    const { guardianId } = (await guardian.get<SummaryAnswers>(`${summary()}/answers`)).answers[0]!;
    await homeroom.ask("POST", `${summary()}/messages`, { id: uuidv7(), text: "一起加油", guardianId });
    expect((await kinds(guardian))[0]).toBe("teacher-answered");
    const log = await admin.get<AuditPage>("/audit?action=inbox.read");
    expect(log.entries.length).toBeGreaterThan(0);
  });

  test("the review tells whoever leads the class that it came back, and that it was approved", async () => {
    const { school } = world;
    await setReviewed(true);
    const hand = async (decision: object) => {
      expect((await homeroom.ask("POST", `${inClass()}/hand-in`, { termId: school.termId })).status).toBe(
        204,
      );
      const { round } = await admin.get<ClassSummaries>(`${inClass()}?termId=${school.termId}`);
      const body = { termId: school.termId, remark: "", remarks: [], readAt: round.readAt, ...decision };
      return (await admin.ask("POST", `${inClass()}/review`, body)).status;
    };
    expect(await hand({ decision: "return", remark: "再具体一些" })).toBe(204);
    world.setNow(new Date(world.deps.now().getTime() + MINUTE));
    expect(await hand({ decision: "approve" })).toBe(204);
    const { notices } = await inbox(homeroom);
    expect(notices.slice(0, 2)).toMatchObject([
      { kind: "review-approved", child: null, class: { id: school.classId } },
      { kind: "review-returned", child: null },
    ]);
    expect(JSON.stringify(notices)).not.toContain("具体");
  });

  test("a removed guardian is told of nothing any more, and finds nothing that was told before", async () => {
    const { school, database } = world;
    await setReviewed(false);
    const before = (await inbox(guardian)).notices.length;
    expect(before).toBeGreaterThan(0);
    await database.write(school.id, async (store) => {
      const { guardianship } = store.tables;
      await store.db.update(guardianship).set({ endedAt: world.deps.now() });
    });
    await publish("你学会了跳绳。");
    expect(await inbox(guardian)).toEqual({ notices: [], unopened: 0, next: null });
  });

  test("children have no inbox", async () => {
    const child = await clientOf(world, world.school.student);
    for (const path of ["/inbox", "/inbox/count"])
      expect((await child.ask("GET", path)).code).toBe("forbidden");
  });
});
