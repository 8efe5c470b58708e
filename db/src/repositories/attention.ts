/**
 * What one teacher recorded in a class. Always asked for one teacher: nothing here tells of two. The term is told by
 * tallies; single weeks by the class's latest awards, so many at most that the cost does not grow with the ledger.
 */
import { and, eq, gt, gte, inArray, isNull, max, sql } from "drizzle-orm";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface OwnPointRecords {
  readonly studentId: string;
  readonly observationPointId: string;
  readonly dimension: Dimension;
  readonly count: number;
}

/** A teacher's standing awards of a term, by student and point. */
export async function ownTallies(
  store: Store,
  schoolId: string,
  of: { readonly termId: string; readonly recorderId: string; readonly studentIds: readonly string[] },
): Promise<OwnPointRecords[]> {
  if (of.studentIds.length === 0) return [];
  const { tally: t } = store.tables;
  return await store.db
    .select({
      studentId: t.studentId,
      observationPointId: t.observationPointId,
      dimension: t.dimension,
      count: t.count,
    })
    .from(t)
    .where(
      and(
        eq(t.schoolId, schoolId),
        eq(t.termId, of.termId),
        inArray(t.studentId, [...of.studentIds]),
        eq(t.recorderId, of.recorderId),
        gt(t.count, 0),
      ),
    );
}

export interface OwnDayRecords extends OwnPointRecords {
  readonly day: string;
}

export interface OwnLatest {
  readonly records: readonly OwnDayRecords[];
  /** What happened after this moment is all there; undefined where nothing at all was left out. */
  readonly completeSince: Date | undefined;
}

/**
 * A teacher's standing awards since a day, by student, point and day, among the latest awards of a class.
 * @param among of all teachers; what lies before them is not looked at
 */
export async function ownLatest(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly recorderId: string; readonly since: string },
  among: number,
): Promise<OwnLatest> {
  const { award: a, awardVoid: v } = store.tables;
  const ofClass = and(eq(a.schoolId, schoolId), eq(a.classId, of.classId));
  const [last] = await store.db
    .select({ seq: max(a.seq) })
    .from(a)
    .where(ofClass);
  const before = (last?.seq ?? 0) - among;
  const [leftOut] = await store.db
    .select({ recordedAt: a.recordedAt })
    .from(a)
    .where(and(ofClass, eq(a.seq, before)));
  const records = await store.db
    .select({
      studentId: a.studentId,
      observationPointId: a.observationPointId,
      dimension: a.dimension,
      day: a.day,
      count: sql`count(*)`.mapWith(Number),
    })
    .from(a)
    .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
    .where(
      and(
        ofClass,
        gt(a.seq, before),
        eq(a.recorderId, of.recorderId),
        gte(a.day, of.since),
        isNull(v.awardId),
      ),
    )
    .groupBy(a.studentId, a.observationPointId, a.dimension, a.day);
  return { records, completeSince: leftOut?.recordedAt };
}
