/**
 * The product as processes: `doudou …` from a shell, and the server as `pnpm start` runs it. Nothing of the test's own
 * environment reaches them but PATH.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const server = (file: string) => fileURLToPath(new URL(`../../server/src/${file}`, import.meta.url));

type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one `pnpm doudou` command to its end. */
export async function runDoudou(args: readonly string[], env: Environment, input = ""): Promise<Ended> {
  const { child, ended } = start(server("cli/doudou.ts"), args, env);
  child.stdin?.end(input);
  return await ended;
}

export interface ServerProcess {
  readonly address: string;
  readonly child: ChildProcess;
  /** Resolves when the process is gone. */
  readonly ended: Promise<Ended>;
  /** What a pattern's first group catches, once the process has printed it. */
  readonly line: (pattern: RegExp) => Promise<string>;
}

/** Starts the server on a free port. @throws with what it printed, when it ends before it is ready */
export async function startServerProcess(env: Environment): Promise<ServerProcess> {
  const { child, ended, line } = startMain({ PORT: "0", ...env });
  const ready = await Promise.race([line(/ready at (http:\S+)/), ended]);
  if (typeof ready !== "string") {
    throw new Error(
      `The server ended with ${ready.code} before it was ready:\n${ready.stderr}${ready.stdout}`,
    );
  }
  // `localhost` may also be ::1, where the server does not listen.
  return { address: ready.replace("localhost", "127.0.0.1"), child, ended, line };
}

/** Starts the server and waits for nothing: for starts that are to fail. */
export function startMain(env: Environment) {
  return start(server("main.ts"), [], { DOUDOU_DEMO: "0", ...env });
}

function start(file: string, args: readonly string[], env: Environment) {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then((): Ended => ({ code: child.exitCode, stdout, stderr }));
  return {
    child,
    ended,
    line: async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const [, caught] = pattern.exec(stdout) ?? [];
        if (caught !== undefined) return caught;
        await once(child.stdout, "data");
      }
    },
  };
}
