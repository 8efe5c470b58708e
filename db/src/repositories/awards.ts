/**
 * The award ledger: records and voids awards and keeps the tallies in step, in one transaction.
 * Append-only. Nothing outside this file writes to `award`, `award_void` or the tallies.
 */
import { and, desc, eq, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/sqlite-core";
import { applyAward, decideBeans, emptyTallyBook } from "@doudou/shared/domain/scoring.ts";
import type { Bilingual, Dimension, Kind } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { insertManyRows } from "./bulk.ts";

/** An award that the rules have let through; what is left to decide is whether it is new, and its beans. */
export interface AcceptedAward {
  readonly id: string;
  readonly studentId: string;
  readonly classId: string;
  readonly termId: string;
  readonly observationPointId: string;
  readonly dimension: Dimension;
  readonly points: number;
  readonly note: string | null;
  readonly recorderId: string;
  readonly day: string;
  readonly occurredAt: Date;
  readonly weeklyCap: number;
  /** The school-local week the award falls in: from, and up to but not including. */
  readonly week: { readonly from: Date; readonly to: Date };
}

export type RecordOutcome =
  | { readonly status: "recorded"; readonly beans: number; readonly isCapped: boolean }
  | { readonly status: "duplicate"; readonly beans: number; readonly isCapped: boolean }
  | { readonly status: "conflict" };

/**
 * Records awards in order; one that is there already changes nothing. The caller's transaction commits them all.
 * @returns one outcome per award, in order; `conflict` where the id is taken by an award with other content
 */
export async function recordAwards(
  store: Store,
  schoolId: string,
  awards: readonly AcceptedAward[],
  recordedAt: Date,
): Promise<RecordOutcome[]> {
  await store.lock(awards.map((award) => `${schoolId}/${award.studentId}`));
  const outcomes: RecordOutcome[] = [];
  for (const award of awards) outcomes.push(await recordOne(store, schoolId, award, recordedAt));
  return outcomes;
}

async function recordOne(
  store: Store,
  schoolId: string,
  award: AcceptedAward,
  recordedAt: Date,
): Promise<RecordOutcome> {
  const countThisWeek = await countTowardsCap(store, schoolId, award);
  const { beans, isCapped } = decideBeans({ asked: award.points, weeklyCap: award.weeklyCap, countThisWeek });
  const { weeklyCap: _, week: __, ...row } = award;
  const inserted = await store
    .prepared("insertAward", () => {
      const { award: a } = store.tables;
      return store.db
        .insert(a)
        .values({
          schoolId: sql.placeholder("schoolId"),
          id: sql.placeholder("id"),
          studentId: sql.placeholder("studentId"),
          classId: sql.placeholder("classId"),
          termId: sql.placeholder("termId"),
          observationPointId: sql.placeholder("observationPointId"),
          dimension: sql.placeholder("dimension"),
          points: sql.placeholder("points"),
          beans: sql.placeholder("beans"),
          note: sql.placeholder("note"),
          recorderId: sql.placeholder("recorderId"),
          day: sql.placeholder("day"),
          occurredAt: sql.placeholder("occurredAt"),
          recordedAt: sql.placeholder("recordedAt"),
        })
        .onConflictDoNothing()
        .returning({ id: a.id });
    })
    .execute({ schoolId, ...row, beans, recordedAt });
  if (inserted.length === 0) return await outcomeOfRepeat(store, schoolId, award);
  await addToTallies(store, schoolId, award, beans);
  return { status: "recorded", beans, isCapped };
}

/**
 * How many standing awards of this point the student has in the award's week: exact from the weekly cap on, below it
 * at most as many as were recorded, voids included, which is all that the cap asks. The cost is bounded by the week.
 */
async function countTowardsCap(store: Store, schoolId: string, award: AcceptedAward): Promise<number> {
  const { award: a, awardVoid: v } = store.tables;
  const inWeek = and(
    eq(a.schoolId, sql.placeholder("schoolId")),
    eq(a.studentId, sql.placeholder("studentId")),
    eq(a.observationPointId, sql.placeholder("observationPointId")),
    gte(a.occurredAt, sql.placeholder("from")),
    lt(a.occurredAt, sql.placeholder("to")),
  );
  const { studentId, observationPointId, week } = award;
  const asked = { schoolId, studentId, observationPointId, ...week };
  const count = { count: sql`count(*)`.mapWith(Number) };

  const [recorded] = await store
    .prepared("recordedInWeek", () => store.db.select(count).from(a).where(inWeek))
    .execute(asked);
  if (!recorded || recorded.count < award.weeklyCap) return recorded?.count ?? 0;
  const [voided] = await store
    .prepared("voidedInWeek", () =>
      store.db
        .select(count)
        .from(a)
        .innerJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
        .where(inWeek),
    )
    .execute(asked);
  return recorded.count - (voided?.count ?? 0);
}

async function outcomeOfRepeat(store: Store, schoolId: string, sent: AcceptedAward): Promise<RecordOutcome> {
  const { award: a } = store.tables;
  const [kept] = await store.db
    .select()
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.id, sent.id)));
  const isSame =
    kept !== undefined &&
    kept.studentId === sent.studentId &&
    kept.observationPointId === sent.observationPointId &&
    kept.recorderId === sent.recorderId &&
    kept.points === sent.points &&
    kept.note === sent.note &&
    kept.occurredAt.getTime() === sent.occurredAt.getTime();
  if (!isSame) return { status: "conflict" };
  return { status: "duplicate", beans: kept.beans, isCapped: kept.beans < kept.points };
}

interface Counted {
  readonly studentId: string;
  readonly termId: string;
  readonly observationPointId: string;
  readonly recorderId: string;
  readonly dimension: Dimension;
  readonly day: string;
}

async function addToTallies(store: Store, schoolId: string, of: Counted, beans: number): Promise<void> {
  await store
    .prepared("addToTally", () => {
      const { tally: t } = store.tables;
      return store.db
        .insert(t)
        .values({
          schoolId: sql.placeholder("schoolId"),
          termId: sql.placeholder("termId"),
          studentId: sql.placeholder("studentId"),
          observationPointId: sql.placeholder("observationPointId"),
          recorderId: sql.placeholder("recorderId"),
          dimension: sql.placeholder("dimension"),
          count: 1,
          beans: sql.placeholder("beans"),
        })
        .onConflictDoUpdate({
          target: [t.schoolId, t.termId, t.studentId, t.observationPointId, t.recorderId],
          set: { count: sql`${t.count} + 1`, beans: sql`${t.beans} + excluded.beans` },
        });
    })
    .execute({ schoolId, ...of, beans });
  await store
    .prepared("addToDayTally", () => {
      const { dayTally: d } = store.tables;
      return store.db
        .insert(d)
        .values({
          schoolId: sql.placeholder("schoolId"),
          studentId: sql.placeholder("studentId"),
          day: sql.placeholder("day"),
          dimension: sql.placeholder("dimension"),
          count: 1,
          beans: sql.placeholder("beans"),
        })
        .onConflictDoUpdate({
          target: [d.schoolId, d.studentId, d.day, d.dimension],
          set: { count: sql`${d.count} + 1`, beans: sql`${d.beans} + excluded.beans` },
        });
    })
    .execute({ schoolId, ...of, beans });
}

/** An award of the past whose beans were decided elsewhere by `decideBeans`, in the order they were recorded. */
export interface DecidedAward extends Omit<AcceptedAward, "weeklyCap" | "week"> {
  readonly beans: number;
  readonly recordedAt: Date;
  readonly voided: { readonly by: string; readonly reason: string; readonly at: Date } | null;
}

/**
 * Brings a past into the ledger, voids included: for loading many awards fast, not for awards as they happen.
 * Their ids must be new. @throws when one is taken
 */
export async function loadAwards(
  store: Store,
  schoolId: string,
  awards: readonly DecidedAward[],
): Promise<void> {
  const { award: a, awardVoid: v, tally: t, dayTally: d } = store.tables;
  await store.lock([...new Set(awards.map((award) => `${schoolId}/${award.studentId}`))]);
  const book = emptyTallyBook();
  for (const award of awards) if (award.voided === null) applyAward(book, award);

  const rows = awards.map(({ voided: _, ...row }) => ({ ...row, schoolId }));
  await insertManyRows(store, "loadAwards", rows, (values) => store.db.insert(a).values(values));
  const voids = awards.flatMap(({ id: awardId, voided }) =>
    voided ? { schoolId, awardId, voidedBy: voided.by, reason: voided.reason, voidedAt: voided.at } : [],
  );
  await insertManyRows(store, "loadVoids", voids, (values) => store.db.insert(v).values(values));

  const points = [...book.points].map(([key, { count, beans, dimension }]) => {
    const [termId = "", studentId = "", observationPointId = "", recorderId = ""] = key.split("/");
    return { schoolId, termId, studentId, observationPointId, recorderId, dimension, count, beans };
  });
  await insertManyRows(store, "loadTallies", points, (values) =>
    store.db
      .insert(t)
      .values(values)
      .onConflictDoUpdate({
        target: [t.schoolId, t.termId, t.studentId, t.observationPointId, t.recorderId],
        set: { count: sql`${t.count} + excluded.count`, beans: sql`${t.beans} + excluded.beans` },
      }),
  );
  const days = [...book.days].map(([key, { count, beans }]) => {
    const [studentId = "", day = "", dimension = ""] = key.split("/");
    return { schoolId, studentId, day, dimension: dimension as Dimension, count, beans };
  });
  await insertManyRows(store, "loadDayTallies", days, (values) =>
    store.db
      .insert(d)
      .values(values)
      .onConflictDoUpdate({
        target: [d.schoolId, d.studentId, d.day, d.dimension],
        set: { count: sql`${d.count} + excluded.count`, beans: sql`${d.beans} + excluded.beans` },
      }),
  );
}

/** A ledger row with what decides whether somebody may void it. */
export interface LedgerAward extends Counted {
  readonly id: string;
  readonly classId: string;
  readonly beans: number;
  readonly recordedAt: Date;
}

/** The awards of these ids that the school has; order is not kept. */
export async function awardsByIds(
  store: Store,
  schoolId: string,
  ids: readonly string[],
): Promise<LedgerAward[]> {
  const { award: a } = store.tables;
  return await store.db
    .select({
      id: a.id,
      studentId: a.studentId,
      classId: a.classId,
      termId: a.termId,
      observationPointId: a.observationPointId,
      recorderId: a.recorderId,
      dimension: a.dimension,
      day: a.day,
      beans: a.beans,
      recordedAt: a.recordedAt,
    })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), inArray(a.id, [...ids])));
}

/**
 * Voids one award by a second row and takes it out of the tallies.
 * @returns `duplicate` where it was voided before; the first reason stays
 */
export async function voidAward(
  store: Store,
  schoolId: string,
  award: LedgerAward,
  by: { readonly membershipId: string; readonly reason: string; readonly at: Date },
): Promise<"voided" | "duplicate"> {
  const { awardVoid: v } = store.tables;
  await store.lock([`${schoolId}/${award.studentId}`]);
  const inserted = await store.db
    .insert(v)
    .values({ schoolId, awardId: award.id, voidedBy: by.membershipId, reason: by.reason, voidedAt: by.at })
    .onConflictDoNothing()
    .returning({ awardId: v.awardId });
  if (inserted.length === 0) return "duplicate";
  await subtractFromTallies(store, schoolId, award);
  return "voided";
}

/** An upsert would check the row to insert against "never negative" before it finds the one to change: so, updates. */
async function subtractFromTallies(store: Store, schoolId: string, award: LedgerAward): Promise<void> {
  const { tally: t, dayTally: d } = store.tables;
  await store.db
    .update(t)
    .set({ count: sql`${t.count} - 1`, beans: sql`${t.beans} - ${award.beans}` })
    .where(
      and(
        eq(t.schoolId, schoolId),
        eq(t.termId, award.termId),
        eq(t.studentId, award.studentId),
        eq(t.observationPointId, award.observationPointId),
        eq(t.recorderId, award.recorderId),
      ),
    );
  await store.db
    .update(d)
    .set({ count: sql`${d.count} - 1`, beans: sql`${d.beans} - ${award.beans}` })
    .where(
      and(
        eq(d.schoolId, schoolId),
        eq(d.studentId, award.studentId),
        eq(d.day, award.day),
        eq(d.dimension, award.dimension),
      ),
    );
}

export interface LedgerLine {
  readonly id: string;
  readonly studentId: string;
  readonly studentName: string;
  readonly classId: string;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly point: Bilingual;
  readonly beans: number;
  readonly note: string | null;
  readonly recorderId: string;
  readonly by: string;
  readonly day: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly voided: { readonly at: Date; readonly byId: string; readonly reason: string } | null;
}

/** Where a page of the ledger ended: the next begins after it. */
export interface LedgerCursor {
  readonly at: Date;
  readonly id: string;
}

/** A student's ledger by when it happened, newest first. */
export async function timelineOf(
  store: Store,
  schoolId: string,
  studentId: string,
  page: { readonly limit: number; readonly after?: LedgerCursor | undefined; readonly withVoided: boolean },
): Promise<LedgerLine[]> {
  const { award: a, awardVoid: v } = store.tables;
  const rows = await ledgerQuery(store)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.studentId, studentId),
        page.after &&
          or(lt(a.occurredAt, page.after.at), and(eq(a.occurredAt, page.after.at), lt(a.id, page.after.id))),
        page.withVoided ? undefined : isNull(v.awardId),
      ),
    )
    .orderBy(desc(a.occurredAt), desc(a.id))
    .limit(page.limit);
  return rows.map(ledgerLine);
}

/** What was awarded in a class, by when it arrived, newest first. */
export async function latestOfClass(
  store: Store,
  schoolId: string,
  classId: string,
  limit: number,
): Promise<LedgerLine[]> {
  const { award: a } = store.tables;
  const rows = await ledgerQuery(store)
    .where(and(eq(a.schoolId, schoolId), eq(a.classId, classId)))
    .orderBy(desc(a.recordedAt), desc(a.id))
    .limit(limit);
  return rows.map(ledgerLine);
}

/** Standing awards of a student in a term that are worth telling: with a note, or of growth. Newest first. */
export async function tellingAwards(
  store: Store,
  schoolId: string,
  studentId: string,
  span: { readonly from: Date; readonly to: Date },
  limit: number,
): Promise<LedgerLine[]> {
  const { award: a, awardVoid: v, observationPoint: p } = store.tables;
  const rows = await ledgerQuery(store)
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.studentId, studentId),
        gte(a.occurredAt, span.from),
        lt(a.occurredAt, span.to),
        isNull(v.awardId),
        or(sql`${a.note} is not null`, inArray(p.kind, ["growth", "participation"])),
      ),
    )
    .orderBy(desc(a.occurredAt), desc(a.id))
    .limit(limit);
  return rows.map(ledgerLine);
}

function ledgerQuery(store: Store) {
  const { award: a, awardVoid: v, observationPoint: p, student: s, membership: m } = store.tables;
  return store.db
    .select({
      id: a.id,
      studentId: a.studentId,
      studentName: s.name,
      classId: a.classId,
      dimension: a.dimension,
      kind: p.kind,
      pointZh: p.nameZh,
      pointEn: p.nameEn,
      beans: a.beans,
      note: a.note,
      recorderId: a.recorderId,
      by: m.displayName,
      day: a.day,
      occurredAt: a.occurredAt,
      recordedAt: a.recordedAt,
      voidedAt: v.voidedAt,
      voidedBy: v.voidedBy,
      voidReason: v.reason,
    })
    .from(a)
    .innerJoin(p, and(eq(p.schoolId, a.schoolId), eq(p.id, a.observationPointId)))
    .innerJoin(s, and(eq(s.schoolId, a.schoolId), eq(s.id, a.studentId)))
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.recorderId)))
    .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
    .$dynamic();
}

function ledgerLine(row: Awaited<ReturnType<typeof ledgerQuery>>[number]): LedgerLine {
  const { pointZh, pointEn, voidedAt, voidedBy, voidReason, ...rest } = row;
  return {
    ...rest,
    point: { zh: pointZh, en: pointEn },
    voided:
      voidedAt !== null && voidedBy !== null && voidReason !== null
        ? { at: voidedAt, byId: voidedBy, reason: voidReason }
        : null,
  };
}

/** Which points a teacher has used in a class lately: looks at its latest awards only, so its cost does not grow. */
export async function recentUses(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly membershipId: string },
  among: number,
): Promise<Map<string, number>> {
  const { award: a } = store.tables;
  const latest = await store.db
    .select({ pointId: a.observationPointId, recorderId: a.recorderId })
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.classId, of.classId)))
    .orderBy(desc(a.recordedAt), desc(a.id))
    .limit(among);
  const uses = new Map<string, number>();
  for (const { pointId, recorderId } of latest) {
    if (recorderId === of.membershipId) uses.set(pointId, (uses.get(pointId) ?? 0) + 1);
  }
  return uses;
}

export interface TallyDifference {
  readonly tally: "tally" | "day_tally";
  /** The tally's key, part by part. */
  readonly key: Readonly<Record<string, string>>;
  /** Ledger minus tally. */
  readonly count: number;
  readonly beans: number;
}

/**
 * Recounts a school's whole ledger in the database and compares it with both tallies.
 * @returns the rows that differ; none when every total is derivable from the ledger
 */
export async function tallyDifferences(store: Store, schoolId: string): Promise<TallyDifference[]> {
  const { award: a, awardVoid: v, tally: t, dayTally: d } = store.tables;
  const standing = and(eq(a.schoolId, schoolId), isNull(v.awardId));
  const isVoid = and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id));

  const both = unionAll(
    store.db
      .select({
        termId: a.termId,
        studentId: a.studentId,
        observationPointId: a.observationPointId,
        recorderId: a.recorderId,
        dimension: a.dimension,
        count: sql<number>`1`.as("counted"),
        beans: sql<number>`${a.beans}`.as("worth"),
      })
      .from(a)
      .leftJoin(v, isVoid)
      .where(standing),
    store.db
      .select({
        termId: t.termId,
        studentId: t.studentId,
        observationPointId: t.observationPointId,
        recorderId: t.recorderId,
        dimension: t.dimension,
        count: sql<number>`-${t.count}`.as("counted"),
        beans: sql<number>`-${t.beans}`.as("worth"),
      })
      .from(t)
      .where(eq(t.schoolId, schoolId)),
  ).as("both");
  const points = await store.db
    .select({
      termId: both.termId,
      studentId: both.studentId,
      observationPointId: both.observationPointId,
      recorderId: both.recorderId,
      dimension: both.dimension,
      count: sql`sum(${both.count})`.mapWith(Number),
      beans: sql`sum(${both.beans})`.mapWith(Number),
    })
    .from(both)
    .groupBy(both.termId, both.studentId, both.observationPointId, both.recorderId, both.dimension)
    .having(sql`sum(${both.count}) <> 0 or sum(${both.beans}) <> 0`);

  const bothDays = unionAll(
    store.db
      .select({
        studentId: a.studentId,
        day: a.day,
        dimension: a.dimension,
        count: sql<number>`1`.as("counted"),
        beans: sql<number>`${a.beans}`.as("worth"),
      })
      .from(a)
      .leftJoin(v, isVoid)
      .where(standing),
    store.db
      .select({
        studentId: d.studentId,
        day: d.day,
        dimension: d.dimension,
        count: sql<number>`-${d.count}`.as("counted"),
        beans: sql<number>`-${d.beans}`.as("worth"),
      })
      .from(d)
      .where(eq(d.schoolId, schoolId)),
  ).as("both_days");
  const days = await store.db
    .select({
      studentId: bothDays.studentId,
      day: bothDays.day,
      dimension: bothDays.dimension,
      count: sql`sum(${bothDays.count})`.mapWith(Number),
      beans: sql`sum(${bothDays.beans})`.mapWith(Number),
    })
    .from(bothDays)
    .groupBy(bothDays.studentId, bothDays.day, bothDays.dimension)
    .having(sql`sum(${bothDays.count}) <> 0 or sum(${bothDays.beans}) <> 0`);

  return [
    ...points.map(({ count, beans, ...key }) => ({ tally: "tally" as const, key, count, beans })),
    ...days.map(({ count, beans, ...key }) => ({ tally: "day_tally" as const, key, count, beans })),
  ];
}

/** How many awards and voids a school's ledger holds. */
export async function ledgerSize(store: Store, schoolId: string): Promise<{ awards: number; voids: number }> {
  const { award: a, awardVoid: v } = store.tables;
  const [awards] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(a)
    .where(eq(a.schoolId, schoolId));
  const [voids] = await store.db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(v)
    .where(eq(v.schoolId, schoolId));
  return { awards: awards?.count ?? 0, voids: voids?.count ?? 0 };
}
