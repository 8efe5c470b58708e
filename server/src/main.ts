/**
 * The server process: reads the configuration, opens the database, fills an empty one with the demo schools if it is
 * to or finishes those that an earlier start began, serves, and closes in order when told to stop.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { hasAnyAccount } from "@doudou/db/repositories/accounts.ts";
import { readConfig } from "./config.ts";
import { createDemoSchools, demoLogins, finishDemoSchools, progressLine } from "./demo.ts";
import { createDeps, openConfiguredDatabase, startServer } from "./server.ts";
import { addressToOpen, explanationOf } from "./start-words.ts";

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
  console.log(`豆豆成长 is ready at ${addressToOpen(config.host, port)}`);
  if (config.isDemo) console.log(demoLogins(config.demoSeed));
  else if (isEmpty)
    console.log("There is nobody here yet. Make the first administrator: pnpm doudou create-admin --help");
}
