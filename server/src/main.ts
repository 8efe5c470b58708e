/**
 * The server process: reads the configuration, opens the database, fills an empty one with the demo schools if it is
 * to or finishes those that an earlier start began, serves, and closes in order when told to stop.
 */
import { DatabaseInUse, DatabaseTooNew, EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { hasAnyAccount } from "@doudou/db/repositories/accounts.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createDemoSchools, DEMO_LOGINS, finishDemoSchools, progressLine } from "./demo.ts";
import { createDeps, openConfiguredDatabase, startServer } from "./server.ts";

/** However stuck a request may be, the process ends within this time after SIGTERM. */
const CLOSE_WITHIN_MS = 10_000;

try {
  await main();
} catch (error) {
  console.error(explanationOf(error) ?? error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const config = readConfig();
  const database = await openConfiguredDatabase(config);
  const deps = await createDeps(config, database);
  const isEmpty = !(await database.read(EVERY_SCHOOL, hasAnyAccount));
  if (config.isDemo) await (isEmpty ? createDemoSchools : finishDemoSchools)(deps, progressLine());

  const running = await startServer(deps);
  let isClosing = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isClosing) return;
      isClosing = true;
      setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
      running.close().catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      });
    });
  }

  const { port } = new URL(running.address);
  console.log(`豆豆成长 is ready at http://localhost:${port}`);
  if (config.isDemo) console.log(DEMO_LOGINS);
  else if (isEmpty)
    console.log("There is nobody here yet. Make the first administrator: pnpm doudou create-admin --help");
}

/** What an operator needs to know of an error that is theirs to mend; undefined for all others. */
function explanationOf(error: unknown): string | undefined {
  for (const known of [ConfigError, DatabaseTooNew, DatabaseInUse])
    if (error instanceof known) return error.message;
  const { code, address, port } = error as { code?: unknown; address?: string; port?: number };
  const place = `port ${port} of ${address}`;
  if (code === "EADDRINUSE")
    return `Another program listens on ${place}: stop it, or set PORT to a free one.`;
  if (code === "EACCES" && port !== undefined)
    return `This user may not listen on ${place}: set PORT to 1024 or more.`;
  if (code === "ECONNREFUSED")
    return "The database of DATABASE_URL does not answer: is PostgreSQL running there?";
  if (code === "EADDRNOTAVAIL") return `This machine has no address ${address}: set HOST to one that it has.`;
  return undefined;
}
