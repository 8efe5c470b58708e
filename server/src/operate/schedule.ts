/**
 * The daily backup, made by the running server in a process beside it, at low priority: `doudou backup`, as from a shell.
 * One that was missed is made up at once; one that failed is tried again an hour later. Several servers may look: only
 * one backup is made.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { lastDue } from "@doudou/shared/domain/backups.ts";
import { type Config, environmentOf } from "../config.ts";
import { backupsIn } from "./backup-folder.ts";
import { regularly } from "./regularly.ts";

const DOUDOU = fileURLToPath(new URL("../cli/doudou.ts", import.meta.url));
const LOOK_EVERY_MS = 60_000;
const AGAIN_AFTER_MS = 3_600_000;

/** Where it says how it went. Fits a pino logger. */
export interface ScheduleLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/**
 * Makes backups as configured, from now on; none where no folder is configured.
 * @returns what stops it, and a backup under way with it
 */
export function backUpRegularly(config: Config, now: () => Date, log: ScheduleLog): () => Promise<void> {
  const { backupDir } = config;
  if (backupDir === undefined) return async () => {};
  let child: ChildProcess | undefined;
  let isStopped = false;
  let failedAt = -Infinity;

  async function look(folder: string): Promise<void> {
    const due = lastDue(now().getTime(), config.backupAt);
    const latest = (await backupsIn(folder)).at(-1);
    const isTooSoon = failedAt >= due && now().getTime() < failedAt + AGAIN_AFTER_MS;
    if (isStopped || isTooSoon || (latest && latest.takenAt.getTime() >= due)) return;
    const problem = await backUp(new Date(due));
    if (isStopped) return;
    if (problem === undefined) return log.info({ folder }, "backed up");
    failedAt = now().getTime();
    log.error({ folder, problem }, "the backup failed");
  }

  /** @returns what went wrong */
  async function backUp(due: Date): Promise<string | undefined> {
    const args = [DOUDOU, "backup", "--unless-since", due.toISOString(), "--remove-old"];
    child = spawn(process.execPath, args, {
      env: { ...environmentOf(config) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const said = child.stderr ? text(child.stderr) : Promise.resolve("");
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    child = undefined;
    if (code === 0) return undefined;
    return (await said).trim().split("\n").at(-1) ?? `it ended with ${code ?? signal}`;
  }

  const stop = regularly(
    LOOK_EVERY_MS,
    () => look(backupDir),
    (error) => log.error({ err: error }, "the backup failed"),
  );
  return async () => {
    isStopped = true;
    // What it leaves behind the next backup clears away.
    child?.kill("SIGKILL");
    await stop();
  };
}
