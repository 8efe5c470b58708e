/** A class's term summaries on their way to the families: handed in, returned, approved, and published at a time. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ClassSummaries, TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { Inbox } from "@doudou/shared/contract/inbox.ts";
import type { SchoolPlanned, SummaryRounds } from "@doudou/shared/contract/summary-rounds.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import { publishDue } from "@doudou/server/features/summary-rounds/publishing.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let admin: Client;
  let minutes = 0;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    admin = await clientOf(world, world.school.admin);
  });
  /** Each step of a story is a minute after the one before. */
  beforeEach(() => later());
  afterAll(() => world.close());

  const later = (by = 1) => {
    minutes += by;
    world.setNow(new Date(WORLD_NOW.getTime() + minutes * MINUTE));
  };
  const inMinutes = (by: number) => new Date(WORLD_NOW.getTime() + (minutes + by) * MINUTE).toISOString();
  const path = () => `/classes/${world.school.classId}/summaries`;
  const listOf = (by = homeroom) => by.get<ClassSummaries>(path());
  const child = (place: number) => world.school.children[place]!.id;
  const summaryOf = (place: number) => `/students/${child(place)}/summaries/${world.school.termId}`;
  const write = async (place: number, comment: string) => {
    const commentVersion = (await listOf()).students.find(({ id }) => id === child(place))!.commentVersion;
    const { status } = await homeroom.ask("PUT", `${summaryOf(place)}/comment`, { comment, commentVersion });
    expect(status).toBe(200);
  };
  const publish = (place: number) => homeroom.ask("POST", `${summaryOf(place)}/publish`);
  const handIn = (by = homeroom) => by.ask("POST", `${path()}/hand-in`, { termId: world.school.termId });
  const decide = (decision: "approve" | "return", over: object = {}, by = admin) =>
    by.ask("POST", `${path()}/review`, {
      termId: world.school.termId,
      decision,
      remark: "",
      remarks: [],
      readAt: inMinutes(0),
      ...over,
    });
  const plan = (publishAt: string, by = homeroom) =>
    by.ask("PUT", `${path()}/publication`, { termId: world.school.termId, publishAt });
  const cancel = () => homeroom.ask("DELETE", `${path()}/publication?termId=${world.school.termId}`);
  const setReviewed = async (reviewsSummaries: boolean) => {
    const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
    const { status } = await admin.ask("PUT", "/school-settings", {
      version,
      words: { ...words, reviewsSummaries },
    });
    expect(status).toBe(200);
  };
  const publishedIn = async (place: number) => (await homeroom.get<TermSummary>(summaryOf(place))).status;

  const leftOut = async () =>
    (await homeroom.get<Inbox>("/inbox")).notices.filter(({ kind }) => kind === "publication-left-out");

  test("a school that does not review lets its homeroom teachers publish as ever, with nothing to hand in", async () => {
    await write(3, "你爱问为什么。");
    expect((await listOf()).round).toMatchObject({ isReviewed: false, state: "writing", mayHandIn: false });
    expect((await handIn()).code).toBe("summary-review-off");
    expect((await publish(3)).status).toBe(200);
  });

  test("a school that reviews publishes nothing unread; what is returned says why, child by child", async () => {
    await setReviewed(true);
    expect((await handIn()).status).toBe(204);
    later();
    await write(0, "你总把伞让给同学。");
    expect((await publish(0)).code).toBe("summary-not-approved");
    expect((await decide("return")).code).toBe("review-remark-missing");
    const other = { remarks: [{ studentId: world.school.otherChildren[0]!.id, text: "?" }] };
    expect((await decide("return", other)).code).toBe("not-found");
    const remarks = [{ studentId: child(0), text: "再写一件具体的事" }];
    expect((await decide("return", { remark: "整体很好", remarks })).status).toBe(204);
    const list = await listOf();
    expect(list.round).toMatchObject({ state: "returned", remark: "整体很好", by: "校长", mayHandIn: true });
    expect(list.students[0]).toMatchObject({ returned: "再写一件具体的事", isApproved: false });
    expect(list.students[1]?.returned).toBeNull();
    expect((await decide("approve")).code).toBe("summary-not-handed-in");
  });

  test("handed in again it is approved as it was read, and not with what was written meanwhile", async () => {
    await handIn();
    expect((await listOf()).students[0]?.returned).toBeNull();
    const readAt = inMinutes(0);
    later();
    await write(0, "你总把伞让给同学，还陪他走到医务室。");
    expect((await decide("approve", { readAt })).code).toBe("summary-changed-since");
    later();
    expect((await listOf(admin)).round.mayReview).toBe(true);
    expect((await decide("approve")).status).toBe(204);
    expect((await listOf()).students[0]).toMatchObject({ isApproved: true });
    expect((await publish(0)).status).toBe(200);
  });

  test("a comment changed after it was approved waits for the next review", async () => {
    await write(1, "你唱歌很好听。");
    expect((await publish(1)).code).toBe("summary-not-approved");
    await handIn();
    later();
    await decide("approve");
    later();
    const subject = await clientOf(world, world.school.subject);
    const remark = (text: string, version: number) =>
      subject.ask("PUT", `${summaryOf(1)}/remark`, { subject: "music", text, version });
    expect((await remark("合唱的台柱子。", 0)).status).toBe(200);
    expect((await publish(1)).code).toBe("summary-not-approved");
  });

  test("a sentence taken away after it was approved, or while somebody reads, waits for the next review", async () => {
    const subject = await clientOf(world, world.school.subject);
    const remark = (text: string, version: number) =>
      subject.ask("PUT", `${summaryOf(1)}/remark`, { subject: "music", text, version });
    await handIn();
    later();
    await decide("approve");
    expect((await listOf()).students[1]).toMatchObject({ isApproved: true });
    later();
    expect((await remark("", 1)).status).toBe(200);
    expect((await listOf()).students[1]).toMatchObject({ isApproved: false, remarks: [] });
    expect((await publish(1)).code).toBe("summary-not-approved");
    await remark("合唱的台柱子。", 2);
    await handIn();
    const readAt = inMinutes(0);
    later();
    await remark("", 3);
    expect((await decide("approve", { readAt })).code).toBe("summary-changed-since");
  });

  test("at its time a class is published once, whoever looks and however often", async () => {
    await handIn();
    later();
    await decide("approve");
    expect((await plan(inMinutes(-1))).code).toBe("publish-time-past");
    const publishAt = inMinutes(10);
    expect((await plan(publishAt)).status).toBe(204);
    expect((await plan(inMinutes(20))).code).toBe("publication-planned");
    const { publication } = (await listOf()).round;
    expect(publication).toEqual({ publishAt, by: "王老师", state: "waiting", published: 0 });
    await publishDue(world.deps);
    expect(await publishedIn(1)).toBe("draft");
    later(11);
    await Promise.all([1, 2, 3].map(() => publishDue(world.deps)));
    await publishDue(world.deps);
    const list = await listOf();
    expect(list.round.publication).toMatchObject({ state: "done", published: 1 });
    // Two have no comment: whoever leads the class is told once that they were left out, and finds them in its list.
    expect(await leftOut()).toMatchObject([
      { child: null, class: { id: world.school.classId }, term: { id: world.school.termId } },
    ]);
    expect(list.students.filter(({ status }) => status !== "published")).toHaveLength(2);
    // Those with a comment, and those published before not again.
    const revisions = await Promise.all(
      [0, 1, 3].map(async (place) => (await homeroom.get<TermSummary>(summaryOf(place))).revision),
    );
    expect(revisions).toEqual([1, 1, 1]);
    expect(await publishedIn(2)).toBe("draft");
    expect((await cancel()).code).toBe("publication-begun");
  });

  test("what is planned can be cancelled until it begins, and then nothing happens", async () => {
    await setReviewed(false);
    await write(2, "你的剪纸很细致。");
    await plan(inMinutes(5));
    later();
    expect((await cancel()).status).toBe(204);
    later(10);
    await publishDue(world.deps);
    expect(await publishedIn(2)).toBe("draft");
    expect((await listOf()).round.publication).toMatchObject({ state: "cancelled" });
  });

  test("a server that stopped half-way goes on where it was", async () => {
    await write(4, "你讲的故事大家都记得。");
    await plan(inMinutes(5));
    later(6);
    await publishDue(world.deps, AbortSignal.abort());
    expect(await publishedIn(2)).toBe("draft");
    await publishDue(world.deps);
    expect([await publishedIn(2), await publishedIn(4)]).toEqual(["published", "published"]);
    expect((await listOf()).round.publication).toMatchObject({ state: "done", published: 2 });
    expect(await leftOut()).toHaveLength(1); // nobody was left out this time
  });

  test("the office sees where each class stands, and nobody else does", async () => {
    const { classes } = await admin.get<SummaryRounds>("/summary-rounds");
    expect(
      classes.map(({ class: of, children, written, published }) => [of.name, children, written, published]),
    ).toEqual([
      ["三年级1班", 5, 5, 5],
      ["五年级1班", 2, 0, 0],
    ]);
    expect((await homeroom.ask("GET", "/summary-rounds")).status).toBe(403);
    expect((await handIn(await clientOf(world, world.school.subject))).status).toBe(403);
    expect((await decide("approve", {}, homeroom)).status).toBe(403);
    expect((await plan(inMinutes(5), admin)).status).toBe(403);
    expect((await handIn(await clientOf(world, world.neighbour.homeroom))).status).toBe(404);
  });

  test("the office plans one hour for the school: what is not ready is told, a teacher's own plan stays, and it is cancelled as a whole", async () => {
    const { termId, classId, otherClassId, otherChildren } = world.school;
    const rounds = () => admin.get<SummaryRounds>("/summary-rounds");
    const planAll = (over: object = {}, by = admin) => {
      const all = { termId, grade: null, publishAt: inMinutes(10), ...over };
      return by.ask("POST", "/summary-rounds/plans", all);
    };
    const told = async (asked: ReturnType<typeof planAll>) => {
      const answer = JSON.parse((await asked).body) as SchoolPlanned;
      return [answer.planned.map(({ id }) => id), answer.leftOut.map(({ class: of, why }) => [of.id, why])];
    };
    const other = await clientOf(world, world.school.outsider);
    const comment = (id: string, commentVersion = 0) =>
      other.ask("PUT", `/students/${id}/summaries/${termId}/comment`, { comment: "好", commentVersion });

    expect((await planAll({ publishAt: inMinutes(-1) })).code).toBe("publish-time-past");
    await comment(otherChildren[0]!.id);
    expect(await told(planAll())).toEqual([
      [],
      [
        [classId, "published"],
        [otherClassId, "not-complete"],
      ],
    ]);
    expect((await rounds()).plans).toEqual([]);
    await comment(otherChildren[1]!.id);
    expect(await told(planAll({ grade: 3 }))).toEqual([[], [[classId, "published"]]]);
    await setReviewed(true);
    expect(await told(planAll({ grade: 5 }))).toEqual([[], [[otherClassId, "not-approved"]]]);
    await setReviewed(false);

    const publishAt = inMinutes(10);
    expect(await told(planAll({ publishAt }))).toEqual([[otherClassId], [[classId, "published"]]]);
    const [planned] = (await rounds()).plans;
    expect(planned).toMatchObject({
      publishAt,
      by: "校长",
      classes: [{ id: otherClassId }],
      mayCancel: true,
    });
    expect(await told(planAll())).toEqual([
      [],
      [
        [classId, "published"],
        [otherClassId, "planned"],
      ],
    ]);
    const cancelAll = (by = admin) => by.ask("DELETE", `/summary-rounds/plans/${planned!.id}`);
    for (const by of [homeroom, await clientOf(world, world.school.guardian)])
      expect([(await planAll({}, by)).status, (await cancelAll(by)).status]).toEqual([403, 403]);
    const neighbour = await clientOf(world, world.neighbour.admin);
    expect([(await planAll({}, neighbour)).code, (await cancelAll(neighbour)).code]).toEqual([
      "term-not-found",
      "not-found",
    ]);
    expect((await cancelAll()).status).toBe(204);
    expect((await rounds()).plans).toEqual([]);
    later(11);
    await publishDue(world.deps);
    expect((await rounds()).classes.map(({ published }) => published)).toEqual([5, 0]);

    // Approved and planned; what is written since waits for the next review, whatever hour it is.
    await setReviewed(true);
    await other.ask("POST", `/classes/${otherClassId}/summaries/hand-in`, { termId });
    later();
    const approval = { termId, decision: "approve", remark: "", remarks: [], readAt: inMinutes(0) };
    await admin.ask("POST", `/classes/${otherClassId}/summaries/review`, approval);
    expect(await told(planAll())).toEqual([[otherClassId], [[classId, "published"]]]);
    const again = (await rounds()).plans[0]!.id;
    later();
    await comment(otherChildren[0]!.id, 1);
    later(11);
    expect((await admin.ask("DELETE", `/summary-rounds/plans/${again}`)).code).toBe("publication-begun");
    expect((await rounds()).plans).toMatchObject([{ id: again, mayCancel: false }]);
    await Promise.all([publishDue(world.deps), publishDue(world.deps)]);
    expect((await rounds()).classes.map(({ published }) => published)).toEqual([5, 1]);
    expect((await rounds()).plans).toEqual([]);
    const { entries } = await admin.get<AuditPage>("/audit?action=summary.schedule-all&kind=change");
    expect(entries.map(({ by }) => by.name)).toEqual(["校长", "校长", "校长"]);
  });

  test("whoever leads a class is told when the office plans its hour, moves it or cancels it, and nobody else is", async () => {
    const { termId, otherClassId } = world.school;
    const leader = await clientOf(world, world.school.outsider);
    const others = [homeroom, admin, await clientOf(world, world.school.guardian)];
    const hours = async (by = leader) =>
      (await by.get<Inbox>("/inbox")).notices.filter(({ kind }) => /^publication-(pl|c)an/.test(kind));
    const kinds = async () => (await hours()).map(({ kind }) => kind);
    const planAll = () =>
      admin.ask("POST", "/summary-rounds/plans", { termId, grade: null, publishAt: inMinutes(10) });
    const cancelAll = async () => {
      const [planned] = (await admin.get<SummaryRounds>("/summary-rounds")).plans;
      return (await admin.ask("DELETE", `/summary-rounds/plans/${planned!.id}`)).status;
    };
    // So far every hour was this teacher's own.
    expect(await hours(homeroom)).toEqual([]);
    await setReviewed(false);
    await planAll();
    await planAll(); // finds the class planned
    const [notice, ...more] = await hours();
    expect([notice, more]).toMatchObject([
      {
        kind: "publication-planned",
        child: null,
        class: { id: otherClassId },
        term: { id: termId },
        isOpened: false,
      },
      [],
    ]);
    const { round } = await leader.get<ClassSummaries>(`/classes/${otherClassId}/summaries`);
    expect(round.publication).toMatchObject({ by: "校长", state: "waiting" });
    // Cancelled before anybody has read of it, and planned anew: only what is so is left.
    later();
    expect(await cancelAll()).toBe(204);
    expect(await kinds()).toEqual(["publication-cancelled"]);
    later();
    await planAll();
    expect(await kinds()).toEqual(["publication-planned"]);
    // What was read stays where it was read.
    await leader.ask("PUT", `/inbox/${(await hours())[0]!.id}/opened`);
    later();
    expect(await cancelAll()).toBe(204);
    expect(await kinds()).toEqual(["publication-cancelled", "publication-planned"]);
    // An hour that has come is news no more.
    later();
    await planAll();
    expect((await hours()).map(({ isOpened }) => isOpened)).toEqual([false, true]);
    later(11);
    await publishDue(world.deps);
    expect((await hours()).map(({ isOpened }) => isOpened)).toEqual([true]);
    for (const by of others) expect(await hours(by)).toEqual([]);
  });
});
