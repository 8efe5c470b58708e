/** `doudou create-admin`: a stranger's first step after installing without the demo. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { EVERY_SCHOOL, type Database } from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { schoolByCode, schoolFrame } from "@doudou/db/repositories/schools.ts";
import { buildApp } from "@doudou/server/app.ts";
import { createAdmin } from "@doudou/server/cli/create-admin.ts";
import { readConfig } from "@doudou/server/config.ts";
import { createDeps } from "@doudou/server/server.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { ENGINES, type Engine } from "../support/databases.ts";
import { freshPostgresDatabase } from "../support/postgres.ts";
import { runDoudou } from "../support/process.ts";

const FOREST = [
  "create-admin",
  "--school",
  "森林小学",
  "--code",
  "forest",
  "--login",
  "Admin",
  "--name",
  "校长",
];

interface Answer {
  readonly schoolId: string;
  readonly login: string;
  readonly password?: string;
  readonly opened: { readonly terms: readonly { startsOn: string; endsOn: string }[] } | null;
}

interface Place {
  readonly env: Record<string, string>;
  open(): Promise<Database>;
}

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function emptyPlace(engine: Engine): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), "doudou-admin-"));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  if (engine === "sqlite") {
    const file = join(dataDir, "doudou.sqlite");
    return { env: { DATA_DIR: dataDir }, open: () => openDatabase({ file }) };
  }
  const { url, drop } = await freshPostgresDatabase();
  undo.push(drop);
  return { env: { DATA_DIR: dataDir, DATABASE_URL: url }, open: () => openDatabase({ url }) };
}

/** @returns the status and the view of signing in at the real app over that database */
async function signIn(place: Place, login: string, password: string) {
  const database = await place.open();
  const deps = await createDeps(readConfig({ ...place.env, DOUDOU_LOG: "error" }), database);
  const { server } = await buildApp(deps);
  try {
    const response = await server.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { login, password },
    });
    return { status: response.statusCode, view: response.json<SessionView>() };
  } finally {
    await server.close();
    await deps.documents.close();
    await deps.pictures.close();
    await database.close();
  }
}

/** Each command is a process of its own, and starts take their time on a busy machine. */
const PATIENCE = { timeout: 240_000 };

describe.each(ENGINES)("on %s", PATIENCE, (engine) => {
  test("one command opens a school that can be worked with, and its administrator signs in", async () => {
    const place = await emptyPlace(engine);
    const made = await runDoudou([...FOREST, "--json"], place.env);
    expect([made.code, made.stderr]).toEqual([0, ""]);
    const { schoolId, login, password = "", opened } = JSON.parse(made.stdout) as Answer;
    expect(login).toBe("admin");
    expect(password).toMatch(/^[2-9a-z]{4}(-[2-9a-z]{4}){3}$/);
    expect(opened?.terms).toHaveLength(2);

    const { status, view } = await signIn(place, "admin", password);
    expect(status).toBe(200);
    expect(view.memberships).toMatchObject([
      { schoolId, schoolName: "森林小学", role: "school-admin", displayName: "校长" },
    ]);

    const database = await place.open();
    const frame = await database.read(schoolId, (store) => schoolFrame(store, schoolId));
    await database.close();
    expect(frame?.points.size).toBe(54);
    expect(frame?.terms).toHaveLength(2);
    expect(new Set(frame?.terms.map((term) => term.schemeId)).size).toBe(1);
    expect(frame?.exceptions.size).toBeGreaterThan(10);
    const [autumn, spring] = frame?.terms ?? [];
    expect(autumn?.startsOn).toMatch(/-09-01$/);
    expect(autumn?.endsOn).toMatch(/-01-|-02-/);
    expect(spring?.startsOn).toMatch(/-02-|-03-/);
    expect(spring?.endsOn).toMatch(/-07-/);
  });

  test("a second administrator joins the school; a login that is taken and a weak password change nothing", async () => {
    const place = await emptyPlace(engine);
    await runDoudou(FOREST, place.env);
    const add = (login: string, password: string, ...more: string[]) =>
      runDoudou(
        [
          "create-admin",
          "--code",
          "forest",
          "--login",
          login,
          "--name",
          "副校长",
          "--password-stdin",
          ...more,
        ],
        place.env,
        `${password}\n`,
      );
    expect(await add("ADMIN", "long enough 密码")).toMatchObject({
      code: 1,
      stderr: "The login admin is taken.\n",
    });
    expect(await add("deputy", "九个字的密码不够")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("too short"),
    });
    expect((await add("deputy", "long enough 密码", "--school", "小溪学校")).stderr).toContain(
      "belongs to 森林小学",
    );

    const added = await add("deputy", "long enough 密码");
    expect([added.code, added.stderr]).toEqual([0, ""]);
    expect(added.stdout).not.toContain("long enough");
    expect(added.stdout).not.toContain("Password");
    expect((await signIn(place, "deputy", "long enough 密码")).view.memberships).toMatchObject([
      { schoolName: "森林小学", role: "school-admin", displayName: "副校长" },
    ]);

    const database = await place.open();
    const known = await database.read(EVERY_SCHOOL, (store) => schoolByCode(store, "forest"));
    const people = await database.read(
      EVERY_SCHOOL,
      async ({ db, tables }) =>
        await db.select({ name: tables.membership.displayName }).from(tables.membership),
    );
    await database.close();
    expect(known?.name).toBe("森林小学");
    expect(people.map(({ name }) => name).sort()).toEqual(["副校长", "校长"].sort());
  });
});

test(
  "what is told to a person names the school, the dates to check and the password, once",
  PATIENCE,
  async () => {
    const { env } = await emptyPlace("sqlite");
    const { stdout } = await runDoudou(FOREST, env);
    expect(stdout).toContain("森林小学 (code forest) is open with 54 observation points.");
    expect(stdout).toContain("please check these dates");
    expect(stdout.match(/第[一二]学期 {2}\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d/g)).toHaveLength(2);
    expect(stdout.match(/Password, shown only this once: \S+/g)).toHaveLength(1);
  },
);

test("a call that lacks something says what, shows the help and makes no school", PATIENCE, async () => {
  const place = await emptyPlace("sqlite");
  const { code, stderr } = await runDoudou(["create-admin", "--code", "forest", "--name", "校长"], place.env);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining("--login is missing.\n\nUsage: pnpm doudou create-admin"),
  ]);

  expect(() => createAdmin.parse(["--code", "森林", "--login", "a", "--name", "b"])).toThrow(/--code takes/);
  expect(() => createAdmin.parse(["--colour", "red"])).toThrow(/--colour/);
  const database = await place.open();
  onTestFinished(() => database.close());
  const nameless = createAdmin.parse(["--code", "forest", "--login", "a", "--name", "b"]);
  const said = vi.spyOn(console, "error").mockReturnValue();
  onTestFinished(() => said.mockRestore());
  expect(await nameless(database, readConfig(place.env))).toBe(1);
  expect(said.mock.calls).toEqual([[expect.stringContaining("name it with --school")]]);
  expect(await database.read(EVERY_SCHOOL, (store) => schoolByCode(store, "forest"))).toBeUndefined();
});
