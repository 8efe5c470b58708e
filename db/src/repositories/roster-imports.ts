/** Imports of rosters: kept with their rows from the dry run until they can no longer be undone. */
import { and, asc, desc, eq, gt, inArray, lt, or } from "drizzle-orm";
import type { TableRow } from "@doudou/shared/domain/roster-import/cells.ts";
import type { KeptReason, RowOutcome } from "@doudou/shared/domain/roster-import/fields.ts";
import type { PlannedRow } from "@doudou/shared/domain/roster-import/plan.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";
import { insertRows } from "./bulk.ts";

export type RosterImportRow = Omit<Tables["rosterImport"]["$inferSelect"], "schoolId">;
type DryRun = Pick<RosterImportRow, "shape" | "counts" | "newClasses" | "rosterSha256" | "academicYearId">;
/** A dry run, before anything was applied. */
export type NewRosterImport = DryRun &
  Pick<RosterImportRow, "id" | "fileName" | "sentSha256" | "createdAt" | "createdBy">;

/** Keeps a file's rows and what they would do. */
export async function addRosterImport(
  store: Store,
  schoolId: string,
  added: NewRosterImport,
  sheet: readonly TableRow[],
  rows: readonly PlannedRow[],
): Promise<void> {
  const { rosterImport, rosterImportCells } = store.tables;
  await insertRows(store, rosterImport, [{ ...added, schoolId, state: "checked", hasRows: true }]);
  const cells = sheet.map(({ row, cells: inRow }) => ({ schoolId, importId: added.id, row, cells: inRow }));
  await insertRows(store, rosterImportCells, cells);
  await addRows(store, schoolId, added.id, rows);
}

/** Puts another dry run of the same file in the place of the last one. */
export async function replaceDryRun(
  store: Store,
  schoolId: string,
  importId: string,
  dryRun: DryRun,
  rows: readonly PlannedRow[],
): Promise<void> {
  const { rosterImport: i, rosterImportRow: r } = store.tables;
  await store.db
    .update(i)
    .set(dryRun)
    .where(and(eq(i.schoolId, schoolId), eq(i.id, importId)));
  await store.db.delete(r).where(and(eq(r.schoolId, schoolId), eq(r.importId, importId)));
  await addRows(store, schoolId, importId, rows);
}

async function addRows(store: Store, schoolId: string, importId: string, rows: readonly PlannedRow[]) {
  const kept = rows.map((planned, index) => ({
    schoolId,
    importId,
    position: index + 1,
    outcome: planned.outcome,
    planned,
    kept: null,
  }));
  await insertRows(store, store.tables.rosterImportRow, kept);
}

export async function rosterImportById(
  store: Store,
  schoolId: string,
  importId: string,
): Promise<RosterImportRow | undefined> {
  const { rosterImport: i } = store.tables;
  const rows = await store.db
    .select()
    .from(i)
    .where(and(eq(i.schoolId, schoolId), eq(i.id, importId)));
  return rows[0];
}

/** The latest, newest first. */
export async function recentRosterImports(
  store: Store,
  schoolId: string,
  limit: number,
): Promise<RosterImportRow[]> {
  const { rosterImport: i } = store.tables;
  return await store.db
    .select()
    .from(i)
    .where(eq(i.schoolId, schoolId))
    .orderBy(desc(i.createdAt), desc(i.id))
    .limit(limit);
}

/** The rows of the file, as they were read. */
export async function sheetOfImport(store: Store, schoolId: string, importId: string): Promise<TableRow[]> {
  const { rosterImportCells: c } = store.tables;
  return await store.db
    .select({ row: c.row, cells: c.cells })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), eq(c.importId, importId)))
    .orderBy(asc(c.row));
}

export interface KeptImportRow {
  readonly position: number;
  readonly planned: PlannedRow;
  readonly kept: KeptReason | null;
}

/** Rows behind a position, of some outcomes or only those that were kept, at most so many. */
export async function rowsOfImport(
  store: Store,
  schoolId: string,
  importId: string,
  {
    of,
    after,
    limit,
  }: { readonly of: readonly RowOutcome[]; readonly after: number; readonly limit: number },
): Promise<KeptImportRow[]> {
  const { rosterImportRow: r } = store.tables;
  return await store.db
    .select({ position: r.position, planned: r.planned, kept: r.kept })
    .from(r)
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.importId, importId),
        inArray(r.outcome, [...of]),
        gt(r.position, after),
      ),
    )
    .orderBy(asc(r.position))
    .limit(limit);
}

/** @returns false where it is not a dry run any more */
export async function markApplied(
  store: Store,
  schoolId: string,
  importId: string,
  applied: Pick<RosterImportRow, "appliedAt" | "appliedBy" | "appliesFrom">,
): Promise<boolean> {
  const { rosterImport: i } = store.tables;
  const marked = await store.db
    .update(i)
    .set({ ...applied, state: "applied" })
    .where(and(eq(i.schoolId, schoolId), eq(i.id, importId), eq(i.state, "checked")))
    .returning({ id: i.id });
  return marked.length > 0;
}

/** Writes down that an import was undone, and which rows were kept and why. */
export async function markUndone(
  store: Store,
  schoolId: string,
  importId: string,
  undone: Pick<RosterImportRow, "undoneAt" | "undoneBy" | "counts">,
  kept: ReadonlyMap<number, KeptReason>,
): Promise<void> {
  const { rosterImport: i, rosterImportRow: r } = store.tables;
  await store.db
    .update(i)
    .set({ ...undone, state: "undone" })
    .where(and(eq(i.schoolId, schoolId), eq(i.id, importId)));
  for (const [position, reason] of kept)
    await store.db
      .update(r)
      .set({ kept: reason })
      .where(and(eq(r.schoolId, schoolId), eq(r.importId, importId), eq(r.position, position)));
}

/**
 * Deletes dry runs that nobody applied, and the rows of what was applied too long ago to be undone: of those only stays
 * who took in how many, and when.
 * @returns how many imports it touched
 */
export async function forgetOldImports(
  store: Store,
  schoolId: string,
  { checkedBefore, appliedBefore }: { readonly checkedBefore: Date; readonly appliedBefore: Date },
): Promise<number> {
  const { rosterImport: i, rosterImportCells: c, rosterImportRow: r, rosterImportStaff: s } = store.tables;
  const old = await store.db
    .select({ id: i.id, state: i.state })
    .from(i)
    .where(
      and(
        eq(i.schoolId, schoolId),
        eq(i.hasRows, true),
        or(and(eq(i.state, "checked"), lt(i.createdAt, checkedBefore)), lt(i.appliedAt, appliedBefore)),
      ),
    );
  for (const { id, state } of old) {
    await store.db.delete(r).where(and(eq(r.schoolId, schoolId), eq(r.importId, id)));
    await store.db.delete(c).where(and(eq(c.schoolId, schoolId), eq(c.importId, id)));
    await store.db.delete(s).where(and(eq(s.schoolId, schoolId), eq(s.importId, id)));
    const itself = and(eq(i.schoolId, schoolId), eq(i.id, id));
    if (state === "checked") await store.db.delete(i).where(itself);
    else await store.db.update(i).set({ hasRows: false }).where(itself);
  }
  return old.length;
}
