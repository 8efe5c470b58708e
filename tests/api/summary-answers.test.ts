/** What families answer to a published summary: that it was read, a signature, words to the teacher and back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { ClassSummaries, SummaryList, TermSummary } from "@doudou/shared/contract/summaries.ts";
import type { Inbox } from "@doudou/shared/contract/inbox.ts";
import type { EarlierAnswers, SummaryAnswers } from "@doudou/shared/contract/summary-answers.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const STROKES = [
  [10, 20, 120, 200, 300, 40],
  [350, 60, 360, 200],
];
const HOUR = 3_600_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let homeroom: Client;
  let guardian: Client;
  let summary: string;
  beforeAll(async () => {
    world = await createWorld(engine);
    homeroom = await clientOf(world, world.school.homeroom);
    guardian = await clientOf(world, world.school.guardian);
    summary = `/students/${world.school.children[0]!.id}/summaries/${world.school.termId}`;
  });
  beforeEach(() => world.setNow(WORLD_NOW));
  afterAll(() => world.close());

  const publish = async (comment: string) => {
    const { commentVersion } = await homeroom.get<TermSummary>(summary);
    await homeroom.ask("PUT", `${summary}/comment`, { comment, commentVersion });
    await homeroom.ask("POST", `${summary}/publish`);
  };
  const read = (by: Client) => by.get<SummaryAnswers>(`${summary}/answers`);
  const sign = (body: object) => guardian.ask("PUT", `${summary}/signature`, body);
  const write = (by: Client, text: string, rest: object = {}, id = uuidv7()) =>
    by.ask("POST", `${summary}/messages`, { id, text, ...rest });
  /** What the summary waits for, as a reader's list says. */
  const waiting = async (by: Client) =>
    (await by.get<SummaryList>(summary.replace(/\/[^/]*$/, ""))).summaries[0]?.waitsFor;
  const lineOfChild = async () => {
    const path = `/classes/${world.school.classId}/summaries?termId=${world.school.termId}`;
    return (await homeroom.get<ClassSummaries>(path)).students[0]!;
  };

  test("nothing can be answered before something is published", async () => {
    for (const answer of [
      await guardian.ask("GET", `${summary}/answers`),
      await guardian.ask("PUT", `${summary}/reading`, { revision: 1, isAtEnd: true }),
      await sign({ revision: 1, strokes: STROKES }),
      await write(guardian, "您好"),
    ])
      expect(answer.code).toBe("summary-not-published");
  });

  test("the teacher sees that it was opened, read to the end and signed; the first time stands", async () => {
    await publish("你爱提问，也爱帮助别人。");
    expect(await lineOfChild()).toMatchObject({ guardians: 1, opened: 0, signed: 0, unseen: 0 });
    const reading = (isAtEnd: boolean) => guardian.ask("PUT", `${summary}/reading`, { revision: 1, isAtEnd });
    expect([await waiting(guardian), await waiting(homeroom)]).toEqual(["reading", "nothing"]);
    expect((await reading(false)).status).toBe(204);
    expect(await waiting(guardian)).toBe("signature");
    expect((await read(homeroom)).answers).toMatchObject([
      { name: "林妈妈", isOwn: false, openedAt: WORLD_NOW.toISOString(), finishedAt: null, signedAt: null },
    ]);
    const later = new Date(WORLD_NOW.getTime() + HOUR);
    world.setNow(later);
    await reading(true);
    const { answers } = JSON.parse((await sign({ revision: 1, strokes: STROKES })).body) as SummaryAnswers;
    expect(answers).toMatchObject([
      {
        isOwn: true,
        openedAt: WORLD_NOW.toISOString(),
        finishedAt: later.toISOString(),
        signedAt: later.toISOString(),
        strokes: STROKES,
      },
    ]);
    world.setNow(new Date(WORLD_NOW.getTime() + 2 * HOUR));
    await reading(true);
    expect((await sign({ revision: 1, name: "别的名字" })).status).toBe(200);
    expect((await read(homeroom)).answers[0]).toMatchObject({
      finishedAt: later.toISOString(),
      signedAt: later.toISOString(),
      strokes: STROKES,
      signedName: null,
    });
    expect(await lineOfChild()).toMatchObject({ opened: 1, signed: 1 });
    expect(await waiting(guardian)).toBe("nothing");
    const admin = await clientOf(world, world.school.admin);
    const log = await admin.get<AuditPage>("/audit?action=summary.sign");
    expect(log.entries).toHaveLength(1);
  });

  test("a slip of the finger, both ways at once, or neither is no signature", async () => {
    for (const body of [
      { strokes: [[10, 10]] },
      { strokes: [[0, 0, 599, 300]] },
      { strokes: [[0, 0, 400]] },
      { name: "   " },
      { strokes: STROKES, name: "林妈妈" },
      {},
    ]) {
      const { status, code } = await sign({ revision: 1, ...body });
      expect([body, status, code]).toEqual([body, 422, "signature-unreadable"]);
    }
    expect((await sign({ revision: 1, strokes: [[0, 9999]] })).code).toBe("invalid-input");
  });

  test("they write to each other, each sees what is new, and sending again doubles nothing", async () => {
    const id = uuidv7();
    expect((await write(guardian, "谢谢王老师！", {}, id)).status).toBe(200);
    expect((await write(guardian, "谢谢王老师！", {}, id)).status).toBe(200);
    expect((await write(guardian, "另一句话", {}, id)).code).toBe("message-id-conflict");
    expect((await lineOfChild()).unseen).toBe(1);
    expect((await homeroom.ask("POST", `${summary}/messages/seen`)).status).toBe(204);
    expect((await lineOfChild()).unseen).toBe(0);
    const { guardianId } = (await read(homeroom)).answers[0]!;
    await write(homeroom, "一起加油！", { guardianId });
    expect((await read(guardian)).answers[0]!.messages).toMatchObject([
      { by: "林妈妈", from: "guardian", text: "谢谢王老师！", isSeen: true },
      { by: "王老师", from: "teacher", text: "一起加油！", isSeen: false },
    ]);
    expect(await waiting(guardian)).toBe("answer");
    await guardian.ask("POST", `${summary}/messages/seen`);
    expect(await waiting(guardian)).toBe("nothing");
    expect((await read(homeroom)).answers[0]!.messages[1]!.isSeen).toBe(true);
    expect((await write(homeroom, "？", { guardianId: world.school.otherGuardian.membershipId })).code).toBe(
      "not-a-guardian",
    );
    expect((await write(guardian, " \n")).code).toBe("invalid-input");
  });

  test("a conversation that goes on and on is led elsewhere", async () => {
    const codes: (string | undefined)[] = [];
    const ids = Array.from({ length: 40 }, () => uuidv7());
    for (const [at, id] of ids.entries()) codes.push((await write(guardian, `第 ${at} 句`, {}, id)).code);
    const last = codes.lastIndexOf(undefined);
    expect((await write(guardian, `第 ${last} 句`, {}, ids[last])).status).toBe(200); // its answer was lost on the way
    expect(codes.at(-1)).toBe("messages-enough");
    expect(codes.filter((code) => code !== undefined && code !== "messages-enough")).toEqual([]);
  });

  test("a correction says what it changed, and has to be read and signed anew", async () => {
    await publish("你爱提问，也爱帮助别人，还学会了跳绳。");
    const corrected = await guardian.get<TermSummary>(summary);
    expect([corrected.revision, corrected.changes]).toEqual([2, ["comment"]]);
    expect(await waiting(guardian)).toBe("reading");
    expect(await lineOfChild()).toMatchObject({ opened: 0, signed: 0 });
    expect((await read(guardian)).answers[0]).toMatchObject({ signedAt: null, strokes: null });
    expect((await sign({ revision: 1, strokes: STROKES })).code).toBe("summary-revised");
    expect((await guardian.ask("PUT", `${summary}/reading`, { revision: 1, isAtEnd: true })).code).toBe(
      "summary-revised",
    );
    expect((await sign({ revision: 2, name: " 林妈妈 " })).status).toBe(200);
    expect((await read(homeroom)).answers[0]).toMatchObject({ strokes: null, signedName: "林妈妈" });
  });

  test("what a correction replaced stays to be read, and who signed it stays known", async () => {
    const latest = await guardian.get<TermSummary>(summary);
    expect([latest.replacedAt, latest.commentBefore]).toEqual([null, "你爱提问，也爱帮助别人。"]);
    const student = await clientOf(world, world.school.student);
    for (const by of [guardian, homeroom, student]) {
      const first = await by.get<TermSummary>(`${summary}?revision=1`);
      expect(first).toMatchObject({
        revision: 1,
        replacedAt: latest.publishedAt,
        commentBefore: null,
        changes: [],
        snapshot: { comment: "你爱提问，也爱帮助别人。" },
      });
      expect(first.sha256).not.toBe(latest.sha256);
    }
    expect((await guardian.ask("GET", `${summary}?revision=3`)).code).toBe("summary-not-published");
    expect((await homeroom.ask("GET", `${summary}?revision=3`)).code).toBe("summary-not-published");
    const stranger = await clientOf(world, world.school.otherGuardian);
    expect((await stranger.ask("GET", `${summary}?revision=1`)).status).toBe(403);
    for (const [by, isOwn] of [
      [homeroom, false],
      [guardian, true],
    ] as const)
      expect((await read(by)).earlier).toMatchObject([
        { revision: 1, signatures: [{ isOwn, signedAt: expect.any(String) }] },
      ]);
  });

  test("nobody else reads or answers: not another guardian, not a subject teacher, not the child", async () => {
    for (const person of ["otherGuardian", "subject", "outsider", "student"] as const) {
      const by = await clientOf(world, world.school[person]);
      for (const answer of [
        await by.ask("GET", `${summary}/answers`),
        await by.ask("PUT", `${summary}/signature`, { revision: 2, strokes: STROKES }),
        await write(by, "？"),
      ])
        expect([person, answer.code]).toEqual([person, "forbidden"]);
    }
  });

  test("of two guardians each reads its own answer and never the other's; the teacher reads both", async () => {
    const { school, database } = world;
    await database.write(school.id, ({ db, tables }) =>
      db.insert(tables.guardianship).values({
        schoolId: school.id,
        id: uuidv7(),
        membershipId: school.otherGuardian.membershipId,
        studentId: school.children[0]!.id,
        relation: "parent",
        verifiedAt: WORLD_NOW,
      }),
    );
    const other = await clientOf(world, school.otherGuardian);
    await other.ask("PUT", `${summary}/signature`, { revision: 2, name: "赵爸爸" });
    await write(other, "我和孩子妈妈分开住，请单独告诉我。");
    const seen = async (by: Client) => {
      const { body } = await by.ask("GET", `${summary}/answers`);
      return ["林妈妈", "谢谢王老师！", "赵爸爸", "单独告诉我"].filter((trace) => body.includes(trace));
    };
    expect((await read(other)).earlier).toMatchObject([{ revision: 1, signatures: [] }]);
    expect(await seen(guardian)).toEqual(["林妈妈", "谢谢王老师！"]);
    expect(await seen(other)).toEqual(["赵爸爸", "单独告诉我"]);
    expect(await seen(homeroom)).toEqual(["林妈妈", "谢谢王老师！", "赵爸爸", "单独告诉我"]);
    await other.ask("POST", `${summary}/messages/seen`);
    expect((await lineOfChild()).unseen).toBeGreaterThan(0);
  });
});

describe.each(ENGINES)("when the child is led by somebody else, on %s", (engine) => {
  let world: World;
  let former: Client;
  let teacherNow: Client;
  let guardian: Client;
  let summary: string;
  /** Before the child moved. */
  let onDeskOnly: EarlierAnswers["talks"];
  const earlier = (by: Client, classId: string) =>
    by.get<EarlierAnswers>(`/classes/${classId}/summaries/earlier-answers`);
  const noticesOf = async (by: Client) =>
    (await by.get<Inbox>("/inbox")).notices.map(({ kind, class: of, term }) => [kind, of?.id, term.id]);
  const write = (by: Client, text: string, rest: object = {}) =>
    by.ask("POST", `${summary}/messages`, { id: uuidv7(), text, ...rest });

  beforeAll(async () => {
    world = await createWorld(engine);
    const { school } = world;
    summary = `/students/${school.children[0]!.id}/summaries/${school.termId}`;
    const homeroom = await clientOf(world, school.homeroom);
    await homeroom.ask("PUT", `${summary}/comment`, { comment: "你很会倾听。", commentVersion: 0 });
    await homeroom.ask("POST", `${summary}/publish`);
    await write(await clientOf(world, school.guardian), "假期里我们又读了一遍。");
    onDeskOnly = (await earlier(homeroom, school.classId)).talks;
    const moves = [{ studentId: school.children[0]!.id, classId: school.otherClassId }];
    const admin = await clientOf(world, school.admin);
    await admin.ask("POST", "/people/pupils/moves", { from: "2027-02-01", moves });
    world.setNow(new Date("2027-02-22T02:00:00Z"));
    former = await clientOf(world, school.homeroom);
    teacherNow = await clientOf(world, school.outsider);
    guardian = await clientOf(world, school.guardian);
  });
  afterAll(() => world.close());

  test("what waited unread is found by who leads the child now, and no more by who led it then", async () => {
    const { classId, otherClassId, termId, children } = world.school;
    expect(onDeskOnly).toEqual([]);
    expect((await earlier(teacherNow, otherClassId)).talks).toMatchObject([
      { studentId: children[0]!.id, name: children[0]!.name, term: { id: termId }, unseen: 1 },
    ]);
    expect((await earlier(former, classId)).talks).toEqual([]);
    expect((await former.ask("GET", `${summary}/answers`)).status).toBe(403);
    for (const by of [former, guardian]) {
      const path = `/classes/${otherClassId}/summaries/earlier-answers`;
      expect((await by.ask("GET", path)).status).toBe(403);
    }
  });

  test("a late reply is told to who leads the child now, who reads and answers it", async () => {
    const { otherClassId, termId, guardian: who } = world.school;
    expect((await write(guardian, "开学了，想请教您。")).status).toBe(200);
    expect(await noticesOf(teacherNow)).toEqual([["guardian-wrote", otherClassId, termId]]);
    expect(await noticesOf(former)).toEqual([]);
    await teacherNow.ask("POST", `${summary}/messages/seen`);
    expect((await earlier(teacherNow, otherClassId)).talks[0]!.unseen).toBe(0);
    expect((await write(teacherNow, "欢迎随时聊。", { guardianId: who.membershipId })).status).toBe(200);
    const { answers } = await guardian.get<SummaryAnswers>(`${summary}/answers`);
    expect(answers[0]!.messages.at(-1)).toMatchObject({ text: "欢迎随时聊。", from: "teacher" });
  });
});
