/** Seating plans: read, saved by version, deleted. Nothing else reads or writes them. */
import { and, asc, eq, gte, isNull, lte, or } from "drizzle-orm";
import type { Seating } from "@doudou/shared/domain/seating.ts";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface SavedPlan {
  readonly id: string;
  readonly classId: string;
  readonly subjectId: string | null;
  readonly name: string;
  readonly arrangement: Seating;
  readonly changedAt: Date;
  readonly changedBy: string;
}

export interface PlanLine extends Omit<SavedPlan, "changedBy"> {
  readonly version: number;
  /** The name of who changed it last. */
  readonly changedBy: string;
}

/** The plans of a class, oldest first. */
export async function seatingPlansOf(store: Store, schoolId: string, classId: string): Promise<PlanLine[]> {
  const { seatingPlan: p, membership: m } = store.tables;
  return await store.db
    .select({
      id: p.id,
      classId: p.classId,
      subjectId: p.subjectId,
      name: p.name,
      arrangement: p.arrangement,
      version: p.version,
      changedAt: p.changedAt,
      changedBy: m.displayName,
    })
    .from(p)
    .innerJoin(m, and(eq(m.schoolId, p.schoolId), eq(m.id, p.changedBy)))
    .where(and(eq(p.schoolId, schoolId), eq(p.classId, classId)))
    .orderBy(asc(p.createdAt), asc(p.id));
}

/**
 * Saves a plan over the version it was made from, 0 for a new one.
 * @returns the new version; undefined where there is another by now, or none any more: nothing was written then
 */
export async function saveSeatingPlan(
  store: Store,
  schoolId: string,
  plan: SavedPlan,
  from: number,
): Promise<number | undefined> {
  const { seatingPlan: p } = store.tables;
  const version = from + 1;
  if (from === 0) {
    const added = await store.db
      .insert(p)
      .values({ schoolId, ...plan, version, createdAt: plan.changedAt })
      .onConflictDoNothing({ target: [p.schoolId, p.id] })
      .returning({ version: p.version });
    return added[0]?.version;
  }
  const { id, classId, ...changes } = plan;
  const saved = await store.db
    .update(p)
    .set({ ...changes, version })
    .where(and(eq(p.schoolId, schoolId), eq(p.id, id), eq(p.classId, classId), eq(p.version, from)))
    .returning({ version: p.version });
  return saved[0]?.version;
}

/** @returns false where there is another version by now, or none any more */
export async function deleteSeatingPlan(
  store: Store,
  schoolId: string,
  plan: { readonly id: string; readonly classId: string; readonly version: number },
): Promise<boolean> {
  const { seatingPlan: p } = store.tables;
  const deleted = await store.db
    .delete(p)
    .where(
      and(
        eq(p.schoolId, schoolId),
        eq(p.id, plan.id),
        eq(p.classId, plan.classId),
        eq(p.version, plan.version),
      ),
    )
    .returning({ id: p.id });
  return deleted.length > 0;
}

/** The subjects that are taught in a class on a day. */
export async function subjectsTaught(
  store: Store,
  schoolId: string,
  classId: string,
  day: string,
): Promise<{ id: string; code: string; name: Bilingual }[]> {
  const { teachingAssignment: a, subject: s } = store.tables;
  const rows = await store.db
    .selectDistinct({ id: s.id, code: s.code, zh: s.nameZh, en: s.nameEn })
    .from(a)
    .innerJoin(s, and(eq(s.schoolId, a.schoolId), eq(s.id, a.subjectId)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.classId, classId),
        lte(a.startsOn, day),
        or(isNull(a.endsOn), gte(a.endsOn, day)),
      ),
    )
    .orderBy(asc(s.code));
  return rows.map(({ id, code, zh, en }) => ({ id, code, name: { zh, en } }));
}
