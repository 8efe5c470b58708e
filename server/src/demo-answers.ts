/** What homeroom teachers of the demo schools have said to what children and guardians told: said through the product. */
import type { SeededSchool } from "@doudou/db/seed/school.ts";
import { grantOf } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { answerProposals } from "./features/proposals/answering.ts";

/** Says it, at the time it was said: what a teacher says yes to is an award from then on. */
export async function answerDemoProposals(deps: Deps, { schoolId, toAnswer }: SeededSchool): Promise<void> {
  for (const { classId, membershipId, id, answer, phrase, answeredAt } of toAnswer) {
    const then: Deps = { ...deps, now: () => answeredAt };
    const teacher = grantOf(schoolId, membershipId, "teacher:homeroom");
    const said = [{ id, answer, ...(phrase === null ? {} : { phrase }) }];
    const { results } = await answerProposals(then, teacher, classId, said, "zh-CN");
    const [result] = results;
    if (result?.status === "rejected") throw new Error(`${id} is not answered: ${result.problem?.code}`);
  }
}
