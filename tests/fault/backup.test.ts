/** A backup from the shell while the school works: what was acknowledged before it began is in it, whole. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import { bringToToday, Teachers } from "../support/load.ts";
import { runDoudou, startServerProcess } from "../support/process.ts";
import { createSchool } from "../support/school.ts";

test("a backup taken while teachers award restores with every award that was acknowledged before", async () => {
  const root = await mkdtemp(join(tmpdir(), "doudou-backup-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [dataDir, drill, passphrase] = ["data", "drill", "passphrase"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(passphrase, "correct horse 电池 staple\n");
  const env = { DATA_DIR: dataDir, DOUDOU_LOG: "error", DOUDOU_BACKUP_PASSPHRASE_FILE: passphrase };
  const database = await openDatabase({ file: join(dataDir, "doudou.sqlite") });
  const school = await createSchool(database, "backup", { children: 40 });
  await bringToToday(database, school);
  await database.close();

  const { address, child, ended } = await startServerProcess(env);
  onTestFinished(() => void child.kill("SIGKILL"));
  const teachers = await Teachers.signIn(address, school, school.homeroom, new Draw("backup"));
  const working = teachers.work(address);
  await teachers.answers(50);
  const before = { ...teachers.acknowledged };
  const made = await runDoudou(["backup", "--to", join(root, "backups"), "--json"], env);
  expect([made.code, made.stderr]).toEqual([0, expect.stringContaining("recounting the ledger")]);
  const { file } = (JSON.parse(made.stdout) as { made: { file: string } }).made;

  // Work went on meanwhile, and a restore keeps off a folder that is in use.
  expect(teachers.acknowledged.awards.length).toBeGreaterThan(before.awards.length);
  const refused = await runDoudou(["restore", file, "--overwrite"], env);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("stop it first")]);
  child.kill("SIGTERM");
  await Promise.all([working, ended]);

  const there = { ...env, DATA_DIR: drill };
  const restored = await runDoudou(["restore", file, "--json"], there);
  expect(restored.code).toBe(0);
  expect((await runDoudou(["verify"], there)).code).toBe(0);
  const raw = new BetterSqlite3(join(drill, "doudou.sqlite"), { readonly: true });
  onTestFinished(() => void raw.close());
  const kept = new Set(raw.prepare("SELECT id FROM award").pluck().all());
  const voided = new Set(raw.prepare("SELECT award_id FROM award_void").pluck().all());
  expect(before.awards.length).toBeGreaterThan(50);
  expect(before.awards.filter(({ award }) => !kept.has(award.id))).toEqual([]);
  expect(before.voids.filter(({ award }) => !voided.has(award.id))).toEqual([]);
});
