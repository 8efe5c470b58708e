/** A roll-over as the contract shows it: this year's classes with their pupils and teachers, and next year's beside them. */
import type { Store } from "@doudou/db/engines/database.ts";
import { assignmentsIn } from "@doudou/db/repositories/directory.ts";
import { namesOfMembers } from "@doudou/db/repositories/people.ts";
import type { RollOverRow } from "@doudou/db/repositories/roll-overs.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import type { RollOver, RollOverPreview } from "@doudou/shared/contract/roll-over.ts";
import type { RollOverDraft, SchoolOnTheEve } from "@doudou/shared/domain/roll-over/draft.ts";
import { isHindered, type RollOverPlan } from "@doudou/shared/domain/roll-over/plan.ts";
import { dealtGroupOf } from "@doudou/shared/domain/roll-over/spreading.ts";
import type { RollOverCounts } from "@doudou/shared/domain/roll-over/traces.ts";
import type { Turn } from "./turn.ts";

interface Standing {
  readonly turn: Turn;
  readonly kept: RollOverRow | undefined;
  readonly school: SchoolOnTheEve;
  readonly draft: RollOverDraft;
  readonly plan: RollOverPlan;
  readonly seal: string;
  readonly mayUndo: boolean;
}

export async function shownRollOver(
  store: Store,
  schoolId: string,
  { turn, kept, school, draft, plan, seal, mayUndo }: Standing,
): Promise<RollOver> {
  const rows = await assignmentsIn(store, schoolId, { notEndedBefore: addDays(school.firstDay, -1) });
  const appliedBy = kept?.appliedBy ?? null;
  const names = await namesOfMembers(store, schoolId, appliedBy === null ? [] : [appliedBy]);
  const known = new Map(school.pupils.map((pupil) => [pupil.id, pupil]));
  const reach = new Set(plan.assignments.map(({ assignmentId }) => assignmentId));
  const namesOfTeachers = new Map(rows.map(({ membershipId, teacherName }) => [membershipId, teacherName]));
  return {
    state: kept?.state ?? "draft",
    ...turn,
    version: kept?.version ?? 0,
    savedAt: kept?.savedAt.toISOString() ?? null,
    appliedAt: kept?.appliedAt?.toISOString() ?? null,
    appliedBy: appliedBy === null ? null : (names.get(appliedBy) ?? ""),
    mayUndo,
    classes: school.classes.map((found) => ({
      ...found,
      pupils: plan.pupils.filter(({ classId }) => classId === found.id).length,
    })),
    pupils: plan.pupils.flatMap(({ studentId: id, classId, nextId, fate }) => {
      const pupil = known.get(id);
      if (!pupil) return [];
      const { name, studentNo, sex } = pupil;
      return { id, name, studentNo, classId, nextId, fate, group: dealtGroupOf(sex) };
    }),
    assignments: rows
      .filter(({ id }) => reach.has(id))
      .map(({ id, classId, teacherName: teacher, subject, isHomeroom }) => {
        return { id, classId, teacher, subject, isHomeroom };
      }),
    draft: draft as RollOver["draft"],
    preview: {
      seal,
      isHindered: isHindered(plan),
      problems: [...plan.problems],
      counts: kept?.traces?.counts ?? countsOf(plan),
      classes: nextClasses(school, draft, plan, namesOfTeachers),
      assignments: plan.assignments.map(({ assignmentId: id, fate, added }) => {
        return { id, fate, nextId: added?.classId ?? null };
      }),
    },
  };
}

export function countsOf({ pupils, assignments }: RollOverPlan): RollOverCounts {
  const carried = assignments.filter(({ fate }) => fate === "carried").length;
  return {
    goOn: pupils.filter(({ nextId }) => nextId !== null).length,
    graduate: pupils.filter(({ fate }) => fate === "graduates").length,
    leave: pupils.filter(({ fate }) => fate === "leaves").length,
    carried,
    ended: assignments.length - carried,
  };
}

function nextClasses(
  school: SchoolOnTheEve,
  { nextClasses: drafted }: RollOverDraft,
  { pupils, assignments }: RollOverPlan,
  namesOfTeachers: ReadonlyMap<string, string>,
): RollOverPreview["classes"] {
  const into = Map.groupBy(pupils, ({ nextId }) => nextId);
  const homerooms = new Map(
    school.nextAssignments
      .filter(({ isHomeroom, standsInForId }) => isHomeroom && standsInForId === null)
      .map(({ classId, membershipId }) => [classId, membershipId]),
  );
  for (const { added } of assignments)
    if (added?.isHomeroom) homerooms.set(added.classId, added.membershipId);
  return drafted.map((next) => {
    const there = into.get(next.id) ?? [];
    const from = Map.groupBy(
      there.filter(({ classId }) => classId !== null),
      ({ classId }) => classId ?? "",
    );
    return {
      ...next,
      pupils: there.length,
      from: [...from].map(([classId, some]) => ({ classId, pupils: some.length })),
      homeroomTeacher: namesOfTeachers.get(homerooms.get(next.id) ?? "") ?? null,
    };
  });
}
