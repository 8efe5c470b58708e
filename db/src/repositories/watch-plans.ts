/** What homeroom teachers look out for: planned, ended early, listed while it runs. Nothing else writes `watch_plan`. */
import { and, asc, eq, gte, inArray, isNotNull, isNull, lt } from "drizzle-orm";
import type { NeedReason } from "@doudou/shared/domain/class-growth.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface KeptWatchPlan {
  readonly id: string;
  readonly classId: string;
  readonly studentId: string;
  readonly reason: NeedReason;
  readonly dimension: Dimension | null;
  /** School-local days, both included. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly recordsBefore: number;
}

const shown = (store: Store) => {
  const { watchPlan: w } = store.tables;
  return {
    id: w.id,
    classId: w.classId,
    studentId: w.studentId,
    reason: w.reason,
    dimension: w.dimension,
    startsOn: w.startsOn,
    endsOn: w.endsOn,
    recordsBefore: w.recordsBefore,
  };
};

/** Keeps a plan; one of the same id that was ended goes on. @returns false where it was running already */
export async function keepWatchPlan(
  store: Store,
  schoolId: string,
  plan: KeptWatchPlan & { readonly madeBy: string; readonly madeAt: Date },
): Promise<boolean> {
  const { watchPlan: w } = store.tables;
  const added = await store.db
    .insert(w)
    .values({ schoolId, ...plan, endedAt: null })
    .onConflictDoNothing()
    .returning({ id: w.id });
  if (added.length > 0) return true;
  const goesOn = await store.db
    .update(w)
    .set({ endedAt: null })
    .where(
      and(eq(w.schoolId, schoolId), eq(w.id, plan.id), eq(w.classId, plan.classId), isNotNull(w.endedAt)),
    )
    .returning({ id: w.id });
  return goesOn.length > 0;
}

/** Ends a plan before its last day. @returns the child it was about; undefined where none runs */
export async function endWatchPlan(
  store: Store,
  schoolId: string,
  { classId, id, at }: { readonly classId: string; readonly id: string; readonly at: Date },
): Promise<string | undefined> {
  const { watchPlan: w } = store.tables;
  const [ended] = await store.db
    .update(w)
    .set({ endedAt: at })
    .where(and(eq(w.schoolId, schoolId), eq(w.id, id), eq(w.classId, classId), isNull(w.endedAt)))
    .returning({ studentId: w.studentId });
  return ended?.studentId;
}

/** The plans of a class that run on a day, for the students given. */
export async function runningWatchPlans(
  store: Store,
  schoolId: string,
  { classId, day, studentIds }: { classId: string; day: string; studentIds: readonly string[] },
): Promise<KeptWatchPlan[]> {
  if (studentIds.length === 0) return [];
  const { watchPlan: w } = store.tables;
  return await store.db
    .select(shown(store))
    .from(w)
    .where(
      and(
        eq(w.schoolId, schoolId),
        eq(w.classId, classId),
        gte(w.endsOn, day),
        isNull(w.endedAt),
        inArray(w.studentId, [...studentIds]),
      ),
    )
    .orderBy(asc(w.madeAt), asc(w.id));
}

/** Everything that was ever planned for a child, oldest first: for the record that is handed out. */
export async function watchPlansAboutChild(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<KeptWatchPlan[]> {
  const { watchPlan: w } = store.tables;
  return await store.db
    .select(shown(store))
    .from(w)
    .where(and(eq(w.schoolId, schoolId), eq(w.studentId, studentId)))
    .orderBy(asc(w.madeAt), asc(w.id));
}

/** Deletes plans whose last day is before one. @returns how many */
export async function deleteWatchPlansBefore(store: Store, schoolId: string, day: string): Promise<number> {
  const { watchPlan: w } = store.tables;
  const deleted = await store.db
    .delete(w)
    .where(and(eq(w.schoolId, schoolId), lt(w.endsOn, day)))
    .returning({ id: w.id });
  return deleted.length;
}
