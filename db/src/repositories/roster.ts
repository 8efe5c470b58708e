/**
 * The school's roster as the office keeps it: read whole, and changed by the steps of an import, many at once. Decides
 * nothing: which steps, and which of them can be taken back, the domain says.
 */
import { and, asc, eq, gte, inArray, isNull } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { KnownClass } from "@doudou/shared/domain/roster-import/class-book.ts";
import type {
  KnownGuardian,
  KnownRoster,
  OfficeRecord,
  Step,
} from "@doudou/shared/domain/roster-import/plan.ts";
import type { RosterNow } from "@doudou/shared/domain/roster-import/undo.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import type { Store } from "../engines/database.ts";
import { pointersTo } from "../schema/pointers.ts";
import type { Tables } from "../schema/tables.ts";
import { insertRows, portionsOf } from "./bulk.ts";
import { coversDay } from "./people.ts";

/** Everybody the school has on a day, with the classes of an academic year; in an order that only their ids decide. */
export async function knownRoster(
  store: Store,
  schoolId: string,
  academicYearId: string,
  day: string,
): Promise<KnownRoster> {
  const { student: s, studentRecord: r, enrollment: e, schoolClass: c, guardianship: g } = store.tables;
  const { membership: m, guardianContact: contact } = store.tables;
  const classes: KnownClass[] = await store.db
    .select({ id: c.id, grade: c.grade, name: c.name, position: c.position })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), eq(c.academicYearId, academicYearId)))
    .orderBy(asc(c.id));
  const students = await store.db
    .select({
      id: s.id,
      studentNo: s.studentNo,
      name: s.name,
      pinyin: s.pinyin,
      recordOf: r.studentId,
      nationalNo: r.nationalNo,
      sex: r.sex,
      bornOn: r.bornOn,
    })
    .from(s)
    .leftJoin(r, and(eq(r.schoolId, s.schoolId), eq(r.studentId, s.id)))
    .where(eq(s.schoolId, schoolId))
    .orderBy(asc(s.id));
  const enrolled = await store.db
    .select({ id: e.id, studentId: e.studentId, classId: e.classId, className: c.name, endsOn: e.endsOn })
    .from(e)
    .innerJoin(c, and(eq(c.schoolId, e.schoolId), eq(c.id, e.classId)))
    .where(and(eq(e.schoolId, schoolId), coversDay(e.startsOn, e.endsOn, day)))
    .orderBy(asc(e.id));
  const guardians = await store.db
    .select({
      studentId: g.studentId,
      guardianshipId: g.id,
      membershipId: m.id,
      name: m.displayName,
      relation: g.relation,
      phone: contact.phone,
    })
    .from(g)
    .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.membershipId)))
    .leftJoin(contact, and(eq(contact.schoolId, m.schoolId), eq(contact.membershipId, m.id)))
    .where(and(eq(g.schoolId, schoolId), isNull(g.endedAt)))
    .orderBy(asc(g.id));
  const enrollmentOf = new Map(enrolled.map(({ studentId, ...enrollment }) => [studentId, enrollment]));
  const guardiansOf = new Map<string, KnownGuardian[]>();
  for (const { studentId, ...guardian } of guardians) {
    const known = guardiansOf.get(studentId);
    if (known) known.push(guardian);
    else guardiansOf.set(studentId, [guardian]);
  }
  return {
    classes,
    pupils: students.map(({ recordOf, nationalNo, sex, bornOn, ...pupil }) => ({
      ...pupil,
      record: recordOf === null ? null : { nationalNo, sex, bornOn },
      enrollment: enrollmentOf.get(pupil.id) ?? null,
      guardians: guardiansOf.get(pupil.id) ?? [],
    })),
  };
}

export interface CarryingOut {
  readonly academicYearId: string;
  /** The first day in a new class; the class before ends the day before. */
  readonly from: string;
  readonly at: Date;
  readonly newClasses: readonly KnownClass[];
}

/** Does what the steps say, all of it. @throws when a number is taken */
export async function carryOut(
  store: Store,
  schoolId: string,
  steps: readonly Step[],
  { academicYearId, from, at, newClasses }: CarryingOut,
): Promise<void> {
  const { student: s, enrollment: e, membership: m, guardianship: g, schoolClass: c } = store.tables;
  const found = sorted(steps);
  const insert = (table: SQLiteTable, rows: readonly object[]) =>
    insertRows(
      store,
      table,
      rows.map((row) => ({ ...row, schoolId })),
    );
  await insert(
    c,
    newClasses.map((added) => ({ ...added, academicYearId })),
  );
  await insert(
    s,
    found["add-student"].map(({ id, studentNo, name, pinyin }) => ({
      id,
      studentNo,
      name,
      pinyin,
      createdAt: at,
    })),
  );
  for (const { id, after } of found["change-student"])
    await store.db
      .update(s)
      .set(after)
      .where(and(eq(s.schoolId, schoolId), eq(s.id, id)));
  await setRecords(
    store,
    schoolId,
    found["set-record"].map(({ studentId, after }) => [studentId, after]),
  );
  const left = found.enroll.flatMap((step) => (step.from === null ? [] : [step.from.id]));
  for (const ids of portionsOf(left))
    await store.db
      .update(e)
      .set({ endsOn: addDays(from, -1), endReason: null })
      .where(and(eq(e.schoolId, schoolId), inArray(e.id, ids)));
  await insert(
    e,
    found.enroll.map(({ id, studentId, classId }) => ({
      id,
      studentId,
      classId,
      startsOn: from,
      endsOn: null,
    })),
  );
  await insert(
    m,
    found["add-guardian"].map(({ membershipId, name }) => ({
      id: membershipId,
      accountId: null,
      role: "guardian",
      displayName: name,
      studentId: null,
      endedAt: null,
    })),
  );
  for (const { membershipId, after } of found["rename-guardian"])
    await store.db
      .update(m)
      .set({ displayName: after })
      .where(and(eq(m.schoolId, schoolId), eq(m.id, membershipId)));
  await setPhones(store, schoolId, [
    ...found["add-guardian"].map(({ membershipId, phone }) => [membershipId, phone] as const),
    ...found["set-phone"].map(({ membershipId, after }) => [membershipId, after] as const),
  ]);
  // Known to the office, but nobody has proved yet to be that person.
  await insert(
    g,
    found["add-guardianship"].map(({ id, membershipId, studentId, relation }) => ({
      id,
      membershipId,
      studentId,
      relation,
      verifiedAt: null,
      endedAt: null,
    })),
  );
  for (const { guardianshipId, after } of found["change-relation"])
    await store.db
      .update(g)
      .set({ relation: after })
      .where(and(eq(g.schoolId, schoolId), eq(g.id, guardianshipId)));
}

/**
 * Takes back what the steps did: what they added goes, what they changed is as before. Guardians whom another pupil
 * has, and classes in which somebody is, stay.
 */
export async function takeBack(
  store: Store,
  schoolId: string,
  steps: readonly Step[],
  newClasses: readonly KnownClass[],
): Promise<void> {
  const { student: s, studentRecord: r, enrollment: e, membership: m } = store.tables;
  const { guardianship: g, guardianContact: contact, schoolClass: c } = store.tables;
  const found = sorted(steps);
  const remove = async (
    table: SQLiteTable & { schoolId: SQLiteColumn },
    key: SQLiteColumn,
    ids: readonly string[],
  ) => {
    for (const some of portionsOf(ids))
      await store.db.delete(table).where(and(eq(table.schoolId, schoolId), inArray(key, some)));
  };
  await remove(
    g,
    g.id,
    found["add-guardianship"].map(({ id }) => id),
  );
  for (const { guardianshipId, before } of found["change-relation"])
    await store.db
      .update(g)
      .set({ relation: before })
      .where(and(eq(g.schoolId, schoolId), eq(g.id, guardianshipId)));
  for (const { membershipId, before } of found["rename-guardian"])
    await store.db
      .update(m)
      .set({ displayName: before })
      .where(and(eq(m.schoolId, schoolId), eq(m.id, membershipId)));
  await setPhones(
    store,
    schoolId,
    found["set-phone"].map(({ membershipId, before }) => [membershipId, before]),
  );
  const guardianIds = found["add-guardian"].map(({ membershipId }) => membershipId);
  const neededGuardians = await referredTo(store, schoolId, "membership", guardianIds, ["guardianContact"]);
  const goneGuardians = guardianIds.filter((id) => !neededGuardians.has(id));
  await remove(contact, contact.membershipId, goneGuardians);
  await remove(m, m.id, goneGuardians);

  await remove(
    e,
    e.id,
    found.enroll.map(({ id }) => id),
  );
  for (const { from } of found.enroll)
    if (from !== null)
      await store.db
        .update(e)
        .set({ endsOn: from.endsOn })
        .where(and(eq(e.schoolId, schoolId), eq(e.id, from.id)));
  const unrecorded = found["set-record"].filter(({ before }) => before === null);
  await remove(
    r,
    r.studentId,
    unrecorded.map(({ studentId }) => studentId),
  );
  await setRecords(
    store,
    schoolId,
    found["set-record"].flatMap(({ studentId, before }) =>
      before === null ? [] : [[studentId, before] as const],
    ),
  );
  for (const { id, before } of found["change-student"])
    await store.db
      .update(s)
      .set(before)
      .where(and(eq(s.schoolId, schoolId), eq(s.id, id)));
  await remove(
    s,
    s.id,
    found["add-student"].map(({ id }) => id),
  );
  const classIds = newClasses.map(({ id }) => id);
  const neededClasses = await referredTo(store, schoolId, "schoolClass", classIds, []);
  await remove(
    c,
    c.id,
    classIds.filter((id) => !neededClasses.has(id)),
  );
}

export interface Left {
  readonly studentIds: readonly string[];
  readonly guardianIds: readonly string[];
  readonly at: Date;
}

/** The roster as it is, to see whether it still is as an import left it, with whom it added. */
export async function rosterNow(
  store: Store,
  schoolId: string,
  { studentIds, guardianIds, at }: Left,
): Promise<Omit<RosterNow, "leftOn">> {
  const { student: s, studentRecord: r, enrollment: e, membership: m } = store.tables;
  const { guardianship: g, guardianContact: contact, award: a } = store.tables;
  const students = await store.db
    .select({ id: s.id, studentNo: s.studentNo, name: s.name, pinyin: s.pinyin })
    .from(s)
    .where(eq(s.schoolId, schoolId));
  const records = await store.db
    .select({ id: r.studentId, nationalNo: r.nationalNo, sex: r.sex, bornOn: r.bornOn })
    .from(r)
    .where(eq(r.schoolId, schoolId));
  const enrollments = await store.db
    .select({ id: e.id, studentId: e.studentId, classId: e.classId, endsOn: e.endsOn })
    .from(e)
    .where(eq(e.schoolId, schoolId));
  const guardians = await store.db
    .select({
      id: m.id,
      name: m.displayName,
      accountId: m.accountId,
      endedAt: m.endedAt,
      phone: contact.phone,
    })
    .from(m)
    .leftJoin(contact, and(eq(contact.schoolId, m.schoolId), eq(contact.membershipId, m.id)))
    .where(and(eq(m.schoolId, schoolId), eq(m.role, "guardian")));
  const guardianships = await store.db
    .select({
      id: g.id,
      studentId: g.studentId,
      relation: g.relation,
      endedAt: g.endedAt,
      verifiedAt: g.verifiedAt,
    })
    .from(g)
    .where(eq(g.schoolId, schoolId));
  const awarded = await store.db
    .selectDistinct({ studentId: a.studentId, classId: a.classId })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), gte(a.recordedAt, at)));
  const own = ["enrollment", "guardianship", "studentRecord"] as const;
  const known = await referredTo(store, schoolId, "membership", guardianIds, [
    "guardianship",
    "guardianContact",
  ]);
  return {
    students: new Map(students.map((row) => [row.id, row])),
    records: new Map(records.map((row) => [row.id, row])),
    enrollments: new Map(enrollments.map((row) => [row.id, row])),
    guardians: new Map(
      guardians.map(({ id, name, phone, accountId, endedAt }) => [
        id,
        { name, phone, isInUse: accountId !== null || endedAt !== null || known.has(id) },
      ]),
    ),
    guardianships: new Map(
      guardianships.map(({ id, relation, endedAt, verifiedAt }) => [
        id,
        { relation, isTouched: endedAt !== null || verifiedAt !== null },
      ]),
    ),
    enrollmentCounts: countedBy(enrollments),
    guardianshipCounts: countedBy(guardianships),
    withRecords: await referredTo(store, schoolId, "student", studentIds, own),
    awardedIn: new Set(awarded.map(({ studentId, classId }) => `${studentId} ${classId}`)),
  };
}

function countedBy(rows: readonly { readonly studentId: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { studentId } of rows) counts.set(studentId, (counts.get(studentId) ?? 0) + 1);
  return counts;
}

/** Which of these rows any other table points at, whatever tables there will be. @param apart tables that do not count */
export async function referredTo(
  store: Store,
  schoolId: string,
  to: "student" | "membership" | "schoolClass",
  ids: readonly string[],
  apart: readonly (keyof Tables)[],
): Promise<Set<string>> {
  const referred = new Set<string>();
  if (ids.length === 0) return referred;
  const asked = new Set(ids);
  for (const { table: name, column } of pointersTo(to)) {
    if (apart.includes(name)) continue;
    const table = store.tables[name] as unknown as SQLiteTable & Record<string, SQLiteColumn>;
    const key = table[column];
    const school = table["schoolId"];
    if (key === undefined || school === undefined) continue;
    // A table with fewer rows than there are ids is read whole: most are, and many ids make many statements.
    const all: { id: unknown }[] = await store.db
      .select({ id: key })
      .from(table)
      .where(eq(school, schoolId))
      .limit(ids.length + 1);
    if (all.length <= ids.length) {
      for (const { id } of all) if (asked.has(String(id))) referred.add(String(id));
      continue;
    }
    for (const some of portionsOf(ids)) {
      const rows: { id: unknown }[] = await store.db
        .selectDistinct({ id: key })
        .from(table)
        .where(and(eq(school, schoolId), inArray(key, some)));
      for (const { id } of rows) referred.add(String(id));
    }
  }
  return referred;
}

async function setRecords(
  store: Store,
  schoolId: string,
  records: readonly (readonly [studentId: string, record: OfficeRecord])[],
): Promise<void> {
  const { studentRecord: r } = store.tables;
  for (const some of portionsOf(records.map(([studentId]) => studentId)))
    await store.db.delete(r).where(and(eq(r.schoolId, schoolId), inArray(r.studentId, some)));
  await insertRows(
    store,
    r,
    records.map(([studentId, record]) => ({ schoolId, studentId, ...record })),
  );
}

/** The last word about a guardian counts; null takes the phone away. */
async function setPhones(
  store: Store,
  schoolId: string,
  phones: readonly (readonly [membershipId: string, phone: string | null])[],
): Promise<void> {
  const { guardianContact: contact } = store.tables;
  const last = new Map(phones);
  for (const some of portionsOf([...last.keys()]))
    await store.db
      .delete(contact)
      .where(and(eq(contact.schoolId, schoolId), inArray(contact.membershipId, some)));
  const rows = [...last].flatMap(([membershipId, phone]) =>
    phone === null ? [] : [{ schoolId, membershipId, phone }],
  );
  await insertRows(store, contact, rows);
}

type StepsOf = { readonly [K in Step["do"]]: Extract<Step, { do: K }>[] };

function sorted(steps: readonly Step[]): StepsOf {
  const found: { [K in Step["do"]]: Step[] } = {
    "add-student": [],
    "change-student": [],
    "set-record": [],
    enroll: [],
    "add-guardian": [],
    "rename-guardian": [],
    "set-phone": [],
    "add-guardianship": [],
    "change-relation": [],
  };
  for (const step of steps) found[step.do].push(step);
  return found as StepsOf;
}
