/**
 * The turn of a school year: the office's draft, the school on its eve, and carrying it out or taking it back, many rows
 * at once. Decides nothing: which stays and assignments change, the domain says. Looks at no award.
 */
import { and, asc, eq, gte, inArray, isNull, lt, notInArray, or, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { addDays } from "@doudou/shared/domain/days.ts";
import type { Stay } from "@doudou/shared/domain/people/moves.ts";
import type {
  RollingAssignment,
  RollOverDraft,
  SchoolOnTheEve,
  YearClass,
} from "@doudou/shared/domain/roll-over/draft.ts";
import type { RolledStay, RollOverTraces, StaysBack } from "@doudou/shared/domain/roll-over/traces.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";
import { insertRows, portionsOf } from "./bulk.ts";

export type RollOverRow = Omit<Tables["rollOver"]["$inferSelect"], "schoolId" | "draft"> & {
  readonly draft: RollOverDraft;
};

/** What was drafted for a year to come, or was done for it. */
export async function rollOverInto(
  store: Store,
  schoolId: string,
  academicYearId: string,
): Promise<RollOverRow | undefined> {
  const { rollOver: r, rollOverChoice: c } = store.tables;
  const [row] = await store.db
    .select()
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.academicYearId, academicYearId)));
  if (!row) return undefined;
  const choices = await store.db
    .select({ studentId: c.studentId, nextId: c.nextId })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), eq(c.academicYearId, academicYearId)))
    .orderBy(asc(c.studentId));
  return { ...row, draft: { ...row.draft, choices } };
}

export interface SavedDraft {
  readonly draft: RollOverDraft;
  /** One more than that of the draft it was made from; 1 for the first. */
  readonly version: number;
  readonly savedAt: Date;
  readonly savedBy: string;
}

/** Keeps a draft in the place of the last one. Whether it may, who calls has seen under the roster's lock. */
export async function saveRollOver(
  store: Store,
  schoolId: string,
  academicYearId: string,
  { draft: { choices, ...draft }, ...saved }: SavedDraft,
): Promise<void> {
  const { rollOver: r, rollOverChoice: c } = store.tables;
  await store.db
    .insert(r)
    .values({ schoolId, academicYearId, state: "draft", draft, ...saved })
    .onConflictDoUpdate({ target: [r.schoolId, r.academicYearId], set: { draft, ...saved } });
  await forgetRollOverChoices(store, schoolId, academicYearId);
  await insertRows(
    store,
    c,
    choices.map((choice) => ({ schoolId, academicYearId, ...choice })),
  );
}

/** Deletes which pupil was to go where: once it is done, the stays say it. */
export async function forgetRollOverChoices(
  store: Store,
  schoolId: string,
  academicYearId: string,
): Promise<void> {
  const { rollOverChoice: c } = store.tables;
  await store.db.delete(c).where(and(eq(c.schoolId, schoolId), eq(c.academicYearId, academicYearId)));
}

/** Deletes drafts that nobody has saved since an instant; what was carried out stays. @returns how many */
export async function deleteOldRollOverDrafts(store: Store, schoolId: string, before: Date): Promise<number> {
  const { rollOver: r } = store.tables;
  const isOld = and(eq(r.schoolId, schoolId), eq(r.state, "draft"), lt(r.savedAt, before));
  const old = await store.db.select({ yearId: r.academicYearId }).from(r).where(isOld);
  for (const { yearId } of old) await forgetRollOverChoices(store, schoolId, yearId);
  await store.db.delete(r).where(isOld);
  return old.length;
}

/** Writes down that it was done, and what it left behind; or, without that, that it is a draft again. */
export async function markRollOver(
  store: Store,
  schoolId: string,
  academicYearId: string,
  done: { readonly at: Date; readonly by: string; readonly traces: RollOverTraces } | null,
): Promise<void> {
  const { rollOver: r } = store.tables;
  await store.db
    .update(r)
    .set({
      state: done ? "applied" : "draft",
      appliedAt: done?.at ?? null,
      appliedBy: done?.by ?? null,
      traces: done?.traces ?? null,
    })
    .where(and(eq(r.schoolId, schoolId), eq(r.academicYearId, academicYearId)));
}

/** A year to come, and the one that runs before it. */
export interface TurningYears {
  readonly fromId: string;
  readonly toId: string;
  readonly firstDay: string;
}

/** The school as it is to be rolled over; in an order that only ids decide, but for this year's classes. */
export async function schoolOnTheEve(
  store: Store,
  schoolId: string,
  { fromId, toId, firstDay }: TurningYears,
): Promise<SchoolOnTheEve> {
  const { enrollment: e, student: s, studentRecord: r, term: t } = store.tables;
  const lastDay = addDays(firstDay, -1);
  const all = await classesWithYear(store, schoolId);
  const nextClasses = all.filter(({ yearId }) => yearId === toId).map(shownClass);
  const reaching = store.db
    .select({ id: e.studentId })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), or(isNull(e.endsOn), gte(e.endsOn, lastDay))));
  const stays = await store.db
    .select({
      id: e.id,
      studentId: e.studentId,
      classId: e.classId,
      startsOn: e.startsOn,
      endsOn: e.endsOn,
    })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), inArray(e.studentId, reaching)))
    .orderBy(asc(e.startsOn), asc(e.id));
  const staysOfPupil = new Map<string, Stay[]>();
  for (const { studentId, ...stay } of stays) {
    const known = staysOfPupil.get(studentId);
    if (known) known.push(stay);
    else staysOfPupil.set(studentId, [stay]);
  }
  const pupils = await store.db
    .select({ id: s.id, studentNo: s.studentNo, name: s.name, sex: r.sex })
    .from(s)
    .leftJoin(r, and(eq(r.schoolId, s.schoolId), eq(r.studentId, s.id)))
    .where(and(eq(s.schoolId, schoolId), inArray(s.id, reaching)))
    .orderBy(asc(s.studentNo), asc(s.id));
  const assignments = await assignmentsFrom(store, schoolId, lastDay);
  const isNext = new Set(nextClasses.map(({ id }) => id));
  const inUse = new Set([
    ...stays.filter(({ endsOn }) => endsOn === null || endsOn >= lastDay).map(({ classId }) => classId),
    ...assignments.map(({ classId }) => classId),
  ]);
  const terms = await store.db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.schoolId, schoolId), eq(t.academicYearId, toId)))
    .limit(1);
  return {
    firstDay,
    hasTerms: terms.length > 0,
    classes: all
      .filter(({ id, yearId }) => yearId !== toId && (yearId === fromId || inUse.has(id)))
      .map(shownClass),
    nextClasses,
    pupils: pupils.map((pupil) => ({ ...pupil, stays: staysOfPupil.get(pupil.id) ?? [] })),
    assignments: assignments.filter(({ classId }) => !isNext.has(classId)),
    nextAssignments: assignments
      .filter(({ classId }) => isNext.has(classId))
      .map(({ id, membershipId, classId, isHomeroom, startsOn, endsOn, standsInForId }) => {
        return { id, membershipId, classId, isHomeroom, startsOn, endsOn, standsInForId };
      }),
  };
}

async function classesWithYear(store: Store, schoolId: string) {
  const { schoolClass: c } = store.tables;
  return await store.db
    .select({ id: c.id, grade: c.grade, name: c.name, yearId: c.academicYearId })
    .from(c)
    .where(eq(c.schoolId, schoolId))
    .orderBy(asc(c.grade), asc(c.position), asc(c.id));
}

function shownClass({ id, grade, name }: YearClass): YearClass {
  return { id, grade, name };
}

async function assignmentsFrom(store: Store, schoolId: string, day: string): Promise<RollingAssignment[]> {
  const { teachingAssignment: a, membership: m } = store.tables;
  const rows = await store.db
    .select({
      id: a.id,
      membershipId: a.membershipId,
      classId: a.classId,
      subjectId: a.subjectId,
      isHomeroom: a.isHomeroom,
      startsOn: a.startsOn,
      endsOn: a.endsOn,
      standsInForId: a.standsInForId,
      endedAt: m.endedAt,
    })
    .from(a)
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.membershipId)))
    .where(and(eq(a.schoolId, schoolId), or(isNull(a.endsOn), gte(a.endsOn, day))))
    .orderBy(asc(a.id));
  return rows.map(({ endedAt, ...row }) => ({ ...row, isHere: endedAt === null }));
}

export interface TurnOfYear {
  readonly academicYearId: string;
  readonly addedClasses: readonly (YearClass & { readonly position: number })[];
  readonly stays: {
    readonly ends: readonly Pick<RolledStay, "id" | "endsOn" | "endReason">[];
    readonly removes: readonly string[];
    readonly adds: readonly (Stay & { readonly studentId: string })[];
  };
  readonly assignments: {
    readonly ends: readonly { readonly id: string; readonly endsOn: string }[];
    readonly removes: readonly string[];
    readonly adds: readonly (Omit<RollingAssignment, "isHere"> & { readonly id: string })[];
  };
}

/** Does all of it. */
export async function turnYear(
  store: Store,
  schoolId: string,
  { academicYearId, addedClasses, stays, assignments }: TurnOfYear,
): Promise<void> {
  const { schoolClass: c, enrollment: e, teachingAssignment: a } = store.tables;
  await insertRows(
    store,
    c,
    addedClasses.map((added) => ({ ...added, schoolId, academicYearId })),
  );
  await removeRows(store, e, e.schoolId, e.id, schoolId, stays.removes);
  await endStays(store, schoolId, stays.ends);
  await insertRows(
    store,
    e,
    stays.adds.map((stay) => ({ ...stay, schoolId })),
  );
  await removeRows(store, a, a.schoolId, a.id, schoolId, assignments.removes);
  await endAssignments(store, schoolId, assignments.ends);
  await insertRows(
    store,
    a,
    assignments.adds.map((added) => ({ ...added, schoolId })),
  );
}

/** Whether anybody is still in a class of an earlier year on the first day of one, or later. */
export async function areLeftBehind(store: Store, schoolId: string, firstDay: string): Promise<boolean> {
  const { enrollment: e, schoolClass: c, academicYear: y } = store.tables;
  const rows = await store.db
    .select({ id: e.id })
    .from(e)
    .innerJoin(c, and(eq(c.schoolId, e.schoolId), eq(c.id, e.classId)))
    .innerJoin(y, and(eq(y.schoolId, c.schoolId), eq(y.id, c.academicYearId)))
    .where(
      and(eq(e.schoolId, schoolId), lt(y.startsOn, firstDay), or(isNull(e.endsOn), gte(e.endsOn, firstDay))),
    )
    .limit(1);
  return rows.length > 0;
}

/** Every stay in the classes of a year, and those that a roll-over ended the day before it begins. */
export async function staysAround(
  store: Store,
  schoolId: string,
  { toId, firstDay }: Pick<TurningYears, "toId" | "firstDay">,
): Promise<RolledStay[]> {
  const { enrollment: e, schoolClass: c } = store.tables;
  return await store.db
    .select({
      id: e.id,
      studentId: e.studentId,
      classId: e.classId,
      startsOn: e.startsOn,
      endsOn: e.endsOn,
      endReason: e.endReason,
    })
    .from(e)
    .innerJoin(c, and(eq(c.schoolId, e.schoolId), eq(c.id, e.classId)))
    .where(and(eq(e.schoolId, schoolId), or(eq(c.academicYearId, toId), eq(e.endsOn, addDays(firstDay, -1)))))
    .orderBy(asc(e.id));
}

/** Assignments in classes of a year beyond those that a roll-over added as they are: what it must not take back. */
export async function hasOtherAssignments(
  store: Store,
  schoolId: string,
  academicYearId: string,
  addedIds: readonly string[],
): Promise<boolean> {
  const { teachingAssignment: a, schoolClass: c } = store.tables;
  const rows = await store.db
    .select({ id: a.id })
    .from(a)
    .innerJoin(c, and(eq(c.schoolId, a.schoolId), eq(c.id, a.classId)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(c.academicYearId, academicYearId),
        addedIds.length === 0 ? undefined : notInArray(a.id, [...addedIds]),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Takes back what `turnYear` did. Assignments that somebody has ended sooner since stay as they are. */
export async function turnYearBack(
  store: Store,
  schoolId: string,
  { removes, reopens }: StaysBack,
  { classIds, addedIds, ended }: Pick<RollOverTraces, "classIds" | "addedIds" | "ended">,
  lastDay: string,
): Promise<void> {
  const { schoolClass: c, enrollment: e, teachingAssignment: a } = store.tables;
  await removeRows(store, e, e.schoolId, e.id, schoolId, removes);
  await endStays(
    store,
    schoolId,
    reopens.map((stay) => ({ ...stay, endReason: null })),
  );
  await removeRows(store, a, a.schoolId, a.id, schoolId, addedIds);
  await endAssignments(store, schoolId, ended, lastDay);
  await removeRows(store, c, c.schoolId, c.id, schoolId, classIds);
}

async function endStays(
  store: Store,
  schoolId: string,
  ends: readonly Pick<RolledStay, "id" | "endsOn" | "endReason">[],
): Promise<void> {
  const { enrollment: e } = store.tables;
  const alike = Map.groupBy(ends, ({ endsOn, endReason }) => `${endsOn} ${endReason}`);
  for (const [{ endsOn, endReason }, ids] of groupsOf(alike))
    for (const some of portionsOf(ids))
      await store.db
        .update(e)
        .set({ endsOn, endReason })
        .where(and(eq(e.schoolId, schoolId), inArray(e.id, some)));
}

async function endAssignments(
  store: Store,
  schoolId: string,
  ends: readonly { readonly id: string; readonly endsOn: string | null }[],
  /** Only those that end on this day now. */
  endingOn?: string,
): Promise<void> {
  const { teachingAssignment: a } = store.tables;
  for (const [{ endsOn }, ids] of groupsOf(Map.groupBy(ends, (end) => end.endsOn)))
    for (const some of portionsOf(ids))
      await store.db
        .update(a)
        .set({ endsOn })
        .where(
          and(
            eq(a.schoolId, schoolId),
            inArray(a.id, some),
            endingOn === undefined ? undefined : eq(a.endsOn, endingOn),
          ),
        );
}

/** Of each group its first, and the ids of all. */
function groupsOf<T extends { readonly id: string }>(groups: ReadonlyMap<unknown, T[]>): [T, string[]][] {
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [[first, group.map(({ id }) => id)]];
  });
}

async function removeRows(
  store: Store,
  table: SQLiteTable,
  school: SQLiteColumn,
  key: SQLiteColumn,
  schoolId: string,
  ids: readonly string[],
): Promise<void> {
  for (const some of portionsOf(ids)) {
    const those: SQL | undefined = and(eq(school, schoolId), inArray(key, some));
    await store.db.delete(table).where(those);
  }
}
