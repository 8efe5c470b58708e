/** The yearly report on children's data: counts that agree with what happened, no names, and a draft to write on in. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { getDocumentProxy } from "unpdf";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { privacyReport } from "@doudou/server/cli/privacy-report.ts";
import { type PrivacyFigures, privacyFigures } from "@doudou/server/features/privacy-report/figures.ts";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import { letRead } from "../support/access.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { knowChild } from "../support/privacy.ts";
import { createWorld, type World } from "../support/world.ts";

describe.each(ENGINES)("on %s", { timeout: 120_000 }, (engine) => {
  let world: World;
  let admin: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    admin = await clientOf(world, world.school.admin);
  });
  afterEach(() => world.close());

  test("counts what was kept, asked, read and opened in the year, by role and month, and nothing of another year or school", async () => {
    const { school } = world;
    const child = await knowChild(world);
    const guardian = await clientOf(world, school.guardian);
    const [answered, open] = [uuidv7(), uuidv7()];
    const asking = `/students/${child.id}/privacy-requests`;
    await guardian.ask("POST", asking, { id: answered, kind: "correct", text: "名字" });
    await guardian.ask("POST", asking, { id: open, kind: "erase", text: "" });
    await admin.ask("POST", `/privacy/requests/${answered}/answer`, { state: "granted", answer: "好的" });
    await guardian.ask("GET", `/students/${child.id}/export.zip`);
    await admin.ask("POST", `/students/${child.id}/sensitive/reveal`, { field: "nationalNo" });
    await letRead(world, school, school.outsider, { child: school.children[1]!.name });

    const figures = await privacyFigures(world.deps, school.id, { year: 2026 });
    expect(figures).toMatchObject({
      year: 2026,
      isPartial: true,
      held: { children: 7, officeRecords: 1, awards: 2, pictures: 2, summaries: 1 },
      exports: 1,
      reveals: { numbers: 1, phones: 0 },
      erasures: { request: 0, retention: 0 },
      verification: null,
    });
    const asked = figures.requests.filter((each) => each.asked > 0);
    expect(asked).toEqual([
      { kind: "correct", asked: 1, inTime: 1, late: 0, open: 0, withdrawn: 0 },
      { kind: "erase", asked: 1, inTime: 0, late: 0, open: 1, withdrawn: 0 },
    ]);
    expect(figures.accesses).toEqual(
      expect.arrayContaining([
        { kind: "asked", state: "approved", purpose: "talk", verdict: null, count: 1 },
        { kind: "emergency", state: "approved", purpose: "safety", verdict: null, count: 1 },
      ]),
    );
    expect(figures.consents.find(({ purpose }) => purpose === "account")?.standing).toBeGreaterThan(0);
    const { entries } = await admin.get<AuditPage>("/audit?kind=read&limit=200");
    const of = (role: string) => entries.filter(({ by }) => by.role === role).length;
    // Reading the log for this test is itself in the log.
    expect(figures.reads).toEqual([
      { month: "2026-11", teacher: of("teacher"), "school-admin": of("school-admin") - 1, byLeave: 1 },
    ]);
    const before = await privacyFigures(world.deps, school.id, { year: 2025 });
    expect([before.reads, before.exports, before.accesses, before.isPartial]).toEqual([[], 0, [], false]);
    const neighbour = await privacyFigures(world.deps, world.neighbour.id, { year: 2026 });
    expect([neighbour.reads, neighbour.exports, neighbour.accesses]).toEqual([[], 0, []]);
  });

  test("is a PDF for the office, and the assessment a file to write on in; neither names a child, both are in the log", async () => {
    const child = await knowChild(world);
    const report = await admin.ask("GET", "/privacy/report.pdf?year=2026");
    expect([report.status, report.headers["content-type"]]).toEqual([200, "application/pdf"]);
    const text = await textOf(report.bytes);
    for (const said of [
      "2026年未成年人个人信息保护年度审计报告",
      "学籍信息",
      "紧急查阅1次",
      "尚未核查1",
      "审计意见",
    ])
      expect(text).toContain(said);
    const draft = await admin.ask("GET", "/privacy/assessment.docx");
    expect(draft.status).toBe(200);
    const words = strFromU8(unzipSync(draft.bytes)["word/document.xml"]!);
    for (const said of ["个人信息保护影响评估（底稿）", "学校 forest", "剩余风险"])
      expect(words).toContain(said);
    for (const trace of child.traces) expect([trace, (text + words).includes(trace)]).toEqual([trace, false]);
    const log = await admin.get<AuditPage>("/audit?action=privacy-report.make");
    expect(log.entries.map(({ after }) => after)).toEqual([
      { report: "assessment", year: 2026 },
      { report: "year", year: 2026 },
    ]);
    const english = await admin.ask("GET", "/privacy/report.pdf?year=2026&locale=en");
    expect(await textOf(english.bytes)).toContain("Reportonchildren'spersonaldata,2026");
    expect((await admin.ask("GET", "/privacy/report.pdf?year=2027")).code).toBe("report-year-to-come");
  });

  test("is written from a shell with a recount, and says which school is meant", async () => {
    const folder = await mkdtemp(join(tmpdir(), "doudou-report-"));
    const out = join(folder, "report.pdf");
    const run = async (...args: string[]) => {
      const said = vi.spyOn(console, "log").mockReturnValue();
      vi.spyOn(console, "error").mockReturnValue();
      const exit = await privacyReport.parse(args)(world.database, world.deps.config);
      const printed = said.mock.calls.map(([line]) => String(line)).join("\n");
      vi.restoreAllMocks();
      return { exit, printed };
    };
    await expect(run("--year", "2026")).rejects.toThrow(/which school/);
    const code = `forest-${world.school.id}`;
    await expect(run("--year", "2026", "--school", "nowhere")).rejects.toThrow(/no school/);
    expect(() => privacyReport.parse(["--school", code])).toThrow(/which year/);
    const { exit, printed } = await run("--year", "2026", "--school", code, "--json", "--out", out);
    expect(exit).toBe(0);
    const figures = JSON.parse(printed) as PrivacyFigures;
    expect(figures.verification).toEqual({ awards: 0, differences: 0 });
    expect(await textOf(await readFile(out))).toContain("核对0条记录，差异0处");
    await rm(folder, { recursive: true, force: true });
  });
});

async function textOf(pdf: Uint8Array): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  let text = "";
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    text += items.map((item) => ("str" in item ? item.str : "")).join("");
  }
  return text.replace(/\s/g, "");
}
