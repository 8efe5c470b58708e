/** Backups: what is in one comes back as it was, on either engine; what is not whole never gets anywhere. */
import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { contentsOf } from "@doudou/db/engines/sqlite-file.ts";
import { type BackupOrder, type MadeBackup, makeBackup } from "@doudou/server/operate/backup.ts";
import { manifestOf, writeBackupFile } from "@doudou/server/operate/backup-file.ts";
import { restoreBackup, type RestoreOrder } from "@doudou/server/operate/restore.ts";
import { awardIn, clientOf } from "../support/client.ts";
import { ENGINES } from "../support/databases.ts";
import { dumpOf } from "../support/dump.ts";
import { agreeToPhotos, photo } from "../support/pictures.ts";
import { WORLD_NOW } from "../support/school.ts";
import { createWorld, type World } from "../support/world.ts";

const PASSPHRASE = "森林里的 correct horse";
/** Guessing costs nothing here, so that the tests do not cost anything either. */
const WORK_FACTOR = 4;

let root: string;
let world: World;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "doudou-backup-"));
});
afterEach(async () => {
  await world.close();
  await rm(root, { recursive: true, force: true });
});

const backupOf = async (over: Partial<BackupOrder> = {}): Promise<MadeBackup> => {
  const made = await makeBackup(world.database, {
    dataDir: world.deps.config.dataDir,
    to: join(root, "backups"),
    passphrase: PASSPHRASE,
    now: () => WORLD_NOW,
    onStep: () => {},
    workFactor: WORK_FACTOR,
    ...over,
  });
  if (!made) throw new Error("there was nothing to do");
  return made;
};
const restoring = (file: string, over: Partial<RestoreOrder> = {}) =>
  restoreBackup({
    file,
    dataDir: join(root, "restored"),
    passphrase: PASSPHRASE,
    overwrite: false,
    now: () => WORLD_NOW,
    onStep: () => {},
    ...over,
  });
const restoredFile = () => join(root, "restored/doudou.sqlite");
/** What a folder holds, but for locks. */
const namesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((name) => !name.endsWith(".lock")).sort();

describe.each(ENGINES)("on %s", (engine) => {
  beforeEach(async () => {
    world = await createWorld(engine);
  });

  test("everything comes back as it was: every row, every picture", async () => {
    const { school } = world;
    const teacher = await clientOf(world, school.homeroom);
    const [, child] = school.children;
    await agreeToPhotos(world.database, school, [child!]);
    const picture = await teacher.upload(await photo(), [child!]);
    const given = awardIn(school, WORLD_NOW, {
      observationPointId: school.points.withPicture,
      evidenceIds: [picture.id],
    });
    expect(await teacher.award(given, awardIn(school, WORLD_NOW))).toMatchObject([
      { status: "recorded" },
      { status: "recorded" },
    ]);

    const before = await dumpOf(world.database);
    const made = await backupOf();
    expect(made).toMatchObject({ schools: 2, awards: 2, pictures: 1, takenAt: WORLD_NOW.toISOString() });
    expect(await readdir(join(root, "backups"))).toEqual(["doudou-2026-11-11T02-00-00Z.tar.gz.age"]);
    expect((await readFile(made.file)).toString("latin1", 0, 21)).toBe("age-encryption.org/v1");
    expect((await stat(made.file)).mode & 0o077).toBe(0);

    const { manifest, movedTo } = await restoring(made.file);
    expect([manifest.engine, movedTo]).toEqual([engine, null]);
    const restored = await openDatabase({ file: restoredFile() });
    onTestFinished(() => restored.close());
    expect(await dumpOf(restored)).toEqual(before);
    expect(await namesIn(join(root, "restored/evidence"))).toEqual(
      (await namesIn(join(world.deps.config.dataDir, "evidence"))).filter((name) => name !== "incoming"),
    );
  });
});

describe("what is not right", () => {
  beforeEach(async () => {
    world = await createWorld();
  });

  test("a file cut off, with one bit turned, or of another passphrase is refused and changes nothing", async () => {
    const { file, bytes } = await backupOf();
    const refusal =
      (change: (path: string) => Promise<void>, passphrase = PASSPHRASE) =>
      async () => {
        const copy = join(root, "altered.age");
        await cp(file, copy);
        await change(copy);
        return await restoring(copy, { passphrase });
      };
    const flip = (at: number) => async (path: string) => {
      const handle = await open(path, "r+");
      const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
      await handle.write(Buffer.of(buffer[0]! ^ 1), 0, 1, at);
      await handle.close();
    };
    await expect(refusal((path) => truncate(path, bytes - 1))()).rejects.toThrow(/damaged or cut off/);
    await expect(refusal((path) => truncate(path, Math.floor(bytes / 2)))()).rejects.toThrow(/cut off/);
    await expect(refusal((path) => truncate(path, 0))()).rejects.toThrow(/not a backup/);
    await expect(refusal(flip(bytes - 1))()).rejects.toThrow(/damaged/);
    await expect(refusal(flip(Math.floor(bytes / 2)))()).rejects.toThrow(/damaged/);
    await expect(refusal(async () => {}, "another passphrase")()).rejects.toThrow(
      "The passphrase does not open this backup. Nothing was changed.",
    );
    expect(await namesIn(join(root, "restored"))).toEqual([]);
    await expect(restoring(file)).resolves.toMatchObject({ movedTo: null });
  });

  test("a backup that does not stand up to its proof is removed", async () => {
    const teacher = await clientOf(world, world.school.homeroom);
    await teacher.award(awardIn(world.school, WORLD_NOW));
    await world.database.write(world.school.id, async ({ db, tables }) => {
      await db.update(tables.dayTally).set({ beans: 99 });
    });
    await expect(backupOf()).rejects.toThrow(/1 tallies and 0 badges striven for differ/);
    expect(await readdir(join(root, "backups"))).toEqual([]);
    expect((await readdir(world.deps.config.dataDir)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("a picture that is missing is noticed when the backup is made, not when it is needed", async () => {
    const { school } = world;
    const teacher = await clientOf(world, school.homeroom);
    await agreeToPhotos(world.database, school, school.children);
    expect(await teacher.upload(await photo(), [school.children[1]!])).toMatchObject({ status: 200 });
    await rm(join(world.deps.config.dataDir, "evidence"), { recursive: true });
    await expect(backupOf()).rejects.toThrow(/2 picture files are not right/);
  });

  /** A backup as this software would never write it. */
  const forged = async (change: (folder: string) => Promise<void>) => {
    const folder = await mkdtemp(join(root, "parts-"));
    await mkdir(join(folder, "evidence"));
    const database = join(folder, "doudou.sqlite");
    await world.database.snapshotInto(database);
    const facts = { takenAt: WORLD_NOW.toISOString(), engine: "sqlite", ...contentsOf(database) } as const;
    await change(folder);
    await writeFile(join(folder, "manifest.json"), JSON.stringify(await manifestOf(folder, facts)));
    const file = `${folder}.age`;
    await writeBackupFile(file, {
      folder,
      passphrase: PASSPHRASE,
      total: 1,
      onShare: () => {},
      workFactor: 4,
    });
    return file;
  };
  const altered = (statement: string) =>
    forged(async (folder) => {
      const raw = new BetterSqlite3(join(folder, "doudou.sqlite"));
      raw.exec(statement);
      raw.close();
    });

  test("a backup of a newer version of the software, with other rows or with more in it is refused", async () => {
    const later = await altered(
      "UPDATE schema_migration SET name = '9999_later' WHERE name = '0000_initial'",
    );
    await expect(restoring(later)).rejects.toThrow(/newer version.*9999_later/);
    const more = await altered("INSERT INTO sign_in_throttle VALUES ('x', 1, 1)");
    await expect(restoring(more)).rejects.toThrow(/has not the rows it should have in sign_in_throttle/);
    const stranger = await forged((folder) => writeFile(join(folder, "evidence/run-me.sh"), "echo"));
    await expect(restoring(stranger)).rejects.toThrow("holds evidence/run-me.sh, which belongs to no backup");
    expect(await namesIn(join(root, "restored"))).toEqual([]);
  });

  test("a passphrase that anybody would guess makes no backup", async () => {
    await expect(backupOf({ passphrase: "doudou-demo" })).rejects.toThrow(/too short/);
  });
});

describe("a folder that is not empty", () => {
  let file: string;
  beforeEach(async () => {
    world = await createWorld();
    ({ file } = await backupOf());
    await restoring(file);
  });

  test("is left alone without --overwrite, and moved aside with it", async () => {
    const raw = new BetterSqlite3(restoredFile());
    raw.exec("CREATE TABLE mine (note TEXT) STRICT");
    raw.close();
    await expect(restoring(file)).rejects.toThrow(/already\. With --overwrite it is moved aside/);

    const { movedTo } = await restoring(file, { overwrite: true });
    expect(contentsOf(join(movedTo!, "doudou.sqlite")).rows).toHaveProperty("mine");
    expect(contentsOf(restoredFile()).rows).not.toHaveProperty("mine");
    expect((await readdir(join(root, "restored"))).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("is left alone while anybody uses it", async () => {
    const used = await openDatabase({ file: restoredFile() });
    onTestFinished(() => used.close());
    await expect(restoring(file, { overwrite: true })).rejects.toThrow(/stop it first/);
    await used.close();
    await expect(restoring(file, { overwrite: true })).resolves.toBeDefined();
  });

  test("that a restore left half done opens for nobody until it is done again", async () => {
    await writeFile(`${restoredFile()}.replacing`, "/somewhere\n");
    await expect(openDatabase({ file: restoredFile() })).rejects.toThrow(/interrupted: run the same restore/);
    await restoring(file, { overwrite: true });
    await (await openDatabase({ file: restoredFile() })).close();
  });
});
