/** The PDF of a published summary: set once, kept, and the same bytes for everybody from then on. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { TermSummary } from "@doudou/shared/contract/summaries.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { duePapers, papersOfChild } from "@doudou/db/repositories/summary-papers.ts";
import { verify } from "@doudou/server/cli/verify.ts";
import { keepDuePapers } from "@doudou/server/features/summaries/papers.ts";
import { makeBackup } from "@doudou/server/operate/backup.ts";
import { restoreBackup } from "@doudou/server/operate/restore.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { picturePath } from "@doudou/server/pictures/picture-files.ts";
import { type Client, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { pictureOf } from "../support/pictures.ts";
import { leaveSchool } from "../support/privacy.ts";
import { PASSWORD, WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let teacher: Client;
  let guardian: Client;
  beforeEach(async () => {
    world = await createWorld(engine);
    teacher = await clientOf(world, world.school.homeroom);
    guardian = await clientOf(world, world.school.guardian);
  });
  afterEach(() => world.close());

  const childId = (place = 0) => world.school.children[place]!.id;
  const summaryOf = (place = 0) => `/students/${childId(place)}/summaries/${world.school.termId}`;
  const publish = async (place = 0, comment = "你总把伞让给同学。") => {
    const { commentVersion } = await teacher.get<{ commentVersion: number }>(summaryOf(place));
    await teacher.ask("PUT", `${summaryOf(place)}/comment`, { comment, commentVersion });
    expect((await teacher.ask("POST", `${summaryOf(place)}/publish`)).status).toBe(200);
  };
  const paperOf = async (query = "") => {
    const { status, bytes } = await guardian.ask("GET", `${summaryOf()}/pdf${query}`);
    expect(status).toBe(200);
    return bytes;
  };
  const inEnglish = async () => {
    const english = await clientOf(world, world.school.guardian, "en");
    return (await english.ask("GET", `${summaryOf()}/pdf`)).bytes;
  };
  const fail = (error: unknown) => {
    throw error;
  };
  const keepAll = (signal?: AbortSignal) => keepDuePapers(world.deps, fail, signal);
  const due = () => world.database.read(EVERY_SCHOOL, (store) => duePapers(store, 9));
  const kept = (place = 0) =>
    world.database.read(world.school.id, (store) => papersOfChild(store, world.school.id, childId(place)));
  const fileOf = (sha256: string) =>
    join(world.deps.config.dataDir, picturePath(world.school.id, `${sha256}.pdf`));
  const verified = async () => {
    const { schools } = await verifyEverything(world.database, world.deps.pictures, WORLD_NOW, () => {});
    return schools.find(({ schoolId }) => schoolId === world.school.id)!;
  };
  /** A paper that is set from now on looks different. */
  const takeNewLogo = async () => {
    const { statusCode } = await world.app.server.inject({
      method: "PUT",
      url: "/api/v1/school-settings/logo",
      headers: { cookie: await world.signIn(world.school.admin), "content-type": "image/png" },
      payload: await pictureOf("png"),
    });
    expect(statusCode).toBe(200);
  };

  test("is set in the background after publishing, and is the same bytes whatever the school looks like later", async () => {
    await publish();
    expect(await due()).toMatchObject([{ studentId: childId(), revision: 1 }]);
    expect(await kept()).toEqual([]);
    await keepAll();
    expect(await due()).toEqual([]);
    const [paper] = await kept();
    expect(paper).toMatchObject({ revision: 1, locale: "zh-CN" });
    await takeNewLogo();
    const bytes = await paperOf();
    expect(sha256Of(bytes)).toBe(paper!.sha256);
    expect(sha256Of(await readFile(fileOf(paper!.sha256)))).toBe(paper!.sha256);
    expect(await verified()).toMatchObject({ papers: 1, wrongPapers: [] });
  });

  test("is kept by whoever downloads it first, in each language, and not set again by the background", async () => {
    await publish();
    const [first, other] = await Promise.all([paperOf(), paperOf()]);
    expect(sha256Of(first)).toBe(sha256Of(other));
    const english = await inEnglish();
    await takeNewLogo();
    await keepAll();
    expect([await due(), (await kept()).map(({ locale }) => locale)]).toEqual([[], ["en", "zh-CN"]]);
    expect([sha256Of(await paperOf()), sha256Of(await inEnglish())]).toEqual([
      sha256Of(first),
      sha256Of(english),
    ]);
  });

  test("a correction has a paper of its own, and the one it replaced stays to be had", async () => {
    await publish();
    await keepAll();
    await publish(0, "你总把伞让给同学，还陪他回家。");
    const corrected = await paperOf();
    const before = await paperOf("?revision=1");
    await keepAll();
    expect((await kept()).map(({ revision, sha256 }) => [revision, sha256])).toEqual([
      [1, sha256Of(before)],
      [2, sha256Of(corrected)],
    ]);
    const { verificationCode } = await guardian.get<TermSummary>(summaryOf());
    expect(await guardian.get(`/summary-verification?code=${verificationCode}`)).toMatchObject({
      isLatest: true,
      papers: [sha256Of(corrected)],
    });
    expect((await guardian.ask("GET", `${summaryOf()}/pdf?revision=3`)).code).toBe("summary-not-published");
  });

  test("what was published long ago is set a few at a time, and one that cannot be set holds up no other", async () => {
    for (const place of world.school.children.keys()) await publish(place);
    world.setNow(new Date(WORLD_NOW.getTime() + 7_200_000));
    const onOneWorker = { ...world.deps, config: { ...world.deps.config, documentWorkers: 1 } };
    await keepDuePapers(onOneWorker, fail);
    expect(await due()).toHaveLength(world.school.children.length - 3);

    world.setNow(WORLD_NOW);
    const print = vi
      .spyOn(world.deps.documents, "termSummaryPdf")
      .mockRejectedValueOnce(new Error("no font"));
    onTestFinished(() => print.mockRestore());
    const told: unknown[] = [];
    await keepDuePapers(world.deps, (error) => told.push(error));
    expect([await due(), told]).toMatchObject([[{ revision: 1 }], [{ message: "no font" }]]);
    await keepAll();
    expect(await due()).toEqual([]);
  });

  test("two servers that look at once keep one of each, and a stopped one leaves the rest to the next", async () => {
    for (const place of [0, 1, 2]) await publish(place);
    await keepAll(AbortSignal.abort());
    expect(await due()).toHaveLength(3);
    await Promise.all([keepAll(), keepAll()]);
    const papers = [await kept(0), await kept(1), await kept(2)];
    expect([await due(), papers.map(({ length }) => length)]).toEqual([[], [1, 1, 1]]);
    expect(await verified()).toMatchObject({ papers: 3, wrongPapers: [] });
  });

  test("a file that was lost is made good while it can be, and else is said to be damaged, by the download and by verify", async () => {
    await publish();
    await keepAll();
    const { sha256 } = (await kept())[0]!;
    await rm(fileOf(sha256));
    const whose = { studentId: childId(), termId: world.school.termId, revision: 1, locale: "zh-CN" };
    expect((await verified()).wrongPapers).toEqual([{ ...whose, sha256, found: "missing" }]);
    expect(sha256Of(await paperOf())).toBe(sha256);
    expect((await verified()).wrongPapers).toEqual([]);

    await writeFile(fileOf(sha256), "%PDF-1.7 something else");
    await takeNewLogo();
    expect((await guardian.ask("GET", `${summaryOf()}/pdf`)).code).toBe("summary-paper-damaged");
    expect((await verified()).wrongPapers).toEqual([{ ...whose, sha256, found: "altered" }]);
    const said = vi.spyOn(console, "log").mockReturnValue();
    expect(await verify.parse([])(world.database, world.deps.config)).toBe(1);
    const lines = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    expect(lines).toContain(`  PDF of term_summary ${JSON.stringify(whose)}: file ${sha256} is altered`);
    // A copy of everything says which it lacks, in either form, and is whole but for that.
    const copy = unzipSync((await guardian.ask("GET", `/students/${childId()}/export.zip`)).bytes);
    const lost = "summaries/2026-09-01.pdf";
    expect([copy[lost], JSON.parse(strFromU8(copy["record.json"]!))]).toMatchObject([
      undefined,
      { missing: [lost] },
    ]);
    expect(strFromU8(copy["index.html"]!)).toContain(`<li>${lost}</li>`);
    // So does what a child takes along to another school; who makes it hears of it at once.
    const along = await guardian.ask("GET", `/students/${childId()}/transfer.zip`);
    expect(along.headers["doudou-left-out"]).toBe("1");
    expect(JSON.parse(strFromU8(unzipSync(along.bytes)["portfolio.json"]!))).toMatchObject({ leftOut: 1 });
    expect(lines).toContain("1 PDFs of summaries are not what was kept: put their files back from a backup.");
  });

  test("goes with the family as it is kept, and is erased with the child", async () => {
    await publish();
    await keepAll();
    await takeNewLogo();
    const { sha256 } = (await kept())[0]!;
    const files = unzipSync((await guardian.ask("GET", `/students/${childId()}/export.zip`)).bytes);
    expect(sha256Of(files["summaries/2026-09-01.pdf"]!)).toBe(sha256);
    const record = JSON.parse(new TextDecoder().decode(files["record.json"])) as { summaries: object[] };
    expect(record.summaries).toMatchObject([{ papers: [{ locale: "zh-CN", sha256 }] }]);

    await leaveSchool(world, childId(), "2020-11-10");
    const admin = await clientOf(world, world.school.admin);
    const { name } = world.school.children[0]!;
    const erased = await admin.ask("POST", `/students/${childId()}/erasure`, { ground: "retention", name });
    expect([erased.status, await kept()]).toEqual([200, []]);
    await expect(readFile(fileOf(sha256))).rejects.toThrow("ENOENT");
  });

  test("is in the backup, and back with it", async () => {
    await publish();
    await keepAll();
    const { sha256 } = (await kept())[0]!;
    const root = await mkdtemp(join(tmpdir(), "doudou-papers-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    const common = { passphrase: PASSWORD.padEnd(20, "."), now: () => WORLD_NOW, onStep: () => {} };
    const { dataDir } = world.deps.config;
    const order = { ...common, dataDir, to: join(root, "backups"), workFactor: 4 };
    const made = await makeBackup(world.database, order);
    const restored = join(root, "restored");
    await restoreBackup({ ...common, file: made!.file, dataDir: restored, overwrite: false });
    const back = await readFile(join(restored, picturePath(world.school.id, `${sha256}.pdf`)));
    expect(sha256Of(back)).toBe(sha256);
  });
});
