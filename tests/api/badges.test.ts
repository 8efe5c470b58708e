/** Badges as a cycle: set, strive, try, be awarded, keep; exact with every award and void, and nobody else's business. */
import { v7 as uuidv7 } from "uuid";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type {
  BadgeCatalogue,
  BadgeDraft,
  BadgePreview,
  ChildBadges,
  ClassBadgePreview,
  ClassBadges,
  ConfirmResults,
} from "@doudou/shared/contract/badges.ts";
import type { SchoolSettings } from "@doudou/shared/contract/school-settings.ts";
import type { Store } from "@doudou/db/engines/database.ts";
import { verify } from "@doudou/server/cli/verify.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { WORLD_NOW } from "../support/school.ts";
import { HELPER } from "../support/badges.ts";
import { noticeLastTerm } from "../support/last-term.ts";
import { drawPages } from "../support/paper.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;

describe.each(ENGINES)("badges on %s", (engine) => {
  let world: World;
  let admin: Client;
  let homeroom: Client;
  let child: Client;
  let guardian: Client;
  let studentId: string;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
    homeroom = await clientOf(world, world.school.homeroom);
    child = await clientOf(world, world.school.student);
    guardian = await clientOf(world, world.school.guardian);
    studentId = world.school.children[0]!.id;
  });
  afterEach(() => world.close());

  const publish = async (over: Partial<BadgeDraft> = {}) => {
    const id = uuidv7();
    const kept = await admin.ask("PUT", `/badges/${id}`, { ...HELPER, ...over });
    expect(kept.status).toBe(204);
    expect((await admin.ask("POST", `/badges/${id}/publish`)).status).toBe(204);
    return id;
  };
  const strive = async (badgeId: string, client = child, of = studentId) => {
    const questId = uuidv7();
    const { status, code } = await client.ask("PUT", `/students/${of}/badge-quests/${questId}`, { badgeId });
    return { questId, status, code };
  };
  const give = async (over: object = {}) => {
    const award = awardIn(world.school, WORLD_NOW, { studentId, ...over });
    const [result] = await homeroom.award(award);
    expect(result?.status).toBe("recorded");
    return award.id;
  };
  const mine = (client = child) => client.get<ChildBadges>(`/students/${studentId}/badges`);
  const confirm = async (questIds: string[], client = homeroom, words?: string) => {
    const path = `/classes/${world.school.classId}/badges/confirm`;
    const { body } = await client.ask("POST", path, { questIds, ...(words !== undefined && { words }) });
    return (JSON.parse(body) as ConfirmResults).results.map(({ status }) => status);
  };
  const everything = () => verifyEverything(world.database, world.deps.pictures, world.deps.now(), () => {});
  const verified = async () => (await everything()).differences;
  /** What is wrong with badges, where nothing else is. */
  const wrongBadges = async () => {
    const { schools, differences, wrongBadges: count } = await everything();
    expect(differences).toBe(count);
    return schools.flatMap(({ wrongBadges: wrong }) => wrong);
  };
  const tamper = async (change: (store: Store) => Promise<unknown>) =>
    void (await world.database.write(world.school.id, change));

  test("a child sets a badge, strives, tries, is awarded, celebrates once and keeps it, then the next level", async () => {
    await give();
    const badgeId = await publish();
    expect((await mine()).offered).toMatchObject([{ level: 1, missing: [] }]);
    const { questId, status } = await strive(badgeId);
    expect(status).toBe(204);
    // What it did in the term before counts at once.
    expect((await mine()).striving).toMatchObject([{ step: 1, of: 3, isWaiting: false }]);
    await give();
    expect(await confirm([questId])).toEqual(["not-met"]);
    await give();
    expect((await mine()).striving).toMatchObject([{ step: 3, of: 3, isWaiting: true }]);
    const list = await homeroom.get<ClassBadges>(`/classes/${world.school.classId}/badges`);
    expect(list.striving).toMatchObject([{ student: { id: studentId }, mayConfirm: true }]);
    expect(await confirm([questId], homeroom, "大家都记得你的好。")).toEqual(["awarded"]);
    expect(await confirm([questId])).toEqual(["duplicate"]);

    // The child is the first to know.
    expect((await mine(guardian)).kept).toEqual([]);
    expect((await mine()).kept).toMatchObject([{ level: 1, isNew: true, words: "大家都记得你的好。" }]);
    expect((await child.ask("POST", `/students/${studentId}/badges/shown`, { ids: [questId] })).status).toBe(
      204,
    );
    expect((await mine()).kept).toMatchObject([{ isNew: false }]);
    expect((await mine(guardian)).kept).toMatchObject([{ level: 1, by: world.school.homeroom.name }]);
    expect(await verified()).toBe(0);

    expect((await mine()).offered).toMatchObject([{ level: 2 }]);
    await strive(badgeId);
    expect((await mine()).striving).toMatchObject([{ level: 2, step: 3, of: 5 }]);
  });

  test("a void takes back a badge that nobody was shown, and never one that was", async () => {
    const badgeId = await publish({ giver: "at-once" });
    const { questId } = await strive(badgeId);
    const ids = [await give(), await give(), await give()];
    expect((await mine()).kept).toMatchObject([{ level: 1, by: null, isNew: true }]);
    expect((await mine()).striving).toEqual([]);
    await homeroom.void([ids[0]!]);
    expect((await mine()).kept).toEqual([]);
    expect((await mine()).striving).toMatchObject([{ id: questId, step: 2, isWaiting: false }]);
    expect(await verified()).toBe(0);

    await give();
    await child.ask("POST", `/students/${studentId}/badges/shown`, { ids: [questId] });
    await homeroom.void(ids.slice(1));
    expect((await mine()).kept).toMatchObject([{ level: 1, isNew: false }]);
    expect((await mine()).striving).toEqual([]);
    expect(await verified()).toBe(0);
  });

  test("the teacher takes back a badge until the child has seen it; then it stays, and so after some days", async () => {
    const badgeId = await publish();
    await Promise.all([give(), give(), give()]);
    const { questId } = await strive(badgeId);
    await confirm([questId]);
    const path = `/classes/${world.school.classId}/badges/take-back`;
    const takeBack = async () => {
      const { body } = await homeroom.ask("POST", path, { questIds: [questId] });
      return (JSON.parse(body) as ConfirmResults).results[0]?.status;
    };
    expect(await takeBack()).toBe("taken-back");
    expect((await mine()).striving).toMatchObject([{ isWaiting: true }]);
    await confirm([questId]);
    world.setNow(new Date(WORLD_NOW.getTime() + 4 * DAY_MS));
    expect(await takeBack()).toBe("not-found");
    expect((await mine(guardian)).kept).toHaveLength(1);
    const { entries } = await admin.get<AuditPage>("/audit?action=badge.take-back");
    expect(entries).toHaveLength(1);
  });

  test("no more than three at once, none twice, none before what it asks for; laid down makes room", async () => {
    const first = await publish();
    const after = await publish({ code: "after", after: ["helper"] });
    expect((await strive(after)).code).toBe("badge-not-open");
    expect((await mine()).offered.find(({ badge }) => badge.code === "after")?.missing).toEqual([
      HELPER.name,
    ]);
    const { questId } = await strive(first);
    expect((await strive(first)).code).toBe("badge-not-open");
    for (const code of ["b", "c"]) expect((await strive(await publish({ code }), homeroom)).status).toBe(204);
    expect((await strive(await publish({ code: "d" }))).code).toBe("badges-enough");
    expect((await mine()).left).toBe(0);
    expect((await child.ask("DELETE", `/students/${studentId}/badge-quests/${questId}`)).status).toBe(204);
    expect((await mine()).left).toBe(1);
    expect((await child.ask("DELETE", `/students/${studentId}/badge-quests/${uuidv7()}`)).code).toBe(
      "quest-not-found",
    );
    expect((await strive(uuidv7())).code).toBe("badge-not-found");
  });

  test("a published rule is frozen: a change is a new version, and who strives goes on under the old one", async () => {
    const badgeId = await publish();
    await strive(badgeId);
    const again = await admin.ask("PUT", `/badges/${badgeId}`, HELPER);
    expect(again.code).toBe("badge-published");
    expect((await admin.ask("DELETE", `/badges/${badgeId}`)).code).toBe("badge-published");
    const rule = { ...HELPER.rule, levels: [9] } as BadgeDraft["rule"];
    const next = await publish({ rule });
    const { badges } = await admin.get<BadgeCatalogue>("/badges");
    expect(badges).toMatchObject([{ id: next, version: 2, state: "published" }]);
    expect((await mine()).striving).toMatchObject([{ of: 3 }]);
    await admin.ask("POST", `/badges/${next}/retire`);
    expect((await mine()).offered).toEqual([]);
    const bad = { ...HELPER, rule: { ...HELPER.rule, levels: [5, 3] } };
    expect((await admin.ask("PUT", `/badges/${uuidv7()}`, bad)).code).toBe("badge-rule-not-fit");
    expect((await admin.ask("POST", `/badges/${uuidv7()}/publish`)).code).toBe("badge-not-found");
  });

  test("of two who change a draft at once the second is told, and neither writes over nor publishes what it has not seen", async () => {
    const id = uuidv7();
    const keep = (name: string, from?: string) =>
      admin.ask("PUT", `/badges/${id}`, { ...HELPER, name: { zh: name, en: name }, from });
    const now = async () => (await admin.get<BadgeCatalogue>("/badges")).badges[0]!;
    expect((await keep("一")).status).toBe(204);
    const { content: first } = await now();
    const answers = await Promise.all([keep("二", first), keep("三", first)]);
    const [kept, refused] = answers.toSorted((one, other) => one.status - other.status);
    expect(kept!.status).toBe(204);
    expect(refused!.code).toBe("badge-draft-changed");
    const second = await now();
    expect(second.name.zh).toBe(answers[0] === kept ? "二" : "三");
    // Sent once more over a bad network, the same is the same.
    expect((await keep(second.name.zh, first)).status).toBe(204);
    expect((await admin.ask("POST", `/badges/${id}/publish?from=${first}`)).code).toBe("badge-draft-changed");
    expect((await now()).state).toBe("draft");
    expect((await keep("四", second.content)).status).toBe(204);
    const third = await now();
    expect((await admin.ask("DELETE", `/badges/${id}`)).status).toBe(204);
    expect((await keep("五", third.content)).code).toBe("badge-draft-changed");
    expect((await keep("五")).status).toBe(204);
    const { content } = await now();
    expect((await admin.ask("POST", `/badges/${id}/publish?from=${content}`)).status).toBe(204);
    expect((await admin.ask("POST", `/badges/${id}/publish?from=${content}`)).status).toBe(204);
    expect((await keep("六", content)).code).toBe("badge-published");
  });

  test("the office sees how many would have earned it, the homeroom teacher who of the own class", async () => {
    await noticeLastTerm(world, studentId, ["2026-03-09", "2026-03-10", "2026-05-06"]);
    const { rule } = HELPER;
    const { body, status } = await admin.ask("POST", "/badges/preview", { rule });
    expect(status).toBe(200);
    expect(body).not.toContain(world.school.children[0]!.name);
    expect(JSON.parse(body) as BadgePreview).toMatchObject({
      term: { en: "Spring 2026" },
      earned: 1,
      classesWithOne: 1,
    });
    const badgeId = await publish();
    const path = `/classes/${world.school.classId}/badges/${badgeId}/preview`;
    const seen = await homeroom.get<ClassBadgePreview>(path);
    expect(seen).toMatchObject({ earned: [{ id: studentId }], children: world.school.children.length });
    expect((await (await clientOf(world, world.school.subject)).ask("GET", path)).status).toBe(403);
  });

  test("only who teaches the class gives, only for whom the school set it, and another child is nobody's path", async () => {
    const badgeId = await publish();
    await Promise.all([give(), give(), give()]);
    const { questId } = await strive(badgeId);
    const subject = await clientOf(world, world.school.subject);
    expect(await confirm([questId], subject)).toEqual(["not-yours"]);
    const open = await publish({ code: "open", giver: "class" });
    const { questId: other } = await strive(open);
    expect(await confirm([other, uuidv7()], subject)).toEqual(["awarded", "not-found"]);
    const outsider = await clientOf(world, world.school.outsider);
    const path = `/classes/${world.school.classId}/badges`;
    expect((await outsider.ask("GET", path)).status).toBe(403);
    expect(
      (await guardian.ask("PUT", `/students/${studentId}/badge-quests/${uuidv7()}`, { badgeId })).status,
    ).toBe(403);
    const otherStudent = await clientOf(world, world.school.otherStudent);
    expect((await otherStudent.ask("GET", `/students/${studentId}/badges`)).status).toBe(403);
    const neighbour = await clientOf(world, world.neighbour.homeroom);
    expect((await neighbour.ask("GET", `/students/${studentId}/badges`)).status).toBe(404);
    expect(await confirm([questId], homeroom)).toEqual(["awarded"]);
  });

  test("a certificate is printed for who has the badge, and for nobody before", async () => {
    const badgeId = await publish({ giver: "at-once" });
    const { questId } = await strive(badgeId);
    const path = `/students/${studentId}/badges/${questId}/certificate`;
    expect((await child.ask("GET", path)).code).toBe("badge-not-found");
    await Promise.all([give(), give(), give()]);
    const { status, bytes } = await child.ask("GET", path);
    expect(status).toBe(200);
    expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe("%PDF-");
    expect((await guardian.ask("GET", path)).code).toBe("badge-not-found");
  });

  test.each([
    ["zh-CN", "颁章证书", "得到了一星「热心章」", "看见别人需要帮助，就伸出手。", "2026年11月11日"],
    [
      "en",
      "Certificate",
      "has earned “Kind heart”, one star",
      "Sees who needs a hand, and gives it.",
      "11 November 2026",
    ],
  ] as const)(
    "a certificate asked for in %s is in that language, with the names as they are",
    async (language, ...said) => {
      const { questId } = await strive(await publish({ giver: "at-once" }));
      await Promise.all([give(), give(), give()]);
      const asking = await clientOf(world, world.school.student, language);
      const { bytes } = await asking.ask("GET", `/students/${studentId}/badges/${questId}/certificate`);
      const [page] = await drawPages(bytes, `paper-certificate-${language}`);
      const text = page!.texts.map((one) => one.text).join("");
      const { name } = world.school.children[0]!;
      for (const words of [...said, name, "三年级1班", "学校 forest"])
        expect(text.replaceAll(" ", "")).toContain(words.replaceAll(" ", ""));
    },
  );

  test("weeks that went by show no badge as reached that nobody can confirm: the next award reaches it", async () => {
    const rule = { kind: "growth", scope: HELPER.rule.scope, window: { span: "weeks", weeks: 3 } };
    const { questId } = await strive(await publish({ rule: rule as BadgeDraft["rule"] }));
    const subject = await clientOf(world, world.school.subject);
    const before = Array.from({ length: 10 }, () => "2026-10-14T02:00:00Z");
    const lately = Array.from({ length: 6 }, () => WORLD_NOW.toISOString());
    for (const occurredAt of [...before, ...lately])
      await subject.award(awardIn(world.school, WORLD_NOW, { studentId, occurredAt }));
    await give();
    expect((await mine()).striving).toMatchObject([{ step: 0, of: 1, isWaiting: false }]);

    const later = new Date(WORLD_NOW.getTime() + 14 * DAY_MS);
    world.setNow(later);
    expect((await mine()).striving).toMatchObject([{ step: 0, of: 1, isWaiting: false }]);
    expect(await confirm([questId])).toEqual(["not-met"]);
    expect(await wrongBadges()).toEqual([]);
    await give({ occurredAt: later.toISOString() });
    expect((await mine()).striving).toMatchObject([{ step: 1, of: 1, isWaiting: true }]);
    expect(await confirm([questId])).toEqual(["awarded"]);
  });

  test("progress that was tampered with is found by a recount", async () => {
    await strive(await publish());
    await give();
    expect(await verified()).toBe(0);
    await tamper(({ db, tables: { badgeQuest } }) => db.update(badgeQuest).set({ tally: { all: 7 } }));
    expect(await everything()).toMatchObject({ differences: 1, wrongQuests: 1 });
  });

  test("a badge that waits for a teacher though its steps are not done is found by a recount", async () => {
    const { questId } = await strive(await publish());
    await give();
    expect(await wrongBadges()).toEqual([]);
    await tamper(({ db, tables: { badgeQuest } }) => db.update(badgeQuest).set({ metAt: WORLD_NOW }));
    expect(await wrongBadges()).toEqual([{ questId, fault: "waits-unmet" }]);
    const said = vi.spyOn(console, "log").mockReturnValue();
    expect(await verify.parse([])(world.database, world.deps.config)).toBe(1);
    expect(await verify.parse(["--json"])(world.database, world.deps.config)).toBe(1);
    const lines = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    expect(lines).toContain(
      `  badge of badge_quest ${questId}: waits for a teacher, and its steps are not done`,
    );
    expect(lines).toContain("1 badges are not what was earned.");
    expect(lines.at(-1)).toContain(JSON.stringify({ questId, fault: "waits-unmet" }));
    await Promise.all([give(), give()]);
    expect(await wrongBadges()).toEqual([]);
  });

  test("a badge whose steps are done and that waits for nobody is found by a recount, whatever its rule", async () => {
    const scope = HELPER.rule.scope;
    const rules = {
      counted: { kind: "count", scope, window: { span: "term" }, levels: [1] },
      different: { kind: "variety", scope, window: { span: "term" }, among: "point", levels: [1] },
      weekly: { kind: "streak", scope, window: { span: "term" }, perWeek: 1, levels: [1] },
    };
    const questIds: string[] = [];
    for (const [code, rule] of Object.entries(rules))
      questIds.push((await strive(await publish({ code, rule: rule as BadgeDraft["rule"] }))).questId);
    await give();
    expect((await mine()).striving.map(({ isWaiting }) => isWaiting)).toEqual([true, true, true]);
    expect(await wrongBadges()).toEqual([]);
    await tamper(({ db, tables: { badgeQuest } }) => db.update(badgeQuest).set({ metAt: null }));
    expect(await wrongBadges()).toEqual(
      questIds.sort().map((questId) => ({ questId, fault: "met-unnoticed" })),
    );
  });

  test("a badge that was given for too little is found until it has settled", async () => {
    await Promise.all([give(), give(), give()]);
    const { questId } = await strive(await publish());
    await confirm([questId]);
    expect(await wrongBadges()).toEqual([]);
    await tamper(async ({ db, tables: { badgeQuest, badgeAward } }) => {
      await db.update(badgeQuest).set({ level: 2 });
      await db.update(badgeAward).set({ level: 2 });
    });
    expect(await wrongBadges()).toEqual([{ questId, fault: "given-unmet" }]);
    world.setNow(new Date(WORLD_NOW.getTime() + 4 * DAY_MS));
    expect(await wrongBadges()).toEqual([]);
  });

  test("a badge that is gone is found, and one whose quest goes on or was for something else", async () => {
    await Promise.all([give(), give(), give()]);
    const { questId } = await strive(await publish({ giver: "at-once" }));
    expect(await wrongBadges()).toEqual([]);
    await tamper(({ db, tables: { badgeAward } }) => db.update(badgeAward).set({ level: 2 }));
    expect(await wrongBadges()).toEqual([{ questId, fault: "of-no-ended-quest" }]);
    await tamper(({ db, tables: { badgeAward } }) => db.update(badgeAward).set({ level: 1 }));
    await tamper(({ db, tables: { badgeQuest } }) => db.update(badgeQuest).set({ endedAt: null }));
    expect(await wrongBadges()).toEqual([{ questId, fault: "of-no-ended-quest" }]);
    await tamper(({ db, tables: { badgeQuest } }) => db.update(badgeQuest).set({ endedAt: WORLD_NOW }));
    await tamper(({ db, tables: { badgeAward } }) => db.delete(badgeAward));
    expect(await wrongBadges()).toEqual([{ questId, fault: "missing" }]);
  });

  test("a calendar that makes fewer weeks of what was done is no fault of the badge that waits", async () => {
    const rule = {
      kind: "streak",
      scope: HELPER.rule.scope,
      window: { span: "term" },
      perWeek: 1,
      levels: [2],
    };
    const { questId } = await strive(await publish({ rule: rule as BadgeDraft["rule"] }));
    await give({ occurredAt: "2026-11-06T02:00:00Z" });
    await give();
    expect((await mine()).striving).toMatchObject([{ id: questId, step: 2, isWaiting: true }]);
    const { version, calendar } = await admin.get<SchoolSettings>("/school-settings");
    const days = ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"].map((day) => {
      return { day, kind: "holiday" as const, name: "停课" };
    });
    const changed = { version, calendar: { ...calendar, days } };
    expect((await admin.ask("PUT", "/school-settings/calendar", changed)).status).toBe(200);
    expect((await mine()).striving).toMatchObject([{ step: 1, isWaiting: true }]);
    expect(await wrongBadges()).toEqual([]);
  });
});
