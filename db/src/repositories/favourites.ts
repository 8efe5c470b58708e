/** The observation points a teacher keeps at hand. */
import { and, eq } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export async function favouritesOf(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<Set<string>> {
  const { favouritePoint: f } = store.tables;
  const rows = await store.db
    .select({ pointId: f.observationPointId })
    .from(f)
    .where(and(eq(f.schoolId, schoolId), eq(f.membershipId, membershipId)));
  return new Set(rows.map((row) => row.pointId));
}

/** Adds or takes away a favourite; doing it twice changes nothing. */
export async function setFavourite(
  store: Store,
  schoolId: string,
  membershipId: string,
  observationPointId: string,
  isFavourite: boolean,
): Promise<void> {
  const { favouritePoint: f } = store.tables;
  if (isFavourite) {
    await store.db.insert(f).values({ schoolId, membershipId, observationPointId }).onConflictDoNothing();
  } else {
    await store.db
      .delete(f)
      .where(
        and(
          eq(f.schoolId, schoolId),
          eq(f.membershipId, membershipId),
          eq(f.observationPointId, observationPointId),
        ),
      );
  }
}
