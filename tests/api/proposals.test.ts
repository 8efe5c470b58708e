/** Children tell, their homeroom teacher answers: a few a day, exactly one award, kind words, and nobody else reads it. */
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { tallyDifferences } from "@doudou/db/repositories/verification.ts";
import type { LedgerPage } from "@doudou/shared/contract/awards.ts";
import type { Roster } from "@doudou/shared/contract/classes.ts";
import type {
  AnswerProposals,
  AnswerResults,
  ClassProposals,
  Telling,
  TellingDesk,
} from "@doudou/shared/contract/proposals.ts";
import { deleteOldProposals } from "@doudou/server/features/proposals/service.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let student: Client;
  let teacher: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    student = await clientOf(world, world.school.student);
    teacher = await clientOf(world, world.school.homeroom);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    await world.database.write(world.school.id, async ({ db, tables: { proposal } }) => {
      await db.delete(proposal).where(eq(proposal.schoolId, world.school.id));
    });
  });

  const child = (nth = 0) => world.school.children[nth]!;
  const mine = () => `/students/${child().id}/proposals`;
  const ofClass = () => `/classes/${world.school.classId}/proposals`;
  const own = (more: Partial<Telling> = {}): Telling => ({
    id: uuidv7(),
    voice: "self",
    observationPointId: world.school.points.own,
    words: "我自己整理了书包",
    ...more,
  });
  const thanks = (nth: number, more: Partial<Telling> = {}): Telling => ({
    id: uuidv7(),
    voice: "peer",
    toStudentId: child(nth).id,
    observationPointId: world.school.points.peers,
    words: "谢谢你借我橡皮",
    ...more,
  });
  const tell = async (telling: Telling, by = student) => {
    const { status, code, body } = await by.ask("POST", mine(), telling);
    return code ?? (status === 200 ? (JSON.parse(body) as { status: string }).status : status);
  };
  const answer = async (answers: AnswerProposals["answers"], by = teacher) => {
    const { body } = await by.ask("POST", `${ofClass()}/answers`, { answers });
    return (JSON.parse(body) as AnswerResults).results;
  };
  const waiting = async (by = teacher) => (await by.get<ClassProposals>(ofClass())).proposals;
  const desk = () => student.get<TellingDesk>(mine());
  const timeline = async (nth = 0) =>
    (await teacher.get<LedgerPage>(`/students/${child(nth).id}/timeline`)).entries;

  test("what a child tells of itself becomes one award once its teacher says yes, at the time it was told", async () => {
    const telling = own();
    expect(await tell(telling)).toBe("recorded");
    expect(await tell(telling)).toBe("duplicate");
    expect(await tell({ ...telling, words: "别的话" })).toBe("proposal-id-conflict");
    const [proposal, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({ id: telling.id, voice: "self", words: telling.words });
    const before = (await timeline()).length;

    world.setNow(new Date(WORLD_NOW.getTime() + 2 * DAY));
    expect(await answer([{ id: telling.id, answer: "accept" }])).toEqual([
      { id: telling.id, status: "accepted", beans: 1, isCapped: false },
    ]);
    expect(await answer([{ id: telling.id, answer: "accept" }])).toMatchObject([{ status: "duplicate" }]);
    expect(await answer([{ id: telling.id, answer: "decline" }])).toMatchObject([
      { status: "rejected", problem: { code: "proposal-answered" } },
    ]);
    const after = await timeline();
    expect(after.length).toBe(before + 1);
    expect(after.find(({ note }) => note === telling.words)).toMatchObject({
      by: world.school.homeroom.name,
      occurredAt: WORLD_NOW.toISOString(),
      thanksFrom: null,
    });
    expect((await desk()).told).toMatchObject([{ state: "accepted", words: telling.words }]);
    expect(await waiting()).toEqual([]);
    const differences = await world.database.read(world.school.id, (store) =>
      tallyDifferences(store, world.school.id),
    );
    expect(differences).toEqual([]);
  });

  test("accepted by many at the same moment it is one award", async () => {
    const telling = own({ words: "一次只算一次" });
    await tell(telling);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => answer([{ id: telling.id, answer: "accept" }])),
    );
    expect(
      all
        .flat()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(["accepted", ...Array(7).fill("duplicate")]);
    expect((await timeline()).filter(({ note }) => note === telling.words).length).toBe(1);
  });

  test("the first word on one counts, also within one answer", async () => {
    const telling = own({ words: "第一句话算数" });
    await tell(telling);
    const results = await answer([
      { id: telling.id, answer: "decline", phrase: "tell-me" },
      { id: telling.id, answer: "accept" },
    ]);
    expect(results.map(({ status }) => status)).toEqual(["declined", "rejected"]);
    expect((await timeline()).some(({ note }) => note === telling.words)).toBe(false);
  });

  test("not yet is said kindly, and a child may take back what nobody has answered", async () => {
    const [first, second] = [own(), own()];
    await tell(first);
    await tell(second);
    await answer([{ id: first.id, answer: "decline", phrase: "try-again" }]);
    const { told } = await desk();
    expect(told.find(({ id }) => id === first.id)).toMatchObject({
      state: "declined",
      answer: { zh: "再试一次，老师等着看。" },
    });
    const back = (id: string) => student.ask("POST", `${mine()}/${id}/withdraw`);
    expect((await back(second.id)).body).toContain("withdrawn");
    expect((await back(second.id)).body).toContain("duplicate");
    expect((await back(first.id)).code).toBe("proposal-answered");
    expect((await back(uuidv7())).code).toBe("proposal-not-found");
    expect((await desk()).told.map(({ id }) => id)).toEqual([first.id]);
    expect(await answer([{ id: second.id, answer: "accept" }])).toMatchObject([{ status: "rejected" }]);
  });

  test("thanks reach a classmate with the giver's name once the teacher has read them; kept back, nobody is told", async () => {
    const [sent, kept] = [thanks(1), thanks(2, { words: "谢谢你，哼" })];
    expect([await tell(sent), await tell(kept)]).toEqual(["recorded", "recorded"]);
    expect((await waiting()).map(({ from, student: to }) => [from.name, to.name])).toEqual([
      [child().name, child(1).name],
      [child().name, child(2).name],
    ]);
    await answer([
      { id: sent.id, answer: "accept" },
      { id: kept.id, answer: "decline" },
    ]);
    expect((await timeline(1)).find(({ note }) => note === sent.words)).toMatchObject({
      thanksFrom: child().name,
      by: world.school.homeroom.name,
    });
    expect((await timeline(2)).some(({ note }) => note === kept.words)).toBe(false);
    const { told } = await desk();
    const shown = new Map(told.map(({ id, state, answer: word }) => [id, [state, word]]));
    expect(shown.get(sent.id)).toEqual(["accepted", null]);
    expect(shown.get(kept.id)).toEqual(["seen", null]);
  });

  test("a day has three of each, one thank-you to the same classmate, and says so kindly; the next day begins anew", async () => {
    for (let n = 0; n < 3; n++) expect(await tell(own())).toBe("recorded");
    expect(await tell(own())).toBe("proposal-enough");
    expect(await tell(thanks(1))).toBe("recorded");
    expect(await tell(thanks(1))).toBe("thanks-to-one-enough");
    expect(await tell(thanks(2))).toBe("recorded");
    expect(await tell(thanks(3))).toBe("recorded");
    expect(await tell(thanks(4))).toBe("thanks-enough");
    expect((await desk()).left).toMatchObject({ self: 0, peer: 0 });
    expect((await teacher.get<Roster>(`/classes/${world.school.classId}/roster`)).waitingProposals).toBe(6);
    world.setNow(new Date(WORLD_NOW.getTime() + DAY));
    expect(await tell(thanks(1))).toBe("recorded");
    expect((await desk()).left).toMatchObject({ self: 3, peer: 2 });
  });

  test("told at the same moment, a day still has three", async () => {
    const all = await Promise.all(Array.from({ length: 9 }, () => tell(own())));
    expect(all.filter((status) => status === "recorded").length).toBe(3);
  });

  test("only points of the child's voice and grade, only classmates of now, only with words, only in term", async () => {
    const { points, otherChildren } = world.school;
    expect(await tell(own({ observationPointId: points.helps }))).toBe("observation-point-not-for-role");
    expect(await tell(own({ observationPointId: points.peers }))).toBe("observation-point-not-for-role");
    expect(await tell(own({ observationPointId: uuidv7() }))).toBe("observation-point-not-found");
    expect(await tell(own({ observationPointId: points.ownUpper }))).toBe("observation-point-not-for-grade");
    expect(await tell(own({ words: "  " }))).toBe("proposal-without-words");
    expect(await tell(own({ words: "字".repeat(61) }))).toBe("invalid-input");
    expect(await tell(thanks(1, { words: "谢谢你，笨蛋" }))).toBe("words-unkind");
    expect(await tell(thanks(0))).toBe("classmate-not-found");
    expect(await tell(thanks(1, { toStudentId: otherChildren[0]!.id }))).toBe("classmate-not-found");
    expect(await tell(thanks(1, { toStudentId: world.neighbour.children[1]!.id }))).toBe(
      "classmate-not-found",
    );
    const { toStudentId: _, ...toNobody } = thanks(1);
    expect(await tell(toNobody)).toBe("classmate-not-found");
    const { points: shown, classmates } = await desk();
    expect(shown.self.map(({ id }) => id)).toEqual([points.own]);
    expect(shown.peer.map(({ id }) => id)).toEqual([points.peers]);
    expect(classmates).toEqual(
      world.school.children.slice(1).map(({ id, name }) => ({ id, name, isThankedToday: false })),
    );
    world.setNow(new Date("2026-08-25T02:00:00Z"));
    expect(await tell(own())).toBe("outside-term");
    expect((await desk()).canTell).toBe(false);
  });

  test("too late for the term, a yes is refused with the reason, and what was told still waits", async () => {
    const telling = own();
    await tell(telling);
    world.setNow(new Date("2027-02-10T02:00:00Z"));
    const afterTheTerm = await clientOf(world, world.school.homeroom);
    expect(await answer([{ id: telling.id, answer: "accept" }], afterTheTerm)).toMatchObject([
      { status: "rejected", problem: { code: "term-closed" } },
    ]);
    expect((await waiting(afterTheTerm)).map(({ id }) => id)).toEqual([telling.id]);
    expect(await deleteOldProposals(world.deps)).toBe(1);
    expect(await waiting(afterTheTerm)).toEqual([]);
  });

  test("the week's cap holds when it is accepted", async () => {
    const tellings = [own(), own(), own()];
    for (const telling of tellings) await tell(telling);
    const results = await answer(tellings.map(({ id }) => ({ id, answer: "accept" as const })));
    expect(results.filter(({ isCapped }) => isCapped).length).toBeGreaterThan(0);
    expect(results.every(({ status }) => status === "accepted")).toBe(true);
  });

  test("two who thank each other are pointed out to the teacher, and to nobody else", async () => {
    await tell(thanks(1));
    const [toFirst] = await waiting();
    expect(toFirst?.isReturned).toBe(false);
    await world.database.write(world.school.id, async ({ db, tables: { proposal } }) => {
      const [row] = await db.select().from(proposal).where(eq(proposal.id, toFirst!.id));
      const turned = { fromId: child(1).id, studentId: child().id, state: "accepted" as const };
      await db.insert(proposal).values({ ...row!, ...turned, id: uuidv7(), awardId: uuidv7() });
    });
    expect((await waiting()).map(({ isReturned }) => isReturned)).toEqual([true]);
    expect(JSON.stringify(await desk())).not.toContain("isReturned");
  });

  test("nobody but the child tells for it, and nobody but its homeroom teacher reads and answers", async () => {
    const telling = own();
    await tell(telling);
    for (const person of ["guardian", "otherStudent", "subject", "admin", "homeroom"] as const)
      expect([person, await tell(own(), await clientOf(world, world.school[person]))]).toEqual([
        person,
        "forbidden",
      ]);
    for (const person of ["student", "guardian", "subject", "admin", "outsider"] as const) {
      const client = await clientOf(world, world.school[person]);
      expect([person, (await client.ask("GET", ofClass())).code]).toEqual([person, "forbidden"]);
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", ofClass())).code).toBe("not-found");
    const outsider = await clientOf(world, world.school.outsider);
    const { body } = await outsider.ask("POST", `/classes/${world.school.otherClassId}/proposals/answers`, {
      answers: [{ id: telling.id, answer: "accept" }],
    });
    expect(body).toContain("proposal-not-found");
  });

  test("a guardian tells what it saw at home; its teacher confirms it as an award, and each tells in its own voice alone", async () => {
    const guardian = await clientOf(world, world.school.guardian);
    const seen = own({
      voice: "guardian",
      observationPointId: world.school.points.guardianOnly,
      words: "九点自己睡",
    });
    expect(await tell(seen)).toBe("forbidden");
    expect(await tell(own(), guardian)).toBe("forbidden");
    expect(await tell(thanks(1), guardian)).toBe("forbidden");
    expect(await tell({ ...seen, observationPointId: world.school.points.own }, guardian)).toBe(
      "observation-point-not-for-role",
    );
    expect(await tell(seen, guardian)).toBe("recorded");
    expect(await tell(seen, guardian)).toBe("duplicate");
    const shown = await guardian.get<TellingDesk>(mine());
    expect(shown.points).toMatchObject({ self: [], peer: [], guardian: [{ id: seen.observationPointId }] });
    expect(shown.classmates).toEqual([]);
    expect(shown.told).toMatchObject([{ voice: "guardian", state: "open" }]);
    expect((await desk()).told).toEqual([]);
    expect((await desk()).left.self).toBe(3);
    const back = `${mine()}/${seen.id}/withdraw`;
    expect((await student.ask("POST", back)).code).toBe("proposal-not-found");
    expect(await waiting()).toMatchObject([
      { voice: "guardian", from: { name: world.school.guardian.name }, student: { name: child().name } },
    ]);
    expect(await answer([{ id: seen.id, answer: "accept" }])).toMatchObject([{ status: "accepted" }]);
    expect((await timeline()).find(({ note }) => note === seen.words)).toMatchObject({ thanksFrom: null });
  });

  test("where the consent to the account is withdrawn, what the child told is shown to nobody", async () => {
    await tell(own());
    const setConsent = (withdrawnAt: Date | null) =>
      world.database.write(world.school.id, async ({ db, tables: { consent } }) => {
        await db.update(consent).set({ withdrawnAt }).where(eq(consent.studentId, child().id));
      });
    await setConsent(WORLD_NOW);
    expect(await waiting()).toEqual([]);
    expect(await tell(own())).not.toBe("recorded");
    await setConsent(null);
    expect((await waiting()).length).toBe(1);
  });

  test("that a teacher read what children told is logged", async () => {
    await waiting();
    const logged = await world.database.read(
      EVERY_SCHOOL,
      async ({ db, tables }) => await db.select().from(tables.auditEntry),
    );
    expect(logged.some(({ action, classId }) => action === "proposal.list" && classId !== null)).toBe(true);
  });
});
