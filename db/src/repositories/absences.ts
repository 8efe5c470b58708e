/** Who is absent on a day: marked, read, and deleted when the day is over. Nothing else reads or writes it. */
import { and, eq, lt, lte } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export interface KeptAbsenceMark {
  readonly classId: string;
  readonly day: string;
  readonly studentId: string;
  readonly isAbsent: boolean;
  readonly markedAt: Date;
  readonly markedBy: string;
}

/** Keeps the last word about each child: a mark older than the one that is there changes nothing. */
export async function keepAbsenceMarks(
  store: Store,
  schoolId: string,
  marks: readonly KeptAbsenceMark[],
): Promise<void> {
  const { absence: a } = store.tables;
  for (const mark of marks) {
    const { isAbsent, markedAt, markedBy } = mark;
    await store.db
      .insert(a)
      .values({ schoolId, ...mark })
      .onConflictDoUpdate({
        target: [a.schoolId, a.classId, a.day, a.studentId],
        set: { isAbsent, markedAt, markedBy },
        setWhere: lte(a.markedAt, markedAt),
      });
  }
}

/** The students of a class who are marked absent on a day. */
export async function absentOn(
  store: Store,
  schoolId: string,
  classId: string,
  day: string,
): Promise<Set<string>> {
  const { absence: a } = store.tables;
  const rows = await store.db
    .select({ studentId: a.studentId })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.classId, classId), eq(a.day, day), eq(a.isAbsent, true)));
  return new Set(rows.map(({ studentId }) => studentId));
}

/** Deletes what was marked for the days before one. @returns how many */
export async function deleteAbsencesBefore(store: Store, schoolId: string, day: string): Promise<number> {
  const { absence: a } = store.tables;
  const deleted = await store.db
    .delete(a)
    .where(and(eq(a.schoolId, schoolId), lt(a.day, day)))
    .returning({ studentId: a.studentId });
  return deleted.length;
}
