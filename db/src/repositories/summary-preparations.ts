/**
 * Looks through the summaries of many classes, in the background: what is under way, how far it has come, and what each
 * class lacked. Only the latest of a term is kept. Names no child.
 */
import { and, asc, count, desc, eq, isNull } from "drizzle-orm";
import type { PieceCounts } from "@doudou/shared/domain/summary-pieces.ts";
import type { PreparationState } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface Preparation {
  readonly id: string;
  readonly termId: string;
  readonly state: PreparationState;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export interface PreparedClass {
  readonly classId: string;
  /** Children who lack nothing; null, as all here, until the class's turn has come. */
  readonly ready: number | null;
  readonly missing: PieceCounts | null;
  readonly preparedAt: Date | null;
}

/**
 * Begins one of these classes, in place of the term's last, unless one is under way.
 * @returns whether it was begun
 */
export async function beginPreparation(
  store: Store,
  schoolId: string,
  preparation: Omit<Preparation, "state" | "endedAt"> & { readonly classIds: readonly string[] },
): Promise<boolean> {
  const { summaryPreparation: p, summaryPreparationClass: c } = store.tables;
  const { classIds, ...begun } = preparation;
  await store.lock([`${schoolId}/preparation/${begun.termId}`]);
  const before = await latestPreparation(store, schoolId, begun.termId);
  if (before?.state === "under-way") return false;
  if (before) {
    await store.db.delete(c).where(and(eq(c.schoolId, schoolId), eq(c.preparationId, before.id)));
    await store.db.delete(p).where(and(eq(p.schoolId, schoolId), eq(p.id, before.id)));
  }
  await store.db.insert(p).values({ schoolId, ...begun, state: "under-way" });
  const { id: preparationId } = begun;
  await store.db.insert(c).values(classIds.map((classId) => ({ schoolId, preparationId, classId })));
  return true;
}

/** The one of a term that is under way, or the last; with the name of who began it. */
export async function latestPreparation(
  store: Store,
  schoolId: string,
  termId: string,
): Promise<(Preparation & { readonly by: string }) | undefined> {
  const { summaryPreparation: p, membership: m } = store.tables;
  const [found] = await store.db
    .select({ ...preparationColumns(store), by: m.displayName })
    .from(p)
    .innerJoin(m, and(eq(m.schoolId, p.schoolId), eq(m.id, p.startedBy)))
    .where(and(eq(p.schoolId, schoolId), eq(p.termId, termId)))
    .orderBy(desc(p.startedAt))
    .limit(1);
  return found;
}

/** Its classes, whether or not their turn has come. */
export async function preparedClasses(
  store: Store,
  schoolId: string,
  preparationId: string,
): Promise<PreparedClass[]> {
  const { summaryPreparationClass: c } = store.tables;
  return await store.db
    .select({ classId: c.classId, ready: c.ready, missing: c.missing, preparedAt: c.preparedAt })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), eq(c.preparationId, preparationId)))
    .orderBy(asc(c.classId));
}

/** What is under way in every school: begun, or left half done by a server that stopped. */
export async function preparationsUnderWay(
  store: Store,
): Promise<(Preparation & { readonly schoolId: string })[]> {
  const { summaryPreparation: p } = store.tables;
  return await store.db
    .select({ schoolId: p.schoolId, ...preparationColumns(store) })
    .from(p)
    .where(eq(p.state, "under-way"))
    .orderBy(asc(p.startedAt));
}

/** Writes down what a class lacks, and ends the preparation with its last class. Does nothing to one that has ended. */
export async function savePreparedClass(
  store: Store,
  schoolId: string,
  preparationId: string,
  {
    preparedAt,
    ...prepared
  }: {
    readonly classId: string;
    readonly ready: number;
    readonly missing: PieceCounts;
    readonly preparedAt: Date;
  },
): Promise<void> {
  const { summaryPreparation: p, summaryPreparationClass: c } = store.tables;
  const { classId, ready, missing } = prepared;
  const itself = and(eq(p.schoolId, schoolId), eq(p.id, preparationId), eq(p.state, "under-way"));
  const [underWay] = await store.db.select({ id: p.id }).from(p).where(itself);
  if (!underWay) return;
  const ofIt = and(eq(c.schoolId, schoolId), eq(c.preparationId, preparationId));
  await store.db
    .update(c)
    .set({ ready, missing, preparedAt })
    .where(and(ofIt, eq(c.classId, classId)));
  const [left] = await store.db
    .select({ classes: count() })
    .from(c)
    .where(and(ofIt, isNull(c.preparedAt)));
  if (left?.classes === 0) await store.db.update(p).set({ state: "done", endedAt: preparedAt }).where(itself);
}

/** Stops what is under way; what it has found stays. @returns whether there was something to stop */
export async function stopPreparation(
  store: Store,
  schoolId: string,
  termId: string,
  endedAt: Date,
): Promise<boolean> {
  const { summaryPreparation: p } = store.tables;
  const rows = await store.db
    .update(p)
    .set({ state: "stopped", endedAt })
    .where(and(eq(p.schoolId, schoolId), eq(p.termId, termId), eq(p.state, "under-way")))
    .returning({ id: p.id });
  return rows.length > 0;
}

function preparationColumns(store: Store) {
  const { summaryPreparation: p } = store.tables;
  return {
    id: p.id,
    termId: p.termId,
    state: p.state,
    startedBy: p.startedBy,
    startedAt: p.startedAt,
    endedAt: p.endedAt,
  };
}
