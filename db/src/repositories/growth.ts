/**
 * What tallies tell: a child's beans and records by point, person, day. Never reads the ledger.
 */
import { and, asc, eq, gt, gte, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";
import { coversDay } from "./people.ts";
import { isOfAskedChild } from "./placeholders.ts";

export interface PointTally {
  readonly observationPointId: string;
  readonly recorderId: string;
  readonly dimension: Dimension;
  readonly count: number;
  readonly beans: number;
}

/** A student's standing awards of a term, by point and by who gave them. */
export async function talliesOf(
  store: Store,
  schoolId: string,
  studentId: string,
  termId: string,
): Promise<PointTally[]> {
  return await store
    .prepared("talliesOf", () => {
      const { tally: t } = store.tables;
      return store.db
        .select({
          observationPointId: t.observationPointId,
          recorderId: t.recorderId,
          dimension: t.dimension,
          count: t.count,
          beans: t.beans,
        })
        .from(t)
        .where(and(isOfAskedChild(t), eq(t.termId, sql.placeholder("termId")), gt(t.count, 0)));
    })
    .execute({ schoolId, studentId, termId });
}

export interface DayCount {
  readonly day: string;
  readonly dimension: Dimension;
  readonly count: number;
  readonly beans: number;
}

/** A student's standing awards by day, both days included, oldest first. */
export async function dayTalliesOf(
  store: Store,
  schoolId: string,
  studentId: string,
  span: { readonly from: string; readonly to: string },
): Promise<DayCount[]> {
  return await store
    .prepared("dayTalliesOf", () => {
      const { dayTally: d } = store.tables;
      return store.db
        .select({ day: d.day, dimension: d.dimension, count: d.count, beans: d.beans })
        .from(d)
        .where(
          and(
            isOfAskedChild(d),
            gte(d.day, sql.placeholder("from")),
            lte(d.day, sql.placeholder("to")),
            gt(d.count, 0),
          ),
        )
        .orderBy(asc(d.day));
    })
    .execute({ schoolId, studentId, ...span });
}

export type OfStudent<T> = T & { readonly studentId: string };

/** The standing awards of several students in a term, by point and by who gave them: what `talliesOf` tells of one. */
export async function talliesOfStudents(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
  termId: string,
): Promise<OfStudent<PointTally>[]> {
  if (studentIds.length === 0) return [];
  const { tally: t } = store.tables;
  return await store.db
    .select({
      studentId: t.studentId,
      observationPointId: t.observationPointId,
      recorderId: t.recorderId,
      dimension: t.dimension,
      count: t.count,
      beans: t.beans,
    })
    .from(t)
    .where(standInTerm(t, schoolId, studentIds, termId));
}

/** The standing awards of several students by day, both days included, oldest first. */
export async function dayTalliesOfStudents(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
  span: { readonly from: string; readonly to: string },
): Promise<OfStudent<DayCount>[]> {
  if (studentIds.length === 0) return [];
  const { dayTally: d } = store.tables;
  return await store.db
    .select({
      studentId: d.studentId,
      day: d.day,
      dimension: d.dimension,
      count: d.count,
      beans: d.beans,
    })
    .from(d)
    .where(
      and(
        eq(d.schoolId, schoolId),
        inArray(d.studentId, [...studentIds]),
        gte(d.day, span.from),
        lte(d.day, span.to),
        gt(d.count, 0),
      ),
    )
    .orderBy(asc(d.day));
}

export interface StudentBeans {
  readonly studentId: string;
  readonly dimension: Dimension;
  readonly beans: number;
}

/** Beans of a term by student and dimension, for the students given. */
export async function termBeans(
  store: Store,
  schoolId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<StudentBeans[]> {
  if (studentIds.length === 0) return [];
  const { tally: t } = store.tables;
  return await store.db
    .select({ studentId: t.studentId, dimension: t.dimension, beans: sql`sum(${t.beans})`.mapWith(Number) })
    .from(t)
    .where(and(eq(t.schoolId, schoolId), eq(t.termId, termId), inArray(t.studentId, [...studentIds])))
    .groupBy(t.studentId, t.dimension);
}

/** Records by student, day and dimension since a day: for "today" and for who has not been noticed lately. */
export async function recentDays(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
  since: string,
): Promise<(StudentBeans & { readonly day: string })[]> {
  if (studentIds.length === 0) return [];
  const { dayTally: d } = store.tables;
  return await store.db
    .select({ studentId: d.studentId, day: d.day, dimension: d.dimension, beans: d.beans })
    .from(d)
    .where(
      and(eq(d.schoolId, schoolId), inArray(d.studentId, [...studentIds]), gte(d.day, since), gt(d.count, 0)),
    );
}

/** The terms a student has any standing award in. */
export async function termsWithAwards(
  store: Store,
  schoolId: string,
  studentId: string,
  termIds: readonly string[],
) {
  const found: string[] = [];
  for (const termId of termIds) {
    const rows = await store
      .prepared("anyTallyOf", () => {
        const { tally: t } = store.tables;
        return store.db
          .select({ termId: t.termId })
          .from(t)
          .where(and(isOfAskedChild(t), eq(t.termId, sql.placeholder("termId")), gt(t.count, 0)))
          .limit(1);
      })
      .execute({ schoolId, studentId, termId });
    if (rows.length > 0) found.push(termId);
  }
  return found;
}

export interface WeekBeans {
  readonly studentId: string;
  readonly classId: string;
  readonly grade: number;
  /** Null for a child that has no record in the term. */
  readonly dimension: Dimension | null;
  /** Place in the weeks asked for. */
  readonly week: number;
  readonly beans: number;
}

/**
 * Beans of every child that is in a class on a day, by dimension and week, in one statement: for figures about all of
 * them together, never about one.
 * @param weeks Mondays, oldest first, each `YYYY-MM-DD`; what is before the first counts for it
 * @param grade only its children; the whole school's if left out
 */
export async function weekBeansOfSchool(
  store: Store,
  schoolId: string,
  {
    day,
    from,
    to,
    weeks,
    grade,
  }: { day: string; from: string; to: string; weeks: readonly string[]; grade?: number },
): Promise<WeekBeans[]> {
  const { dayTally: d, enrollment: e, schoolClass: c } = store.tables;
  // Written into the statement, since a parameter in it would not be the same where rows are grouped by it.
  const later = weeks.slice(1).filter((monday) => /^\d{4}-\d{2}-\d{2}$/.test(monday));
  const steps = later.map(
    (monday, before) => sql`when ${d.day} < ${sql.raw(`'${monday}'`)} then ${sql.raw(String(before))}`,
  );
  const week =
    steps.length === 0
      ? sql`0`
      : sql`case ${sql.join(steps, sql.raw(" "))} else ${sql.raw(String(later.length))} end`;
  return await store.db
    .select({
      studentId: e.studentId,
      classId: e.classId,
      grade: c.grade,
      dimension: d.dimension,
      week: week.mapWith(Number),
      beans: sql`coalesce(sum(${d.beans}), 0)`.mapWith(Number),
    })
    .from(e)
    .innerJoin(c, and(eq(c.schoolId, e.schoolId), eq(c.id, e.classId)))
    .leftJoin(
      d,
      and(eq(d.schoolId, e.schoolId), eq(d.studentId, e.studentId), gte(d.day, from), lte(d.day, to)),
    )
    .where(
      and(
        eq(e.schoolId, schoolId),
        coversDay(e.startsOn, e.endsOn, day),
        grade === undefined ? undefined : eq(c.grade, grade),
      ),
    )
    .groupBy(e.studentId, e.classId, c.grade, d.dimension, week);
}

export interface TermTally {
  readonly studentId: string;
  readonly dimension: Dimension;
  readonly records: number;
  /** People who made them. */
  readonly recorders: number;
}

/** How often several students were noticed in a term and by how many people, by dimension. */
export async function termTalliesOfStudents(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
  termId: string,
): Promise<TermTally[]> {
  if (studentIds.length === 0) return [];
  const { tally: t } = store.tables;
  return await store.db
    .select({
      studentId: t.studentId,
      dimension: t.dimension,
      records: sql`sum(${t.count})`.mapWith(Number),
      recorders: sql`count(distinct ${t.recorderId})`.mapWith(Number),
    })
    .from(t)
    .where(standInTerm(t, schoolId, studentIds, termId))
    .groupBy(t.studentId, t.dimension);
}

/** What several students have that stands in a term. */
function standInTerm(
  t: Tables["tally"],
  schoolId: string,
  studentIds: readonly string[],
  termId: string,
): SQL | undefined {
  return and(
    eq(t.schoolId, schoolId),
    eq(t.termId, termId),
    inArray(t.studentId, [...studentIds]),
    gt(t.count, 0),
  );
}
