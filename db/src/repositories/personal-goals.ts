/** A child's own small goals. Counts for them what the ledger has; writes nothing to it. */
import { and, count, desc, eq, gte, isNull } from "drizzle-orm";
import type { Store } from "../engines/database.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface NewPersonalGoal {
  readonly id: string;
  readonly studentId: string;
  readonly termId: string;
  readonly text: string;
  readonly pointCode: string | null;
  readonly steps: number;
  readonly reviewOn: string;
  readonly setBy: string;
  readonly setAt: Date;
}

export interface PersonalGoalRow extends NewPersonalGoal {
  readonly ticked: number;
  readonly celebratedAt: Date | null;
  readonly endedAt: Date | null;
  /** Who set it: a name. */
  readonly by: string;
}

/** @returns false where the id is taken: nothing was written then */
export async function addPersonalGoal(
  store: Store,
  schoolId: string,
  goal: NewPersonalGoal,
): Promise<boolean> {
  const { personalGoal: g } = store.tables;
  const added = await store.db
    .insert(g)
    .values({ schoolId, ...goal, ticked: 0 })
    .onConflictDoNothing({ target: [g.schoolId, g.id] })
    .returning({ id: g.id });
  return added.length > 0;
}

/** A child's goals, latest first. */
export async function personalGoalsOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<PersonalGoalRow[]> {
  const rows = await store
    .prepared("personalGoalsOf", () => {
      const { personalGoal: g, membership: m } = store.tables;
      return store.db
        .select({ goal: g, by: m.displayName })
        .from(g)
        .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.setBy)))
        .where(isOfAskedChild(g))
        .orderBy(desc(g.setAt), desc(g.id));
    })
    .execute({ schoolId, studentId });
  return rows.map(({ goal, by }) => ({ ...goal, by }));
}

export async function updatePersonalGoal(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly id: string },
  to: { readonly ticked?: number; readonly celebratedAt?: Date; readonly endedAt?: Date },
): Promise<void> {
  const { personalGoal: g } = store.tables;
  await store.db
    .update(g)
    .set(to)
    .where(and(eq(g.schoolId, schoolId), eq(g.studentId, of.studentId), eq(g.id, of.id)));
}

/** Standing awards of a point, whatever the version of the scheme, that a child was given in a term since a moment. */
export async function awardsOfPointSince(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly pointCode: string; readonly termId: string },
  since: Date,
): Promise<number> {
  const { award: a, awardVoid: v, observationPoint: p } = store.tables;
  const [row] = await store.db
    .select({ count: count() })
    .from(a)
    .innerJoin(p, and(eq(p.schoolId, a.schoolId), eq(p.id, a.observationPointId)))
    .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.studentId, of.studentId),
        eq(a.termId, of.termId),
        gte(a.occurredAt, since),
        eq(p.code, of.pointCode),
        isNull(v.awardId),
      ),
    );
  return row?.count ?? 0;
}
