/** The sets of tiles a teacher has put together. */
import { and, asc, count, eq } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export interface TileSetRow {
  readonly id: string;
  readonly name: string;
  readonly subjectCode: string | null;
  /** In the teacher's order. */
  readonly pointCodes: string[];
}

/** Oldest first. */
export async function tileSetsOf(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<TileSetRow[]> {
  const { tileSet: t } = store.tables;
  return await store.db
    .select({ id: t.id, name: t.name, subjectCode: t.subjectCode, pointCodes: t.pointCodes })
    .from(t)
    .where(and(eq(t.schoolId, schoolId), eq(t.membershipId, membershipId)))
    .orderBy(asc(t.id));
}

/**
 * Adds a set or writes it over; doing it twice changes nothing.
 * @returns `taken` where the id is somebody else's, `full` where there would be more than so many
 */
export async function putTileSet(
  store: Store,
  schoolId: string,
  membershipId: string,
  set: TileSetRow,
  mostSets: number,
): Promise<"kept" | "taken" | "full"> {
  const { tileSet: t } = store.tables;
  const isOwn = and(eq(t.schoolId, schoolId), eq(t.membershipId, membershipId));
  const { id, name, subjectCode } = set;
  const words = { name, subjectCode, pointCodes: set.pointCodes };
  const changed = await store.db
    .update(t)
    .set(words)
    .where(and(isOwn, eq(t.id, id)))
    .returning({ id: t.id });
  if (changed.length > 0) return "kept";
  const [{ sets } = { sets: 0 }] = await store.db.select({ sets: count() }).from(t).where(isOwn);
  if (sets >= mostSets) return "full";
  const added = await store.db
    .insert(t)
    .values({ schoolId, membershipId, id, ...words })
    .onConflictDoNothing({ target: [t.schoolId, t.id] })
    .returning({ id: t.id });
  return added.length > 0 ? "kept" : "taken";
}

/** Takes a set away; doing it twice changes nothing. */
export async function removeTileSet(
  store: Store,
  schoolId: string,
  membershipId: string,
  id: string,
): Promise<void> {
  const { tileSet: t } = store.tables;
  await store.db
    .delete(t)
    .where(and(eq(t.schoolId, schoolId), eq(t.membershipId, membershipId), eq(t.id, id)));
}
