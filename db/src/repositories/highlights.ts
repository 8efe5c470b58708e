/** What a child chose to show first, in its own order. Holds no word of its own: only what it points to. */
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { HighlightKind } from "@doudou/shared/domain/works.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface Highlight {
  readonly kind: HighlightKind;
  readonly subjectId: string;
}

export async function highlightsOf(store: Store, schoolId: string, studentId: string): Promise<Highlight[]> {
  return await store
    .prepared("highlightsOf", () => {
      const { highlight: x } = store.tables;
      return store.db
        .select({ kind: x.kind, subjectId: x.subjectId })
        .from(x)
        .where(isOfAskedChild(x))
        .orderBy(asc(x.place));
    })
    .execute({ schoolId, studentId });
}

/** Writes the whole choice in place of the one before. */
export async function replaceHighlights(
  store: Store,
  schoolId: string,
  studentId: string,
  chosen: readonly Highlight[],
): Promise<void> {
  const { highlight: x } = store.tables;
  await store.lock([`${schoolId}/highlights/${studentId}`]);
  await store.db.delete(x).where(and(eq(x.schoolId, schoolId), eq(x.studentId, studentId)));
  await insertRows(
    store,
    x,
    chosen.map((each, place) => ({ schoolId, studentId, ...each, place })),
  );
}

/** What is deleted can no longer be shown first. */
export async function forgetHighlight(
  store: Store,
  schoolId: string,
  { kind, subjectId, studentId }: Highlight & { readonly studentId: string },
): Promise<void> {
  const { highlight: x } = store.tables;
  await store.db
    .delete(x)
    .where(
      and(eq(x.schoolId, schoolId), eq(x.studentId, studentId), eq(x.kind, kind), eq(x.subjectId, subjectId)),
    );
}

/** Which of these are standing awards of this child. */
export async function standingAwardsAmong(
  store: Store,
  schoolId: string,
  studentId: string,
  awardIds: readonly string[],
): Promise<Set<string>> {
  if (awardIds.length === 0) return new Set();
  const { award: a, awardVoid: v } = store.tables;
  const rows = await store.db
    .select({ id: a.id })
    .from(a)
    .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        inArray(a.id, [...awardIds]),
        eq(a.studentId, studentId),
        isNull(v.awardId),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
