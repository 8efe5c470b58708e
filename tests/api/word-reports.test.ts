/** Words that hurt a child: said by it or its guardian, put away, read by whom it was told to, answered; nobody is named to who wrote them. */
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addConsent } from "@doudou/db/repositories/consents.ts";
import { addVoice } from "@doudou/db/repositories/voices.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { Inbox } from "@doudou/shared/contract/inbox.ts";
import type { PortfolioPage } from "@doudou/shared/contract/portfolio-page.ts";
import type { ClassVoices, StudentVoices } from "@doudou/shared/contract/voices.ts";
import type {
  ChildWordReports,
  WordReportCount,
  WordReportInput,
  WordReports,
} from "@doudou/shared/contract/word-reports.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let student: Client;
  let guardian: Client;
  let homeroom: Client;
  let subject: Client;
  let admin: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    const { school } = world;
    student = await clientOf(world, school.student);
    guardian = await clientOf(world, school.guardian);
    homeroom = await clientOf(world, school.homeroom);
    subject = await clientOf(world, school.subject);
    admin = await clientOf(world, school.admin);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.write(world.school.id, async ({ db, tables: t }) => {
      for (const table of [t.wordReport, t.inboxNotice])
        await db.delete(table).where(eq(table.schoolId, world.school.id));
    });
  });

  const child = () => world.school.children[0]!;
  const ofChild = (path: string) => `/students/${child().id}/${path}`;
  const ofClass = (path: string) => `/classes/${world.school.classId}/${path}`;
  const report = (by: Client, kind: string, wordsId: string, over: Partial<WordReportInput> = {}) =>
    by.ask("PUT", ofChild(`word-reports/${kind}/${wordsId}`), { reader: "homeroom", said: "", ...over });
  const reportsOf = async (by: Client) => (await by.get<ChildWordReports>(ofChild("word-reports"))).reports;
  const onDesk = () => homeroom.get<WordReports>(ofClass("word-reports"));
  const inOffice = () => admin.get<WordReports>("/word-reports");
  const answerAs = async (
    by: Client,
    id: string,
    { state = "kept", answer = "老师问过了，他是想夸你。" } = {},
  ) => {
    const path = by === admin ? `/word-reports/${id}/answer` : ofClass(`word-reports/${id}/answer`);
    const { status, code } = await by.ask("POST", path, { state, answer });
    return code ?? status;
  };

  /** A note of an award that the child reads. @returns the award's id */
  const noteBy = async (teacher: Client, note: string | undefined = "总算写完了，真慢") => {
    const at = new Date(WORLD_NOW.getTime() - 60_000);
    const award = awardIn(world.school, at, { studentId: child().id, ...(note && { note }) });
    const [result] = await teacher.award(award);
    expect(result?.status).toBe("recorded");
    return award.id;
  };

  /** What the second child says of the first, waiting for its teacher. @returns its id */
  const mateSays = async (words: string) => {
    const { children, points, termId, classId, id: schoolId } = world.school;
    const id = uuidv7();
    const [teller, at] = [children[1]!.id, WORLD_NOW];
    await world.database.write(schoolId, async (store) => {
      await addConsent(store, schoolId, {
        id: uuidv7(),
        studentId: teller,
        guardianMembershipId: world.school.guardian.membershipId,
        purpose: "account",
        noticeVersion: "3",
        method: "paper",
        grantedAt: at,
        recordedBy: world.school.homeroom.membershipId,
        withdrawnAt: null,
        withdrawnBy: null,
      });
      await addVoice(store, schoolId, {
        id,
        kind: "peer",
        studentId: child().id,
        fromId: teller,
        authorId: null,
        classId,
        termId,
        roundId: null,
        about: "strength",
        level: null,
        observationPointId: points.peers,
        starter: "learn",
        words,
        day: "2026-11-11",
        guardianMaySee: true,
        state: "waiting",
        createdAt: at,
        changedAt: at,
      });
    });
    return id;
  };
  const passOn = (id: string) =>
    homeroom.ask("POST", ofClass("peer-voices/answers"), { ids: [id], answer: "release" });
  const voicesFor = async (by: Client) =>
    (await by.get<StudentVoices>(ofChild("voices"))).peer.map(({ id }) => id);

  test("a child says that a note hurts; its teacher hears of it, leaves it, and the child reads why once", async () => {
    const awardId = await noteBy(subject);
    const said = await report(student, "award", awardId, { said: "我已经很努力了" });
    expect(said.status).toBe(200);
    expect((await report(student, "award", awardId, { said: "再说一次" })).status).toBe(200);
    expect(await reportsOf(student)).toMatchObject([
      { kind: "award", wordsId: awardId, reader: "homeroom", isMine: true, state: "open", answer: null },
    ]);

    const { notices } = await homeroom.get<Inbox>("/inbox");
    expect(notices).toMatchObject([{ kind: "words-hurt", child: null, class: { id: world.school.classId } }]);
    expect((await subject.get<Inbox>("/inbox")).notices).toEqual([]);
    const { open } = await onDesk();
    expect(open).toMatchObject([
      { words: "总算写完了，真慢", said: "我已经很努力了", isByChild: true, student: { id: child().id } },
    ]);
    const { id } = open[0]!;
    expect(await answerAs(homeroom, id, { answer: "  " })).toBe("answer-missing");
    expect(await answerAs(homeroom, id)).toBe(200);
    expect(await answerAs(homeroom, id)).toBe("word-report-answered");
    expect((await onDesk()).settled).toMatchObject([{ id, state: "kept" }]);

    const page = await student.get<PortfolioPage>(ofChild("portfolio-page?reader=self"));
    expect(page.sections.wordReports?.reports).toMatchObject([
      { state: "kept", answer: "老师问过了，他是想夸你。", isAnswerSeen: false },
    ]);
    expect((await student.ask("POST", ofChild(`word-reports/${id}/seen`))).status).toBe(204);
    expect(await reportsOf(student)).toMatchObject([{ isAnswerSeen: true }]);
  });

  test("words of the homeroom teacher are the office's to judge, whoever was to be told", async () => {
    const awardId = await noteBy(homeroom);
    expect((await report(student, "award", awardId)).status).toBe(200);
    expect(await reportsOf(student)).toMatchObject([{ reader: "office" }]);
    expect((await onDesk()).open).toEqual([]);
    expect((await homeroom.get<Inbox>("/inbox")).notices).toEqual([]);
    expect(await admin.get<WordReportCount>("/word-reports/count")).toEqual({ open: 1 });
    const [waiting] = (await inOffice()).open;
    expect(await answerAs(homeroom, waiting!.id)).toBe("word-report-not-found");
    expect(await answerAs(admin, waiting!.id, { state: "taken-back", answer: "这话不该这么说。" })).toBe(200);
    const { entries } = await student.get<LedgerPage>(ofChild("timeline"));
    expect(entries.map((entry) => entry.id)).not.toContain(awardId);
    const ofStaff = await homeroom.get<LedgerPage>(ofChild("timeline"));
    const gone = ofStaff.entries.find((entry) => entry.id === awardId);
    // Who gave it reads why it is gone, and not that anybody said anything.
    expect(gone?.voided?.reason).toBe("附的话不合适");
    expect(await admin.get<WordReportCount>("/word-reports/count")).toEqual({ open: 0 });
  });

  test("a mate's words are kept back again where they hurt; the child's own word is not its guardian's to read", async () => {
    const voiceId = await mateSays("跑得慢也不哭");
    expect((await report(student, "voice", voiceId)).code).toBe("words-not-found");
    await passOn(voiceId);
    expect(await voicesFor(student)).toContain(voiceId);
    await report(student, "voice", voiceId);
    expect(await reportsOf(guardian)).toEqual([]);
    const [waiting] = (await onDesk()).open;
    expect(waiting).toMatchObject({ author: world.school.children[1]!.name, starter: "learn" });
    expect(await answerAs(homeroom, waiting!.id, { state: "taken-back" })).toBe(200);
    expect(await voicesFor(student)).not.toContain(voiceId);
    expect(await voicesFor(guardian)).not.toContain(voiceId);
    const { peer } = await homeroom.get<ClassVoices>(ofClass("voice-rounds"));
    expect(peer.filter(({ state }) => state === "released")).toEqual([]);
  });

  test("a guardian says so too: the words are put away for the child, and the answer is the guardian's", async () => {
    const awardId = await noteBy(subject);
    await report(guardian, "award", awardId, { reader: "office", said: "孩子哭了" });
    expect(await reportsOf(student)).toMatchObject([{ wordsId: awardId, isMine: false, answer: null }]);
    const [waiting] = (await inOffice()).open;
    expect(waiting).toMatchObject({ isByChild: false, by: world.school.guardian.name, said: "孩子哭了" });
    await answerAs(admin, waiting!.id);
    expect(await reportsOf(guardian)).toMatchObject([{ isMine: true, answer: "老师问过了，他是想夸你。" }]);
    expect(await reportsOf(student)).toMatchObject([{ isMine: false, answer: null }]);
  });

  test("only words that stand before the child are reported, and the log says that it was, not what", async () => {
    const bare = await noteBy(subject, "");
    expect((await report(student, "award", bare)).code).toBe("words-not-found");
    expect((await report(student, "award", uuidv7())).code).toBe("words-not-found");
    const gone = await noteBy(subject);
    await subject.void([gone]);
    expect((await report(student, "award", gone)).code).toBe("words-not-found");

    const awardId = await noteBy(subject);
    await report(student, "award", awardId, { said: "别告诉别人" });
    const [waiting] = (await onDesk()).open;
    await answerAs(homeroom, waiting!.id);
    const { entries } = await admin.get<AuditPage>("/audit");
    const about = entries.filter(({ action }) => action.startsWith("word-report."));
    expect(about.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["word-report.make", "word-report.answer", "word-report.list"]),
    );
    expect(JSON.stringify(about)).not.toContain("别告诉别人");
  });
});
