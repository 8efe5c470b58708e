/** The register of incidents: what an administrator enters stays, step by step, until everything is answered for. */
import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { privacyFigures } from "@doudou/server/features/privacy-report/figures.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import type { Incident, IncidentRegister } from "@doudou/shared/contract/incidents.ts";
import type { PrivacyOffice } from "@doudou/shared/contract/privacy.ts";
import { INCIDENT_STEPS } from "@doudou/shared/domain/incidents.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { answerEverything, answering, factsOf, newIncident, NOTICED_AT } from "../support/incidents.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;

describe.each(ENGINES)("on %s", { timeout: 60_000 }, (engine) => {
  let world: World;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  const start = async (over: Parameters<typeof newIncident>[0] = {}): Promise<string> => {
    const started = newIncident(over);
    expect((await admin.ask("POST", "/privacy/incidents", started)).status).toBe(200);
    return started.id;
  };
  const read = (id: string) => admin.get<Incident>(`/privacy/incidents/${id}`);
  const post = (id: string, what: string, body: object) =>
    admin.ask("POST", `/privacy/incidents/${id}/${what}`, body);

  test("an incident starts with what is known, has every step to do, and sending it again changes nothing", async () => {
    const started = newIncident();
    await admin.ask("POST", "/privacy/incidents", started);
    await admin.ask("POST", "/privacy/incidents", started);
    const { incidents } = await admin.get<IncidentRegister>("/privacy/incidents");
    expect(incidents).toEqual([
      {
        id: started.id,
        isDrill: false,
        noticedAt: NOTICED_AT,
        what: started.facts.what,
        isClosed: false,
        stepsToDo: INCIDENT_STEPS.length,
      },
    ]);
    const { entries, facts, steps } = await read(started.id);
    expect(facts).toEqual(started.facts);
    expect(entries).toHaveLength(1);
    expect(steps.map(({ outcome }) => outcome)).toEqual(INCIDENT_STEPS.map(() => "open"));
    expect((await admin.get<PrivacyOffice>("/privacy")).incidents).toMatchObject({ open: 1 });
  });

  test("a step is ticked with its time, a note and who; taking it back is one more entry and says why", async () => {
    const id = await start();
    const doneAt = NOTICED_AT;
    await post(id, "steps", answering("stop", { doneAt, note: "停用了账号" }));
    const ticked = await read(id);
    expect(ticked.steps[0]).toMatchObject({ outcome: "done", doneAt, note: "停用了账号" });
    expect(ticked.steps[0]!.by).toBe(ticked.startedBy);
    const undone = answering("stop", { outcome: "undone" });
    expect((await post(id, "steps", undone)).code).toBe("incident-words-missing");
    await post(id, "steps", { ...undone, note: "还有一台设备登录着" });
    const { steps, entries } = await read(id);
    expect(steps[0]).toEqual({ step: "stop", outcome: "open", doneAt: null, by: null, note: "" });
    expect(entries.map(({ seq, outcome, note }) => [seq, outcome, note])).toEqual([
      [1, null, ""],
      [2, "done", "停用了账号"],
      [3, "undone", "还有一台设备登录着"],
    ]);
  });

  test("what is learnt later takes the place of what was said, which stays to be read", async () => {
    const id = await start();
    await post(id, "facts", { id: uuidv7(), facts: factsOf({ cause: "收件人选错", children: 42 }) });
    const { facts, entries } = await read(id);
    expect([facts.cause, facts.children]).toEqual(["收件人选错", 42]);
    expect(entries.map((entry) => entry.facts?.children)).toEqual([84, 42]);
  });

  test("it is closed once every step is answered for, takes nothing more then, and can be opened again with a reason", async () => {
    const id = await start();
    const closing = { id: uuidv7(), note: "" };
    expect((await post(id, "close", closing)).code).toBe("incident-steps-open");
    await answerEverything(admin, id);
    await post(id, "steps", answering("police", { outcome: "not-needed", note: "没有犯罪迹象" }));
    expect((await post(id, "close", closing)).status).toBe(200);
    expect((await read(id)).isClosed).toBe(true);
    expect((await post(id, "steps", answering("stop"))).code).toBe("incident-closed");
    const reopening = { id: uuidv7(), note: "网信部门要求再告知两个班" };
    await post(id, "reopen", reopening);
    await post(id, "reopen", reopening);
    const { isClosed, entries } = await read(id);
    expect([isClosed, entries.at(-1)?.note]).toEqual([false, reopening.note]);
    expect(entries.filter(({ kind }) => kind === "reopened")).toHaveLength(1);
  });

  test("two who tick at the same time both stand in the register, one behind the other", async () => {
    const id = await start();
    await Promise.all(INCIDENT_STEPS.map((step) => post(id, "steps", answering(step))));
    const { entries, steps } = await read(id);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
    expect(steps.every(({ outcome }) => outcome === "done")).toBe(true);
  });

  test("the database itself lets nobody change or delete what was entered", async () => {
    const id = await start();
    const changes = [
      world.database.write(world.school.id, ({ db, tables: { incidentEntry } }) =>
        db.update(incidentEntry).set({ note: "别的" }),
      ),
      world.database.write(world.school.id, ({ db, tables: { incidentEntry } }) => db.delete(incidentEntry)),
      world.database.write(world.school.id, ({ db, tables: { incident } }) =>
        db.update(incident).set({ isDrill: true }),
      ),
    ];
    for (const outcome of await Promise.allSettled(changes)) expect(outcome.status).toBe("rejected");
    expect((await read(id)).isDrill).toBe(false);
  });

  test("nobody but the school's own administrators sees it, and each look and each change is in the log by the incident it was at", async () => {
    const id = await start();
    await post(id, "steps", answering("evidence", { note: "存在保险柜" }));
    await read(id);
    await admin.ask("GET", `/privacy/incidents/${id}/letter.docx`);
    for (const person of [world.school.homeroom, world.school.guardian, world.school.student]) {
      const other = await clientOf(world, person);
      expect((await other.ask("GET", `/privacy/incidents/${id}`)).status).toBe(403);
      expect((await other.ask("POST", "/privacy/incidents", newIncident())).status).toBe(403);
    }
    const neighbour = await clientOf(world, world.neighbour.admin);
    for (const path of [id, `${id}/report.docx`])
      expect((await neighbour.ask("GET", `/privacy/incidents/${path}`)).code).toBe("incident-not-found");
    expect((await neighbour.get<IncidentRegister>("/privacy/incidents")).incidents).toEqual([]);
    const log = async (action: string) =>
      (await admin.get<AuditPage>(`/audit?action=${action}`)).entries.map(({ kind, subjectId, after }) => [
        kind,
        subjectId,
        after,
      ]);
    await admin.get<IncidentRegister>("/privacy/incidents");
    expect(await log("incident.read")).toEqual([
      ["read", null, null],
      ["read", id, null],
      ["read", id, null],
    ]);
    expect(await log("incident.start")).toEqual([["change", id, { isDrill: false }]]);
    expect(await log("incident.enter")).toEqual([
      ["change", id, { kind: "step", step: "evidence", outcome: "done" }],
    ]);
  });

  test("a finished drill counts for a year, and is asked for again after that", async () => {
    const drill = async () => (await admin.get<PrivacyOffice>("/privacy")).incidents;
    expect(await drill()).toEqual({ open: 0, lastDrillOn: null, isDrillDue: true });
    const id = await start({ isDrill: true });
    expect((await drill()).isDrillDue).toBe(true);
    await answerEverything(admin, id);
    await post(id, "close", { id: uuidv7(), note: "" });
    expect(await drill()).toMatchObject({ open: 0, isDrillDue: false });
    world.setNow(new Date(WORLD_NOW.getTime() + 367 * DAY));
    admin = await clientOf(world, world.school.admin);
    expect((await drill()).isDrillDue).toBe(true);
  });

  test("the yearly report counts incidents and drills apart, with the days until somebody was told", async () => {
    const noticedAt = new Date(WORLD_NOW.getTime() - 3 * DAY).toISOString();
    const id = await start({ facts: factsOf({ noticedAt }) });
    const told = new Date(WORLD_NOW.getTime() - DAY).toISOString();
    await post(id, "steps", answering("cyberspace", { doneAt: noticedAt }));
    await post(id, "steps", answering("education", { doneAt: told }));
    await post(id, "steps", answering("families", { doneAt: told }));
    const drill = await start({ isDrill: true });
    await answerEverything(admin, drill);
    await post(drill, "close", { id: uuidv7(), note: "" });
    const { incidents, drills } = await privacyFigures(world.deps, world.school.id, { year: 2026 });
    expect(incidents).toEqual({
      noticed: 1,
      closed: 0,
      reported: 1,
      told: 1,
      longestToReport: 0,
      longestToTell: 2,
    });
    expect(drills).toMatchObject({ noticed: 1, closed: 1, longestToTell: 0 });
    const before = await privacyFigures(world.deps, world.school.id, { year: 2025 });
    expect(before.incidents).toMatchObject({ noticed: 0, longestToReport: null });
    const neighbour = await privacyFigures(world.deps, world.neighbour.id, { year: 2026 });
    expect(neighbour.incidents.noticed).toBe(0);
  });

  test("both texts say what the law asks for, as far as is known, to be copied or as a file for a word processor", async () => {
    await admin.ask("PUT", "/privacy/officer", {
      was: null,
      officer: { name: "沈老师", contact: "教务处 023-6688" },
    });
    const id = await start();
    const gaps = (await read(id)).texts;
    expect([gaps.report, gaps.letter].every((text) => text.includes("（请填写）"))).toBe(true);
    const facts = factsOf({ cause: "收件人选错。", measures: "对方已删除。\n以后不用邮件发名册。" });
    await post(id, "facts", { id: uuidv7(), facts });
    await post(id, "steps", answering("cyberspace"));
    const { texts } = await read(id);
    const words = async (path: string) => {
      const { status, bytes } = await admin.ask("GET", `/privacy/incidents/${id}/${path}`);
      expect(status).toBe(200);
      return strFromU8(unzipSync(bytes)["word/document.xml"]!);
    };
    const contents = [
      "姓名、学号、班级；家长姓名、电话",
      "三年级两个班，约 84 名孩子",
      "收件人选错。",
      "诈骗、推销的电话",
      "以后不用邮件发名册。",
      "不告诉任何人验证码",
      "沈老师，教务处 023-6688",
    ];
    for (const [title, text, file] of [
      ["个人信息安全事件报告", texts.report, await words("report.docx")],
      ["关于孩子个人信息的告知", texts.letter, await words("letter.docx")],
    ] as const)
      for (const said of [title, ...contents]) {
        expect(text).toContain(said);
        expect(file).toContain(said);
      }
    expect(texts.letter).not.toContain("（请填写）");
    expect(texts.letter).toContain("报告主管部门");
    const english = await words("letter.docx?locale=en");
    for (const said of ["About your child", "tell nobody a code", "about 84 children"])
      expect(english).toContain(said);
  });

  test("a drill is plainly marked on both texts", async () => {
    const id = await start({ isDrill: true, facts: factsOf({ harm: "没有", advice: "不用做什么" }) });
    const { texts } = await read(id);
    for (const text of [texts.report, texts.letter]) {
      expect(text.startsWith("【演练】")).toBe(true);
      expect(text).toContain("不用做什么");
      expect(text).not.toContain("验证码");
    }
  });
});
