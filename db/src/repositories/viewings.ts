/** Minutes in which a child looked at its own pages: counted, and deleted when the day is over. Nobody reads them. */
import { and, eq, lt, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export interface ViewedMinute {
  readonly studentId: string;
  /** The school's. */
  readonly day: string;
  /** When it began. */
  readonly minute: Date;
  /** How many minutes the day may have. */
  readonly limit: number;
}

/** Counts a minute among its day's, once, unless the day has as many as it may. @returns whether it is one of them */
export async function countViewedMinute(
  store: Store,
  schoolId: string,
  { studentId, day, minute, limit }: ViewedMinute,
): Promise<boolean> {
  const { viewing: v } = store.tables;
  await store.db
    .insert(v)
    .values({ schoolId, studentId, day, minutes: 1, lastMinute: minute })
    .onConflictDoUpdate({
      target: [v.schoolId, v.studentId, v.day],
      set: { minutes: sql`${v.minutes} + 1`, lastMinute: minute },
      setWhere: sql`${lt(v.lastMinute, minute)} and ${lt(v.minutes, limit)}`,
    });
  const [counted] = await store.db
    .select({ lastMinute: v.lastMinute })
    .from(v)
    .where(and(eq(v.schoolId, schoolId), eq(v.studentId, studentId), eq(v.day, day)));
  return counted !== undefined && counted.lastMinute >= minute;
}

/** Deletes what was counted for the days before one. @returns how many days of children */
export async function deleteViewingsBefore(store: Store, schoolId: string, day: string): Promise<number> {
  const { viewing: v } = store.tables;
  const deleted = await store.db
    .delete(v)
    .where(and(eq(v.schoolId, schoolId), lt(v.day, day)))
    .returning({ studentId: v.studentId });
  return deleted.length;
}
