/**
 * What somebody waits for who tries the product: the demo schools' making on an empty folder, and `pnpm start` on a folder
 * that has data. Runs the command itself, as a user does, with the web app built.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { buildIfStale } from "../../web/build-if-stale.ts";
import { startServerProcess } from "./server-process.ts";

export interface StartFigures {
  /** Of the call that makes the demo schools, in a process of its own. */
  readonly demoMs: number;
  /** From the command until the first yes of /readyz, of each later start. */
  readonly laterStartsMs: readonly number[];
}

const ROOT = join(import.meta.dirname, "../..");
const LATER_STARTS = 3;
const ASK_EVERY_MS = 10;

export async function startFigures(): Promise<StartFigures> {
  await buildIfStale();
  const folder = await mkdtemp(join(tmpdir(), "doudou-bench-start-"));
  try {
    const making = await startServerProcess<{ madeInMs: number }>("school-server.ts", [folder, "1"]);
    await making.stop();
    await startMs(folder); // the first, which leaves behind what it has compiled
    const laterStartsMs: number[] = [];
    for (let start = 0; start < LATER_STARTS; start++) laterStartsMs.push(await startMs(folder));
    return { demoMs: making.facts.madeInMs, laterStartsMs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns milliseconds from `pnpm start` until it is ready */
async function startMs(folder: string): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn("pnpm", ["start"], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: folder, PORT: String(port), DOUDOU_LOG: "error" },
    stdio: ["ignore", "ignore", "inherit"],
    // A group of its own, so that what pnpm has started ends with it.
    detached: true,
  });
  const exited = once(child, "exit");
  let isOver = false;
  void exited.then(() => (isOver = true));
  try {
    while (!(await isReady(port))) {
      if (isOver) throw new Error("`pnpm start` ended before it was ready");
      await pause(ASK_EVERY_MS);
    }
    return performance.now() - began;
  } finally {
    if (!isOver) process.kill(-child.pid!, "SIGTERM");
    await exited;
    while (await isReady(port)) await pause(ASK_EVERY_MS);
  }
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
