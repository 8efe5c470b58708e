/**
 * Proves that every total is derivable from the award ledger: recounts it and compares. Changes nothing.
 */
import { and, eq, isNull, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/sqlite-core";
import type { Store } from "../engines/database.ts";

export interface TallyDifference {
  readonly tally: "tally" | "day_tally";
  /** The tally's key, part by part. */
  readonly key: Readonly<Record<string, string>>;
  /** Ledger minus tally. */
  readonly count: number;
  readonly beans: number;
}

/**
 * Recounts a school's whole ledger in the database and compares it with both tallies.
 * @returns the rows that differ; none when every total is derivable from the ledger
 */
export async function tallyDifferences(store: Store, schoolId: string): Promise<TallyDifference[]> {
  const { award: a, awardVoid: v, tally: t, dayTally: d } = store.tables;
  const standing = and(eq(a.schoolId, schoolId), isNull(v.awardId));
  const isVoid = and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id));

  const both = unionAll(
    store.db
      .select({
        termId: a.termId,
        studentId: a.studentId,
        observationPointId: a.observationPointId,
        recorderId: a.recorderId,
        dimension: a.dimension,
        count: sql<number>`1`.as("counted"),
        beans: sql<number>`${a.beans}`.as("worth"),
      })
      .from(a)
      .leftJoin(v, isVoid)
      .where(standing),
    store.db
      .select({
        termId: t.termId,
        studentId: t.studentId,
        observationPointId: t.observationPointId,
        recorderId: t.recorderId,
        dimension: t.dimension,
        count: sql<number>`-${t.count}`.as("counted"),
        beans: sql<number>`-${t.beans}`.as("worth"),
      })
      .from(t)
      .where(eq(t.schoolId, schoolId)),
  ).as("both");
  const points = await store.db
    .select({
      termId: both.termId,
      studentId: both.studentId,
      observationPointId: both.observationPointId,
      recorderId: both.recorderId,
      dimension: both.dimension,
      count: sql`sum(${both.count})`.mapWith(Number),
      beans: sql`sum(${both.beans})`.mapWith(Number),
    })
    .from(both)
    .groupBy(both.termId, both.studentId, both.observationPointId, both.recorderId, both.dimension)
    .having(sql`sum(${both.count}) <> 0 or sum(${both.beans}) <> 0`);

  const bothDays = unionAll(
    store.db
      .select({
        studentId: a.studentId,
        day: a.day,
        dimension: a.dimension,
        count: sql<number>`1`.as("counted"),
        beans: sql<number>`${a.beans}`.as("worth"),
      })
      .from(a)
      .leftJoin(v, isVoid)
      .where(standing),
    store.db
      .select({
        studentId: d.studentId,
        day: d.day,
        dimension: d.dimension,
        count: sql<number>`-${d.count}`.as("counted"),
        beans: sql<number>`-${d.beans}`.as("worth"),
      })
      .from(d)
      .where(eq(d.schoolId, schoolId)),
  ).as("both_days");
  const days = await store.db
    .select({
      studentId: bothDays.studentId,
      day: bothDays.day,
      dimension: bothDays.dimension,
      count: sql`sum(${bothDays.count})`.mapWith(Number),
      beans: sql`sum(${bothDays.beans})`.mapWith(Number),
    })
    .from(bothDays)
    .groupBy(bothDays.studentId, bothDays.day, bothDays.dimension)
    .having(sql`sum(${bothDays.count}) <> 0 or sum(${bothDays.beans}) <> 0`);

  return [
    ...points.map(({ count, beans, ...key }) => ({ tally: "tally" as const, key, count, beans })),
    ...days.map(({ count, beans, ...key }) => ({ tally: "day_tally" as const, key, count, beans })),
  ];
}

/** How many awards and voids a school's ledger holds. */
export async function ledgerSize(store: Store, schoolId: string): Promise<{ awards: number; voids: number }> {
  const { award: a, awardVoid: v } = store.tables;
  const [awards] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(a)
    .where(eq(a.schoolId, schoolId));
  const [voids] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(v)
    .where(eq(v.schoolId, schoolId));
  return { awards: awards?.count ?? 0, voids: voids?.count ?? 0 };
}
