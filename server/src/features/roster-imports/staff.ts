/**
 * The staff of a OneRoster package on its way through an import: planned beside the pupils, shown, and taken back. Opens
 * no account and ends no post.
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import {
  type ImportedStaff,
  knownStaff,
  markStaffKept,
  staffNow,
  staffOfImport,
  takeBackStaff,
} from "@doudou/db/repositories/staff-imports.ts";
import type { StaffRow } from "@doudou/shared/contract/roster-imports.ts";
import type { StaffKeptReason } from "@doudou/shared/domain/roster-import/fields.ts";
import type { StaffCounts } from "@doudou/shared/domain/roster-import/imports.ts";
import type { StaffEntry } from "@doudou/shared/domain/roster-import/one-roster-staff.ts";
import type { KnownRoster, RosterPlan } from "@doudou/shared/domain/roster-import/plan.ts";
import {
  type KnownStaff,
  planStaff,
  type StaffChoice,
  type StaffStep,
} from "@doudou/shared/domain/roster-import/staff-plan.ts";
import { reasonToKeepStaff } from "@doudou/shared/domain/roster-import/staff-undo.ts";

/** Somebody of the file, with what the office says of who it is. */
interface Brought {
  readonly entry: StaffEntry;
  readonly choice: StaffChoice | null;
}

/** What is kept of the staff of a dry run; without counts and without what it was compared with where there is nobody. */
export interface StaffDryRun {
  readonly rows: readonly Omit<ImportedStaff, "position" | "kept">[];
  readonly counts: StaffCounts | undefined;
  readonly known: KnownStaff | undefined;
}

interface Days {
  readonly id: string;
  readonly endsOn: string;
  readonly day: string;
}

/** Of whom nobody has said anything yet. */
export function asBrought(entries: readonly StaffEntry[]): Brought[] {
  return entries.map((entry) => ({ entry, choice: null }));
}

/** Plans the staff beside the pupils of the same file, whose classes it may teach. */
export async function plannedStaff(
  store: Store,
  schoolId: string,
  brought: readonly Brought[],
  { classes }: KnownRoster,
  { newClasses }: RosterPlan,
  year: Days,
): Promise<StaffDryRun> {
  const known = await staffToCompare(store, schoolId, brought, year);
  if (!known) return { rows: [], counts: undefined, known };
  const { staff, counts } = planStaff(
    brought.map(({ entry }) => entry),
    known,
    [...classes, ...newClasses],
    {
      newId: uuidv7,
      day: year.day,
      lastDay: year.endsOn,
      choices: new Map(brought.flatMap(({ entry, choice }) => (choice ? [[entry.staffNo, choice]] : []))),
    },
  );
  const rows = brought.flatMap(({ entry, choice }, place) => {
    const planned = staff[place];
    return planned ? [{ entry, choice, planned }] : [];
  });
  return { rows, counts, known };
}

/** The school's staff, where the file brings any: a roster without staff does not go stale by it. */
export async function staffToCompare(
  store: Store,
  schoolId: string,
  brought: readonly Brought[],
  { id, day }: Days,
): Promise<KnownStaff | undefined> {
  return brought.length > 0 ? await knownStaff(store, schoolId, id, day) : undefined;
}

/** Takes back what an import did to the staff, but for those who have been used since. @returns how many were left */
export async function takeBackStaffOf(
  store: Store,
  schoolId: string,
  importId: string,
  appliedAt: Date,
): Promise<number> {
  const staff = await staffOfImport(store, schoolId, importId);
  const steps = staff.flatMap(({ planned }) => planned.steps);
  if (steps.length === 0) return 0;
  const addedIds = steps.flatMap((step) => (step.do === "add-staff" ? [step.membershipId] : []));
  const now = await staffNow(store, schoolId, { addedIds, at: appliedAt });
  const kept = new Map<number, StaffKeptReason>();
  const undone: StaffStep[] = [];
  for (const { position, planned } of staff) {
    const reason = reasonToKeepStaff(planned.steps, now);
    if (reason === undefined) undone.push(...planned.steps);
    else kept.set(position, reason);
  }
  await takeBackStaff(store, schoolId, undone);
  await markStaffKept(store, schoolId, importId, kept);
  return kept.size;
}

export function shownStaff({ position, entry, planned, kept }: ImportedStaff): StaffRow {
  const { steps: _, problems, candidates, posts, ...row } = planned;
  return {
    position,
    ...row,
    login: entry.login,
    problems: [...problems],
    candidates: [...candidates],
    posts: [...posts],
    kept,
  };
}
