/**
 * The award ledger: records and voids awards and keeps the tallies in step, in one transaction.
 * Append-only. Nothing outside this file writes to `award`, `award_void` or the tallies.
 */
import { and, eq, gte, inArray, lt, max, sql } from "drizzle-orm";
import { applyAward, decideBeans, emptyTallyBook } from "@doudou/shared/domain/scoring.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { ledgerTopic } from "../topics.ts";
import { insertManyRows } from "./bulk.ts";
import {
  bindEvidence,
  evidenceLock,
  evidenceObstacle,
  type EvidenceObstacle,
  namesEvidence,
} from "./evidence.ts";

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
  /** Pictures it goes with. */
  readonly evidenceIds: readonly string[];
  /** Its observation point is given only with a picture. */
  readonly needsEvidence: boolean;
}

/** What a teacher sent, by which a repeat is known. */
export type SentAward = Pick<
  AcceptedAward,
  "id" | "studentId" | "observationPointId" | "note" | "recorderId" | "occurredAt" | "evidenceIds"
> & {
  /** Undefined where nobody named a number and the point's own is not known any more: then any is the same. */
  readonly points: number | undefined;
};

export type RecordOutcome =
  | { readonly status: "recorded"; readonly beans: number; readonly isCapped: boolean }
  | RepeatOutcome
  | { readonly status: "conflict" }
  | { readonly status: "refused"; readonly obstacle: EvidenceObstacle };

export interface RepeatOutcome {
  readonly status: "duplicate";
  readonly beans: number;
  readonly isCapped: boolean;
}

/**
 * Records awards in order; one that is there already changes nothing. The caller's transaction commits them all.
 * @returns one outcome per award, in order; `conflict` where the id is taken by an award with other content,
 * `refused` where its pictures do not allow it
 */
export async function recordAwards(
  store: Store,
  schoolId: string,
  awards: readonly AcceptedAward[],
  recordedAt: Date,
): Promise<RecordOutcome[]> {
  await store.lock(ledgerLocks(schoolId, awards));
  const outcomes: RecordOutcome[] = [];
  for (const award of awards) outcomes.push(await recordOne(store, schoolId, award, recordedAt));
  return outcomes;
}

/** Whoever holds it lets no award or void of a child land until its write ends. */
export function ledgerLock(schoolId: string, studentId: string): string {
  return `${schoolId}/${studentId}`;
}

/** Weekly caps and tallies are the student's, numbers are the class's: these and the pictures stand still until this write ends. */
function* ledgerLocks(
  schoolId: string,
  awards: readonly {
    readonly studentId: string;
    readonly classId: string;
    readonly evidenceIds?: readonly string[];
  }[],
): Generator<string> {
  for (const { studentId, classId, evidenceIds = [] } of awards) {
    yield ledgerLock(schoolId, studentId);
    yield `${schoolId}/${classId}`;
    for (const evidenceId of evidenceIds) yield evidenceLock(schoolId, evidenceId);
  }
}

async function recordOne(
  store: Store,
  schoolId: string,
  award: AcceptedAward,
  recordedAt: Date,
): Promise<RecordOutcome> {
  const obstacle = await evidenceObstacle(store, schoolId, award);
  if (obstacle !== undefined) {
    // Recorded is recorded: what has become of its pictures since does not change that.
    return (await outcomeOfRepeat(store, schoolId, award)) ?? { status: "refused", obstacle };
  }
  const countThisWeek = await countTowardsCap(store, schoolId, award);
  const { beans, isCapped } = decideBeans({ asked: award.points, weeklyCap: award.weeklyCap, countThisWeek });
  const row = { ...award, schoolId, beans, recordedAt };
  const { changes } = await store
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
          seq: nextSeq(a),
        })
        .onConflictDoNothing({ target: [a.schoolId, a.id] });
    })
    .execute(row);
  if (changes === 0) return (await outcomeOfRepeat(store, schoolId, award)) ?? { status: "conflict" };
  await bindEvidence(store, schoolId, award, recordedAt);
  await addToTallies(store, row);
  store.announce(ledgerTopic(schoolId, award.classId));
  return { status: "recorded", beans, isCapped };
}

/** The number after the class's last one, in the statement that takes it. */
function nextSeq(of: Store["tables"]["award" | "awardVoid"]) {
  const schoolId = sql.placeholder("schoolId");
  const classId = sql.placeholder("classId");
  return sql`(select coalesce(max(${of.seq}), 0) + 1 from ${of} where ${of.schoolId} = ${schoolId} and ${of.classId} = ${classId})`;
}

/**
 * How many standing awards of this point the student has in the award's week: exact from the weekly cap on, below it
 * at most as many as were recorded, voids included, which is all that the cap asks. The cost is bounded by the week.
 */
async function countTowardsCap(store: Store, schoolId: string, award: AcceptedAward): Promise<number> {
  const { studentId, observationPointId, week } = award;
  const asked = { schoolId, studentId, observationPointId, from: week.from, to: week.to };
  const [recorded] = await store
    .prepared("recordedInWeek", () => countInWeek(store).where(isInWeek(store)))
    .execute(asked);
  if (!recorded || recorded.count < award.weeklyCap) return recorded?.count ?? 0;
  const [voided] = await store
    .prepared("voidedInWeek", () => {
      const { award: a, awardVoid: v } = store.tables;
      const isVoid = and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id));
      return countInWeek(store).innerJoin(v, isVoid).where(isInWeek(store));
    })
    .execute(asked);
  return recorded.count - (voided?.count ?? 0);
}

function countInWeek(store: Store) {
  return store.db.select({ count: sql`count(*)`.mapWith(Number) }).from(store.tables.award);
}

function isInWeek({ tables: { award: a } }: Store) {
  return and(
    eq(a.schoolId, sql.placeholder("schoolId")),
    eq(a.studentId, sql.placeholder("studentId")),
    eq(a.observationPointId, sql.placeholder("observationPointId")),
    gte(a.occurredAt, sql.placeholder("from")),
    lt(a.occurredAt, sql.placeholder("to")),
  );
}

/**
 * Which of these awards the ledger has already, with the very same content. What has become of the rules since does not
 * change that they are recorded.
 * @returns one outcome per award, in order; undefined where its id is free or taken by an award with other content
 */
export async function recordedAlready(
  store: Store,
  schoolId: string,
  sent: readonly SentAward[],
): Promise<(RepeatOutcome | undefined)[]> {
  const { award: a } = store.tables;
  const kept = await store.db
    .select()
    .from(a)
    .where(and(eq(a.schoolId, schoolId), inArray(a.id, [...new Set(sent.map(({ id }) => id))])));
  const byId = new Map(kept.map((award) => [award.id, award]));
  const outcomes: (RepeatOutcome | undefined)[] = [];
  for (const award of sent) {
    const known = byId.get(award.id);
    outcomes.push(known && (await isRepeat(store, known, award)) ? duplicateOf(known) : undefined);
  }
  return outcomes;
}

/** @returns undefined where the ledger has no award of this id */
async function outcomeOfRepeat(
  store: Store,
  schoolId: string,
  sent: AcceptedAward,
): Promise<RecordOutcome | undefined> {
  const { award: a } = store.tables;
  const [kept] = await store.db
    .select()
    .from(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.id, sent.id)));
  if (!kept) return undefined;
  return (await isRepeat(store, kept, sent)) ? duplicateOf(kept) : { status: "conflict" };
}

type KeptAward = Store["tables"]["award"]["$inferSelect"];

async function isRepeat(store: Store, kept: KeptAward, sent: SentAward): Promise<boolean> {
  return (
    kept.studentId === sent.studentId &&
    kept.observationPointId === sent.observationPointId &&
    kept.recorderId === sent.recorderId &&
    (sent.points === undefined || kept.points === sent.points) &&
    kept.note === sent.note &&
    kept.occurredAt.getTime() === sent.occurredAt.getTime() &&
    (await namesEvidence(store, kept.schoolId, sent.id, sent.evidenceIds))
  );
}

function duplicateOf({ beans, points }: KeptAward): RepeatOutcome {
  return { status: "duplicate", beans, isCapped: beans < points };
}

interface Counted {
  readonly studentId: string;
  readonly termId: string;
  readonly observationPointId: string;
  readonly recorderId: string;
  readonly dimension: Dimension;
  readonly day: string;
}

async function addToTallies(
  store: Store,
  award: Counted & { readonly schoolId: string; readonly beans: number },
): Promise<void> {
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
    .execute(award);
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
    .execute(award);
}

/** An award of the past whose beans were decided elsewhere by `decideBeans`, in the order they were recorded. */
export interface DecidedAward extends Omit<
  AcceptedAward,
  "weeklyCap" | "week" | "evidenceIds" | "needsEvidence"
> {
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
  await store.lock(ledgerLocks(schoolId, awards));
  const book = emptyTallyBook();
  for (const award of awards) if (award.voided === null) applyAward(book, award);

  const awardSeq = await seqCounter(store, schoolId, a, awards);
  const rows = awards.map(({ voided: _, ...row }) => ({ ...row, schoolId, seq: awardSeq(row.classId) }));
  await insertManyRows(store, "loadAwards", rows, (values) => store.db.insert(a).values(values));
  const voidSeq = await seqCounter(store, schoolId, v, awards);
  const voids = awards.flatMap(({ id: awardId, classId, voided }) =>
    voided
      ? {
          schoolId,
          awardId,
          classId,
          voidedBy: voided.by,
          reason: voided.reason,
          voidedAt: voided.at,
          seq: voidSeq(classId),
        }
      : [],
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

/** Counts on from the last number of each of these classes. */
async function seqCounter(
  store: Store,
  schoolId: string,
  of: Store["tables"]["award" | "awardVoid"],
  awards: readonly { readonly classId: string }[],
): Promise<(classId: string) => number> {
  const last = new Map<string, number>();
  for (const classId of new Set(awards.map((award) => award.classId))) {
    const [row] = await store.db
      .select({ seq: max(of.seq) })
      .from(of)
      .where(and(eq(of.schoolId, schoolId), eq(of.classId, classId)));
    last.set(classId, row?.seq ?? 0);
  }
  return (classId) => {
    const seq = (last.get(classId) ?? 0) + 1;
    last.set(classId, seq);
    return seq;
  };
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
 * Voids awards, each by a second row, and takes them out of the tallies.
 * @returns one outcome per award, in order; `duplicate` where it was voided before: the first reason stays
 */
export async function voidAwards(
  store: Store,
  schoolId: string,
  awards: readonly LedgerAward[],
  by: { readonly membershipId: string; readonly reason: string; readonly at: Date },
): Promise<("voided" | "duplicate")[]> {
  await store.lock(ledgerLocks(schoolId, awards));
  const outcomes: ("voided" | "duplicate")[] = [];
  for (const award of awards) outcomes.push(await voidOne(store, schoolId, award, by));
  return outcomes;
}

async function voidOne(
  store: Store,
  schoolId: string,
  award: LedgerAward,
  by: { readonly membershipId: string; readonly reason: string; readonly at: Date },
): Promise<"voided" | "duplicate"> {
  const { changes } = await store
    .prepared("insertVoid", () => {
      const { awardVoid: v } = store.tables;
      return store.db
        .insert(v)
        .values({
          schoolId: sql.placeholder("schoolId"),
          awardId: sql.placeholder("awardId"),
          classId: sql.placeholder("classId"),
          voidedBy: sql.placeholder("voidedBy"),
          reason: sql.placeholder("reason"),
          voidedAt: sql.placeholder("voidedAt"),
          seq: nextSeq(v),
        })
        .onConflictDoNothing({ target: [v.schoolId, v.awardId] });
    })
    .execute({
      schoolId,
      awardId: award.id,
      classId: award.classId,
      voidedBy: by.membershipId,
      reason: by.reason,
      voidedAt: by.at,
    });
  if (changes === 0) return "duplicate";
  await subtractFromTallies(store, schoolId, award);
  store.announce(ledgerTopic(schoolId, award.classId));
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
