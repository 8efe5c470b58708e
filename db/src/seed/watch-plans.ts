/** What homeroom teachers of a demo school look out for this week: one child of each class in the running term. */
import { WATCH_DAYS } from "@doudou/shared/domain/class-growth.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import type { KeptWatchPlan } from "../repositories/watch-plans.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const DAYS_AGO = 4;

/** A plan of the class's homeroom teacher; none within the first days of a term. */
export function watchPlanOfClass(
  { ofClass, term }: PlannedClassTerm,
  draw: Draw,
): (KeptWatchPlan & { readonly madeBy: string; readonly madeAt: Date }) | undefined {
  const startsOn = term.schoolDays.at(-DAYS_AGO);
  const here = ofClass.children.filter((child) => (child.joinedOn ?? "") <= (startsOn ?? ""));
  if (startsOn === undefined || here.length === 0) return undefined;
  const madeAt = new Date(`${startsOn}T08:30:00Z`);
  return {
    id: draw.id(madeAt.getTime()),
    classId: term.classId,
    studentId: draw.one(here).id,
    reason: "fewer",
    dimension: draw.one(DIMENSIONS),
    startsOn,
    endsOn: addDays(startsOn, WATCH_DAYS - 1),
    recordsBefore: 0,
    madeBy: term.homeroomId,
    madeAt,
  };
}
