/**
 * The server process: reads the configuration, opens the database, fills an empty one with the demo schools if it is
 * to, serves, and closes in order when told to stop.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { hasAnyAccount } from "@doudou/db/repositories/accounts.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createDemoSchools, DEMO_LOGINS, progressLine } from "./demo.ts";
import { createDeps, openConfiguredDatabase, startServer } from "./server.ts";

/** However stuck a request may be, the process ends within this time after SIGTERM. */
const CLOSE_WITHIN_MS = 10_000;

try {
  await main();
} catch (error) {
  if (error instanceof ConfigError || isKnown(error)) console.error(error.message);
  else console.error(error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const config = readConfig();
  const database = await openConfiguredDatabase(config);
  const deps = await createDeps(config, database);
  const isEmpty = !(await database.read(EVERY_SCHOOL, hasAnyAccount));
  if (isEmpty && config.isDemo) await createDemoSchools(deps, progressLine());

  const running = await startServer(deps);
  const { port } = new URL(running.address);
  console.log(`豆豆成长 is ready at http://localhost:${port}`);
  if (config.isDemo) console.log(DEMO_LOGINS);
  else if (isEmpty)
    console.log("There is nobody here yet. Make the first administrator: pnpm doudou create-admin --help");

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
}

/** Errors whose message is all an operator needs. */
function isKnown(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (error.name === "DatabaseTooNew" || ("code" in error && error.code === "EADDRINUSE"))
  );
}
