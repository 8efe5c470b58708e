/**
 * A server process on demo schools of a wanted size, made first if the folder is empty: `school-server.ts FOLDER SCALE`.
 * Prints one line of JSON once it listens, with how long the start took from the process's birth, and of it the making.
 * With `six-years` after the scale, the children of `student1` and `parent1` have been at the school that long.
 */
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { hasAnyAccount } from "@doudou/db/repositories/accounts.ts";
import { readConfig } from "@doudou/server/config.ts";
import { createDemoSchools } from "@doudou/server/demo.ts";
import { createDeps, openConfiguredDatabase, startServer } from "@doudou/server/server.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { signIn } from "./client.ts";
import { liveSixYears } from "./six-years.ts";

const [folder, scale, past] = process.argv.slice(2);
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
const readyAfterMs = performance.now();
if (isEmpty && past === "six-years") {
  const sessions = await Promise.all(
    ["student1", "parent1"].map(async (login) =>
      (await signIn(server.address, login)).get<SessionView>("/session"),
    ),
  );
  const theirs = sessions.flatMap(({ memberships }) => memberships[0] ?? []);
  const studentIds = [...new Set(theirs.flatMap(({ students }) => students.map(({ id }) => id)))];
  const today = localDayOf(Date.now(), "Asia/Shanghai");
  await liveSixYears(database, theirs[0]!.schoolId, { studentIds, today });
}
console.log(JSON.stringify({ address: server.address, readyAfterMs, madeInMs }));
process.on("SIGTERM", () => void server.close());
