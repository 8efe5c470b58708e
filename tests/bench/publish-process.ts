/**
 * Publishes the summaries of a school of about 2,000 children as a server does at its hour, while their papers are set and
 * kept, and sends the figures to its parent: `publish-process.ts FOLDER`. With `make` after the folder it makes the school there,
 * in a process of its own so that memory is the publishing's alone.
 */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { classesOfYear } from "@doudou/db/repositories/people.ts";
import { schoolFrame, schoolIds } from "@doudou/db/repositories/schools.ts";
import { duePapers } from "@doudou/db/repositories/summary-papers.ts";
import { duePublications, planPublication } from "@doudou/db/repositories/summary-rounds.ts";
import { FOREST, seedDemo } from "@doudou/db/seed/demo.ts";
import { readConfig } from "@doudou/server/config.ts";
import { keepPapersRegularly } from "@doudou/server/features/summaries/papers.ts";
import { publishRegularly } from "@doudou/server/features/summary-rounds/publishing.ts";
import { createDeps, openConfiguredDatabase } from "@doudou/server/server.ts";
import { verifyEverything } from "@doudou/server/operate/verification.ts";
import { v7 as uuidv7 } from "uuid";
import type { PublishFigures } from "./publish.ts";

const [folder, what] = process.argv.slice(2);
const config = readConfig({ DATA_DIR: folder, DOUDOU_LOG: "error" });
const database = await openConfiguredDatabase(config);
const now = new Date();
if (what === "make") await makeSchool();
else process.send?.(await publishAll());
await database.close();

/** Four times the demo's school; its comments of the term that is over are written, and none is published. */
async function makeSchool(): Promise<void> {
  const { classesPerGrade, aimedAwards } = FOREST;
  const school = { ...FOREST, classesPerGrade: classesPerGrade * 4, aimedAwards: aimedAwards * 4 };
  await seedDemo(database, { seed: 1, now, passwordHash: "nobody signs in", schools: [school] });
}

async function publishAll(): Promise<PublishFigures> {
  const deps = await createDeps(config, database);
  const [schoolId = ""] = await database.read(EVERY_SCHOOL, schoolIds);
  await database.write(schoolId, async (store) => {
    const frame = await schoolFrame(store, schoolId);
    const term = frame?.terms.findLast(({ endsOn }) => new Date(endsOn) < now);
    if (!term) throw new Error("no term is over");
    const { membership: m } = store.tables;
    const [planner] = await store.db.select({ id: m.id }).from(m).where(eq(m.schoolId, schoolId)).limit(1);
    if (!planner) throw new Error("nobody is at the school");
    for (const { id: classId } of await classesOfYear(store, schoolId, term.academicYearId))
      await planPublication(store, schoolId, {
        id: uuidv7(),
        termId: term.id,
        classId,
        publishAt: now,
        scheduledBy: planner.id,
        scheduledAt: now,
      });
  });
  const memory = watchMemory();
  const began = performance.now();
  const fail = (error: unknown) => {
    throw error;
  };
  const stopPublishing = publishRegularly(deps, fail);
  const stopKeeping = keepPapersRegularly(deps, fail);
  await until(
    async () => (await database.read(EVERY_SCHOOL, (store) => duePublications(store, now))).length === 0,
  );
  const publishSeconds = (performance.now() - began) / 1000;
  await until(async () => (await database.read(EVERY_SCHOOL, (store) => duePapers(store, 1))).length === 0);
  const seconds = (performance.now() - began) / 1000;
  await Promise.all([stopPublishing(), stopKeeping()]);
  const memoryMb = memory.most();
  const { schools, differences } = await verifyEverything(database, deps.pictures, now, () => {});
  const papers = schools.reduce((sum, school) => sum + school.papers, 0);
  const published = schools.reduce((sum, school) => sum + school.summaries, 0);
  if (differences > 0 || papers !== published) throw new Error("what was published does not hold");
  await deps.documents.close();
  await deps.pictures.close();
  return { published, publishSeconds, seconds, memoryMb };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

/** Memory of the process alone; what it maps of the database's file the machine takes back whenever it wants. */
function watchMemory() {
  let most = 0;
  const look = () => {
    const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    most = Math.max(most, Number(kilobytes) / 1000);
  };
  const timer = setInterval(look, 100);
  return {
    most() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}
