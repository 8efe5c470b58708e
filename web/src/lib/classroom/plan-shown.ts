/** Which of a class's seating plans a teacher is shown. Pure. */
import type { SeatingPlan, SeatingPlans } from "@doudou/shared/contract/seating.ts";

/**
 * The plan this teacher has chosen here; else that of a subject which the teacher has in the class, then one that is for
 * all lessons, then the oldest.
 */
export function planShown(
  { plans, subjects }: Pick<SeatingPlans, "plans" | "subjects">,
  chosenId: string | undefined,
): SeatingPlan | undefined {
  const own = new Set(subjects.filter(({ isOwn }) => isOwn).map(({ id }) => id));
  return (
    plans.find(({ id }) => id === chosenId) ??
    plans.find(({ subjectId }) => subjectId !== null && own.has(subjectId)) ??
    plans.find(({ subjectId }) => subjectId === null) ??
    plans[0]
  );
}
