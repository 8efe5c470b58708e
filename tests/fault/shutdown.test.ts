/** Stopping in order, and starts that must not happen: what an operator sees, exit codes included. */
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import { addressToOpen } from "@doudou/server/start-words.ts";
import { bringToToday, Teachers } from "../support/load.ts";
import { type Ended, runDoudou, startMain, startServerProcess } from "../support/process.ts";
import { Screen } from "../support/screen.ts";
import { createSchool, type School } from "../support/school.ts";

const CLOSE_WITHIN_MS = 10_000;
/** Requests that have not ended by then are cut off (server/src/server.ts). */
const CUT_OFF_MS = 5_000;

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "doudou-stop-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const env = () => ({ DATA_DIR: dataDir, DOUDOU_LOG: "error" });
const file = () => join(dataDir, "doudou.sqlite");

describe("a server that is told to stop", () => {
  let school: School;
  beforeEach(async () => {
    const database = await openDatabase({ file: file() });
    school = await createSchool(database, "stop", { children: 40 });
    await bringToToday(database, school);
    await database.close();
  });

  test.each(["SIGTERM", "SIGINT"] as const)(
    "by %s under load answers what it took on, writes it down and leaves",
    async (signal) => {
      const { address, child, ended } = await startServerProcess(env());
      const teachers = await Teachers.signIn(address, school, school.homeroom, new Draw(signal));
      const working = teachers.work(address);
      await teachers.answers(150);
      const { code, ms, stderr } = await stop(signal, child, ended);
      await working;
      expect([code, stderr]).toEqual([0, ""]);
      expect(ms).toBeLessThan(CUT_OFF_MS); // nobody was cut off
      expect([...teachers.refusals]).toEqual([]);

      // Everything is in the one file: copying it copies everything.
      const size = (path: string) =>
        stat(path).then(
          (found) => found.size,
          () => 0,
        );
      expect(await size(`${file()}-wal`)).toBe(0);
      const raw = new BetterSqlite3(file(), { readonly: true });
      onTestFinished(() => void raw.close());
      const kept = new Set(raw.prepare("SELECT id FROM award").pluck().all());
      const { awards, voids } = teachers.acknowledged;
      expect(awards.length).toBeGreaterThan(150);
      expect(awards.filter(({ award }) => !kept.has(award.id))).toEqual([]);
      const voided = new Set(raw.prepare("SELECT award_id FROM award_void").pluck().all());
      expect(voids.filter(({ award }) => !voided.has(award.id))).toEqual([]);
      expect((await runDoudou(["verify"], env())).code).toBe(0);
    },
  );

  test("does not wait for somebody who never finishes a request", async () => {
    const { address, child, ended } = await startServerProcess(env());
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {}); // the server hangs up on us: that is the point
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    socket.write(
      "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
    );
    const response = await fetch(`${address}/healthz`); // by now the other request has begun
    expect(response.status).toBe(200);
    const { code, ms, stderr } = await stop("SIGTERM", child, ended);
    expect([code, stderr]).toEqual([0, ""]);
    expect(ms).toBeLessThan(CLOSE_WITHIN_MS);
    expect((await readdir(dataDir)).filter((name) => name.endsWith("-wal"))).toEqual([]);
  });

  test("ends the streams of those who look on at once", async () => {
    const { address, child, ended } = await startServerProcess(env());
    const teachers = await Teachers.signIn(address, school, school.homeroom, new Draw("looking on"));
    const path = `/classes/${school.classId}/live`;
    const screens = await Promise.all(
      Array.from({ length: 5 }, () => Screen.open(address, path, { cookie: teachers.cookie })),
    );
    await Promise.all(screens.map((screen) => screen.next("position")));
    const { code, ms, stderr } = await stop("SIGTERM", child, ended);
    await Promise.all(screens.map((screen) => screen.ended));
    expect([code, stderr]).toEqual([0, ""]);
    expect(ms).toBeLessThan(CUT_OFF_MS);
  });

  async function stop(
    signal: NodeJS.Signals,
    child: { kill(signal: NodeJS.Signals): boolean },
    ended: Promise<Ended>,
  ) {
    const startedAt = performance.now();
    child.kill(signal);
    child.kill(signal); // impatience changes nothing
    const end = await ended;
    return { ...end, ms: performance.now() - startedAt };
  }
});

describe("a start is refused with a sentence, not a stack", () => {
  const refused = async (more: Record<string, string>) => {
    const { ended } = startMain({ ...env(), ...more });
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).not.toMatch(/\n\s+at |node:internal/);
    return stderr;
  };

  test("when variables are wrong: all of them at once, each with what it may be", async () => {
    const said = await refused({
      PORT: "three thousand",
      HOST: "http://192.168.1.20:3000",
      DATABASE_URL: "mysql://localhost/doudou",
      DOUDOU_LOG: "loud",
      DOUDOU_DEMO: "perhaps",
      DOUDOU_MAX_QUEUED_WRITES: "-1",
    });
    expect(said.trim().split("\n")).toEqual([
      "The configuration has mistakes:",
      '  - PORT must be a whole number from 0 to 65535, not "three thousand"',
      '  - HOST must be an address of this machine such as 127.0.0.1 or 0.0.0.0, not "http://192.168.1.20:3000"',
      "  - DATABASE_URL must be a URL beginning with postgres:// or postgresql://",
      '  - DOUDOU_DEMO must be 1 (yes) or 0 (no), not "perhaps"',
      '  - DOUDOU_LOG must be one of silent, error, warn, info, debug, not "loud"',
      '  - DOUDOU_MAX_QUEUED_WRITES must be a whole number from 1 to 1000000, not "-1"',
    ]);
  });

  test("when another program has the port: which one, and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const said = await refused({ PORT: String(port) });
    expect(said).toBe(
      `Another program listens on port ${port} of 127.0.0.1: stop it, or set PORT to a free one.\n`,
    );
  });

  test("when HOST is no address of this machine, or a name that nobody knows", async () => {
    // Of the block that is kept for documentation: RFC 5737.
    expect(await refused({ HOST: "192.0.2.1" })).toBe(
      "This machine has no address 192.0.2.1: set HOST to one that it has.\n",
    );
    expect(await refused({ HOST: "nobody.invalid" })).toMatch(
      /^No address is known of nobody\.invalid \(E\w+\): write HOST, /,
    );
  });

  test("when DATA_DIR is a file, or lies in one, or holds something else under the database's name", async () => {
    const paper = join(dataDir, "paper");
    await writeFile(paper, "");
    for (const path of [paper, join(paper, "data")])
      expect(await refused({ DATA_DIR: path })).toMatch(
        new RegExp(`^${RegExp.escape(path)} cannot be made a folder \\(E\\w+\\): set DATA_DIR `),
      );
    await mkdir(file());
    expect(await refused({})).toMatch(/^The database in DATA_DIR cannot be used \(SQLITE_CANTOPEN\)/);
  });

  test("when no PostgreSQL answers", async () => {
    const nobody = createServer().listen(0, "127.0.0.1");
    await once(nobody, "listening");
    const { port } = nobody.address() as AddressInfo;
    nobody.close();
    await once(nobody, "close");
    for (const host of ["127.0.0.1", "localhost"]) {
      const said = await refused({ DATABASE_URL: `postgres://doudou:secret@${host}:${port}/doudou` });
      expect(said).toMatch(/^The database of DATABASE_URL does not answer/);
      expect(said).not.toContain("secret");
    }
  });

  test("when a newer version made the database, and nothing in it is touched", async () => {
    await (await openDatabase({ file: file() })).close();
    const raw = new BetterSqlite3(file());
    raw.exec("INSERT INTO schema_migration VALUES ('9999_future', 'x', '2030-01-01')");
    const before = raw.serialize();
    raw.close();
    expect(await refused({})).toMatch(
      /made by a newer version .*it has 9999_future.*Install the newer version/,
    );
    const verified = await runDoudou(["verify"], env());
    expect([verified.code, verified.stdout]).toEqual([2, ""]);
    expect(verified.stderr).toMatch(/^This database was made by a newer version[^\n]*\n$/);
    const after = new BetterSqlite3(file(), { readonly: true });
    onTestFinished(() => void after.close());
    expect(after.serialize().equals(before)).toBe(true);
  });
});

test("a server prints an address that answers, whatever it listens on", async () => {
  for (const [host, printed] of [
    ["127.0.0.1", "localhost"],
    ["0.0.0.0", "localhost"],
    ["localhost", "localhost"],
    ["127.0.0.9", "127.0.0.9"],
  ] as const) {
    const { child, ended, line } = startMain({ ...env(), PORT: "0", HOST: host });
    const address = await line(/ready at (http:\S+)/);
    expect([host, new URL(address).hostname]).toEqual([host, printed]);
    expect([host, (await fetch(`${address}/healthz`)).status]).toEqual([host, 200]);
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  }
  expect(addressToOpen("::1", 3000)).toBe("http://[::1]:3000");
});

test("a start without the demo makes nobody and says how to make the first administrator", async () => {
  const { child, ended } = await startServerProcess(env());
  child.kill("SIGTERM");
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toContain("create-admin");
  expect(stdout).not.toContain("Demo logins");
  const database = await openDatabase({ file: file() });
  onTestFinished(() => database.close());
  expect(await database.read(EVERY_SCHOOL, schoolIds)).toEqual([]);
});
