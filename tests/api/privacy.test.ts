/** Children's privacy: what families agree to, ask for and take along, and what is left of a child that is erased. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { addConsent } from "@doudou/db/repositories/consents.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import type {
  ChildConsents,
  ChildRequests,
  ClassConsents,
  PrivacyNotice,
  PrivacyOffice,
  PrivacyOfficer,
} from "@doudou/shared/contract/privacy.ts";
import type { SensitiveFacts } from "@doudou/shared/contract/sensitive.ts";
import type { Purpose } from "@doudou/shared/domain/consent.ts";
import type { AuditPage, RecordReaders } from "@doudou/shared/contract/audit.ts";
import type { Board } from "@doudou/shared/contract/board.ts";
import { changesSince } from "@doudou/shared/domain/privacy-notice.ts";
import { boardLink } from "../support/board.ts";
import { awardIn, type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { knowChild, leaveSchool } from "../support/privacy.ts";
import { WORLD_NOW } from "../support/school.ts";
import { pictureOf } from "../support/pictures.ts";
import { createWorld, type World } from "../support/world.ts";

const SECOND = 1000;
const later = (ms: number) => new Date(WORLD_NOW.getTime() + ms);

describe("the notice", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());
  const notice = async (query = "") =>
    (await world.app.server.inject(`/api/v1/privacy-notice${query}`)).json<PrivacyNotice>();

  test("is read by anybody, and names who answers for the school that is meant", async () => {
    const admin = await clientOf(world, world.school.admin);
    const officer = { name: "沈老师", contact: "教务处 023-6688" };
    expect((await admin.ask("PUT", "/privacy/officer", { was: null, officer })).status).toBe(200);
    const { version, sections, purposes, school } = await notice(`?school=${world.school.id}`);
    expect([version, sections.length > 5, purposes.map(({ purpose }) => purpose)]).toEqual([
      "3",
      true,
      ["account", "photo", "board", "research"],
    ]);
    expect(school).toEqual({ name: "学校 forest", officer });
    expect((await notice(`?school=${world.neighbour.id}`)).school?.officer).toBeNull();
  });

  test("names whom two at the office agreed on, not whom the later one wrote without looking", async () => {
    const admin = await clientOf(world, world.neighbour.admin);
    const name = async (was: PrivacyOfficer | null, officer: PrivacyOfficer) => {
      const { status, code } = await admin.ask("PUT", "/privacy/officer", { was, officer });
      return code ?? status;
    };
    const [first, second] = ["沈老师", "何老师"].map((called) => ({ name: called, contact: "教务处" }));
    expect(await name(null, first!)).toBe(200);
    expect(await name(null, second!)).toBe("officer-changed");
    expect((await notice(`?school=${world.neighbour.id}`)).school?.officer).toEqual(first);
    expect(await name(null, first!)).toBe(200);
    expect(await name(first!, second!)).toBe(200);
  });

  test("stays readable in the versions before, and says what is new", async () => {
    const [first, latest] = [await notice("?version=1"), await notice()];
    expect([first.version, first.changes]).toEqual(["1", []]);
    expect(latest.versions.map(({ version }) => version)).toEqual(["3", "2", "1"]);
    expect(latest.changes.length).toBeGreaterThan(0);
  });

  test("of several schools names none unless asked, and an unknown version is not there", async () => {
    expect((await notice()).school).toBeNull();
    expect((await notice(`?school=${uuidv7()}`)).school).toBeNull();
    expect((await world.app.server.inject("/api/v1/privacy-notice?version=0")).statusCode).toBe(404);
  });
});

describe.each(ENGINES)("consents on %s", (engine) => {
  let world: World;
  let guardian: Client;
  let admin: Client;
  let path: string;
  beforeAll(async () => {
    world = await createWorld(engine);
    guardian = await clientOf(world, world.school.guardian);
    admin = await clientOf(world, world.school.admin);
    path = `/students/${world.school.children[0]!.id}/consents`;
  });
  afterAll(() => world.close());
  const say = (purpose: Purpose, answer: "yes" | "no", noticeVersion = "3") =>
    guardian.ask("POST", path, { purpose, answer, noticeVersion });
  const standing = async (purpose: Purpose) =>
    (await guardian.get<ChildConsents>(path)).consents.find((consent) => consent.purpose === purpose)!;

  test("a purpose nobody was asked about is neither yes nor no", async () => {
    expect(await standing("research")).toEqual({
      purpose: "research",
      answer: "unasked",
      isOutdated: false,
      said: null,
    });
    expect(await standing("account")).toMatchObject({ answer: "yes", said: { method: "paper" } });
  });

  test("a yes and a no are each one call, with when, how, by whom and by which notice", async () => {
    world.setNow(later(SECOND));
    await say("board", "yes");
    expect(await standing("board")).toMatchObject({
      answer: "yes",
      said: {
        at: later(SECOND).toISOString(),
        by: { name: "林妈妈", isStaff: false },
        method: "online",
        noticeVersion: "3",
      },
    });
    world.setNow(later(2 * SECOND));
    await say("board", "no");
    await say("research", "no");
    for (const purpose of ["board", "research"] as const)
      expect(await standing(purpose)).toMatchObject({
        answer: "no",
        said: { at: later(2 * SECOND).toISOString(), by: { name: "林妈妈", isStaff: false } },
      });
    await say("board", "yes");
    expect((await standing("board")).answer).toBe("yes");
    expect((await say("board", "yes", "0")).code).toBe("notice-version-old");
  });

  test("saying the same again changes nothing, and every change is in the audit log", async () => {
    const log = async () => (await admin.get<AuditPage>("/audit?action=consent.answer")).entries;
    const before = (await log()).length;
    await say("research", "yes");
    await say("research", "yes");
    const [entry, ...others] = await log();
    expect(others.length).toBe(before);
    expect(entry).toMatchObject({
      by: { name: "林妈妈" },
      before: { research: "no" },
      after: { research: "yes", noticeVersion: "3", method: "online" },
    });
  });

  test("without consent to the account the child is signed out at once and its card refused, and is awarded as before", async () => {
    const child = await clientOf(world, world.school.student);
    const id = world.school.children[0]!.id;
    expect((await child.ask("GET", `/students/${id}/portfolio`)).status).toBe(200);
    await say("account", "no");
    expect((await child.ask("GET", `/students/${id}/portfolio`)).code).toBe("not-signed-in");
    const teacher = await clientOf(world, world.school.homeroom);
    const cards = await teacher.get<{ students: { student: { id: string }; hasConsent: boolean }[] }>(
      `/classes/${world.school.classId}/cards`,
    );
    expect(cards.students.find(({ student }) => student.id === id)?.hasConsent).toBe(false);
    const [result] = await teacher.award(awardIn(world.school, WORLD_NOW, { studentId: id }));
    expect(result?.status).toBe("recorded");
    await say("account", "yes");
    expect((await standing("account")).answer).toBe("yes");
  });

  test("without consent to the board the name leaves it at once", async () => {
    const teacher = await clientOf(world, world.school.homeroom);
    const { token, link } = await boardLink(teacher, world.school.classId);
    const names = async () => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await world.app.server.inject({ url: `/api/v1/board/${link.id}`, headers });
      return answer.json<Board>().plants.map(({ name }) => name);
    };
    await say("board", "yes");
    expect(await names()).toContain("林小满");
    await say("board", "no");
    expect(await names()).not.toContain("林小满");
  });

  test("a yes to words that have changed is asked for once more and stands until then; a no, and words that stayed, are not", async () => {
    const { school } = world;
    const [, , child] = school.children;
    const teacher = await clientOf(world, school.homeroom);
    const said = async () => {
      const { students } = await teacher.get<ClassConsents>(`/classes/${school.classId}/consents`);
      const { consents } = students.find(({ id }) => id === child!.id)!;
      return consents.flatMap(({ purpose, answer, isOutdated }) =>
        answer === "unasked" ? [] : [[purpose, answer, isOutdated]],
      );
    };
    const waiting = async () => {
      const { notice } = await admin.get<PrivacyOffice>("/privacy");
      return Object.fromEntries(notice.askedAgain.map(({ purpose, children }) => [purpose, children]));
    };
    const before = await waiting();
    await world.database.write(school.id, async (store) => {
      await store.db.insert(store.tables.guardianship).values({
        schoolId: school.id,
        id: uuidv7(),
        studentId: child!.id,
        membershipId: school.guardian.membershipId,
        relation: "mother",
        verifiedAt: later(-9 * SECOND),
      });
      for (const [purpose, isNo] of [
        ["account", false],
        ["photo", true],
        ["board", false],
      ] as const)
        await addConsent(store, school.id, {
          id: uuidv7(),
          studentId: child!.id,
          guardianMembershipId: school.guardian.membershipId,
          purpose,
          noticeVersion: "1",
          method: "paper",
          grantedAt: later(-9 * SECOND),
          recordedBy: school.homeroom.membershipId,
          withdrawnAt: isNo ? later(-9 * SECOND) : null,
          withdrawnBy: isNo ? school.homeroom.membershipId : null,
        });
    });
    expect(await said()).toEqual([
      ["account", "yes", true],
      ["photo", "no", false],
      ["board", "yes", false],
    ]);
    expect(await waiting()).toEqual({ ...before, account: (before["account"] ?? 0) + 1 });
    const news = async () => (await guardian.get<ChildConsents>(`/students/${child!.id}/consents`)).changes;
    expect(await news()).toEqual(changesSince(["1"]));
    // A slip of version 2 has the words that are asked today.
    const again = { guardianId: school.guardian.membershipId, noticeVersion: "2" };
    const answers = [{ purpose: "account", answer: "yes" }];
    const kept = await teacher.ask("POST", `/students/${child!.id}/consents/paper`, { ...again, answers });
    expect(kept.status).toBe(200);
    expect((await said())[0]).toEqual(["account", "yes", false]);
    expect(await waiting()).toEqual(before);
    expect(await news()).toEqual([]);
  });

  test("what was said on paper is written down by staff, for a guardian of the child and no other", async () => {
    const teacher = await clientOf(world, world.school.homeroom);
    const paper = (guardianId: string, noticeVersion = "3") =>
      teacher.ask("POST", `${path}/paper`, {
        guardianId,
        noticeVersion,
        answers: [
          { purpose: "photo", answer: "yes" },
          { purpose: "research", answer: "no" },
        ],
      });
    expect((await paper(world.school.otherGuardian.membershipId)).code).toBe("not-a-guardian");
    expect((await paper(world.school.guardian.membershipId, "9")).code).toBe("notice-version-unknown");
    expect((await paper(world.school.guardian.membershipId)).status).toBe(200);
    const { students } = await teacher.get<ClassConsents>(`/classes/${world.school.classId}/consents`);
    expect(students[0]).toMatchObject({ name: "林小满", guardians: [{ name: "林妈妈" }] });
    expect(students[0]?.consents.find(({ purpose }) => purpose === "photo")).toMatchObject({
      answer: "yes",
      said: { by: { name: "王老师", isStaff: true }, guardian: "林妈妈", method: "paper" },
    });
    expect(students[0]?.consents.find(({ purpose }) => purpose === "research")?.answer).toBe("no");
  });
});

describe.each(ENGINES)("guardians' requests on %s", (engine) => {
  let world: World;
  let guardian: Client;
  let admin: Client;
  let path: string;
  beforeAll(async () => {
    world = await createWorld(engine);
    guardian = await clientOf(world, world.school.guardian);
    admin = await clientOf(world, world.school.admin);
    path = `/students/${world.school.children[0]!.id}/privacy-requests`;
  });
  afterAll(() => world.close());
  const asked = async () => (await guardian.get<ChildRequests>(path)).requests;

  test("are due after fifteen working days, answered in writing once, and the guardian reads the answer", async () => {
    const id = uuidv7();
    const request = { id, kind: "correct", text: "姓名里的“予”写成了“雨”" };
    expect((await guardian.ask("POST", path, request)).status).toBe(200);
    await guardian.ask("POST", path, request);
    expect(await asked()).toMatchObject([{ id, state: "open", dueOn: "2026-12-02", answer: null }]);

    const office = await admin.get<PrivacyOffice>("/privacy");
    expect(office.open).toMatchObject([
      { id, student: { name: "林小满" }, askedBy: "林妈妈", urgency: "in-time", mayErase: false },
    ]);
    const answer = (text: string) =>
      admin.ask("POST", `/privacy/requests/${id}/answer`, { state: "refused", answer: text });
    expect((await answer("  ")).code).toBe("answer-missing");
    expect((await answer("户口本上就是“雨”，请先更正户口本。")).status).toBe(200);
    expect((await answer("再答一次")).code).toBe("request-settled");
    expect(await asked()).toMatchObject([{ state: "refused", answer: "户口本上就是“雨”，请先更正户口本。" }]);
    const log = await admin.get<AuditPage>("/audit?action=privacy-request.answer");
    expect(JSON.stringify(log.entries)).not.toContain("户口本");
    expect(log.entries).toMatchObject([{ after: { kind: "correct", state: "refused" } }]);
  });

  test("are taken back by who asked, while they are open; late ones stand out; too many wait", async () => {
    const [id, ...others] = Array.from({ length: 6 }, () => uuidv7());
    await guardian.ask("POST", path, { id, kind: "restrict", text: "" });
    expect((await guardian.ask("POST", `${path}/${id}/withdraw`)).status).toBe(200);
    expect((await guardian.ask("POST", `${path}/${id}/withdraw`)).code).toBe("request-settled");
    expect((await guardian.ask("POST", `${path}/${uuidv7()}/withdraw`)).code).toBe("request-not-found");
    const sent: (string | undefined)[] = [];
    for (const other of [...others, uuidv7()])
      sent.push((await guardian.ask("POST", path, { id: other, kind: "export", text: "" })).code);
    expect(sent).toEqual([undefined, undefined, undefined, undefined, undefined, "request-enough"]);
    expect((await guardian.ask("POST", path, { id: others[0], kind: "erase", text: "" })).code).toBe(
      "request-id-conflict",
    );
    world.setNow(new Date("2026-12-03T02:00:00Z"));
    const late = await clientOf(world, world.school.admin);
    expect((await late.get<PrivacyOffice>("/privacy")).open.map(({ urgency }) => urgency)).toEqual(
      Array.from({ length: 5 }, () => "overdue"),
    );
  });
});

describe.each(ENGINES)("a copy of everything about a child on %s", { timeout: 120_000 }, (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(() => world.close());

  test("opens by itself, has the same as JSON with PDF and pictures, and nothing of any other child", async () => {
    const child = await knowChild(world);
    const guardian = await clientOf(world, world.school.guardian);
    const { status, headers, bytes } = await guardian.ask("GET", `/students/${child.id}/export.zip`);
    expect([status, headers["content-type"]]).toEqual([200, "application/zip"]);
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual([
      "index.html",
      `photos/${child.pictureId}.webp`,
      "record.json",
      "summaries/2026-09-01.pdf",
      `works/${child.workFileId}.pdf`,
    ]);
    const paper = files["summaries/2026-09-01.pdf"]!;
    expect(strFromU8(paper.slice(0, 5), true)).toBe("%PDF-");
    await world.app.server.inject({
      method: "PUT",
      url: "/api/v1/school-settings/logo",
      headers: { cookie: await world.signIn(world.school.admin), "content-type": "image/png" },
      payload: await pictureOf("png"),
    });
    const again = await guardian.ask("GET", `/students/${child.id}/export.zip`);
    expect(unzipSync(again.bytes)["summaries/2026-09-01.pdf"]).toEqual(paper);
    expect(strFromU8(files[`photos/${child.pictureId}.webp`]!.slice(8, 12), true)).toBe("WEBP");
    const page = strFromU8(files["index.html"]!);
    const json = strFromU8(files["record.json"]!);
    expect(page).not.toMatch(/<script|https?:\/\/|src="\//);
    // What was looked at is said in words, not by the name the program gives it.
    expect(page).not.toMatch(/portfolio\.read|access\.emergency/);
    expect(page).toContain("<td>成长档案</td>");
    for (const text of [page, json]) {
      for (const told of [
        "林小满",
        "替迷路的小鸟找到了窝",
        "最近睡得太晚",
        "我给花浇了水",
        "月亮上的花园",
        "护绿小卫士",
        "你总是第一个举手",
      ])
        expect(text).toContain(told);
      // Other children, words for staff alone, and what was taken back.
      for (const { name, id } of [...world.school.children.slice(1), ...world.school.otherChildren])
        expect([text.includes(name), text.includes(id)]).toEqual([false, false]);
      for (const kept of ["只和同事商量的话", "这一条记错了人", "看懂同伴的表情", "自己换好活动"])
        expect(text).not.toContain(kept);
    }
    expect(JSON.parse(json)).toMatchObject({
      totals: { moral: { records: 2, beans: 2 } },
      credentials: [{ kind: "record", isNamed: true, withdrawnAt: null }],
      readings: [{ by: "林妈妈", signedName: "林小满的妈妈" }],
      savingFor: null,
      shopkeeping: [],
      pictures: { included: [`photos/${child.pictureId}.webp`], withOthers: 1 },
    });
    const { readers } = await guardian.get<RecordReaders>(`/students/${child.id}/readers`);
    expect(readers.filter(({ action }) => action === "child.export")).toMatchObject([{ name: "林妈妈" }]);

    const admin = await clientOf(world, world.school.admin);
    const whole = unzipSync((await admin.ask("GET", `/students/${child.id}/export.zip`)).bytes);
    for (const words of ["只和同事商量的话", "看懂同伴的表情", "午饭时认出了同桌的难过"])
      expect(strFromU8(whole["record.json"]!)).toContain(words);
  });

  test("has every revision of a summary that was corrected, and the paper of the valid one alone", async () => {
    const { id } = world.school.children[0]!;
    const homeroom = await clientOf(world, world.school.homeroom);
    const summary = `/students/${id}/summaries/${world.school.termId}`;
    await homeroom.ask("PUT", `${summary}/comment`, { comment: "你第二个举手。", commentVersion: 1 });
    expect((await homeroom.ask("POST", `${summary}/publish`)).status).toBe(200);
    const guardian = await clientOf(world, world.school.guardian);
    const files = unzipSync((await guardian.ask("GET", `/students/${id}/export.zip`)).bytes);
    expect(JSON.parse(strFromU8(files["record.json"]!))).toMatchObject({
      summaries: [
        { revision: 1, snapshot: { comment: "你总是第一个举手。" } },
        { revision: 2, snapshot: { comment: "你第二个举手。" } },
      ],
    });
    const page = strFromU8(files["index.html"]!);
    for (const told of ["你总是第一个举手。", "你第二个举手。", "版本 2"]) expect(page).toContain(told);
    const papers = Object.keys(files).filter((name) => name.startsWith("summaries/"));
    expect(papers).toEqual(["summaries/2026-09-01.pdf"]);
  });
});

describe.each(ENGINES)("numbers and phones on %s", { timeout: 120_000 }, (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(() => world.close());

  test("are masked; each shown whole is in the log, and told to the guardian", async () => {
    const child = await knowChild(world);
    const admin = await clientOf(world, world.school.admin);
    const path = `/students/${child.id}/sensitive`;
    const { facts } = await admin.get<SensitiveFacts>(path);
    const phone = facts.find(({ field }) => field === "phone");
    expect(phone).toMatchObject({ masked: "****7788", guardian: { name: "林妈妈" } });
    expect(facts.find(({ field }) => field === "nationalNo")?.masked).toMatch(/^\*{4}.{4}$/);
    const reveal = (guardianId?: string) =>
      admin.ask("POST", `${path}/reveal`, { field: "phone", ...(guardianId && { guardianId }) });
    expect((await reveal()).code).toBe("fact-not-found");
    expect(JSON.parse((await reveal(phone?.guardian?.id)).body)).toEqual({ value: "13900007788" });
    const guardian = await clientOf(world, world.school.guardian);
    const { readers } = await guardian.get<RecordReaders>(`/students/${child.id}/readers`);
    expect(readers.filter(({ action }) => action === "sensitive.reveal-phone")).toMatchObject([
      { name: "校长", times: 1 },
    ]);
    const teacher = await clientOf(world, world.school.homeroom);
    expect((await teacher.ask("GET", path)).code).toBe("forbidden");
  });
});

describe.each(ENGINES)("erasing a child on %s", { timeout: 120_000 }, (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(() => world.close());

  test("leaves totals that are right and nothing that leads to the child, in tables and files", async () => {
    const { school, database, deps } = world;
    const child = await knowChild(world);
    const guardian = await clientOf(world, school.guardian);
    const admin = await clientOf(world, school.admin);
    const erase = (ground: string, name = "林小满") =>
      admin.ask("POST", `/students/${child.id}/erasure`, { ground, name });

    expect((await erase("request")).code).toBe("erasure-still-here");
    await leaveSchool(world, child.id, "2026-11-10");
    expect((await erase("retention")).code).toBe("erasure-too-early");
    expect((await erase("request")).code).toBe("erasure-not-asked");
    const request = { id: uuidv7(), kind: "erase", text: "我们搬家了，请删除林小满的记录" };
    await guardian.ask("POST", `/students/${child.id}/privacy-requests`, request);
    expect((await admin.get<PrivacyOffice>("/privacy")).open[0]?.mayErase).toBe(true);
    expect((await erase("request", "周予安")).code).toBe("erasure-name-differs");

    const totals = async () =>
      (await dumpOf(database))["tally"]!.concat((await dumpOf(database))["dayTally"]!).sort();
    const before = await dumpOf(database);
    const found = (dump: Awaited<ReturnType<typeof dumpOf>>) =>
      Object.entries(dump).flatMap(([table, rows]) =>
        rows
          // The neighbour's children have the same names.
          .filter((row) => !row.includes(world.neighbour.id))
          .flatMap((row) =>
            child.traces.filter((trace) => row.includes(trace)).map((trace) => [table, trace]),
          ),
      );
    expect(new Set(found(before).map(([, trace]) => trace))).toEqual(new Set(child.traces));
    const counted = await totals();
    const files = await filesUnder(deps.config.dataDir);
    expect(files.filter((file) => file.endsWith(".webp"))).toHaveLength(4);

    const done = await erase("request");
    expect([done.status, JSON.parse(done.body)]).toMatchObject([
      200,
      { counts: { words: 2, summaries: 1, pictures: 3, guardians: 2 } },
    ]);

    expect(found(await dumpOf(database))).toEqual([]);
    expect(await filesUnder(join(deps.config.dataDir, "evidence"))).toEqual([]);
    expect(await totals()).toEqual(counted);
    const { differences, schools } = await verifyEverything(database, deps.pictures, deps.now(), () => {});
    expect(differences).toBe(0);
    expect(schools.find(({ schoolId }) => schoolId === school.id)?.audit.erased).toBeGreaterThan(0);

    expect((await guardian.ask("GET", "/session")).code).toBe("not-signed-in");
    expect((await admin.ask("GET", `/students/${child.id}/portfolio`)).code).toBe("not-found");
    expect((await erase("request")).code).toBe("not-found");
    const office = await admin.get<PrivacyOffice>("/privacy");
    expect([office.open, office.erased]).toMatchObject([
      [],
      [{ studentId: child.id, ground: "request", by: "校长" }],
    ]);
    expect((await admin.get<AuditPage>("/audit?action=erasure.carry-out")).entries).toMatchObject([
      { student: { name: "—" }, after: { ground: "request", words: 2 } },
    ]);
  });

  test("is proposed a year after it left, and needs nobody to ask", async () => {
    const { school } = world;
    const [, second] = school.children;
    await leaveSchool(world, second!.id, "2026-11-01");
    world.setNow(new Date("2027-11-01T02:00:00Z"));
    const early = await clientOf(world, school.admin);
    expect((await early.get<PrivacyOffice>("/privacy")).overTime).toEqual([]);
    world.setNow(new Date("2027-11-02T02:00:00Z"));
    const admin = await clientOf(world, school.admin);
    expect((await admin.get<PrivacyOffice>("/privacy")).overTime).toMatchObject([
      { id: second!.id, name: "周予安", leftOn: "2026-11-01" },
    ]);
    const erased = await admin.ask("POST", `/students/${second!.id}/erasure`, {
      ground: "retention",
      name: "周予安",
    });
    expect(erased.status).toBe(200);
    expect((await admin.get<PrivacyOffice>("/privacy")).overTime).toEqual([]);
  });

  test("the ledger gives up words of the erased and nothing else", async () => {
    const { school, database } = world;
    const [, , third] = school.children;
    world.setNow(new Date("2027-01-15T02:00:00Z"));
    const teacher = await clientOf(world, school.homeroom);
    const award = awardIn(school, new Date("2027-01-15T02:00:00Z"), {
      studentId: third!.id,
      note: "帮忙扫地",
    });
    expect((await teacher.award(award))[0]?.status).toBe("recorded");
    const change = (set: object, id: string) =>
      database.write(
        school.id,
        async ({ db, tables }) =>
          await db.update(tables.award).set(set).where(eq(tables.award.studentId, id)),
      );
    for (const [set, id] of [
      [{ note: null }, third!.id],
      [{ note: "改过的话" }, school.children[0]!.id],
      [{ note: null, beans: 0 }, school.children[0]!.id],
    ] as const)
      await expect(change(set, id)).rejects.toThrow("award is append-only");
    await expect(
      database.write(school.id, async ({ db, tables }) => await db.delete(tables.award)),
    ).rejects.toThrow("award is append-only");
  });
});

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
