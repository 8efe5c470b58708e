/** From SQLite to PostgreSQL: everything is there, the same, and people go on working. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fingerprintsOf } from "@doudou/db/engines/copy-tables.ts";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { openDatabase } from "@doudou/db/engines/open.ts";
import { CREEK, seedDemo } from "@doudou/db/seed/demo.ts";
import { hashPassword } from "@doudou/server/access/sessions.ts";
import { buildApp } from "@doudou/server/app.ts";
import { readConfig } from "@doudou/server/config.ts";
import { moveToPostgres } from "@doudou/server/operate/move-to-postgres.ts";
import { createDeps } from "@doudou/server/server.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { dumpOf } from "../support/dump.ts";
import { freshPostgresDatabase, type PostgresDatabase } from "../support/postgres.ts";
import { runDoudou } from "../support/process.ts";
import { WORLD_NOW } from "../support/school.ts";

const PASSWORD = "correct horse 电池";

let dataDir: string;
let target: PostgresDatabase;
const now = () => WORLD_NOW;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "doudou-move-"));
  target = await freshPostgresDatabase();
  const database = await openDatabase({ file: join(dataDir, "doudou.sqlite") });
  const passwordHash = await hashPassword(PASSWORD);
  await seedDemo(database, { seed: 1, now: WORLD_NOW, passwordHash, schools: [CREEK] });
  await database.close();
});
afterAll(async () => {
  await target.drop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Answer {
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly sha256: string }>>;
  readonly differences: number;
}

test(
  "a school moves with every row, and its people sign in and see their growth",
  { timeout: 120_000 },
  async () => {
    const moved = await runDoudou(["migrate-to-postgres", "--json"], {
      DATA_DIR: dataDir,
      DATABASE_URL: target.url,
    });
    expect([moved.code, moved.stderr]).toEqual([0, expect.stringContaining("copying rows: 100 %")]);
    const { tables, differences } = JSON.parse(moved.stdout) as Answer;
    expect(differences).toBe(0);
    expect(tables["award"]?.rows).toBeGreaterThan(2_000);

    const here = await openDatabase({ file: join(dataDir, "doudou.sqlite") });
    const there = await openDatabase({ url: target.url });
    try {
      expect(await here.read(EVERY_SCHOOL, fingerprintsOf)).toEqual(tables);
      expect(await there.read(EVERY_SCHOOL, fingerprintsOf)).toEqual(tables);
      // And as text, where no JSON is in it, whose keys PostgreSQL puts in an order of its own.
      const [rowsHere, rowsThere] = [await dumpOf(here), await dumpOf(there)];
      for (const name of ["award", "awardVoid", "tally", "dayTally", "enrollment", "account", "consent"])
        expect([name, rowsThere[name]]).toEqual([name, rowsHere[name]]);

      const env = { DATA_DIR: dataDir, DATABASE_URL: target.url, DOUDOU_LOG: "error" };
      const deps = await createDeps(readConfig(env), there, () => WORLD_NOW);
      const { server } = await buildApp(deps);
      const signedIn = await server.inject({
        method: "POST",
        url: "/api/v1/session",
        payload: { login: "creekstudent1", password: PASSWORD },
      });
      expect(signedIn.statusCode).toBe(200);
      const [membership] = signedIn.json<SessionView>().memberships;
      const studentId = membership?.students[0]?.id;
      const portfolio = await server.inject({
        url: `/api/v1/students/${studentId}/portfolio`,
        cookies: { doudou_session: signedIn.cookies[0]!.value },
      });
      expect(portfolio.statusCode).toBe(200);
      await server.close();
      await deps.documents.close();
      await deps.pictures.close();
    } finally {
      await here.close();
      await there.close();
    }

    // Once is enough.
    await expect(moveToPostgres({ dataDir, url: target.url, now, onStep: () => {} })).rejects.toThrow(
      /not empty: there are rows in account/,
    );
  },
);

test("nothing is copied while a server works on the file, and a copy that is not the same is taken back", async () => {
  const another = await freshPostgresDatabase();
  try {
    const order = { dataDir, url: another.url, now, onStep: () => {} };
    const used = await openDatabase({ file: join(dataDir, "doudou.sqlite") });
    await expect(moveToPostgres(order)).rejects.toThrow(/stop it first/);
    await used.close();

    // Somebody changes the file although it is taken: between the reading of its rows and their copying.
    const copy = await mkdtemp(join(tmpdir(), "doudou-move-"));
    await cp(dataDir, copy, { recursive: true });
    let isChanged = false;
    const { default: BetterSqlite3 } = await import("better-sqlite3");
    const change = () => {
      if (isChanged) return;
      isChanged = true;
      const raw = new BetterSqlite3(join(copy, "doudou.sqlite"));
      raw.prepare("UPDATE account SET display_name = 'somebody else'").run();
      raw.close();
    };
    await expect(
      moveToPostgres({
        ...order,
        dataDir: copy,
        onStep: ({ step }) => void (step.startsWith("reading") && change()),
      }),
    ).rejects.toThrow("The copy of account is not the same. Nothing was kept of it.");
    await rm(copy, { recursive: true });
    const empty = await openDatabase({ url: another.url });
    expect(Object.values(await dumpOf(empty)).flat()).toEqual([]);
    await empty.close();
  } finally {
    await another.drop();
  }
});
