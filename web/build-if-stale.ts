/**
 * Builds the web app only when a file it is made from has changed since the last build.
 * Used by `pnpm start` and by the end-to-end tests; two callers at once build once. Never decides by file times.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout as after } from "node:timers/promises";

const web = import.meta.dirname;
const root = join(web, "..");
const fingerprintFile = join(web, "build/.fingerprint");
const lockFile = join(web, "node_modules/.build-lock");

/**
 * @returns "fresh" when `web/build` was made from the sources as they are now, else "built" after building it
 * @throws when the build fails, with what it printed
 */
export async function buildIfStale(): Promise<"fresh" | "built"> {
  if (await isFresh()) return "fresh";
  const unlock = await lock();
  try {
    const sources = await fingerprint();
    if (await isFresh()) return "fresh"; // whoever held the lock has built it
    await build();
    await writeFile(fingerprintFile, sources);
    return "built";
  } finally {
    await unlock();
  }
}

async function isFresh(): Promise<boolean> {
  const built = await readFile(fingerprintFile, "utf8").catch(() => undefined);
  return built !== undefined && built === (await fingerprint());
}

/** A hash over the names and contents of everything the build reads. */
async function fingerprint(): Promise<string> {
  const files = [
    join(root, "pnpm-lock.yaml"),
    ...(await filesIn(web)),
    ...(await filesIn(join(root, "shared/src"))),
  ];
  const hash = createHash("sha256");
  for (const file of files.sort())
    hash
      .update(relative(root, file))
      .update("\0")
      .update(await readFile(file))
      .update("\0");
  return hash.digest("hex");
}

/** What the build itself writes, and what it never reads; beside these every name that begins with a dot. */
const notSources = new Set(["node_modules", "build", "paraglide", "cache", "README.md"]);

async function filesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !name.startsWith(".") && !notSources.has(name),
  );
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Runs web's own `build` script with the Node that runs us. Always for production, whoever asks: within a test run
 * NODE_ENV says otherwise, and what was built there, a fifth larger and slower, would be served afterwards.
 */
async function build(): Promise<void> {
  await rm(join(web, "build"), { recursive: true, force: true });
  const child = spawn(process.execPath, ["--run", "build"], {
    cwd: web,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`The web app could not be built:\n${output}`);
}

/** Waits for the lock; the lock of a process that is gone counts for nothing. */
async function lock(): Promise<() => Promise<void>> {
  await mkdir(join(web, "node_modules"), { recursive: true });
  for (;;) {
    try {
      const file = await open(lockFile, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(lockFile, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const holder = Number(await readFile(lockFile, "utf8").catch(() => ""));
    if (holder > 0 && !isRunning(holder)) await rm(lockFile, { force: true });
    await after(200);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
