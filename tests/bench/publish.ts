/** A whole school's summaries published as a server does it, and their papers kept: seconds, and memory at its highest. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SERVER_FLAGS } from "./server-process.ts";

export interface PublishFigures {
  readonly published: number;
  /** Until the last snapshot was on the disk. */
  readonly publishSeconds: number;
  /** Until the last PDF was, too. */
  readonly seconds: number;
  /** Without what is mapped of the database's file. */
  readonly memoryMb: number;
}

export async function publishFigures(): Promise<PublishFigures> {
  const folder = await mkdtemp(join(tmpdir(), "doudou-bench-publish-"));
  try {
    await once(fork(PROCESS, [folder, "make"]), "exit");
    const child = fork(PROCESS, [folder], { execArgv: SERVER_FLAGS });
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`publishing ended with ${code}`);
    });
    const [figures] = (await Promise.race([once(child, "message"), ended])) as [PublishFigures];
    await ended.catch(() => undefined);
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const PROCESS = new URL("publish-process.ts", import.meta.url);
