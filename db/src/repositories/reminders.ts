/** Reminders: written, read, withdrawn, and deleted once their term is over. Nothing else reads or writes them. */
import { and, desc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import type { ReminderPhrase } from "@doudou/shared/domain/reminders.ts";
import type { Store } from "../engines/database.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface NewReminder {
  readonly id: string;
  readonly studentId: string;
  readonly classId: string;
  readonly termId: string;
  readonly recorderId: string;
  readonly phrase: ReminderPhrase | null;
  readonly text: string | null;
  readonly guardianMaySee: boolean;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
}

/** A reminder as it is kept; withdrawn, it keeps when. */
export interface KeptReminder extends NewReminder {
  readonly withdrawnAt: Date | null;
}

/** @returns false where the id is taken: nothing was written then */
export async function addReminder(store: Store, schoolId: string, reminder: NewReminder): Promise<boolean> {
  const { reminder: r } = store.tables;
  const added = await store.db
    .insert(r)
    .values({ schoolId, ...reminder })
    .onConflictDoNothing({ target: [r.schoolId, r.id] })
    .returning({ id: r.id });
  return added.length > 0;
}

export async function reminderById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<KeptReminder | undefined> {
  const { reminder: r } = store.tables;
  const rows = await store.db
    .select()
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.id, id)));
  return rows[0];
}

export interface ReminderLine extends NewReminder {
  readonly by: string;
}

/** A child's reminders of a term that have not been withdrawn, newest first. */
export async function remindersOf(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly termId: string; readonly onlyForGuardian: boolean },
  limit: number,
): Promise<ReminderLine[]> {
  const { studentId, termId, onlyForGuardian } = of;
  const rows = await store
    .prepared(onlyForGuardian ? "remindersForGuardian" : "remindersOf", () => {
      const { reminder: r, membership: m } = store.tables;
      return store.db
        .select({ reminder: r, by: m.displayName })
        .from(r)
        .innerJoin(m, and(eq(m.schoolId, r.schoolId), eq(m.id, r.recorderId)))
        .where(
          and(
            isOfAskedChild(r),
            eq(r.termId, sql.placeholder("termId")),
            isNull(r.withdrawnAt),
            onlyForGuardian ? eq(r.guardianMaySee, true) : undefined,
          ),
        )
        .orderBy(desc(r.recordedAt), desc(r.id))
        .limit(sql.placeholder("limit"));
    })
    .execute({ schoolId, studentId, termId, limit });
  return rows.map(({ reminder, by }) => ({ ...reminder, by }));
}

/** How many reminders about a child were written since a moment by one teacher, withdrawn ones included. */
export async function countWritten(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly termId: string; readonly recorderId: string },
  since: Date,
): Promise<number> {
  const { reminder: r } = store.tables;
  const [row] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(r)
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.termId, of.termId),
        eq(r.studentId, of.studentId),
        gte(r.recordedAt, since),
        eq(r.recorderId, of.recorderId),
      ),
    );
  return row?.count ?? 0;
}

/** @returns false where it was withdrawn before: the first time stays */
export async function withdrawReminder(
  store: Store,
  schoolId: string,
  id: string,
  by: { readonly membershipId: string; readonly at: Date },
): Promise<boolean> {
  const { reminder: r } = store.tables;
  const changed = await store.db
    .update(r)
    .set({ withdrawnAt: by.at, withdrawnBy: by.membershipId })
    .where(and(eq(r.schoolId, schoolId), eq(r.id, id), isNull(r.withdrawnAt)))
    .returning({ id: r.id });
  return changed.length > 0;
}

/**
 * Deletes reminders of terms that are over, at most `limit` of them.
 * @returns how many
 */
export async function deleteReminders(
  store: Store,
  schoolId: string,
  termIds: readonly string[],
  limit: number,
): Promise<number> {
  if (termIds.length === 0) return 0;
  const { reminder: r } = store.tables;
  const some = store.db
    .select({ id: r.id })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), inArray(r.termId, [...termIds])))
    .limit(limit);
  const deleted = await store.db
    .delete(r)
    .where(and(eq(r.schoolId, schoolId), inArray(r.id, some)))
    .returning({ id: r.id });
  return deleted.length;
}
