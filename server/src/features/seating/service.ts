/**
 * Seating plans of a class, shared by its teachers: who saves over a colleague's change is told, and loses nothing.
 * Children who left are in no plan that is read; children who joined have no seat yet.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { assignmentsOf, classById, studentsOfClass } from "@doudou/db/repositories/people.ts";
import {
  deleteSeatingPlan,
  saveSeatingPlan,
  seatingPlansOf,
  subjectsTaught,
} from "@doudou/db/repositories/seating.ts";
import type { SeatingPlan, SeatingPlanDraft, SeatingPlans } from "@doudou/shared/contract/seating.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { isSeating, withOnly } from "@doudou/shared/domain/seating.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

/** More than a class has subjects and seasons for. */
const MOST_PLANS = 20;

export async function seatingOf(deps: Deps, grant: Grant, classId: string): Promise<SeatingPlans> {
  const day = await today(deps, grant.schoolId);
  return await deps.database.read(grant.schoolId, (store) => plansIn(store, grant, classId, day));
}

/**
 * Saves a plan over the version it was made from.
 * @throws Problem seating-malformed, seating-changed, seating-too-many
 */
export async function savePlan(
  deps: Deps,
  grant: Grant,
  { classId, planId }: { readonly classId: string; readonly planId: string },
  draft: SeatingPlanDraft,
): Promise<SeatingPlan> {
  const { schoolId, membershipId } = grant;
  const { rows, columns, aisles, seats, subjectId } = draft;
  const name = draft.name.trim().toWellFormed();
  if (name === "" || !isSeating({ rows, columns, aisles, seats })) throw new Problem("seating-malformed");
  const day = await today(deps, schoolId);
  return await deps.database.write(schoolId, async (store) => {
    const { students, subjects, plans } = await plansIn(store, grant, classId, day);
    // A subject that is taught no longer may stay with the plan that has it.
    const before = plans.find(({ id }) => id === planId);
    if (subjectId !== null && subjectId !== before?.subjectId && !subjects.some(({ id }) => id === subjectId))
      throw new Problem("seating-malformed");
    if (draft.version === 0 && plans.length >= MOST_PLANS) throw new Problem("seating-too-many");
    const arrangement = withOnly(
      { rows, columns, aisles, seats },
      students.map(({ id }) => id),
    );
    const plan = { id: planId, classId, subjectId, name, arrangement };
    const at = deps.now();
    const saving = { ...plan, changedAt: at, changedBy: membershipId };
    const version = await saveSeatingPlan(store, schoolId, saving, draft.version);
    const saved =
      version && (await plansIn(store, grant, classId, day)).plans.find(({ id }) => id === planId);
    if (!saved) throw new Problem("seating-changed");
    const change = { action: "seating.change", at, classId, subjectId: planId } as const;
    await noteChange(store, grant, {
      ...change,
      before: before && contentOf(before),
      after: contentOf(saved),
    });
    return saved;
  });
}

function contentOf({ name, subjectId, rows, columns, aisles, seats }: SeatingPlan) {
  return { name, subjectId, rows, columns, aisles, seats };
}

/** Deletes a plan as it was last seen. @throws Problem seating-changed */
export async function deletePlan(
  deps: Deps,
  grant: Grant,
  plan: { readonly id: string; readonly classId: string; readonly version: number },
): Promise<void> {
  const { schoolId } = grant;
  const { id: subjectId, classId } = plan;
  await deps.database.write(schoolId, async (store) => {
    const before = (await seatingPlansOf(store, schoolId, classId)).find(({ id }) => id === subjectId);
    if (!before || !(await deleteSeatingPlan(store, schoolId, plan))) throw new Problem("seating-changed");
    const { name, subjectId: taught, arrangement } = before;
    const change = { action: "seating.change", at: deps.now(), classId, subjectId } as const;
    await noteChange(store, grant, { ...change, before: { name, subjectId: taught, ...arrangement } });
  });
}

async function plansIn(
  store: Store,
  { schoolId, membershipId }: Grant,
  classId: string,
  day: string,
): Promise<SeatingPlans> {
  const row = await classById(store, schoolId, classId);
  if (!row) throw new Problem("not-found");
  const students = await studentsOfClass(store, schoolId, classId, day);
  const ids = students.map(({ id }) => id);
  const plans = await seatingPlansOf(store, schoolId, classId);
  const subjects = await subjectsTaught(store, schoolId, classId, day);
  const own = (await assignmentsOf(store, schoolId, membershipId)).filter(
    (assignment) => assignment.classId === classId && covers(assignment, day),
  );
  return {
    class: { id: row.id, name: row.name, grade: row.grade },
    students: students.map(({ id, name }) => ({ id, name })),
    subjects: subjects.map(({ id, code, name }) => {
      return { id, name, isOwn: own.some(({ subjectCode }) => subjectCode === code) };
    }),
    plans: plans.map(({ id, name, subjectId, arrangement, version, changedBy, changedAt }) => {
      const { rows, columns, aisles, seats } = withOnly(arrangement, ids);
      const shape = { rows, columns, aisles: [...aisles], seats: [...seats] };
      return { id, name, subjectId, ...shape, version, changedBy, changedAt: changedAt.toISOString() };
    }),
  };
}

async function today(deps: Deps, schoolId: string): Promise<string> {
  const { timeZone } = await deps.frames.of(schoolId);
  return localDayOf(deps.now().getTime(), timeZone);
}
