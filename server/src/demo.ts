/** Fills an empty database with the demo schools, and says who can sign in there. */
import { seedDemo } from "@doudou/db/seed/demo.ts";
import { hashPassword } from "./access/sessions.ts";
import type { Deps } from "./deps.ts";
import { publishTermSummary } from "./features/summaries/service.ts";

export const DEMO_PASSWORD = "doudou-demo";

/** Who to sign in as, and what they see. */
export const DEMO_LOGINS = `Demo logins, all with the password ${DEMO_PASSWORD}:
  teacher1   homeroom teacher of 三年级1班: class page, summaries
  student1   a child of that class: my growth
  parent1    its guardian, with two children: term summaries
  admin      school administrator of 森林小学
  creek1     a teacher of the second school, 小溪学校`;

export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total: number;
}

export async function createDemoSchools(deps: Deps, onProgress: (progress: Progress) => void): Promise<void> {
  await seedDemo(deps.database, {
    seed: deps.config.demoSeed,
    now: deps.now(),
    passwordHash: await hashPassword(DEMO_PASSWORD),
    onProgress,
    publish: async ({ schoolId, membershipId, studentId, termId, publishedAt }) => {
      const grant = { schoolId, membershipId, standings: new Set<never>() };
      await publishTermSummary({ ...deps, now: () => publishedAt }, grant, studentId, termId);
    },
  });
}
