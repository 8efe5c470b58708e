/**
 * Who leads which grade of a school year, and whose summaries it reviews by that. Nothing is overwritten but the day on
 * which somebody stops; only what never held for a day is removed.
 */
import { and, desc, eq, exists, isNull, not, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";
import { insertRows } from "./bulk.ts";
import { coversDay } from "./people.ts";

export type Leadership = Omit<Tables["gradeLeadership"]["$inferSelect"], "schoolId">;

/** Leaderships of the school, all that fit, the latest first: of one teacher, one by id, or those of a day. */
export async function leadershipsIn(
  store: Store,
  schoolId: string,
  of: { readonly membershipId?: string; readonly id?: string; readonly day?: string },
): Promise<Leadership[]> {
  const { gradeLeadership: l } = store.tables;
  return await store.db
    .select({
      id: l.id,
      membershipId: l.membershipId,
      academicYearId: l.academicYearId,
      grade: l.grade,
      startsOn: l.startsOn,
      endsOn: l.endsOn,
    })
    .from(l)
    .where(
      and(
        eq(l.schoolId, schoolId),
        of.membershipId === undefined ? undefined : eq(l.membershipId, of.membershipId),
        of.id === undefined ? undefined : eq(l.id, of.id),
        of.day === undefined ? undefined : coversDay(l.startsOn, l.endsOn, of.day),
      ),
    )
    .orderBy(desc(l.startsOn), desc(l.id));
}

export async function addLeadership(store: Store, schoolId: string, added: Leadership): Promise<void> {
  await insertRows(store, store.tables.gradeLeadership, [{ ...added, schoolId }]);
}

/** Sets the last day of a leadership; null where no day is left of it, and it goes. */
export async function endLeadership(
  store: Store,
  schoolId: string,
  id: string,
  lastDay: string | null,
): Promise<void> {
  const { gradeLeadership: l } = store.tables;
  const itself = and(eq(l.schoolId, schoolId), eq(l.id, id));
  if (lastDay === null) await store.db.delete(l).where(itself);
  else await store.db.update(l).set({ endsOn: lastDay }).where(itself);
}

/** Whether a teacher reviews a class's summaries on a day. Asked wherever a teacher asks for a class, hence prepared. */
export async function reviewsClass(
  store: Store,
  schoolId: string,
  of: { readonly membershipId: string; readonly classId: string; readonly day: string },
): Promise<boolean> {
  const rows = await store
    .prepared("reviewsClass", () => {
      const { membership: m } = store.tables;
      const asked = {
        schoolId: sql.placeholder("schoolId"),
        membershipId: sql.placeholder("membershipId"),
        classId: sql.placeholder("classId"),
        day: sql.placeholder("day"),
      };
      return store.db
        .select({ id: m.id })
        .from(m)
        .where(and(eq(m.schoolId, asked.schoolId), eq(m.id, asked.membershipId), isToReview(store, asked)));
    })
    .execute({ schoolId, ...of });
  return rows.length > 0;
}

/** Who reviews a class's summaries on a day, and still works here. */
export async function reviewersOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  day: string,
): Promise<string[]> {
  const { membership: m } = store.tables;
  const rows = await store.db
    .select({ id: m.id })
    .from(m)
    .where(
      and(
        eq(m.schoolId, schoolId),
        isNull(m.endedAt),
        isToReview(store, { schoolId, membershipId: m.id, classId, day }),
      ),
    );
  return rows.map(({ id }) => id);
}

/**
 * That a teacher reviews a class's summaries on a day: it leads the grade, its school has summaries approved, and it does
 * not itself write them as the class's homeroom teacher.
 * @param of what each is compared with: a value, a placeholder, or a column of the statement around
 */
export function isToReview(
  { db, tables }: Store,
  of: Readonly<Record<"schoolId" | "membershipId" | "classId" | "day", string | SQLWrapper>>,
): SQL | undefined {
  const { gradeLeadership: l, schoolClass: c, school, teachingAssignment: a } = tables;
  const one = { one: sql`1` };
  const leadsGrade = db
    .select(one)
    .from(l)
    .innerJoin(
      c,
      and(eq(c.schoolId, l.schoolId), eq(c.academicYearId, l.academicYearId), eq(c.grade, l.grade)),
    )
    .innerJoin(school, eq(school.schoolId, l.schoolId))
    .where(
      and(
        eq(l.schoolId, of.schoolId),
        eq(l.membershipId, of.membershipId),
        eq(c.id, of.classId),
        coversDay(l.startsOn, l.endsOn, of.day),
        eq(school.reviewsSummaries, true),
      ),
    );
  const leadsClass = db
    .select(one)
    .from(a)
    .where(
      and(
        eq(a.schoolId, of.schoolId),
        eq(a.membershipId, of.membershipId),
        eq(a.classId, of.classId),
        eq(a.isHomeroom, true),
        coversDay(a.startsOn, a.endsOn, of.day),
      ),
    );
  return and(exists(leadsGrade), not(exists(leadsClass)));
}
