/** Fills an empty database with the demo schools, and says who can sign in there. */
import { createReadStream } from "node:fs";
import { EVERY_SCHOOL } from "@doudou/db/engines/database.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { publishedSummaries } from "@doudou/db/repositories/summaries.ts";
import { settleAllPapers } from "@doudou/db/repositories/summary-papers.ts";
import { type DemoProgress, FOREST, publishSummaries, seedDemo } from "@doudou/db/seed/demo.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import type { SchoolSpec } from "@doudou/db/seed/roster.ts";
import type { SeededSchool, SummaryToPublish } from "@doudou/db/seed/school.ts";
import { inGroups } from "@doudou/shared/domain/cards.ts";
import type { Grant } from "./access/caller.ts";
import { hashPassword } from "./access/sessions.ts";
import { answerDemoProposals } from "./demo-answers.ts";
import { keepDemoActivities } from "./demo-activities.ts";
import { firstDemoCard, issueDemoCards } from "./demo-cards.ts";
import { correctDemoSummary } from "./demo-correction.ts";
import { keepDemoMoments } from "./demo-moments.ts";
import { keepDemoNewcomer } from "./demo-newcomer.ts";
import { forgetUnfinished, keepUnfinished, unfinishedIn, type UnfinishedDemo } from "./demo-unfinished.ts";
import { keepDemoWorks } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { takeInLogo } from "./features/school-settings/service.ts";
import { publishTermSummary } from "./features/summaries/service.ts";

export const DEMO_PASSWORD = "doudou-demo";

/**
 * Who to sign in as, and what they see.
 * @param seed of the demo schools, from which the code of the card follows
 */
export function demoLogins(seed: number): string {
  return `Demo logins, all with the password ${DEMO_PASSWORD}:
  teacher1   homeroom teacher of 三年级1班: class page, what children told, cards, summaries
  student1   a child of that class: my growth, "I did it" and "thank you"
  parent1    its guardian, with two children: term summaries, one of them to sign
  parent2    guardian of another child of that class, whose summary was corrected: what was and what is
  teacher4   homeroom teacher of 四年级2班 with comments begun, tiles by subject and a child who came from another
             school (last of the class), and mother of a child of the school
  teacher15  leads grade three: reviews its summaries, once admin has switched that on in the settings
  admin      school administrator of 森林小学
  creek1     a teacher of the second school, 小溪学校
Instead of a login, the card of student1: "I have a Doudou card" (我有豆豆卡) on the sign-in page, then the code
${inGroups(firstDemoCard(seed))}, and three pictures that are the child's from then on. teacher1 prints others.`;
}

type OnProgress = (progress: DemoProgress) => void;

/** @param which how many big schools, or other schools instead of the usual ones */
export async function createDemoSchools(
  deps: Deps,
  onProgress: OnProgress,
  which: { readonly scale?: number; readonly schools?: readonly SchoolSpec[] } = {},
): Promise<void> {
  const { config, database } = deps;
  const begunAt = deps.now();
  const schools: SeededSchool[] = [];
  await seedDemo(database, {
    seed: config.demoSeed,
    now: begunAt,
    passwordHash: await hashPassword(DEMO_PASSWORD),
    onProgress,
    ...which,
    beforeCommit: (made) => {
      schools.push(...made);
      keepUnfinished(config.dataDir, { begunAt, schools });
    },
    publish: publisher(deps),
  });
  await bringToLife(deps, { begunAt, schools });
}

/** Goes on where an earlier start was cut: the schools were there by then, but not yet all that is shown of them. */
export async function finishDemoSchools(deps: Deps, onProgress: OnProgress): Promise<void> {
  const { config, database } = deps;
  const found = unfinishedIn(config.dataDir);
  if (!found) return;
  const there = new Set(await database.read(EVERY_SCHOOL, schoolIds));
  const schools = found.schools.filter(({ schoolId }) => there.has(schoolId));
  const progress = (what: string, share: number) =>
    onProgress({ what, done: Math.floor(share * 100), total: 100 });
  await publishSummaries(schools, publisher(deps), (share) => progress("summaries", share));
  await bringToLife(deps, { ...found, schools });
  progress("demo schools", 1);
}

/** Publishes as the product does, with the words and codes of the seed; what is published already stays as it is. */
function publisher(deps: Deps): (summary: SummaryToPublish) => Promise<void> {
  const chance = new Draw(`${deps.config.demoSeed}/published`);
  return async ({ schoolId, membershipId, studentId, termId, publishedAt }) => {
    const before = await deps.database.read(schoolId, (store) =>
      publishedSummaries(store, schoolId, termId, [studentId]),
    );
    if (before.length > 0) return;
    // A class is published at once: what one child is given must not hang on who comes first.
    const ofSummary = chance.branch(`${studentId}/${termId}`);
    const drawBelow = (limit: number) => ofSummary.whole(0, limit - 1);
    const then = { ...deps, now: () => publishedAt, drawBelow };
    await publishTermSummary(then, grantOf({ schoolId, membershipId }), studentId, termId);
  };
}

/** What is put in through the product, as people would. Done once more, it changes nothing of what is there. */
async function bringToLife(deps: Deps, { begunAt, schools }: UnfinishedDemo): Promise<void> {
  const then: Deps = { ...deps, now: () => begunAt };
  // Hundreds of papers at once: whoever tries the product has the machine for that, and gets a paper when they ask for it.
  for (const { schoolId } of schools)
    await deps.database.write(schoolId, (store) => settleAllPapers(store, schoolId));
  for (const school of schools) await answerDemoProposals(then, school);
  const forest = schools.find(({ code }) => code === FOREST.code);
  if (forest) {
    const { schoolId, adminId } = forest;
    const logo = createReadStream(new URL("demo-logo.png", import.meta.url));
    await takeInLogo(then, grantOf({ schoolId, membershipId: adminId }), logo);
    // Before anything else is put in, so that a correction says no more than what was corrected.
    await correctDemoSummary(then, forest);
    await issueDemoCards(then, forest);
    await keepDemoWorks(then, forest);
    await keepDemoActivities(then, forest);
    await keepDemoMoments(then, forest);
    await keepDemoNewcomer(then, forest);
  }
  forgetUnfinished(deps.config.dataDir);
}

function grantOf(who: { readonly schoolId: string; readonly membershipId: string }): Grant {
  const origin = { requestId: "demo", address: null };
  return { ...who, standings: new Set<never>(), isConfined: false, origin };
}

/** Progress on one line of a terminal that is written over; elsewhere one line for each tenth. */
export function progressLine(): OnProgress {
  let tenth = -1;
  return ({ what, done, total }) => {
    const line = `Making the demo schools: ${Math.floor((done / total) * 100)} % (${what})`;
    if (process.stdout.isTTY) {
      process.stdout.write(`\r${line.padEnd(72)}${done === total ? "\n" : ""}`);
    } else if (Math.floor((done / total) * 10) > tenth) {
      tenth = Math.floor((done / total) * 10);
      console.log(line);
    }
  };
}
