/** `doudou prune` and `doudou rotate-secrets`: what is over goes, what is to end ends, and the ledger stays as it is. */
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { addSchoolKey, schoolKeysOf, signingKeyOf } from "@doudou/db/repositories/school-keys.ts";
import { rotateSecrets } from "@doudou/server/cli/rotate-secrets.ts";
import { prune } from "@doudou/server/operate/prune.ts";
import { picturePath } from "@doudou/server/pictures/picture-files.ts";
import { awardIn, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { joinAs, printLetters } from "../support/guardians.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;
const LEDGER = [
  "award",
  "awardVoid",
  "awardEvidence",
  "tally",
  "dayTally",
  "termSummary",
  "auditEntry",
] as const;

describe.each(ENGINES)("on %s", (engine) => {
  let world: World;
  let backupDir: string;
  beforeEach(async () => {
    backupDir = await mkdtemp(join(tmpdir(), "doudou-prune-"));
    world = await createWorld(engine, {
      DOUDOU_BACKUP_DIR: backupDir,
      DOUDOU_BACKUP_PASSPHRASE_FILE: "/nowhere",
      DOUDOU_BACKUP_KEEP: "1 0 0",
    });
  });
  afterEach(async () => {
    await world.close();
    await rm(backupDir, { recursive: true, force: true });
  });

  const boardLinkOf = async () => {
    const teacher = await clientOf(world, world.school.homeroom);
    const path = `/classes/${world.school.classId}/board-links`;
    return await teacher.ask("POST", path, { way: "here", showsNumbers: false });
  };

  test("pruning removes what is over and leaves every award, void and tally as it is", async () => {
    const { school, deps, database } = world;
    const teacher = await clientOf(world, school.homeroom);
    const taken = awardIn(school, WORLD_NOW);
    await teacher.award(awardIn(school, WORLD_NOW), taken);
    await teacher.void([taken.id]);
    await teacher.get(`/students/${school.children[1]!.id}/portfolio`);
    expect((await boardLinkOf()).status).toBe(200);
    const reminder = {
      id: taken.id,
      text: "上课请举手",
      guardianMaySee: false,
      occurredAt: WORLD_NOW.toISOString(),
    };
    const about = `/students/${school.children[1]!.id}/reminders`;
    expect((await teacher.ask("POST", about, reminder)).status).toBe(200);
    const stray = join(deps.config.dataDir, picturePath(school.id, "a".repeat(64)));
    await mkdir(dirname(stray), { recursive: true });
    await writeFile(stray, "no picture of anything");
    await utimes(stray, new Date(0), new Date(0));
    const names = ["doudou-2026-11-09T18-30-00Z.tar.gz.age", "doudou-2026-11-10T18-30-00Z.tar.gz.age"];
    for (const name of names) await writeFile(join(backupDir, name), "");

    const ledger = async () => {
      const dump = await dumpOf(database);
      return LEDGER.map((name) => [name, dump[name]]);
    };
    const before = await ledger();
    expect(await prune(deps, () => {})).toMatchObject({
      reminders: 0,
      boardLinks: 0,
      imports: 0,
      backups: [expect.stringContaining("11-09")],
    });
    expect((await dumpOf(database))["boardLink"]).toHaveLength(1);
    await expect(readdir(dirname(stray))).resolves.toEqual([]);
    expect(await readdir(backupDir)).toEqual([names[1]]);

    world.setNow(new Date(WORLD_NOW.getTime() + 365 * DAY_MS));
    expect(await prune(deps, () => {})).toMatchObject({ reminders: 1, boardLinks: 1, backups: [] });
    expect(await ledger()).toEqual(before);
  });

  test("letters for guardians go a month after they are over, but those somebody joined by stay as long as that holds", async () => {
    const { school, deps, database } = world;
    const teacher = await clientOf(world, school.homeroom);
    const [first, second] = school.children;
    const codes = await printLetters(teacher, school.classId, first!.id);
    await joinAs(world, codes[0]!);
    await printLetters(teacher, school.classId, second!.id);
    const letters = async () => (await dumpOf(database))["guardianLetter"]?.length;
    world.setNow(new Date(WORLD_NOW.getTime() + 59 * DAY_MS));
    expect(await prune(deps, () => {})).toMatchObject({ letters: 0 });
    world.setNow(new Date(WORLD_NOW.getTime() + 61 * DAY_MS));
    expect(await prune(deps, () => {})).toMatchObject({ letters: 1 });
    expect(await letters()).toBe(1);
    expect((await dumpOf(database))["guardianJoining"]).toHaveLength(1);
  });

  test("rotating the secrets of a school signs its people out, and nobody else's", async () => {
    const { school, neighbour, database, deps } = world;
    const [teacher, other] = [
      await clientOf(world, school.homeroom),
      await clientOf(world, neighbour.homeroom),
    ];
    const board = await boardLinkOf();
    const { token, link } = JSON.parse(board.body) as { token: string; link: { id: string } };
    const show = () =>
      world.app.server.inject({
        url: `/api/v1/board/${link.id}`,
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await show()).statusCode).not.toBe(401);
    const said = vi.spyOn(console, "log").mockReturnValue();
    onTestFinished(() => said.mockRestore());

    const rows = (await dumpOf(database))["school"] ?? [];
    const schools = rows.map((row) => JSON.parse(row) as { schoolId: string; code: string });
    const code = schools.find(({ schoolId }) => schoolId === school.id)!.code;
    expect(await rotateSecrets.parse(["--code", code, "--yes", "--json"])(database, deps.config)).toBe(0);
    expect(JSON.parse(String(said.mock.calls[0]![0]))).toMatchObject({ boardLinks: 1, cards: 0 });
    expect((await teacher.ask("GET", "/session")).status).toBe(401);
    expect((await other.ask("GET", "/session")).status).toBe(200);
    expect((await show()).statusCode).toBe(401);
    await expect(clientOf(world, school.homeroom)).resolves.toBeDefined();

    const keyId = uuidv7();
    const key = { id: keyId, x: "x", sealedSecret: "0:d", madeBy: null, madeAt: WORLD_NOW };
    await database.write(school.id, (store) => addSchoolKey(store, school.id, key));
    const all = ["--every-school", "--yes", "--cards", "--school-keys"];
    expect(await rotateSecrets.parse(all)(database, deps.config)).toBe(0);
    // The private half is gone; what it signed can be verified.
    expect(await database.read(school.id, (store) => signingKeyOf(store, school.id))).toBeUndefined();
    expect(await database.read(school.id, (store) => schoolKeysOf(store, school.id))).toMatchObject([
      { id: keyId },
    ]);
    expect((await other.ask("GET", "/session")).status).toBe(401);
    const none = rotateSecrets.parse(["--code", "nowhere", "--yes"])(database, deps.config);
    await expect(none).rejects.toThrow("There is no school with the code nowhere.");
  });
});

test("whose secrets end has to be said, and said twice", () => {
  expect(() => rotateSecrets.parse(["--code", "forest"])).toThrow(/say --yes/);
  expect(() => rotateSecrets.parse(["--yes"])).toThrow(/either --code CODE or --every-school/);
  expect(() => rotateSecrets.parse(["--code", "forest", "--every-school", "--yes"])).toThrow(/either/);
});
