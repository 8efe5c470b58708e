/**
 * Where pupils and teachers are placed, from when to when: written down as the domain decided. Nothing is overwritten but
 * the day on which something ends; only what never held for a day is removed.
 */
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Stay, StayChanges } from "@doudou/shared/domain/people/moves.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";
import { insertRows } from "./bulk.ts";

/** The stays of these pupils, oldest first. A pupil that the school does not have is not among the keys. */
export async function staysOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<Map<string, Stay[]>> {
  if (studentIds.length === 0) return new Map();
  const { enrollment: e } = store.tables;
  const rows = await store.db
    .select({
      id: e.id,
      studentId: e.studentId,
      classId: e.classId,
      startsOn: e.startsOn,
      endsOn: e.endsOn,
    })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), inArray(e.studentId, [...studentIds])))
    .orderBy(asc(e.startsOn));
  const stays = new Map<string, Stay[]>();
  for (const { studentId, ...stay } of rows) {
    const known = stays.get(studentId);
    if (known) known.push(stay);
    else stays.set(studentId, [stay]);
  }
  return stays;
}

/** Writes down one pupil's move. @param newId for each stay that is added */
export async function changeStays(
  store: Store,
  schoolId: string,
  studentId: string,
  { ends, removes, adds }: StayChanges,
  newId: () => string,
): Promise<void> {
  const { enrollment: e } = store.tables;
  if (removes.length > 0)
    await store.db.delete(e).where(and(eq(e.schoolId, schoolId), inArray(e.id, [...removes])));
  for (const { id, endsOn } of ends)
    await store.db
      .update(e)
      .set({ endsOn, endReason: null })
      .where(and(eq(e.schoolId, schoolId), eq(e.id, id)));
  await insertRows(
    store,
    e,
    adds.map((stay) => ({ ...stay, id: newId(), schoolId, studentId })),
  );
}

/** A staff member of the school: who it is and whether it still works there. */
export async function staffMember(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<
  | { id: string; name: string; role: "teacher" | "school-admin"; hasAccount: boolean; isHere: boolean }
  | undefined
> {
  const { membership: m } = store.tables;
  const [row] = await store.db
    .select({ id: m.id, name: m.displayName, role: m.role, accountId: m.accountId, endedAt: m.endedAt })
    .from(m)
    .where(
      and(eq(m.schoolId, schoolId), eq(m.id, membershipId), inArray(m.role, ["teacher", "school-admin"])),
    );
  if (!row) return undefined;
  const { id, name, accountId, endedAt } = row;
  const role = row.role as "teacher" | "school-admin";
  return { id, name, role, hasAccount: accountId !== null, isHere: endedAt === null };
}

export type NewAssignment = Omit<Tables["teachingAssignment"]["$inferInsert"], "schoolId">;

/** Gives somebody a class, or what somebody else has there for some days. */
export async function addAssignment(store: Store, schoolId: string, added: NewAssignment): Promise<void> {
  await insertRows(store, store.tables.teachingAssignment, [{ ...added, schoolId }]);
}

/** Sets the last day of an assignment; null where no day is left of it, and it goes. */
export async function endAssignment(
  store: Store,
  schoolId: string,
  assignmentId: string,
  lastDay: string | null,
): Promise<void> {
  const { teachingAssignment: a } = store.tables;
  const itself = and(eq(a.schoolId, schoolId), eq(a.id, assignmentId));
  if (lastDay === null) await store.db.delete(a).where(itself);
  else await store.db.update(a).set({ endsOn: lastDay }).where(itself);
}

/** The id of the pupil who has a number. */
export async function studentWithNo(
  store: Store,
  schoolId: string,
  studentNo: string,
): Promise<string | undefined> {
  const { student: s } = store.tables;
  const rows = await store.db
    .select({ id: s.id })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.studentNo, studentNo)));
  return rows[0]?.id;
}
