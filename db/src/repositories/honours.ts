/** Honours: entered by the homeroom teacher, or proposed by a guardian and settled once. */
import { and, asc, desc, eq, ne, sql } from "drizzle-orm";
import type { HonourLevel, HonourState } from "@doudou/shared/domain/works.ts";
import type { Dimension, Role } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface NewHonour {
  readonly id: string;
  readonly studentId: string;
  readonly classId: string;
  readonly termId: string;
  readonly title: string;
  readonly level: HonourLevel;
  readonly givenBy: string;
  readonly day: string;
  readonly dimension: Dimension;
  readonly makerId: string;
  readonly addedAt: Date;
  readonly state: HonourState;
}

/** @returns false where the id is taken: nothing was written then */
export async function addHonour(store: Store, schoolId: string, honour: NewHonour): Promise<boolean> {
  const { honour: h } = store.tables;
  const added = await store.db
    .insert(h)
    .values({ schoolId, ...honour })
    .onConflictDoNothing({ target: [h.schoolId, h.id] })
    .returning({ id: h.id });
  return added.length > 0;
}

export async function honourById(store: Store, schoolId: string, id: string): Promise<NewHonour | undefined> {
  const { honour: h } = store.tables;
  const [row] = await store.db
    .select()
    .from(h)
    .where(and(eq(h.schoolId, schoolId), eq(h.id, id)));
  return row;
}

/** How many honours a child has in a term, declined ones not among them. */
export async function countHonours(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly termId: string },
): Promise<number> {
  const { honour: h } = store.tables;
  const [row] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(h)
    .where(
      and(
        eq(h.schoolId, schoolId),
        eq(h.studentId, of.studentId),
        eq(h.termId, of.termId),
        ne(h.state, "declined"),
      ),
    );
  return row?.count ?? 0;
}

/** An honour as people read it. */
export interface HonourLine extends NewHonour {
  readonly studentName: string;
  readonly by: string;
  readonly byRole: Role;
}

/** A child's honours of all years, the latest first. */
export async function honoursOf(store: Store, schoolId: string, studentId: string): Promise<HonourLine[]> {
  const rows = await store
    .prepared("honoursOf", () => {
      const { honour: h } = store.tables;
      return honoursQuery(store).where(isOfAskedChild(h)).orderBy(desc(h.day), desc(h.id));
    })
    .execute({ schoolId, studentId });
  return rows.map(honourLine);
}

/** Honours of a class that guardians proposed and nobody has settled, oldest first. */
export async function honoursWaiting(store: Store, schoolId: string, classId: string): Promise<HonourLine[]> {
  const { honour: h } = store.tables;
  const rows = await honoursQuery(store)
    .where(and(eq(h.schoolId, schoolId), eq(h.classId, classId), eq(h.state, "proposed")))
    .orderBy(asc(h.addedAt), asc(h.id));
  return rows.map(honourLine);
}

/** Settles one that was proposed. @returns false where it was settled before: the first word stays */
export async function settleHonour(
  store: Store,
  schoolId: string,
  id: string,
  settled: { readonly state: Exclude<HonourState, "proposed">; readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { honour: h } = store.tables;
  const changed = await store.db
    .update(h)
    .set({ state: settled.state, settledBy: settled.by, settledAt: settled.at })
    .where(and(eq(h.schoolId, schoolId), eq(h.id, id), eq(h.state, "proposed")))
    .returning({ id: h.id });
  return changed.length > 0;
}

/** Deletes an honour, whose certificate is deleted before: see portfolio-files.ts. */
export async function deleteHonour(store: Store, schoolId: string, id: string): Promise<void> {
  const { honour: h } = store.tables;
  await store.db.delete(h).where(and(eq(h.schoolId, schoolId), eq(h.id, id)));
}

function honoursQuery(store: Store) {
  const { honour: h, student: s, membership: m } = store.tables;
  return store.db
    .select({ honour: h, studentName: s.name, by: m.displayName, byRole: m.role })
    .from(h)
    .innerJoin(s, and(eq(s.schoolId, h.schoolId), eq(s.id, h.studentId)))
    .innerJoin(m, and(eq(m.schoolId, h.schoolId), eq(m.id, h.makerId)))
    .$dynamic();
}

function honourLine({ honour, ...people }: Awaited<ReturnType<typeof honoursQuery>>[number]): HonourLine {
  const { schoolId: _, settledBy: _by, settledAt: _at, ...kept } = honour;
  return { ...kept, ...people };
}
