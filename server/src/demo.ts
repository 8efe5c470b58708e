/** Fills an empty database with the demo schools, and says who can sign in there. */
import { createReadStream } from "node:fs";
import { type DemoProgress, FOREST, seedDemo } from "@doudou/db/seed/demo.ts";
import { Draw } from "@doudou/db/seed/draw.ts";
import type { SchoolSpec } from "@doudou/db/seed/roster.ts";
import type { Grant } from "./access/caller.ts";
import { hashPassword } from "./access/sessions.ts";
import { keepDemoActivities } from "./demo-activities.ts";
import { keepDemoWorks } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { takeInLogo } from "./features/school-settings/service.ts";
import { publishTermSummary } from "./features/summaries/service.ts";

export const DEMO_PASSWORD = "doudou-demo";

/** Who to sign in as, and what they see. */
export const DEMO_LOGINS = `Demo logins, all with the password ${DEMO_PASSWORD}:
  teacher1   homeroom teacher of 三年级1班: class page, summaries
  student1   a child of that class: my growth
  parent1    its guardian, with two children: term summaries
  teacher4   homeroom teacher of 四年级2班, and mother of a child of the school
  admin      school administrator of 森林小学
  creek1     a teacher of the second school, 小溪学校`;

type OnProgress = (progress: DemoProgress) => void;

/** @param which how many big schools, or other schools instead of the usual ones */
export async function createDemoSchools(
  deps: Deps,
  onProgress: OnProgress,
  which: { readonly scale?: number; readonly schools?: readonly SchoolSpec[] } = {},
): Promise<void> {
  const chance = new Draw(`${deps.config.demoSeed}/published`);
  const made = await seedDemo(deps.database, {
    seed: deps.config.demoSeed,
    now: deps.now(),
    passwordHash: await hashPassword(DEMO_PASSWORD),
    onProgress,
    ...which,
    publish: async ({ schoolId, membershipId, studentId, termId, publishedAt }) => {
      const grant = grantOf({ schoolId, membershipId });
      // A class is published at once: what one child is given must not hang on who comes first.
      const ofSummary = chance.branch(`${studentId}/${termId}`);
      const drawBelow = (limit: number) => ofSummary.whole(0, limit - 1);
      await publishTermSummary({ ...deps, now: () => publishedAt, drawBelow }, grant, studentId, termId);
    },
  });
  const [forest] = made.filter(({ code }) => code === FOREST.code);
  if (!forest) return;
  const { schoolId, adminId } = forest;
  const logo = createReadStream(new URL("demo-logo.png", import.meta.url));
  await takeInLogo(deps, grantOf({ schoolId, membershipId: adminId }), logo);
  await keepDemoWorks(deps, forest);
  await keepDemoActivities(deps, forest);
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
