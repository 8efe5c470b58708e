/**
 * The school's rubrics, rating rounds and what teachers chose in them: kept, changed, read. Nothing else reads or writes
 * them.
 */
import { and, asc, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { LevelDescription, RoundRubric, RubricLevel } from "@doudou/shared/domain/rubrics.ts";
import type { Store } from "../engines/database.ts";
import { coversDay } from "./people.ts";

export interface KeptRubric {
  readonly indicatorCode: string;
  readonly levels: readonly LevelDescription[];
  readonly version: number;
}

/** What the school has worded itself. */
export async function rubricsOf(store: Store, schoolId: string): Promise<KeptRubric[]> {
  const { rubric: r } = store.tables;
  return await store.db
    .select({ indicatorCode: r.indicatorCode, levels: r.levels, version: r.version })
    .from(r)
    .where(eq(r.schoolId, schoolId))
    .orderBy(asc(r.indicatorCode));
}

/**
 * Saves the words of an indicator over the version they were made from; 0 where there was none.
 * @returns false where somebody else has saved meanwhile: nothing was written then
 */
export async function saveRubric(
  store: Store,
  schoolId: string,
  { from, ...rubric }: Omit<KeptRubric, "version"> & { from: number; savedBy: string; savedAt: Date },
): Promise<boolean> {
  const { rubric: r } = store.tables;
  const { indicatorCode, ...words } = rubric;
  const version = from + 1;
  const saved =
    from === 0
      ? await store.db
          .insert(r)
          .values({ schoolId, indicatorCode, ...words, version })
          .onConflictDoNothing({ target: [r.schoolId, r.indicatorCode] })
          .returning({ version: r.version })
      : await store.db
          .update(r)
          .set({ ...words, version })
          .where(and(eq(r.schoolId, schoolId), eq(r.indicatorCode, indicatorCode), eq(r.version, from)))
          .returning({ version: r.version });
  return saved.length > 0;
}

export interface RatingRound {
  readonly id: string;
  readonly termId: string;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly rubrics: readonly RoundRubric[];
}

/** The rounds of a term, the latest first. */
export async function ratingRoundsOf(store: Store, schoolId: string, termId: string): Promise<RatingRound[]> {
  const { ratingRound: r } = store.tables;
  return await store.db
    .select({ id: r.id, termId: r.termId, opensOn: r.opensOn, closesOn: r.closesOn, rubrics: r.rubrics })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.termId, termId)))
    .orderBy(desc(r.opensOn), desc(r.id));
}

/** Opens a round, or changes its days: its words stay. @returns false where the id is of another term's */
export async function putRatingRound(
  store: Store,
  schoolId: string,
  round: RatingRound,
  by: { readonly membershipId: string; readonly at: Date },
): Promise<boolean> {
  const { ratingRound: r } = store.tables;
  const { opensOn, closesOn } = round;
  const put = await store.db
    .insert(r)
    .values({ schoolId, ...round, openedBy: by.membershipId, openedAt: by.at, changedAt: by.at })
    .onConflictDoUpdate({
      target: [r.schoolId, r.id],
      set: { opensOn, closesOn, changedAt: by.at },
      setWhere: sql`${r.termId} = ${round.termId}`,
    })
    .returning({ id: r.id });
  return put.length > 0;
}

/** Whose choice it is, and about what. */
interface RatingOf {
  readonly roundId: string;
  readonly indicatorCode: string;
  readonly raterId: string;
}

/** Keeps what a teacher chose for children of a class; chosen again, the later choice stands. */
export async function keepRatings(
  store: Store,
  schoolId: string,
  of: RatingOf & { readonly classId: string; readonly ratedAt: Date },
  chosen: readonly { readonly studentId: string; readonly level: RubricLevel | null }[],
): Promise<void> {
  if (chosen.length === 0) return;
  const { rating: r } = store.tables;
  await store.db
    .insert(r)
    .values(chosen.map((one) => ({ schoolId, ...of, ...one })))
    .onConflictDoUpdate({
      target: [r.schoolId, r.roundId, r.studentId, r.indicatorCode, r.raterId],
      set: {
        level: sql`excluded.level`,
        classId: sql`excluded.class_id`,
        ratedAt: sql`excluded.rated_at`,
      },
    });
}

/** Takes back what a teacher chose for some children. */
export async function takeBackRatings(
  store: Store,
  schoolId: string,
  of: RatingOf,
  studentIds: readonly string[],
): Promise<void> {
  if (studentIds.length === 0) return;
  const { rating: r } = store.tables;
  await store.db
    .delete(r)
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.roundId, of.roundId),
        eq(r.indicatorCode, of.indicatorCode),
        eq(r.raterId, of.raterId),
        inArray(r.studentId, [...studentIds]),
      ),
    );
}

export interface KeptRating {
  readonly roundId: string;
  readonly studentId: string;
  readonly indicatorCode: string;
  readonly raterId: string;
  readonly level: RubricLevel | null;
}

/** What was chosen in a class in a round, in the order it was. @param raterId of one teacher, or of all */
export async function ratingsInClass(
  store: Store,
  schoolId: string,
  of: { readonly roundId: string; readonly classId: string; readonly raterId?: string | undefined },
): Promise<KeptRating[]> {
  const { rating: r } = store.tables;
  return await store.db
    .select(columnsOf(store))
    .from(r)
    .where(
      and(
        eq(r.schoolId, schoolId),
        eq(r.roundId, of.roundId),
        eq(r.classId, of.classId),
        of.raterId === undefined ? undefined : eq(r.raterId, of.raterId),
      ),
    )
    .orderBy(asc(r.ratedAt), asc(r.studentId));
}

/** What was chosen for a child in some rounds. */
export async function ratingsOfChild(
  store: Store,
  schoolId: string,
  of: { readonly studentId: string; readonly roundIds: readonly string[] },
): Promise<KeptRating[]> {
  if (of.roundIds.length === 0) return [];
  const { rating: r } = store.tables;
  return await store.db
    .select(columnsOf(store))
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.studentId, of.studentId), inArray(r.roundId, [...of.roundIds])))
    .orderBy(asc(r.ratedAt), asc(r.indicatorCode));
}

/** Which of these children somebody has chosen a level for in some rounds. */
export async function ratedStudents(
  store: Store,
  schoolId: string,
  of: { readonly studentIds: readonly string[]; readonly roundIds: readonly string[] },
): Promise<Set<string>> {
  if (of.roundIds.length === 0 || of.studentIds.length === 0) return new Set();
  const { rating: r } = store.tables;
  const rows = await store.db
    .selectDistinct({ studentId: r.studentId })
    .from(r)
    .where(
      and(
        eq(r.schoolId, schoolId),
        inArray(r.studentId, [...of.studentIds]),
        inArray(r.roundId, [...of.roundIds]),
        isNotNull(r.level),
      ),
    );
  return new Set(rows.map(({ studentId }) => studentId));
}

/** Everything ever chosen for a child, in the words of its round, for a copy of its record. */
export async function ratingsOnChild(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<
  (KeptRating & { readonly by: string; readonly ratedAt: Date; readonly rubrics: readonly RoundRubric[] })[]
> {
  const { rating: r, ratingRound: o, membership: m } = store.tables;
  return await store.db
    .select({ ...columnsOf(store), by: m.displayName, ratedAt: r.ratedAt, rubrics: o.rubrics })
    .from(r)
    .innerJoin(o, and(eq(o.schoolId, r.schoolId), eq(o.id, r.roundId)))
    .innerJoin(m, and(eq(m.schoolId, r.schoolId), eq(m.id, r.raterId)))
    .where(and(eq(r.schoolId, schoolId), eq(r.studentId, studentId)))
    .orderBy(asc(r.ratedAt), asc(r.indicatorCode));
}

/** In each class, of how many children somebody has chosen something in a round. */
export async function ratedByClass(
  store: Store,
  schoolId: string,
  roundId: string,
): Promise<Map<string, number>> {
  const { rating: r } = store.tables;
  const rows = await store.db
    .select({ classId: r.classId, children: sql`count(distinct ${r.studentId})`.mapWith(Number) })
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.roundId, roundId)))
    .groupBy(r.classId);
  return new Map(rows.map(({ classId, children }) => [classId, children]));
}

/**
 * In how many places a class's raters are far apart in a round: children who are in the class on a day, by indicator.
 * @param apart levels between the highest and the lowest
 */
export async function farApartByClass(
  store: Store,
  schoolId: string,
  { roundId, day, apart }: { readonly roundId: string; readonly day: string; readonly apart: number },
): Promise<Map<string, number>> {
  const { rating: r, enrollment: e } = store.tables;
  const places = store.db
    .select({ classId: r.classId })
    .from(r)
    .innerJoin(
      e,
      and(
        eq(e.schoolId, r.schoolId),
        eq(e.studentId, r.studentId),
        eq(e.classId, r.classId),
        coversDay(e.startsOn, e.endsOn, day),
      ),
    )
    .where(and(eq(r.schoolId, schoolId), eq(r.roundId, roundId)))
    .groupBy(r.classId, r.studentId, r.indicatorCode)
    .having(sql`max(${r.level}) - min(${r.level}) >= ${apart}`)
    .as("places");
  const rows = await store.db
    .select({ classId: places.classId, places: sql`count(*)`.mapWith(Number) })
    .from(places)
    .groupBy(places.classId);
  return new Map(rows.map((row) => [row.classId, row.places]));
}

function columnsOf({ tables: { rating: r } }: Store) {
  return {
    roundId: r.roundId,
    studentId: r.studentId,
    indicatorCode: r.indicatorCode,
    raterId: r.raterId,
    level: r.level,
  };
}
