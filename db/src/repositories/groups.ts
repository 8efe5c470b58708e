/** Groups of a class, and the pairs kept apart in them: read, saved by version, deleted. Nothing else touches them. */
import { and, asc, eq } from "drizzle-orm";
import type { Store } from "../engines/database.ts";
import type { KeptGroup } from "../schema/arrangements.ts";

export interface SavedSet {
  readonly id: string;
  readonly classId: string;
  readonly name: string;
  readonly groups: readonly KeptGroup[];
  readonly changedAt: Date;
  readonly changedBy: string;
}

export interface SetLine extends Omit<SavedSet, "changedBy"> {
  readonly version: number;
  /** The name of who changed it last. */
  readonly changedBy: string;
}

/** The sets of groups of a class, oldest first. */
export async function groupSetsOf(store: Store, schoolId: string, classId: string): Promise<SetLine[]> {
  const { groupSet: g, membership: m } = store.tables;
  return await store.db
    .select({
      id: g.id,
      classId: g.classId,
      name: g.name,
      groups: g.groups,
      version: g.version,
      changedAt: g.changedAt,
      changedBy: m.displayName,
    })
    .from(g)
    .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.changedBy)))
    .where(and(eq(g.schoolId, schoolId), eq(g.classId, classId)))
    .orderBy(asc(g.createdAt), asc(g.id));
}

/**
 * Saves a set over the version it was made from, 0 for a new one.
 * @returns the new version; undefined where there is another by now, or none any more: nothing was written then
 */
export async function saveGroupSet(
  store: Store,
  schoolId: string,
  set: SavedSet,
  from: number,
): Promise<number | undefined> {
  const { groupSet: g } = store.tables;
  const version = from + 1;
  if (from === 0) {
    const added = await store.db
      .insert(g)
      .values({ schoolId, ...set, version, createdAt: set.changedAt })
      .onConflictDoNothing({ target: [g.schoolId, g.id] })
      .returning({ version: g.version });
    return added[0]?.version;
  }
  const { id, classId, ...changes } = set;
  const saved = await store.db
    .update(g)
    .set({ ...changes, version })
    .where(and(eq(g.schoolId, schoolId), eq(g.id, id), eq(g.classId, classId), eq(g.version, from)))
    .returning({ version: g.version });
  return saved[0]?.version;
}

/** @returns false where there is another version by now, or none any more */
export async function deleteGroupSet(
  store: Store,
  schoolId: string,
  set: { readonly id: string; readonly classId: string; readonly version: number },
): Promise<boolean> {
  const { groupSet: g } = store.tables;
  const deleted = await store.db
    .delete(g)
    .where(
      and(eq(g.schoolId, schoolId), eq(g.id, set.id), eq(g.classId, set.classId), eq(g.version, set.version)),
    )
    .returning({ id: g.id });
  return deleted.length > 0;
}

/** The pairs of a class that are kept apart. */
export async function keptApartIn(
  store: Store,
  schoolId: string,
  classId: string,
): Promise<{ studentId: string; otherStudentId: string }[]> {
  const { keptApart: k } = store.tables;
  return await store.db
    .select({ studentId: k.studentId, otherStudentId: k.otherStudentId })
    .from(k)
    .where(and(eq(k.schoolId, schoolId), eq(k.classId, classId)))
    .orderBy(asc(k.addedAt), asc(k.studentId), asc(k.otherStudentId));
}

/** Keeps two children of a class apart; doing it twice changes nothing. */
export async function keepApart(
  store: Store,
  schoolId: string,
  pair: {
    readonly classId: string;
    readonly studentIds: readonly [string, string];
    readonly addedBy: string;
    readonly addedAt: Date;
  },
): Promise<void> {
  const { classId, studentIds, addedBy, addedAt } = pair;
  const [studentId, otherStudentId] = inOrder(studentIds);
  await store.db
    .insert(store.tables.keptApart)
    .values({ schoolId, classId, studentId, otherStudentId, addedBy, addedAt })
    .onConflictDoNothing();
}

/** Keeps two children apart no longer; doing it twice changes nothing. */
export async function keepApartNoLonger(
  store: Store,
  schoolId: string,
  pair: { readonly classId: string; readonly studentIds: readonly [string, string] },
): Promise<void> {
  const { keptApart: k } = store.tables;
  const [studentId, otherStudentId] = inOrder(pair.studentIds);
  await store.db
    .delete(k)
    .where(
      and(
        eq(k.schoolId, schoolId),
        eq(k.classId, pair.classId),
        eq(k.studentId, studentId),
        eq(k.otherStudentId, otherStudentId),
      ),
    );
}

function inOrder([one, other]: readonly [string, string]): [string, string] {
  return one < other ? [one, other] : [other, one];
}
