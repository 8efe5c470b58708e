/**
 * Takes the notes out of awards whose time is over, and why one was voided with them; what was given stays. A note that
 * its child shows first among its highlights stays as long as it does.
 */
import { and, asc, eq, gt, inArray, isNotNull, lt, ne, notExists, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

/**
 * Lets go, for good, of notes of awards of days before one; from then on the database lets them be taken out.
 * @returns whether there are any that have not been taken out yet
 */
export async function beginNoteExpiry(store: Store, schoolId: string, beforeDay: string): Promise<boolean> {
  const { noteExpiry: x } = store.tables;
  await store.db
    .insert(x)
    .values({ schoolId, beforeDay })
    .onConflictDoUpdate({ target: x.schoolId, set: { beforeDay }, setWhere: lt(x.beforeDay, beforeDay) });
  const [standing] = await store.db
    .select({ doneBeforeDay: x.doneBeforeDay })
    .from(x)
    .where(eq(x.schoolId, schoolId));
  return (standing?.doneBeforeDay ?? "") < beforeDay;
}

/** Says that all notes of awards of days before one have been taken out. */
export async function endNoteExpiry(store: Store, schoolId: string, beforeDay: string): Promise<void> {
  const { noteExpiry: x } = store.tables;
  await store.db.update(x).set({ doneBeforeDay: beforeDay }).where(eq(x.schoolId, schoolId));
}

/** Children of the school, those who have left too, in the order of their ids. @param after the last one that was had */
export async function childrenAfter(
  store: Store,
  schoolId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const { student: s } = store.tables;
  const found = await store.db
    .select({ id: s.id })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), gt(s.id, after)))
    .orderBy(asc(s.id))
    .limit(limit);
  return found.map(({ id }) => id);
}

/** Takes out what is beside awards of these children of days before one. @returns of how many awards and voids */
export async function expireNotes(
  store: Store,
  schoolId: string,
  { studentIds, beforeDay }: { readonly studentIds: readonly string[]; readonly beforeDay: string },
): Promise<number> {
  const { award: a, awardVoid: v, highlight: h } = store.tables;
  const isOver = and(eq(a.schoolId, schoolId), inArray(a.studentId, [...studentIds]), lt(a.day, beforeDay));
  const shownFirst = store.db
    .select({ one: sql`1` })
    .from(h)
    .where(
      and(eq(h.schoolId, schoolId), eq(h.studentId, a.studentId), eq(h.kind, "award"), eq(h.subjectId, a.id)),
    );
  const notes = await store.db
    .update(a)
    .set({ note: null })
    .where(and(isOver, isNotNull(a.note), notExists(shownFirst)))
    .returning({ id: a.id });
  const voided = store.db.select({ id: a.id }).from(a).where(isOver);
  const reasons = await store.db
    .update(v)
    .set({ reason: "" })
    .where(and(eq(v.schoolId, schoolId), inArray(v.awardId, voided), ne(v.reason, "")))
    .returning({ id: v.awardId });
  return notes.length + reasons.length;
}
