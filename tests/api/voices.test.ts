/** Children speak of themselves and of group mates, guardians of home, teachers in notes: kind, read first, and each by whom it is for. */
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type {
  ClassVoices,
  StudentVoices,
  VoiceDesk,
  VoiceRoundInput,
} from "@doudou/shared/contract/voices.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import { deleteUnreleasedVoices } from "@doudou/server/features/voices/service.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;
const TODAY = "2026-11-11";

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let student: Client;
  let teacher: Client;
  let guardian: Client;
  beforeAll(async () => {
    world = await createWorld(engine);
    student = await clientOf(world, world.school.student);
    teacher = await clientOf(world, world.school.homeroom);
    guardian = await clientOf(world, world.school.guardian);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.setNow(WORLD_NOW);
    await world.database.write(world.school.id, async ({ db, tables: t }) => {
      for (const table of [t.voiceEarlier, t.voice, t.voiceRound, t.groupSet])
        await db.delete(table).where(eq(table.schoolId, world.school.id));
    });
  });

  /** Nobody answers twice at the same moment. */
  const tick = () => world.setNow(new Date(world.deps.now().getTime() + 1000));
  const child = (nth = 0) => world.school.children[nth]!;
  const ofChild = (path: string, nth = 0) => `/students/${child(nth).id}/${path}`;
  const rounds = () => `/classes/${world.school.classId}/voice-rounds`;
  const open = async (over: Partial<VoiceRoundInput> = {}, id = uuidv7(), by = teacher) => {
    const input = { kind: "self", opensOn: TODAY, closesOn: "2026-11-18", ...over };
    const { code, status } = await by.ask("PUT", `${rounds()}/${id}`, input);
    return code ?? (status === 200 ? id : String(status));
  };
  const openAmongPeers = async (over: Partial<VoiceRoundInput> = {}) => {
    const groupSetId = uuidv7();
    const group = (from: number, to: number) => ({
      name: `${from}`,
      symbol: "sun",
      studentIds: world.school.children.slice(from, to).map(({ id }) => id),
    });
    await teacher.ask("PUT", `/classes/${world.school.classId}/group-sets/${groupSetId}`, {
      name: "四人小组",
      groups: [group(0, 3), group(3, 5)],
      version: 0,
    });
    return await open({ kind: "peer", groupSetId, ...over });
  };
  const said = async (about: string, answer: object, by = student) => {
    tick();
    const { status, code } = await by.ask("PUT", ofChild(`self-voices/${about}`), answer);
    return code ?? status;
  };
  const kind = (over: object = {}) => ({
    observationPointId: world.school.points.peers,
    starter: "thanks",
    words: "借我橡皮",
    ...over,
  });
  const ofMate = async (nth: number, over: object = {}, by = student) => {
    tick();
    const { status, code } = await by.ask("PUT", ofChild(`peer-voices/${child(nth).id}`), kind(over));
    return code ?? status;
  };
  const settle = async (
    ids: readonly string[],
    answer: "release" | "keep-back",
    reason?: string,
    by = teacher,
  ) => {
    const path = `/classes/${world.school.classId}/peer-voices/answers`;
    const { status, code } = await by.ask("POST", path, {
      ids: [...ids],
      answer,
      ...(reason ? { reason } : {}),
    });
    return code ?? status;
  };
  const desk = () => student.get<VoiceDesk>(ofChild("voice-desk"));
  const inClass = () => teacher.get<ClassVoices>(rounds());
  const about = (nth = 0, by: Client = teacher) => by.get<StudentVoices>(ofChild("voices", nth));

  test("a child answers question by question, may change its mind, and sees it in its portfolio", async () => {
    expect((await desk()).self).toBeNull();
    expect(await said("moral", { level: 2 })).toBe("voice-round-over");
    await open();
    expect(await said("moral", { level: 2 })).toBe(204);
    expect(await said("moral", { level: 3 })).toBe(204);
    expect(await said("proud", { words: "学会了跳绳" })).toBe(204);
    expect(await said("labour", {})).toBe("voice-empty");
    expect(await said("labour", { level: 4 })).toBe("invalid-input");
    expect((await desk()).self?.given).toEqual([
      { about: "moral", level: 3, words: "" },
      { about: "proud", level: null, words: "学会了跳绳" },
    ]);
    for (const reader of [student, guardian, teacher])
      expect((await about(0, reader)).self).toEqual([
        { about: "moral", level: 3, words: "", day: TODAY },
        { about: "proud", level: null, words: "学会了跳绳", day: TODAY },
      ]);
    expect((await inClass()).self).toHaveLength(2);
  });

  test("a round ends with its last day and is opened again by another; two of a kind never run at once", async () => {
    const id = await open({ closesOn: "2026-11-12" });
    expect(await open({ opensOn: "2026-11-12", closesOn: "2026-11-20" })).toBe("voice-round-running");
    world.setNow(new Date(WORLD_NOW.getTime() + 2 * DAY));
    expect(await said("moral", { level: 1 })).toBe("voice-round-over");
    const was = { opensOn: TODAY, closesOn: "2026-11-12" };
    expect(await open({ closesOn: "2026-11-15", was }, id)).toBe(id);
    // Another window that still shows the old days.
    expect(await open({ closesOn: "2026-11-20", was }, id)).toBe("round-changed");
    expect(await said("moral", { level: 1 })).toBe(204);
    const [round] = (await inClass()).rounds;
    expect(round).toMatchObject({ id, opensOn: TODAY, closesOn: "2026-11-15", isOpen: true });
    expect(await open({ opensOn: "2026-11-20", closesOn: "2026-11-19" })).toBe("voice-round-malformed");
    expect(await open({ opensOn: "2026-12-01", closesOn: "2027-01-15" })).toBe("voice-round-malformed");
    expect(await open({ kind: "peer" })).toBe("voice-round-malformed");
    expect(await open({ kind: "peer", was: { ...was, closesOn: "2026-11-15" } }, id)).toMatch(
      /malformed|not-found/,
    );
  });

  test("what a child says of a group mate reaches the mate once the teacher has passed it on, and not before", async () => {
    await openAmongPeers();
    const { peer } = await desk();
    expect(peer?.mates.map(({ name }) => name)).toEqual([child(1).name, child(2).name]);
    expect(peer?.strengths.map(({ id }) => id)).toContain(world.school.points.peers);
    expect(await ofMate(1)).toBe(204);
    expect(await ofMate(1, { words: "陪我值日" })).toBe(204);
    expect(await ofMate(2, { starter: "learn", words: "认真听讲" })).toBe(204);
    const { peer: waiting } = await inClass();
    expect(waiting.map(({ from, student: to, words }) => [from.name, to.name, words])).toEqual([
      [child().name, child(1).name, "陪我值日"],
      [child().name, child(2).name, "认真听讲"],
    ]);
    expect((await about(1)).peer).toEqual([]);

    const [first, second] = waiting.map(({ id }) => id) as [string, string];
    expect(await settle([first], "release")).toBe(204);
    expect(await settle([second], "keep-back", "先和孩子聊聊")).toBe(204);
    expect((await about(1)).peer).toMatchObject([
      { from: child().name, words: "陪我值日", starter: "thanks" },
    ]);
    expect((await about(2)).peer).toEqual([]);
    expect((await inClass()).peer.find(({ id }) => id === second)).toMatchObject({
      state: "kept-back",
      keptBackFor: "先和孩子聊聊",
    });
    expect(JSON.stringify(await desk())).not.toContain("先和孩子聊聊");
    expect(await ofMate(1, { words: "改一改" })).toBe("voice-settled");
    expect((await desk()).peer?.mates.map(({ given }) => given?.isSettled)).toEqual([true, true]);
    expect(await settle([first, uuidv7()], "keep-back")).toBe("voice-not-found");
    expect((await about(1)).peer).toHaveLength(1);
  });

  test("a child speaks of mates of its own group and of nobody else, in words, of a strength there is", async () => {
    await openAmongPeers();
    expect(await ofMate(3)).toBe("classmate-not-found");
    expect(await ofMate(0)).toBe("classmate-not-found");
    expect(await ofMate(1, { words: " " })).toBe("voice-empty");
    expect(await ofMate(1, { words: "他是笨 蛋" })).toBe("words-unkind");
    expect(await ofMate(1, { observationPointId: uuidv7() })).toBe("observation-point-not-found");
    expect(await ofMate(1, { starter: "worse" })).toBe("invalid-input");
  });

  test("where the school tells no names, the child reads the words alone, and its teacher the name as well", async () => {
    await openAmongPeers();
    await ofMate(1);
    const [one] = (await inClass()).peer;
    await settle([one!.id], "release");
    const admin = await clientOf(world, world.school.admin);
    const setNames = async (peerVoicesShowNames: boolean) => {
      const { words, wordsVersion: version } = await admin.get<SchoolSettings>("/school-settings");
      expect(
        (await admin.ask("PUT", "/school-settings", { version, words: { ...words, peerVoicesShowNames } }))
          .status,
      ).toBe(200);
    };
    // The other way round, as if the mate had an account and had said it of the child.
    await world.database.write(world.school.id, async ({ db, tables: { voice, consent } }) => {
      const [agreed] = await db.select().from(consent).where(eq(consent.studentId, child().id));
      await db.insert(consent).values({ ...agreed!, id: uuidv7(), studentId: child(1).id });
      await db
        .update(voice)
        .set({ studentId: child().id, fromId: child(1).id })
        .where(eq(voice.id, one!.id));
    });
    await setNames(false);
    expect((await about(0, student)).peer.map(({ from }) => from)).toEqual([null]);
    expect((await about(0, guardian)).peer.map(({ from }) => from)).toEqual([null]);
    expect((await about()).peer.map(({ from }) => from)).toEqual([child(1).name]);
    await setNames(true);
    expect((await about(0, student)).peer.map(({ from }) => from)).toEqual([child(1).name]);
  });

  test("a guardian tells of home, once however often it is sent; its teachers read it, no other guardian and not the child", async () => {
    const input = { id: uuidv7(), about: "home-reading", level: 3, day: TODAY, words: "睡前读了二十分钟" };
    const tell = async (over: object = {}) => {
      const { status, code, body } = await guardian.ask("POST", ofChild("home-voices"), {
        ...input,
        ...over,
      });
      return code ?? (status === 200 ? (JSON.parse(body) as { status: string }).status : status);
    };
    expect(await tell()).toBe("recorded");
    expect(await tell()).toBe("duplicate");
    expect(await tell({ words: "别的" })).toBe("voice-id-conflict");
    expect(await tell({ id: uuidv7(), day: "2026-11-12" })).toBe("voice-day-out-of-term");
    expect((await about(0, guardian)).home).toMatchObject([{ about: "home-reading", words: input.words }]);
    expect((await about(0, guardian)).canObserve).toBe(true);
    expect((await about()).home).toMatchObject([{ by: world.school.guardian.name }]);
    expect((await about(0, student)).home).toEqual([]);
    for (let told = 1; told < 8; told++) expect(await tell({ id: uuidv7() })).toBe("recorded");
    expect(await tell({ id: uuidv7() })).toBe("home-enough");
  });

  test("a note is for those who teach the child, for the guardian only when shared; changed, it keeps what it said", async () => {
    const id = uuidv7();
    const note = async (words: string, guardianMaySee: boolean, by = teacher) => {
      const { status, code } = await by.ask("PUT", ofChild(`notes/${id}`), { words, guardianMaySee });
      return code ?? status;
    };
    expect(await note("今天主动举手三次", false)).toBe(200);
    const subject = await clientOf(world, world.school.subject);
    expect((await about(0, subject)).notes).toMatchObject([
      { words: "今天主动举手三次", canChange: false, by: world.school.homeroom.name },
    ]);
    for (const person of ["guardian", "student", "admin"] as const)
      expect((await about(0, await clientOf(world, world.school[person]))).notes).toEqual([]);
    expect(await note("我也来写", true, subject)).toBe("voice-id-conflict");
    expect(await note("今天主动举手四次", true)).toBe(200);
    expect((await about(0, guardian)).notes).toMatchObject([{ words: "今天主动举手四次", earlier: [] }]);
    expect((await about()).notes[0]?.earlier).toMatchObject([{ words: "今天主动举手三次" }]);
    expect((await about(0, student)).notes).toEqual([]);
    world.setNow(new Date(WORLD_NOW.getTime() + 8 * DAY));
    const later = await clientOf(world, world.school.homeroom);
    expect(await note("太晚了", true, later)).toBe("note-closed");
    expect((await about(0, later)).notes[0]?.canChange).toBe(false);
  });

  test("nobody answers for a child, nobody but the homeroom teacher opens rounds, reads what waits, and passes on", async () => {
    await openAmongPeers();
    await ofMate(1);
    for (const person of ["guardian", "otherStudent", "subject", "admin", "homeroom"] as const) {
      const by = await clientOf(world, world.school[person]);
      expect([person, await said("moral", { level: 1 }, by)]).toEqual([person, "forbidden"]);
      expect([person, await ofMate(1, {}, by)]).toEqual([person, "forbidden"]);
    }
    for (const person of ["student", "guardian", "subject", "admin", "outsider"] as const) {
      const by = await clientOf(world, world.school[person]);
      expect([person, (await by.ask("GET", rounds())).code]).toEqual([person, "forbidden"]);
      expect([person, await open({}, uuidv7(), by)]).toEqual([person, "forbidden"]);
    }
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", rounds())).code).toBe("not-found");
    expect((await neighbour.ask("GET", ofChild("voices"))).code).toBe("not-found");
    const outsider = await clientOf(world, world.school.outsider);
    const [waiting] = (await inClass()).peer;
    const other = `/classes/${world.school.otherClassId}/peer-voices/answers`;
    expect((await outsider.ask("POST", other, { ids: [waiting!.id], answer: "release" })).code).toBe(
      "voice-not-found",
    );
  });

  test("where the consent to the account is withdrawn, what the child said is shown to nobody", async () => {
    await open();
    await said("moral", { level: 3 });
    const setConsent = (withdrawnAt: Date | null) =>
      world.database.write(world.school.id, async ({ db, tables: { consent } }) => {
        await db.update(consent).set({ withdrawnAt }).where(eq(consent.studentId, child().id));
      });
    await setConsent(WORLD_NOW);
    expect((await about()).self).toEqual([]);
    expect((await inClass()).self).toEqual([]);
    await setConsent(null);
    expect((await about()).self).toHaveLength(1);
  });

  test("what nobody passed on goes with its term, the rest stays in the portfolio", async () => {
    await openAmongPeers();
    await ofMate(1);
    await ofMate(2);
    const [first] = (await inClass()).peer;
    await settle([first!.id], "release");
    world.setNow(new Date("2027-01-30T02:00:00Z"));
    expect(await deleteUnreleasedVoices(world.deps)).toBe(1);
    expect(await deleteUnreleasedVoices(world.deps)).toBe(0);
    const later = await clientOf(world, world.school.homeroom);
    const path = `${ofChild("voices", 1)}?termId=${world.school.termId}`;
    expect((await later.get<StudentVoices>(path)).peer).toHaveLength(1);
  });

  test("that staff read voices, opened rounds and passed on is in the log, without a word of what was said", async () => {
    await openAmongPeers();
    await ofMate(1, { words: "一句悄悄话" });
    const [one] = (await inClass()).peer;
    await settle([one!.id], "keep-back", "一个理由");
    await about();
    const { entries, details } = await world.database.read(world.school.id, async ({ db, tables: t }) => ({
      entries: await db.select().from(t.auditEntry),
      details: await db.select().from(t.auditDetail),
    }));
    const actions = new Set(entries.map(({ action }) => action));
    for (const action of ["voice-round.list", "voice-round.open", "voice.settle", "voice.read"])
      expect(actions).toContain(action);
    expect(JSON.stringify(details)).not.toMatch(/悄悄话|一个理由/);
  });
});
