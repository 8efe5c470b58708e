/** When families were reminded that a summary waits for them, and whether it still does. */
import { and, eq, inArray, isNotNull, lt, max, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export interface NewNudge {
  readonly id: string;
  readonly termId: string;
  readonly studentId: string;
  readonly nudgedBy: string;
  readonly nudgedAt: Date;
}

/** Writes down that families were reminded. */
export async function addNudges(store: Store, schoolId: string, nudges: readonly NewNudge[]): Promise<void> {
  if (nudges.length === 0) return;
  await store.db.insert(store.tables.summaryNudge).values(nudges.map((nudge) => ({ schoolId, ...nudge })));
}

/** When each of these children's families was last reminded of a term's summary; a child that is missing never was. */
export async function lastNudges(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<Map<string, Date>> {
  if (studentIds.length === 0) return new Map();
  const { summaryNudge: x } = store.tables;
  const rows = await store.db
    .select({ studentId: x.studentId, last: max(x.nudgedAt) })
    .from(x)
    .where(and(eq(x.schoolId, schoolId), eq(x.termId, termId), inArray(x.studentId, [...studentIds])))
    .groupBy(x.studentId);
  return new Map(rows.flatMap(({ studentId, last }) => (last ? [[studentId, last] as const] : [])));
}

/** Which of these children's latest revision of a term waits: it is published, and no guardian has signed it. */
export async function unsignedAmong(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<Set<string>> {
  if (studentIds.length === 0) return new Set();
  const { termSummary: s, summaryReading: r } = store.tables;
  const latest = store.db
    .select({ studentId: s.studentId, revision: sql<number>`max(${s.revision})`.as("latest") })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.termId, termId), inArray(s.studentId, [...studentIds])))
    .groupBy(s.studentId)
    .as("latest_revision");
  const published = await store.db.select({ studentId: latest.studentId }).from(latest);
  const signed = await store.db
    .selectDistinct({ studentId: r.studentId })
    .from(r)
    .innerJoin(latest, and(eq(latest.studentId, r.studentId), eq(latest.revision, r.revision)))
    .where(and(eq(r.schoolId, schoolId), eq(r.termId, termId), isNotNull(r.signedAt)));
  const done = new Set(signed.map(({ studentId }) => studentId));
  return new Set(published.map(({ studentId }) => studentId).filter((id) => !done.has(id)));
}

/** Deletes what was noted before a moment. @returns how many */
export async function deleteNudgesBefore(store: Store, schoolId: string, before: Date): Promise<number> {
  const { summaryNudge: x } = store.tables;
  const rows = await store.db
    .delete(x)
    .where(and(eq(x.schoolId, schoolId), lt(x.nudgedAt, before)))
    .returning({ id: x.id });
  return rows.length;
}
