/**
 * The lists the school office reads whole: pupils, staff, guardians and classes on a day, each in a few statements
 * however many there are. Reads only; looks at no award, no office record and no phone.
 */
import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { PupilState } from "@doudou/shared/domain/people/states.ts";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { coversDay } from "./people.ts";

export interface ListedClass {
  readonly id: string;
  readonly name: string;
  readonly grade: number;
  readonly academicYearId: string;
}

/** Every class the school has or had, by grade and in the school's own order. */
export async function allClasses(store: Store, schoolId: string): Promise<ListedClass[]> {
  const { schoolClass: c } = store.tables;
  return await store.db
    .select({ id: c.id, name: c.name, grade: c.grade, academicYearId: c.academicYearId })
    .from(c)
    .where(eq(c.schoolId, schoolId))
    .orderBy(asc(c.grade), asc(c.position), asc(c.id));
}

export interface ListedPupil {
  readonly id: string;
  readonly name: string;
  readonly studentNo: string;
  readonly pinyin: string;
  /** The class on the day, else the first one to come, else the last one there was. */
  readonly classId: string;
  readonly since: string;
  readonly until: string | null;
}

/** Pupils who are here on a day, who only come later, or who are no longer here; by their numbers. */
export async function pupilsInState(
  store: Store,
  schoolId: string,
  state: PupilState,
  day: string,
): Promise<ListedPupil[]> {
  const { enrollment: e, student: s } = store.tables;
  const noneOn = (reach: SQL) =>
    sql`not exists (select 1 from ${e} as other where other.school_id = ${e.schoolId} and other.student_id = ${e.studentId} and ${reach})`;
  const isOpen = sql`(other.ends_on is null or other.ends_on >= ${day})`;
  const wanted = {
    here: coversDay(e.startsOn, e.endsOn, day),
    coming: and(gt(e.startsOn, day), noneOn(sql`other.starts_on <= ${day} and ${isOpen}`)),
    left: and(lt(e.endsOn, day), noneOn(isOpen)),
  };
  const rows = await store.db
    .select({
      id: s.id,
      name: s.name,
      studentNo: s.studentNo,
      pinyin: s.pinyin,
      classId: e.classId,
      since: e.startsOn,
      until: e.endsOn,
    })
    .from(e)
    .innerJoin(s, and(eq(s.schoolId, e.schoolId), eq(s.id, e.studentId)))
    .where(and(eq(e.schoolId, schoolId), wanted[state]))
    .orderBy(asc(s.studentNo), state === "left" ? desc(e.startsOn) : asc(e.startsOn));
  return rows.filter((row, index) => row.id !== rows[index - 1]?.id);
}

export interface ListedStaff {
  readonly id: string;
  readonly name: string;
  readonly role: "teacher" | "school-admin";
  readonly hasAccount: boolean;
}

/** Who works here, or no longer does, by name. */
export async function staffOf(store: Store, schoolId: string, isHere: boolean): Promise<ListedStaff[]> {
  const { membership: m } = store.tables;
  const rows = await store.db
    .select({ id: m.id, name: m.displayName, role: m.role, accountId: m.accountId })
    .from(m)
    .where(
      and(
        eq(m.schoolId, schoolId),
        inArray(m.role, ["teacher", "school-admin"]),
        isHere ? isNull(m.endedAt) : isNotNull(m.endedAt),
      ),
    )
    .orderBy(asc(m.displayName), asc(m.id));
  return rows.map(({ accountId, role, ...row }) => ({
    ...row,
    role: role as ListedStaff["role"],
    hasAccount: accountId !== null,
  }));
}

export interface AssignmentRow {
  readonly id: string;
  readonly membershipId: string;
  readonly teacherName: string;
  readonly classId: string;
  readonly subjectId: string | null;
  readonly subject: Bilingual | null;
  readonly isHomeroom: boolean;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly standsInForId: string | null;
  /** Only of who stands in for a homeroom teacher. */
  readonly publishesSummaries: boolean;
}

/** Assignments of the school, all that fit: of one teacher, of one class, one by id, or those of a day. */
export async function assignmentsIn(
  store: Store,
  schoolId: string,
  of: {
    readonly membershipId?: string;
    readonly classId?: string;
    readonly ids?: readonly string[];
    readonly standsInFor?: readonly string[];
    readonly day?: string;
    /** Those that reach this day or a later one. */
    readonly notEndedBefore?: string;
  },
): Promise<AssignmentRow[]> {
  const { teachingAssignment: a, membership: m, subject } = store.tables;
  if (of.ids?.length === 0 || of.standsInFor?.length === 0) return [];
  const rows = await store.db
    .select({
      id: a.id,
      membershipId: a.membershipId,
      teacherName: m.displayName,
      classId: a.classId,
      subjectId: a.subjectId,
      subjectZh: subject.nameZh,
      subjectEn: subject.nameEn,
      isHomeroom: a.isHomeroom,
      startsOn: a.startsOn,
      endsOn: a.endsOn,
      standsInForId: a.standsInForId,
      publishesSummaries: a.publishesSummaries,
    })
    .from(a)
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.membershipId)))
    .leftJoin(subject, and(eq(subject.schoolId, a.schoolId), eq(subject.id, a.subjectId)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        of.membershipId === undefined ? undefined : eq(a.membershipId, of.membershipId),
        of.classId === undefined ? undefined : eq(a.classId, of.classId),
        of.ids === undefined ? undefined : inArray(a.id, [...of.ids]),
        of.standsInFor === undefined ? undefined : inArray(a.standsInForId, [...of.standsInFor]),
        of.day === undefined ? undefined : coversDay(a.startsOn, a.endsOn, of.day),
        of.notEndedBefore === undefined ? undefined : or(isNull(a.endsOn), gte(a.endsOn, of.notEndedBefore)),
      ),
    )
    .orderBy(desc(a.isHomeroom), asc(a.startsOn), asc(a.id));
  return rows.map(({ subjectZh, subjectEn, ...row }) => ({
    ...row,
    subject: subjectZh !== null && subjectEn !== null ? { zh: subjectZh, en: subjectEn } : null,
  }));
}

export interface ListedGuardian {
  readonly id: string;
  readonly name: string;
  readonly relation: string;
  readonly isVerified: boolean;
  readonly studentId: string;
}

/** Guardians of the school's children, or of one of them, one row a child; those whose right has ended are left out. */
export async function guardiansIn(
  store: Store,
  schoolId: string,
  studentId?: string,
): Promise<ListedGuardian[]> {
  const { guardianship: g, membership: m } = store.tables;
  const rows = await store.db
    .select({
      id: m.id,
      name: m.displayName,
      relation: g.relation,
      verifiedAt: g.verifiedAt,
      studentId: g.studentId,
    })
    .from(g)
    .innerJoin(m, and(eq(m.schoolId, g.schoolId), eq(m.id, g.membershipId)))
    .where(
      and(
        eq(g.schoolId, schoolId),
        isNull(g.endedAt),
        isNull(m.endedAt),
        studentId === undefined ? undefined : eq(g.studentId, studentId),
      ),
    )
    .orderBy(asc(g.studentId), asc(g.id));
  return rows.map(({ verifiedAt, ...row }) => ({ ...row, isVerified: verifiedAt !== null }));
}

export interface ListedSubject {
  readonly id: string;
  readonly name: Bilingual;
}

/** What is taught at the school, by code. */
export async function subjectsIn(store: Store, schoolId: string): Promise<ListedSubject[]> {
  const { subject } = store.tables;
  const rows = await store.db
    .select({ id: subject.id, zh: subject.nameZh, en: subject.nameEn })
    .from(subject)
    .where(eq(subject.schoolId, schoolId))
    .orderBy(asc(subject.code));
  return rows.map(({ id, zh, en }) => ({ id, name: { zh, en } }));
}

export interface ListedYear {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The academic years of the school with their names, latest first. */
export async function yearsIn(store: Store, schoolId: string): Promise<ListedYear[]> {
  const { academicYear: y } = store.tables;
  return await store.db
    .select({ id: y.id, name: y.name, startsOn: y.startsOn, endsOn: y.endsOn })
    .from(y)
    .where(eq(y.schoolId, schoolId))
    .orderBy(desc(y.startsOn));
}
