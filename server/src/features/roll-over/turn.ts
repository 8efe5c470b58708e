/** From a plan to the rows it changes, and what has to be known to take them back. Pure but for the ids it is given. */
import type { ListedYear } from "@doudou/db/repositories/directory.ts";
import type { TurnOfYear } from "@doudou/db/repositories/roll-overs.ts";
import type { RollOverDraft, SchoolOnTheEve } from "@doudou/shared/domain/roll-over/draft.ts";
import type { RollOverPlan } from "@doudou/shared/domain/roll-over/plan.ts";
import type { RollOverTraces } from "@doudou/shared/domain/roll-over/traces.ts";

/** From one school year into the next. */
export interface Turn {
  readonly from: ListedYear;
  readonly to: ListedYear;
}

export interface TurnWithTraces {
  readonly work: TurnOfYear;
  readonly traces: Omit<RollOverTraces, "counts">;
}

export function turnOf(
  school: SchoolOnTheEve,
  draft: RollOverDraft,
  plan: RollOverPlan,
  academicYearId: string,
  newId: () => string,
): TurnWithTraces {
  const present = new Set(school.nextClasses.map(({ id }) => id));
  const addedClasses = draft.nextClasses
    .map(({ id, grade, name }) => ({
      id,
      grade,
      name: name.trim(),
      position:
        draft.nextClasses.filter((next) => next.grade === grade).findIndex((next) => next.id === id) + 1,
    }))
    .filter(({ id }) => !present.has(id));
  const stays = plan.pupils.flatMap(({ studentId, fate, changes }) =>
    changes ? [{ studentId, fate, changes }] : [],
  );
  const ending = new Map(school.assignments.map(({ id, endsOn }) => [id, endsOn]));
  const ended = plan.assignments.flatMap(({ assignmentId: id, lastDay: endsOn }) =>
    endsOn === null ? [] : [{ id, endsOn }],
  );
  const adds = plan.assignments.flatMap(({ added }) => (added ? [{ ...added, id: newId() }] : []));
  return {
    work: {
      academicYearId,
      addedClasses,
      stays: {
        ends: stays.flatMap(({ fate, changes }) =>
          changes.ends.map((end) => ({
            ...end,
            endReason: fate === "graduates" ? ("graduated" as const) : ("moved-up" as const),
          })),
        ),
        removes: stays.flatMap(({ changes }) => changes.removes),
        adds: stays.flatMap(({ studentId, changes }) =>
          changes.adds.map((stay) => ({ ...stay, id: newId(), studentId })),
        ),
      },
      assignments: {
        ends: ended,
        removes: plan.assignments.flatMap(({ assignmentId, lastDay }) =>
          lastDay === null ? [assignmentId] : [],
        ),
        adds,
      },
    },
    traces: {
      classIds: addedClasses.map(({ id }) => id),
      addedIds: adds.map(({ id }) => id),
      ended: ended.map(({ id }) => ({ id, endsOn: ending.get(id) ?? null })),
    },
  };
}
