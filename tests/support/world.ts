/**
 * A world of one's own for a test: a school with a neighbour beside it, on either engine, behind the real app.
 * The clock stands at WORLD_NOW unless the test moves it. Nothing here is shared between tests.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@doudou/db/engines/database.ts";
import { buildApp, type App } from "@doudou/server/app.ts";
import { readConfig } from "@doudou/server/config.ts";
import type { Deps } from "@doudou/server/deps.ts";
import { createDeps } from "@doudou/server/server.ts";
import { type Engine, freshDatabase } from "./databases.ts";
import { createSchool, PASSWORD, type Person, type School, WORLD_NOW } from "./school.ts";

export interface World {
  readonly engine: Engine;
  readonly database: Database;
  readonly deps: Deps;
  readonly app: App;
  readonly school: School;
  readonly neighbour: School;
  /** The cookie of a new session. */
  signIn(person: Person): Promise<string>;
  setNow(now: Date): void;
  close(): Promise<void>;
}

/** Administrators of a test sign in by password alone, but where a test is about the other thing. */
const NOBODY_NEEDS_CODES = { DOUDOU_REQUIRE_TOTP: "0" };

export async function createWorld(
  engine: Engine = "sqlite",
  env: Record<string, string> = {},
): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), "doudou-world-"));
  const config = readConfig({
    DATA_DIR: dataDir,
    DOUDOU_LOG: "error",
    DOUDOU_DEMO: "0",
    ...NOBODY_NEEDS_CODES,
    ...env,
  });
  const { database, drop } = await freshDatabase(engine, { maxQueued: config.maxQueuedWrites });
  let now = WORLD_NOW;
  const deps = await createDeps(config, database, () => now);
  const app = await buildApp(deps);
  const school = await createSchool(database, "forest");
  const neighbour = await createSchool(database, "creek");
  return {
    engine,
    database,
    deps,
    app,
    school,
    neighbour,
    async signIn({ login }) {
      const response = await app.server.inject({
        method: "POST",
        url: "/api/v1/session",
        payload: { login, password: PASSWORD },
      });
      const cookie = response.cookies.find(({ name }) => name === "doudou_session");
      if (!cookie) throw new Error(`${login} could not sign in: ${response.body}`);
      return `doudou_session=${cookie.value}`;
    },
    setNow(next) {
      now = next;
    },
    async close() {
      await app.server.close();
      await deps.documents.close();
      await deps.pictures.close();
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
