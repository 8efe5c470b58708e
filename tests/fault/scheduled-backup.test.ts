/** The server backs up by itself: what was missed is made up, once, old ones go, and stopping does not wait for it. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { runDoudou, startServerProcess } from "../support/process.ts";
import { createSchool } from "../support/school.ts";

let root: string;
let env: Record<string, string>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "doudou-nightly-"));
  await writeFile(join(root, "passphrase"), "correct horse 电池 staple\n");
  env = {
    DATA_DIR: join(root, "data"),
    DOUDOU_LOG: "info",
    DOUDOU_BACKUP_DIR: join(root, "backups"),
    DOUDOU_BACKUP_PASSPHRASE_FILE: join(root, "passphrase"),
    DOUDOU_BACKUP_KEEP: "1 0 1",
  };
  const database = await openDatabase({ file: join(root, "data/doudou.sqlite") });
  await createSchool(database, "nightly");
  await database.close();
  await mkdir(join(root, "backups"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const backups = async () => (await readdir(join(root, "backups"))).filter((name) => name.endsWith(".age"));
const started = async () => {
  const server = await startServerProcess(env);
  onTestFinished(() => void server.child.kill("SIGKILL"));
  return server;
};
const PATIENCE = { timeout: 60_000 };

test("a backup that was missed is made when the server starts, and another server makes no second", async () => {
  const old = ["doudou-2020-01-01T18-30-00Z.tar.gz.age", "doudou-2020-01-02T18-30-00Z.tar.gz.age"];
  for (const name of [...old, "holiday.jpg"]) await writeFile(join(root, "backups", name), "");
  const first = await started();
  const second = await started();
  const made = async () => (await backups()).filter((name) => !old.includes(name));
  await expect.poll(made, PATIENCE).toHaveLength(1);
  // The old ones go once there is a new one; what is not ours stays.
  await expect.poll(backups, PATIENCE).toEqual(await made());
  expect(await readdir(join(root, "backups"))).toContain("holiday.jpg");

  const metrics = await (await fetch(`${first.address}/metrics`)).text();
  const [, seconds] = /^doudou_backup_last_success_timestamp_seconds (\d+)/m.exec(metrics) ?? [];
  expect(Math.abs(Number(seconds) * 1000 - Date.now())).toBeLessThan(120_000);
  for (const { child, ended } of [first, second]) {
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  }
  expect(await made()).toHaveLength(1);
  const drill = { ...env, DATA_DIR: join(root, "drill") };
  const restored = await runDoudou(["restore", join(root, "backups", (await made())[0]!)], drill);
  expect([restored.code, restored.stdout]).toEqual([0, expect.stringContaining("0 pictures")]);
});

test("a server that is told to stop ends the backup under way, and the next one clears up after it", async () => {
  const { child, ended } = await started();
  const stages = async () =>
    (await readdir(join(root, "data"))).filter((name) => name.startsWith(".backup-"));
  await expect.poll(stages, { ...PATIENCE, interval: 5 }).toHaveLength(1);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
  expect(await backups()).toEqual([]);

  expect((await runDoudou(["backup"], env)).code).toBe(0);
  expect(await stages()).toEqual([]);
  expect(await readdir(join(root, "backups"))).toEqual(await backups());
});

test("a backup that fails is told in the log", async () => {
  await rm(join(root, "passphrase"));
  const { child, ended } = await started();
  let log = "";
  child.stdout?.on("data", (text: string) => (log += text));
  await expect.poll(() => log, PATIENCE).toMatch(/the passphrase cannot be read.*the backup failed/i);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});
