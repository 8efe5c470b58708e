/** Starts a bench-server in a process of its own and stops it again. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import root from "../../package.json" with { type: "json" };

/** What `pnpm start` tells Node. */
export const SERVER_FLAGS = root.scripts.start.split(" ").filter((part) => part.startsWith("--"));

export interface ServerProcess<Facts> {
  readonly facts: Facts;
  readonly pid: number;
  stop(): Promise<void>;
}

/** @returns once the process has printed its line of facts */
export async function startServerProcess<Facts>(
  file: string,
  args: readonly string[],
): Promise<ServerProcess<Facts>> {
  const child = spawn(process.execPath, [...SERVER_FLAGS, new URL(file, import.meta.url).pathname, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    // What `pnpm start` does by `enableCompileCache`.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "doudou-bench-compiled") },
  });
  const exited = once(child, "exit");
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), exited])) as [unknown];
  if (typeof line !== "string") throw new Error(`${file} ${args.join(" ")} ended before it was ready`);
  return {
    facts: JSON.parse(line) as Facts,
    pid: child.pid!,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
