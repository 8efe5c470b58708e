/**
 * Who is in which class, who teaches it, whose child is whose: on a given day. Answers only within one school.
 */
import { and, asc, eq, gte, inArray, isNotNull, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { AnyColumn } from "drizzle-orm";
import type { Bilingual } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface ClassRow {
  readonly id: string;
  readonly name: string;
  readonly grade: number;
  readonly academicYearId: string;
}

export interface StudentRow {
  readonly id: string;
  readonly name: string;
  readonly studentNo: string;
  readonly pinyin: string;
}

/** A span of days that is open at its end while `endsOn` is null. */
export function coversDay(startsOn: AnyColumn, endsOn: AnyColumn, day: unknown): SQL | undefined {
  return and(lte(startsOn, day), or(isNull(endsOn), gte(endsOn, day)));
}

export async function classById(
  store: Store,
  schoolId: string,
  classId: string,
): Promise<ClassRow | undefined> {
  const rows: ClassRow[] = await store
    .prepared("classById", () => {
      const { schoolClass: c } = store.tables;
      return store.db
        .select({ id: c.id, name: c.name, grade: c.grade, academicYearId: c.academicYearId })
        .from(c)
        .where(and(eq(c.schoolId, sql.placeholder("schoolId")), eq(c.id, sql.placeholder("classId"))));
    })
    .execute({ schoolId, classId });
  return rows[0];
}

/** All classes of an academic year, in the school's own order. */
export async function classesOfYear(
  store: Store,
  schoolId: string,
  academicYearId: string,
): Promise<ClassRow[]> {
  const { schoolClass: c } = store.tables;
  return await store.db
    .select({ id: c.id, name: c.name, grade: c.grade, academicYearId: c.academicYearId })
    .from(c)
    .where(and(eq(c.schoolId, schoolId), eq(c.academicYearId, academicYearId)))
    .orderBy(asc(c.grade), asc(c.position));
}

export interface Assignment {
  readonly membershipId: string;
  readonly classId: string;
  readonly isHomeroom: boolean;
  /** Of a homeroom teacher: not of one who stands in, unless its assignment says so. */
  readonly publishesSummaries: boolean;
  readonly subjectCode: string | null;
  readonly subject: Bilingual | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** What teachers taught or teach, with dates: a teacher has a handful. */
export async function assignmentsOf(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<Assignment[]> {
  type Row = Omit<Assignment, "subject"> & {
    subjectZh: string | null;
    subjectEn: string | null;
    standsInForId: string | null;
  };
  const rows: Row[] = await store
    .prepared("assignmentsOf", () => {
      const { teachingAssignment: a, subject } = store.tables;
      return store.db
        .select({
          membershipId: a.membershipId,
          classId: a.classId,
          isHomeroom: a.isHomeroom,
          publishesSummaries: a.publishesSummaries,
          standsInForId: a.standsInForId,
          subjectCode: subject.code,
          subjectZh: subject.nameZh,
          subjectEn: subject.nameEn,
          startsOn: a.startsOn,
          endsOn: a.endsOn,
        })
        .from(a)
        .leftJoin(subject, and(eq(subject.schoolId, a.schoolId), eq(subject.id, a.subjectId)))
        .where(
          and(
            eq(a.schoolId, sql.placeholder("schoolId")),
            eq(a.membershipId, sql.placeholder("membershipId")),
          ),
        );
    })
    .execute({ schoolId, membershipId });
  return rows.map(({ subjectZh, subjectEn, standsInForId, ...row }) => ({
    ...row,
    publishesSummaries: row.isHomeroom && (standsInForId === null || row.publishesSummaries),
    subject: subjectZh !== null && subjectEn !== null ? { zh: subjectZh, en: subjectEn } : null,
  }));
}

/** The name of a class's homeroom teacher on a day; of who stands in only where nobody else is. */
export async function homeroomTeacherName(
  store: Store,
  schoolId: string,
  classId: string,
  day: string,
): Promise<string | undefined> {
  const { teachingAssignment: a, membership: m } = store.tables;
  const rows = await store.db
    .select({ name: m.displayName })
    .from(a)
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.membershipId)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.classId, classId),
        eq(a.isHomeroom, true),
        coversDay(a.startsOn, a.endsOn, day),
      ),
    )
    .orderBy(asc(sql`case when ${a.standsInForId} is null then 0 else 1 end`), asc(a.startsOn))
    .limit(1);
  return rows[0]?.name;
}

/** The students of a class on a day, in class-list order. */
export async function studentsOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  day: string,
): Promise<StudentRow[]> {
  const { enrollment: e, student: s } = store.tables;
  return await store.db
    .select({ id: s.id, name: s.name, studentNo: s.studentNo, pinyin: s.pinyin })
    .from(e)
    .innerJoin(s, and(eq(s.schoolId, e.schoolId), eq(s.id, e.studentId)))
    .where(and(eq(e.schoolId, schoolId), eq(e.classId, classId), coversDay(e.startsOn, e.endsOn, day)))
    .orderBy(asc(s.studentNo));
}

/** How many students each of these classes has on a day. */
export async function studentCounts(
  store: Store,
  schoolId: string,
  classIds: readonly string[],
  day: string,
): Promise<Map<string, number>> {
  if (classIds.length === 0) return new Map();
  const { enrollment: e } = store.tables;
  const rows = await store.db
    .select({ classId: e.classId, count: sql`count(*)`.mapWith(Number) })
    .from(e)
    .where(
      and(eq(e.schoolId, schoolId), inArray(e.classId, [...classIds]), coversDay(e.startsOn, e.endsOn, day)),
    )
    .groupBy(e.classId);
  return new Map(rows.map((row) => [row.classId, row.count]));
}

export async function studentById(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<StudentRow | undefined> {
  const rows = await store
    .prepared("studentById", () => {
      const { student: s } = store.tables;
      return store.db
        .select({ id: s.id, name: s.name, studentNo: s.studentNo, pinyin: s.pinyin })
        .from(s)
        .where(and(eq(s.schoolId, sql.placeholder("schoolId")), eq(s.id, sql.placeholder("studentId"))));
    })
    .execute({ schoolId, studentId });
  return rows[0];
}

export interface Enrolled {
  readonly studentId: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  /** It ended with the school's last year. */
  readonly hasGraduated: boolean;
  readonly class: ClassRow;
}

/** Every class each of these students was or is in, oldest first. */
export async function enrollmentsOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<Enrolled[]> {
  const [first, ...others] = studentIds;
  if (first === undefined) return [];
  if (others.length === 0) return await enrollmentsOfOne(store, schoolId, first);
  const { enrollment: e } = store.tables;
  return (
    await enrollmentQuery(store)
      .where(and(eq(e.schoolId, schoolId), inArray(e.studentId, [...studentIds])))
      .orderBy(asc(e.startsOn))
  ).map(enrolled);
}

async function enrollmentsOfOne(store: Store, schoolId: string, studentId: string): Promise<Enrolled[]> {
  const rows: EnrollmentRow[] = await store
    .prepared("enrollmentsOfOne", () => {
      const { enrollment: e } = store.tables;
      return enrollmentQuery(store)
        .where(
          and(eq(e.schoolId, sql.placeholder("schoolId")), eq(e.studentId, sql.placeholder("studentId"))),
        )
        .orderBy(asc(e.startsOn));
    })
    .execute({ schoolId, studentId });
  return rows.map(enrolled);
}

type EnrollmentRow = Omit<Enrolled, "class" | "hasGraduated"> & {
  endReason: string | null;
  classId: string;
  name: string;
  grade: number;
  academicYearId: string;
};

function enrollmentQuery(store: Store) {
  const { enrollment: e, schoolClass: c } = store.tables;
  return store.db
    .select({
      studentId: e.studentId,
      startsOn: e.startsOn,
      endsOn: e.endsOn,
      endReason: e.endReason,
      classId: c.id,
      name: c.name,
      grade: c.grade,
      academicYearId: c.academicYearId,
    })
    .from(e)
    .innerJoin(c, and(eq(c.schoolId, e.schoolId), eq(c.id, e.classId)));
}

function enrolled({ studentId, startsOn, endsOn, endReason, classId, ...rest }: EnrollmentRow): Enrolled {
  const hasGraduated = endReason === "graduated";
  return { studentId, startsOn, endsOn, hasGraduated, class: { id: classId, ...rest } };
}

/** The children of a guardian: verified, and not ended. */
export async function childrenOfGuardian(
  store: Store,
  schoolId: string,
  membershipId: string,
): Promise<StudentRow[]> {
  return await store
    .prepared("childrenOfGuardian", () => {
      const { guardianship: g, student: s } = store.tables;
      return store.db
        .select({ id: s.id, name: s.name, studentNo: s.studentNo, pinyin: s.pinyin })
        .from(g)
        .innerJoin(s, and(eq(s.schoolId, g.schoolId), eq(s.id, g.studentId)))
        .where(
          and(
            eq(g.schoolId, sql.placeholder("schoolId")),
            eq(g.membershipId, sql.placeholder("membershipId")),
            isNotNull(g.verifiedAt),
            isNull(g.endedAt),
          ),
        )
        .orderBy(asc(s.studentNo));
    })
    .execute({ schoolId, membershipId });
}

/** Names of people in the school by membership id, for "by whom". */
export async function namesOfMembers(
  store: Store,
  schoolId: string,
  membershipIds: readonly string[],
): Promise<Map<string, string>> {
  if (membershipIds.length === 0) return new Map();
  const { membership: m } = store.tables;
  const rows = await store.db
    .select({ id: m.id, name: m.displayName })
    .from(m)
    .where(and(eq(m.schoolId, schoolId), inArray(m.id, [...membershipIds])));
  return new Map(rows.map((row) => [row.id, row.name]));
}
