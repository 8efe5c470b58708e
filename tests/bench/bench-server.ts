/**
 * A server process for a measurement: `bare` (a Fastify POST that stores nothing), or the product on a small school,
 * with group commit (`product`) or one commit per request (`single-commit`) and as many children as the second argument
 * says. Prints one line of JSON once it listens.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import { readConfig } from "@doudou/server/config.ts";
import { createDeps, openConfiguredDatabase, startServer } from "@doudou/server/server.ts";
import { createSchool, PASSWORD, WORLD_NOW } from "../support/school.ts";

const [mode, children = "2000"] = process.argv.slice(2);
if (mode === "bare") await serveBare();
else await serveProduct(mode !== "single-commit");

async function serveBare(): Promise<void> {
  const app = Fastify();
  app.post("/api/v1/awards", () => ({
    results: [{ id: "00000000-0000-0000-0000-000000000000", status: "recorded" }],
  }));
  ready({ address: await app.listen({ port: 0, host: "127.0.0.1" }) });
  process.on("SIGTERM", () => void app.close());
}

async function serveProduct(groupCommit: boolean): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "doudou-bench-"));
  const config = readConfig({
    DATA_DIR: dataDir,
    PORT: "0",
    DOUDOU_LOG: "error",
    DOUDOU_DEMO: "0",
    DOUDOU_REQUIRE_TOTP: "0",
    DOUDOU_REQUESTS_PER_MINUTE: "1000000000",
    DOUDOU_GROUP_COMMIT: groupCommit ? "1" : "0",
  });
  const database = await openConfiguredDatabase(config);
  const deps = await createDeps(config, database, () => WORLD_NOW);
  const school = await createSchool(database, "bench", { children: Number(children) });
  const server = await startServer(deps);
  const response = await server.app.server.inject({
    method: "POST",
    url: "/api/v1/session",
    payload: { login: school.homeroom.login, password: PASSWORD },
  });
  const session = response.cookies.find(({ name }) => name === "doudou_session")!.value;
  ready({
    address: server.address,
    cookie: `doudou_session=${session}`,
    classId: school.classId,
    termId: school.termId,
    people: {
      teacher: school.homeroom,
      admin: school.admin,
      guardian: school.guardian,
      student: school.student,
    },
    occurredAt: WORLD_NOW.toISOString(),
    studentIds: school.children.map(({ id }) => id),
    pointIds: [school.points.helps, school.points.progress],
  });
  process.on("SIGTERM", () => {
    void server.close().then(() => rm(dataDir, { recursive: true, force: true }));
  });
}

function ready(facts: object): void {
  console.log(JSON.stringify(facts));
}
