/**
 * A server process on demo schools of a wanted size, made first if the folder is empty: `school-server.ts FOLDER SCALE`.
 * Prints one line of JSON once it listens, with how long the start took from the process's birth, and of it the making.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { hasAnyAccount } from "@doudou/db/repositories/accounts.ts";
import { readConfig } from "@doudou/server/config.ts";
import { createDemoSchools } from "@doudou/server/demo.ts";
import { createDeps, openConfiguredDatabase, startServer } from "@doudou/server/server.ts";

const [folder, scale] = process.argv.slice(2);
const config = readConfig({
  DATA_DIR: folder,
  PORT: "0",
  DOUDOU_LOG: "error",
  DOUDOU_REQUESTS_PER_MINUTE: "1000000000",
});
const database = await openConfiguredDatabase(config);
const deps = await createDeps(config, database);
const isEmpty = !(await database.read(EVERY_SCHOOL, hasAnyAccount));
const calledAt = performance.now();
if (isEmpty) await createDemoSchools(deps, () => {}, { scale: Number(scale) });
const madeInMs = performance.now() - calledAt;
const server = await startServer(deps);
console.log(JSON.stringify({ address: server.address, readyAfterMs: performance.now(), madeInMs }));
process.on("SIGTERM", () => void server.close());
