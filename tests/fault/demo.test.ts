/**
 * The first start with the demo, as a visitor makes it: what it prints is enough to sign in, it is made only once, and
 * a start that is cut is finished by the next.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DEMO_PASSWORD } from "@doudou/server/demo.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type { SummaryList } from "@doudou/shared/contract/summaries.ts";
import { type ServerProcess, startMain, startServerProcess } from "../support/process.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "doudou-demo-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("an empty folder becomes the demo schools, whose printed logins open them; another start makes nothing anew", async () => {
  const first = await startServerProcess(env());
  const printed = await first.line(/(Demo logins[^]+小溪学校)/);
  const password = /password (\S+):/.exec(printed)?.[1] ?? "";
  const logins = [...printed.matchAll(/^ {2}(\w+) /gm)].map(([, login = ""]) => login);
  expect(logins).toEqual([
    "teacher1",
    "student1",
    "parent1",
    "parent2",
    "teacher4",
    "teacher15",
    "admin",
    "creek1",
  ]);
  for (const login of logins)
    expect([login, await statusOfSignIn(first, login, password)]).toEqual([login, 200]);
  expect(await statusOfSignIn(first, "teacher1", "something else")).toBe(401);
  const card = await first.line(/^((?:\w{4} ){3}\w{4}),/m);
  const shown = await posted(first, "/session/card/look", { code: card });
  expect([shown.status, await shown.json()]).toMatchObject([200, { pinKind: "pictures", hasPin: false }]);
  const { memberships } = await readAs<SessionView>(first, "parent2", "/session");
  const theirs = memberships.flatMap(({ students }) => students);
  const lists = await Promise.all(
    theirs.map(({ id }) => readAs<SummaryList>(first, "parent2", `/students/${id}/summaries`)),
  );
  const corrected = lists.flatMap(({ summaries }) => summaries).filter(({ revision }) => revision === 2);
  expect(corrected.map(({ waitsFor }) => waitsFor)).toEqual(["reading"]);
  const { stdout } = await stopped(first);
  expect(stdout).toContain("Making the demo schools: 100 %");
  const made = whatIsThere();
  expect(made["school"]).toHaveLength(2);

  const second = await startServerProcess(env());
  expect(await statusOfSignIn(second, "teacher1", password)).toBe(200);
  expect((await stopped(second)).stdout).not.toContain("Making the demo schools");
  expect(whatIsThere()).toEqual(made);
});

test("a first start that is killed while it publishes is finished by the next, and by none after it", async () => {
  const killed = startMain(env());
  await killed.line(/(summaries)/);
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(whatIsThere()["work"]).toEqual([]);

  const second = await stopped(await startServerProcess(env()));
  expect(second.stdout).toContain("Making the demo schools: 100 %");
  const finished = whatIsThere();
  expect(finished["term_summary"]?.length).toBeGreaterThan(300);
  expect(finished["work"]?.length).toBeGreaterThan(5);
  expect(finished["activity"]?.length).toBeGreaterThan(3);
  expect((await stopped(await startServerProcess(env()))).stdout).not.toContain("Making the demo schools");
  expect(whatIsThere()).toEqual(finished);
});

const env = () => ({ DATA_DIR: dataDir, DOUDOU_DEMO: "1", DOUDOU_LOG: "error" });

async function statusOfSignIn(server: ServerProcess, login: string, password: string): Promise<number> {
  const response = await posted(server, "/session", { login, password });
  await response.body?.cancel();
  return response.status;
}

async function readAs<T>(server: ServerProcess, login: string, path: string): Promise<T> {
  const opened = await posted(server, "/session", { login, password: DEMO_PASSWORD });
  const cookie = opened.headers.getSetCookie().map((one) => one.split(";")[0]);
  await opened.body?.cancel();
  const response = await fetch(`${server.address}/api/v1${path}`, { headers: { cookie: cookie.join("; ") } });
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as T;
}

async function posted({ address }: ServerProcess, path: string, data: object): Promise<Response> {
  return await fetch(`${address}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(data),
  });
}

async function stopped({ child, ended }: ServerProcess) {
  child.kill("SIGTERM");
  const end = await ended;
  expect([end.code, end.stderr]).toEqual([0, ""]);
  return end;
}

/** Of what a demo is made of, every id. */
function whatIsThere(): Record<string, unknown[]> {
  const raw = new BetterSqlite3(join(dataDir, "doudou.sqlite"), { readonly: true });
  try {
    return Object.fromEntries(
      Object.entries(IDS).map(([table, id]) => [
        table,
        raw.prepare(`SELECT ${id} FROM ${table} ORDER BY 1`).pluck().all(),
      ]),
    );
  } finally {
    raw.close();
  }
}

const IDS = {
  school: "school_id",
  account: "id",
  membership: "id",
  student: "id",
  award: "id",
  term_summary: "verification_code",
  work: "id",
  activity: "id",
};
