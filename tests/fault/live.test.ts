/**
 * Live updates across server processes on one PostgreSQL: what a teacher gives at one is seen at the other, and when
 * one of them dies its screens go on with the other, missing nothing and seeing nothing twice.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import type { AwardInput, AwardResults } from "@doudou/shared/contract/awards.ts";
import type { LiveAward } from "@doudou/shared/contract/live.ts";
import { bringToToday, Teachers } from "../support/load.ts";
import { freshPostgresDatabase, type PostgresDatabase } from "../support/postgres.ts";
import { type ServerProcess, startServerProcess } from "../support/process.ts";
import { createSchool, type School } from "../support/school.ts";
import { Screen } from "../support/screen.ts";

let place: PostgresDatabase;
let dataDir: string;
let school: School;
let servers: ServerProcess[];
let cookie: string;

beforeEach(async () => {
  place = await freshPostgresDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "doudou-live-"));
  const database = await openDatabase({ url: place.url });
  school = await createSchool(database, "live", { children: 10 });
  await bringToToday(database, school);
  await database.close();
  const env = { DATA_DIR: dataDir, DATABASE_URL: place.url, DOUDOU_LOG: "error" };
  servers = [await startServerProcess(env), await startServerProcess(env)];
  const draw = new Draw("live");
  ({ cookie } = await Teachers.signIn(servers[0]!.address, school, school.homeroom, draw));
});
afterEach(async () => {
  for (const { child } of servers) child.kill("SIGKILL");
  await Promise.all(servers.map(({ ended }) => ended));
  await place.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const follow = async (server: number, from?: string): Promise<Screen> => {
  const headers = { cookie, ...(from !== undefined && { "last-event-id": from }) };
  const screen = await Screen.open(servers[server]!.address, `/classes/${school.classId}/live`, headers);
  await screen.next("position");
  return screen;
};
const give = async (server: number, count: number): Promise<string[]> => {
  const awards = Array.from({ length: count }, (_, i): AwardInput => ({
    id: uuidv7(),
    studentId: school.children[i % school.children.length]!.id,
    observationPointId: school.points.helps,
    occurredAt: new Date().toISOString(),
  }));
  const response = await fetch(`${servers[server]!.address}/api/v1/awards`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify({ awards }),
  });
  const { results } = (await response.json()) as AwardResults;
  expect(results.filter(({ status }) => status !== "recorded")).toEqual([]);
  return awards.map(({ id }) => id);
};
const expectEnded = (screen: Screen) => expect(screen.ended).resolves.toBeUndefined();
const idsTold = (screen: Screen) => screen.all<LiveAward>("award").map(({ id }) => id);

test("an award given at either process is told at both, in one order", async () => {
  const screens = [await follow(0), await follow(1)];
  const given: string[] = [];
  for (let turn = 0; turn < 10; turn++) given.push(...(await Promise.all([give(0, 3), give(1, 2)])).flat());
  for (const screen of screens) await expect.poll(() => idsTold(screen).length).toBe(given.length);
  expect(idsTold(screens[0]!)).toEqual(idsTold(screens[1]!));
  expect(idsTold(screens[0]!).toSorted()).toEqual(given.toSorted());
});

test("a session that is over at one process ends its streams at the other", async () => {
  const screen = await follow(1);
  await fetch(`${servers[0]!.address}/api/v1/session`, { method: "DELETE", headers: { cookie } });
  await expectEnded(screen);
});

test("when a process dies, its screens go on with the other from where they were", async () => {
  const first = await follow(0);
  const before = await give(1, 20);
  await first.next("award");
  servers[0]!.child.kill("SIGKILL");
  await first.ended;
  const meanwhile = await give(1, 20);
  const second = await follow(1, first.lastEventId);
  const after = await give(1, 5);
  const told = () => [...idsTold(first), ...idsTold(second)];
  await expect.poll(() => told().length).toBe(45);
  expect(told()).toEqual([...before, ...meanwhile, ...after]);
});
