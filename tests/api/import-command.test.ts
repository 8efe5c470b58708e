/** `doudou import`: another system's nightly file, from a shell: shown first, taken in when told to, refused with a reason. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AuditPage } from "@doudou/shared/contract/audit.ts";
import { importRoster } from "@doudou/server/cli/import.ts";
import { clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf, ofSchool } from "../support/dump.ts";
import { csvOf, nationalNo, oneRosterFiles, packageOf } from "../support/rosters.ts";
import { createWorld, type World } from "../support/world.ts";

/** Each run reads its file in a thread of its own, and starts take their time on a busy machine. */
const PATIENCE = { timeout: 120_000 };

describe.each(ENGINES)("on %s", PATIENCE, (engine) => {
  let world: World;
  let folder: string;
  let code: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "doudou-import-"));
    world = await createWorld(engine);
    const schools = ((await dumpOf(world.database))["school"] ?? []).map(
      (row) => JSON.parse(row) as { schoolId: string; code: string },
    );
    code = schools.find(({ schoolId }) => schoolId === world.school.id)!.code;
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const file = async (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const run = async (...args: string[]) => {
    const said = vi.spyOn(console, "log").mockReturnValue();
    const login = world.school.admin.login;
    const command = importRoster.parse(["--code", code, "--login", login, ...args]);
    const exit = await command(world.database, world.deps.config);
    const text = said.mock.calls.map(([line]) => String(line)).join("\n");
    said.mockRestore();
    return { exit, text };
  };
  const students = async () => ofSchool(await dumpOf(world.database), world.school.id)["student"];

  test("a package is shown without changing anybody, then taken in, and is in the log under the administrator's name", async () => {
    const path = await file("oneroster.zip", packageOf(oneRosterFiles("1.2")));
    const before = await students();
    const shown = await run(path);
    expect(shown.exit).toBe(0);
    expect(shown.text).toContain("2 new, 0 changed, 0 unchanged, 0 with a problem");
    expect(shown.text).toContain(
      "Staff: 1 new, 0 changed, 0 unchanged, 0 with a problem; 1 posts added, 0 with a problem",
    );
    expect(await students()).toEqual(before);

    const applied = await run(path, "--apply", "--json");
    expect([applied.exit, JSON.parse(applied.text)]).toMatchObject([0, { state: "applied", problems: [] }]);
    expect((await students())?.length).toBe((before?.length ?? 0) + 2);
    const admin = await clientOf(world, world.school.admin);
    const { entries } = await admin.get<AuditPage>("/audit?action=roster.import");
    expect(entries).toMatchObject([{ by: { name: world.school.admin.name }, address: null }]);
    expect((await run(path)).text).toContain("0 new, 0 changed, 2 unchanged");
  });

  test("rows with problems are named by row and cell, left out, and told by the exit code", async () => {
    const path = await file(
      "新生.csv",
      csvOf([
        ["学号", "姓名", "班级", "学籍号"],
        ["N1", "李梓涵", "三年级1班", nationalNo("2017-05-12", 2)],
        ["N2", "王小明", "三年级1班", "G110101201708040019"],
      ]),
    );
    const { exit, text } = await run(path, "--apply");
    expect(exit).toBe(1);
    expect(text).toContain("row 3 (D3): national-no-check-digit");
    expect(text).not.toContain("李梓涵");
    expect(text).toContain("Taken in.");
  });

  test("a file that cannot be read, a stranger and a school that is not there are refused, and calling it wrongly is told", async () => {
    const delta = {
      "manifest.csv": [
        ["propertyName", "value"],
        ["oneroster.version", "1.1"],
        ["file.users", "delta"],
      ],
    };
    await expect(run(await file("delta.zip", packageOf(delta)))).rejects.toThrow(/delta.*\(users\.csv\)/);
    await expect(run(join(folder, "nowhere.csv"))).rejects.toThrow(/no file/);
    const path = await file("a.csv", "学号,姓名\nN1,李梓涵\n");
    const as = (login: string, ofCode: string) =>
      importRoster.parse([path, "--code", ofCode, "--login", login])(world.database, world.deps.config);
    await expect(as(world.school.homeroom.login, code)).rejects.toThrow(/no administrator/);
    await expect(as(world.neighbour.admin.login, code)).rejects.toThrow(/no administrator/);
    await expect(as(world.school.admin.login, "nowhere")).rejects.toThrow(/no school/);
    expect(() => importRoster.parse([path])).toThrow(/--code/);
    expect(() => importRoster.parse(["--code", code, "--login", "x"])).toThrow(/which file/);
  });
});
