/**
 * What the school's dashboard is told from, a class at a time: day tallies of some weeks, and the awards of a few school
 * days by the index on the child and the moment. The cost is that of the span asked for, however large the ledger.
 */
import { and, asc, eq, gt, gte, inArray, isNull, lte, notExists, sql } from "drizzle-orm";
import type { SeenAward } from "@doudou/shared/domain/patterns.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { coversDay } from "./people.ts";

/** Local days, both included. */
interface DaySpan {
  readonly from: string;
  readonly to: string;
}

export interface ClassDay {
  readonly day: string;
  readonly dimension: Dimension;
  readonly records: number;
}

/** Standing awards of the children a class had on each day, by day and dimension. */
export async function daysOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  span: DaySpan,
): Promise<ClassDay[]> {
  const { dayTally: d, enrollment: e } = store.tables;
  return await store.db
    .select({ day: d.day, dimension: d.dimension, records: sql`sum(${d.count})`.mapWith(Number) })
    .from(e)
    .innerJoin(d, and(eq(d.schoolId, e.schoolId), eq(d.studentId, e.studentId)))
    .where(
      and(
        eq(e.schoolId, schoolId),
        eq(e.classId, classId),
        gte(d.day, span.from),
        lte(d.day, span.to),
        coversDay(e.startsOn, e.endsOn, d.day),
      ),
    )
    .groupBy(d.day, d.dimension);
}

export interface Unnoticed {
  readonly id: string;
  readonly name: string;
}

/** The children a class has on the last day of a span of whom nothing was recorded in it, in class-list order. */
export async function unnoticedOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  span: DaySpan,
): Promise<Unnoticed[]> {
  const { dayTally: d, enrollment: e, student: s } = store.tables;
  const noticed = store.db
    .select({ one: sql`1` })
    .from(d)
    .where(
      and(
        eq(d.schoolId, e.schoolId),
        eq(d.studentId, e.studentId),
        gte(d.day, span.from),
        lte(d.day, span.to),
        gt(d.count, 0),
      ),
    );
  return await store.db
    .select({ id: s.id, name: s.name })
    .from(e)
    .innerJoin(s, and(eq(s.schoolId, e.schoolId), eq(s.id, e.studentId)))
    .where(
      and(
        eq(e.schoolId, schoolId),
        eq(e.classId, classId),
        coversDay(e.startsOn, e.endsOn, span.to),
        notExists(noticed),
      ),
    )
    .orderBy(asc(s.studentNo));
}

/** Standing awards given in a class within a span, as far as patterns look at them; the order is not kept. */
export async function awardsOfSpan(
  store: Store,
  schoolId: string,
  classId: string,
  span: { readonly from: Date; readonly to: Date },
): Promise<SeenAward[]> {
  const { award: a, awardVoid: v, enrollment: e } = store.tables;
  const everyChildOf = store.db
    .select({ studentId: e.studentId })
    .from(e)
    .where(and(eq(e.schoolId, schoolId), eq(e.classId, classId)));
  // With the class among the conditions SQLite would go through all its awards instead of through the children's latest.
  const ofChildren = await store.db
    .select({
      id: a.id,
      classId: a.classId,
      recorderId: a.recorderId,
      studentId: a.studentId,
      dimension: a.dimension,
      day: a.day,
      occurredAt: a.occurredAt,
    })
    .from(a)
    .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        inArray(a.studentId, everyChildOf),
        gte(a.occurredAt, span.from),
        lte(a.occurredAt, span.to),
        isNull(v.awardId),
      ),
    );
  return ofChildren.filter((award) => award.classId === classId);
}

export interface TeacherPost {
  readonly id: string;
  readonly name: string;
  readonly classId: string;
  readonly subjectCode: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** What everybody who is still a teacher of the school teaches and taught. */
export async function postsOfSchool(store: Store, schoolId: string): Promise<TeacherPost[]> {
  const { membership: m, teachingAssignment: t, subject } = store.tables;
  return await store.db
    .select({
      id: m.id,
      name: m.displayName,
      classId: t.classId,
      subjectCode: subject.code,
      startsOn: t.startsOn,
      endsOn: t.endsOn,
    })
    .from(t)
    .innerJoin(m, and(eq(m.schoolId, t.schoolId), eq(m.id, t.membershipId)))
    .leftJoin(subject, and(eq(subject.schoolId, t.schoolId), eq(subject.id, t.subjectId)))
    .where(and(eq(t.schoolId, schoolId), eq(m.role, "teacher"), isNull(m.endedAt)));
}
