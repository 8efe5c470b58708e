/**
 * Taking in a roster: a file becomes a dry run, which shows what each row would do; applying does exactly that, in one
 * transaction; undoing puts back what nobody has changed since. Nothing of a file is stored but its cells.
 */
import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { namesOfMembers } from "@doudou/db/repositories/people.ts";
import { carryOut, knownRoster, rosterNow, takeBack } from "@doudou/db/repositories/roster.ts";
import {
  addRosterImport,
  forgetOldImports,
  markApplied,
  markUndone,
  recentRosterImports,
  replaceDryRun,
  rosterImportById,
  type RosterImportRow,
  rowsOfImport,
  sheetOfImport,
} from "@doudou/db/repositories/roster-imports.ts";
import { academicYearsOf, schoolIds } from "@doudou/db/repositories/schools.ts";
import {
  carryOutStaff,
  type ImportedStaff,
  replaceStaffOfImport,
  staffOfImport,
} from "@doudou/db/repositories/staff-imports.ts";
import type {
  RosterColumns,
  RosterImport,
  RosterImports,
  RosterRows,
  RosterRowsQuery,
  StaffChosen,
  StaffRows,
} from "@doudou/shared/contract/roster-imports.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { columnLetters, type TableRow, textOf } from "@doudou/shared/domain/roster-import/cells.ts";
import { recognisedShape, type TableShape } from "@doudou/shared/domain/roster-import/columns.ts";
import {
  isReadable,
  type KeptReason,
  ROW_OUTCOMES,
  type RosterField,
} from "@doudou/shared/domain/roster-import/fields.ts";
import { DRY_RUN_DAYS, type ImportCounts, UNDO_DAYS } from "@doudou/shared/domain/roster-import/imports.ts";
import { maskedChange, maskedSample } from "@doudou/shared/domain/roster-import/masking.ts";
import {
  type KnownRoster,
  planRoster,
  type RosterPlan,
  type Step,
} from "@doudou/shared/domain/roster-import/plan.ts";
import { pupilsIn } from "@doudou/shared/domain/roster-import/rows.ts";
import type { KnownStaff } from "@doudou/shared/domain/roster-import/staff-plan.ts";
import { reasonToKeep } from "@doudou/shared/domain/roster-import/undo.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { pinyinOf } from "../../names/pinyin.ts";
import {
  asBrought,
  plannedStaff,
  shownStaff,
  type StaffDryRun,
  staffToCompare,
  takeBackStaffOf,
} from "./staff.ts";

const RECENT = 20;
const SAMPLES = 3;
const DAY_MS = 86_400_000;
/** More than a table may have. */
const ALL_ROWS = 1_000_000;

export interface RosterFile {
  readonly id: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file and keeps what each of its rows would do. Sending it again changes nothing and answers the same.
 * @throws Problem roster-import-id-conflict, academic-year-missing, and why a table is not read
 */
export async function checkFile(
  deps: Deps,
  { schoolId, membershipId }: Grant,
  { id, fileName, bytes }: RosterFile,
): Promise<RosterImport> {
  const sentSha256 = createHash("sha256").update(bytes).digest("hex");
  const sent = await deps.database.read(schoolId, (store) => rosterImportById(store, schoolId, id));
  if (sent) {
    if (sent.sentSha256 !== sentSha256) throw new Problem("roster-import-id-conflict");
    return await importById(deps, schoolId, id);
  }
  const year = await yearToPlanFor(deps, schoolId);
  const table = await deps.tables.read(bytes);
  if ("refusal" in table) throw new Problem(table.refusal, { errors: (table.places ?? []).map(atFault) });
  const { oneRoster } = table;
  const shape = { ...(table.shape ?? recognisedShape(table.rows)), ...(oneRoster && { oneRoster }) };
  const createdAt = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    if (await rosterImportById(store, schoolId, id)) return;
    const known = await knownRoster(store, schoolId, year.id, year.day);
    const plan = planned(table.rows, shape, known, year);
    const staff = await plannedStaff(store, schoolId, asBrought(table.staff ?? []), known, plan, year);
    const about = { id, fileName, sentSha256, createdAt, createdBy: membershipId };
    const dryRun = { ...about, ...keptPlan(plan, staff, shape, known, year) };
    await addRosterImport(store, schoolId, dryRun, table.rows, plan.rows);
    await replaceStaffOfImport(store, schoolId, id, staff.rows);
  });
  return await importById(deps, schoolId, id);
}

/**
 * Reads the same rows once more, with other columns or against what the school has by now.
 * @throws Problem not-found, roster-columns-unfit, roster-import-settled, academic-year-missing
 */
export async function correctColumns(
  deps: Deps,
  { schoolId }: Grant,
  id: string,
  { fields }: RosterColumns,
): Promise<RosterImport> {
  return await checkAnew(deps, schoolId, id, ({ shape: { headings } }) => {
    const chosen = fields.filter((field) => field !== null);
    if (fields.length !== headings.length || new Set(chosen).size !== chosen.length)
      throw new Problem("roster-columns-unfit");
    return { fields };
  });
}

/**
 * Says who somebody of the file is, where only the office can tell: a member of the school, or another than its namesake.
 * @throws Problem not-found, roster-staff-unfit, roster-import-settled, academic-year-missing
 */
export async function chooseStaff(
  deps: Deps,
  { schoolId }: Grant,
  id: string,
  { position, membershipId }: StaffChosen,
): Promise<RosterImport> {
  return await checkAnew(deps, schoolId, id, (_, staff) => {
    const candidates = staff.find((one) => one.position === position)?.planned.candidates ?? [];
    const isFit = membershipId === null || candidates.some((one) => one.id === membershipId);
    if (candidates.length === 0 || !isFit) throw new Problem("roster-staff-unfit");
    return {
      staff: staff.map((one) => (one.position === position ? { ...one, choice: { membershipId } } : one)),
    };
  });
}

type Correction = (
  found: RosterImportRow,
  staff: readonly ImportedStaff[],
) => { readonly fields?: TableShape["fields"]; readonly staff?: readonly ImportedStaff[] };

async function checkAnew(
  deps: Deps,
  schoolId: string,
  id: string,
  correction: Correction,
): Promise<RosterImport> {
  const year = await yearToPlanFor(deps, schoolId);
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const found = await existing(store, schoolId, id);
    if (found.state !== "checked") throw new Problem("roster-import-settled");
    const kept = await staffOfImport(store, schoolId, id);
    const { fields = found.shape.fields, staff: brought = kept } = correction(found, kept);
    const shape = { ...found.shape, fields };
    const known = await knownRoster(store, schoolId, year.id, year.day);
    const plan = planned(await sheetOfImport(store, schoolId, id), shape, known, year);
    const staff = await plannedStaff(store, schoolId, brought, known, plan, year);
    await replaceDryRun(store, schoolId, id, keptPlan(plan, staff, shape, known, year), plan.rows);
    await replaceStaffOfImport(store, schoolId, id, staff.rows);
  });
  return await importById(deps, schoolId, id);
}

/**
 * Does what the dry run showed, all of it in one transaction. Asking again changes nothing and answers the same.
 * @throws Problem not-found, roster-columns-missing, roster-import-settled, roster-import-stale, academic-year-missing
 */
export async function applyImport(deps: Deps, grant: Grant, id: string): Promise<RosterImport> {
  const { schoolId, membershipId } = grant;
  const year = await yearToPlanFor(deps, schoolId);
  const appliedAt = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const found = await existing(store, schoolId, id);
    if (found.state === "applied") return;
    if (found.state === "undone") throw new Problem("roster-import-settled");
    if (!isReadable(found.shape.fields)) throw new Problem("roster-columns-missing");
    const known = await knownRoster(store, schoolId, year.id, year.day);
    const staff = await staffOfImport(store, schoolId, id);
    const staffKnown = await staffToCompare(store, schoolId, staff, year);
    if (found.academicYearId !== year.id || sha256Of(known, staffKnown) !== found.rosterSha256)
      throw new Problem("roster-import-stale");
    const rows = await rowsToDo(store, schoolId, id);
    await carryOut(
      store,
      schoolId,
      rows.flatMap(({ planned: { steps } }) => steps),
      { academicYearId: year.id, from: year.day, at: appliedAt, newClasses: found.newClasses },
    );
    await carryOutStaff(
      store,
      schoolId,
      staff.flatMap(({ planned: { steps } }) => steps),
    );
    await markApplied(store, schoolId, id, { appliedAt, appliedBy: membershipId, appliesFrom: year.day });
    const after = { ...toldInLog(found.counts), newClasses: found.newClasses.length };
    await noteChange(store, grant, { action: "roster.import", at: appliedAt, subjectId: id, after });
  });
  return await importById(deps, schoolId, id);
}

/**
 * Puts back what an import did, but for the rows that somebody has changed since: those stay, and say why. Asking again
 * changes nothing and answers the same.
 * @throws Problem not-found, roster-import-not-applied, roster-undo-over
 */
export async function undoImport(deps: Deps, grant: Grant, id: string): Promise<RosterImport> {
  const { schoolId, membershipId } = grant;
  const undoneAt = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const found = await existing(store, schoolId, id);
    if (found.state === "undone") return;
    if (found.appliedAt === null || found.appliesFrom === null)
      throw new Problem("roster-import-not-applied");
    if (undoableUntil(found) === null || undoneAt > endOfUndo(found.appliedAt))
      throw new Problem("roster-undo-over");
    const rows = await rowsToDo(store, schoolId, id);
    const steps = rows.flatMap(({ planned: { steps: ofRow } }) => ofRow);
    const now = await rosterNow(store, schoolId, {
      studentIds: steps.flatMap((step) => (step.do === "add-student" ? [step.id] : [])),
      guardianIds: steps.flatMap((step) => (step.do === "add-guardian" ? [step.membershipId] : [])),
      at: found.appliedAt,
    });
    const leftOn = addDays(found.appliesFrom, -1);
    const kept = new Map<number, KeptReason>();
    const undone: Step[] = [];
    for (const { position, planned: row } of rows) {
      const reason = reasonToKeep(row.steps, { ...now, leftOn });
      if (reason === undefined) undone.push(...row.steps);
      else kept.set(position, reason);
    }
    const staffKept = await takeBackStaffOf(store, schoolId, id, found.appliedAt);
    await takeBack(store, schoolId, undone, found.newClasses);
    const { staff } = found.counts;
    const counts = {
      ...found.counts,
      kept: kept.size,
      ...(staff && { staff: { ...staff, kept: staffKept } }),
    };
    await markUndone(store, schoolId, id, { undoneAt, undoneBy: membershipId, counts }, kept);
    const change = { action: "roster.import", at: undoneAt, subjectId: id } as const;
    await noteChange(store, grant, { ...change, after: { isUndone: true, ...toldInLog(counts) } });
  });
  return await importById(deps, schoolId, id);
}

/** @throws Problem not-found */
export async function rosterImport(deps: Deps, { schoolId }: Grant, id: string): Promise<RosterImport> {
  return await importById(deps, schoolId, id);
}

/** The latest imports of the school, applied or not. */
export async function recentImports(deps: Deps, { schoolId }: Grant): Promise<RosterImports> {
  const { name } = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const rows = await recentRosterImports(store, schoolId, RECENT);
    const names = await namesOfMembers(
      store,
      schoolId,
      rows.map(({ createdBy }) => createdBy),
    );
    return { imports: rows.map((row) => shown(row, [], name, names)) };
  });
}

/** Some rows of an import with what they do, in the file's order. @throws Problem not-found */
export async function importRows(
  deps: Deps,
  { schoolId }: Grant,
  id: string,
  { outcome, cursor, limit }: RosterRowsQuery,
): Promise<RosterRows> {
  return await deps.database.read(schoolId, async (store) => {
    await existing(store, schoolId, id);
    const of = outcome === undefined ? ROW_OUTCOMES : [outcome];
    const rows = await rowsOfImport(store, schoolId, id, { of, after: cursor, limit: limit + 1 });
    const page = rows.slice(0, limit);
    return {
      rows: page.map(({ position, planned: { steps: _, ...row }, kept }) => ({
        position,
        ...row,
        furtherRows: [...row.furtherRows],
        changes: row.changes.map(maskedChange),
        problems: [...row.problems],
        kept,
      })),
      nextCursor: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
    };
  });
}

/** Deletes dry runs nobody applied, and the rows of imports too old to be undone. @returns how many imports */
export async function forgetImports(deps: Deps): Promise<number> {
  const now = deps.now().getTime();
  const before = {
    checkedBefore: new Date(now - DRY_RUN_DAYS * DAY_MS),
    appliedBefore: new Date(now - UNDO_DAYS * DAY_MS),
  };
  let forgotten = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds))
    forgotten += await deps.database.write(schoolId, (store) => forgetOldImports(store, schoolId, before));
  return forgotten;
}

/** A file of a package, or one of its columns: `/users.csv/role`. */
function atFault(place: string) {
  return { path: `/${place.replace(": ", "/")}`, message: place };
}

/** An academic year, and the first day on which what is taken in holds: today, or the year's first day before it. */
interface PlanYear {
  readonly id: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly day: string;
}

/** Some people of a package with what becomes of them, in the file's order. @throws Problem not-found */
export async function importStaff(deps: Deps, { schoolId }: Grant, id: string): Promise<StaffRows> {
  return await deps.database.read(schoolId, async (store) => {
    await existing(store, schoolId, id);
    return { staff: (await staffOfImport(store, schoolId, id)).map(shownStaff) };
  });
}

/** The year of today; between years the one that comes next, else the last. @throws Problem academic-year-missing */
async function yearToPlanFor(deps: Deps, schoolId: string): Promise<PlanYear> {
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  const years = await deps.database.read(schoolId, (store) => academicYearsOf(store, schoolId));
  const year = years.find(({ endsOn }) => today <= endsOn) ?? years.at(-1);
  if (!year) throw new Problem("academic-year-missing");
  const { id, startsOn, endsOn } = year;
  return { id, startsOn, endsOn, day: today < startsOn ? startsOn : today };
}

/** Nothing, as long as nobody can tell whom a row is about. */
function planned(
  sheet: readonly TableRow[],
  shape: TableShape,
  known: KnownRoster,
  { startsOn }: PlanYear,
): RosterPlan {
  if (!isReadable(shape.fields)) return { rows: [], newClasses: [] };
  const means = { newId: uuidv7, pinyinOf, year: Number(startsOn.slice(0, 4)) };
  return planRoster(pupilsIn(sheet, shape), known, means);
}

function keptPlan(
  { rows, newClasses }: RosterPlan,
  staff: StaffDryRun,
  shape: TableShape,
  known: KnownRoster,
  { id }: PlanYear,
) {
  const counts = { new: 0, changed: 0, unchanged: 0, problem: 0, missing: 0, kept: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return {
    shape,
    counts: { ...counts, ...(staff.counts && { staff: staff.counts }) } satisfies ImportCounts,
    newClasses,
    rosterSha256: sha256Of(known, staff.known),
    academicYearId: id,
  };
}

async function rowsToDo(store: Store, schoolId: string, id: string) {
  return await rowsOfImport(store, schoolId, id, { of: ["new", "changed"], after: 0, limit: ALL_ROWS });
}

async function existing(store: Store, schoolId: string, id: string): Promise<RosterImportRow> {
  const found = await rosterImportById(store, schoolId, id);
  if (!found) throw new Problem("not-found");
  return found;
}

async function importById(deps: Deps, schoolId: string, id: string): Promise<RosterImport> {
  const { name } = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const found = await existing(store, schoolId, id);
    const names = await namesOfMembers(store, schoolId, [found.createdBy]);
    const sheet = found.state === "checked" ? await sheetOfImport(store, schoolId, id) : [];
    return shown(found, sheet, name, names);
  });
}

function shown(
  row: RosterImportRow,
  sheet: readonly TableRow[],
  schoolName: string,
  names: ReadonlyMap<string, string>,
): RosterImport {
  const { id, fileName, state, shape, counts, newClasses, appliesFrom } = row;
  const { new: added, changed, unchanged, problem, missing, kept, staff } = counts;
  return {
    id,
    fileName,
    schoolName,
    state,
    isReadable: isReadable(shape.fields),
    columns:
      sheet.length === 0
        ? []
        : shape.headings.map((heading, column) => shownColumn(sheet, shape, heading, column)),
    counts: { new: added, changed, unchanged, problem, missing, kept },
    oneRoster: shape.oneRoster ? { version: shape.oneRoster.version } : null,
    staff: staff ?? null,
    newClasses: newClasses.map(({ name }) => name),
    createdAt: row.createdAt.toISOString(),
    createdBy: names.get(row.createdBy) ?? "",
    appliedAt: row.appliedAt?.toISOString() ?? null,
    appliesFrom,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoableUntil: undoableUntil(row)?.toISOString() ?? null,
  };
}

function shownColumn(sheet: readonly TableRow[], shape: TableShape, heading: string, column: number) {
  const field: RosterField | null = shape.fields[column] ?? null;
  const samples: string[] = [];
  for (const { row, cells } of sheet) {
    const text = textOf(cells[column]);
    if (row >= shape.firstRow && text !== "" && samples.length < SAMPLES) samples.push(maskedSample(text));
  }
  return { letters: columnLetters(column), heading, field, samples };
}

function undoableUntil({ state, hasRows, appliedAt }: RosterImportRow): Date | null {
  return state === "applied" && hasRows && appliedAt !== null ? endOfUndo(appliedAt) : null;
}

function endOfUndo(appliedAt: Date): Date {
  return new Date(appliedAt.getTime() + UNDO_DAYS * DAY_MS);
}

/** Figures only: who it was is in the import itself. */
function toldInLog({ staff, ...pupils }: ImportCounts) {
  const { new: newStaff, kept: keptStaff, posts } = staff ?? {};
  return { ...pupils, ...(staff && { newStaff, keptStaff, newPosts: posts?.new }) };
}

/** The same for the same roster, on either engine and in every process. */
function sha256Of(known: KnownRoster, staff: KnownStaff | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify(staff ? [known, staff] : known))
    .digest("hex");
}

/** Imports of one school, and whatever else moves its people, happen one after the other. */
export function rosterLock(schoolId: string): string {
  return `roster ${schoolId}`;
}
