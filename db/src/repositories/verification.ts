/**
 * Proves that every total is derivable from its ledger, of awards or of spending: recounts and compares. And that every
 * badge has come of a quest, and gives what was frozen with its hash. Changes nothing.
 */
import { and, asc, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/sqlite-core";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { heldIn, REQUEST_STATES } from "@doudou/shared/domain/rewards.ts";
import type { Store } from "../engines/database.ts";
import { comesAfter } from "./pages.ts";

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

export interface RewardDifference {
  readonly of: "reward_balance" | "reward_request";
  /** What differs, part by part of its key. */
  readonly key: Readonly<Record<string, string>>;
  /** In beans: the spending ledger minus what is kept. */
  readonly reserved: number;
  readonly spent: number;
}

/**
 * Adds up a school's whole spending ledger and compares it with every balance row, and with the state of every request.
 * @returns the rows that differ
 */
export async function rewardDifferences(store: Store, schoolId: string): Promise<RewardDifference[]> {
  const { rewardEntry: e, rewardBalance: b, rewardRequest: q } = store.tables;
  const bothBalances = unionAll(
    store.db
      .select({
        studentId: e.studentId,
        academicYearId: e.academicYearId,
        reserved: sql<number>`${e.reserved}`.as("held"),
        spent: sql<number>`${e.spent}`.as("used"),
      })
      .from(e)
      .where(eq(e.schoolId, schoolId)),
    store.db
      .select({
        studentId: b.studentId,
        academicYearId: b.academicYearId,
        reserved: sql<number>`-${b.reserved}`.as("held"),
        spent: sql<number>`-${b.spent}`.as("used"),
      })
      .from(b)
      .where(eq(b.schoolId, schoolId)),
  ).as("both_balances");
  const balances = await store.db
    .select({
      studentId: bothBalances.studentId,
      academicYearId: bothBalances.academicYearId,
      reserved: sql`sum(${bothBalances.reserved})`.mapWith(Number),
      spent: sql`sum(${bothBalances.spent})`.mapWith(Number),
    })
    .from(bothBalances)
    .groupBy(bothBalances.studentId, bothBalances.academicYearId)
    .having(sql`sum(${bothBalances.reserved}) <> 0 or sum(${bothBalances.spent}) <> 0`);

  const statesThat = (held: "reserved" | "spent") =>
    REQUEST_STATES.filter((state) => heldIn(state, 1)[held] > 0);
  const keptIn = (held: "reserved" | "spent") =>
    sql<number>`case when ${inArray(q.state, statesThat(held))} then -${q.price} else 0 end`;
  const bothStates = unionAll(
    store.db
      .select({
        requestId: e.requestId,
        reserved: sql<number>`${e.reserved}`.as("held"),
        spent: sql<number>`${e.spent}`.as("used"),
      })
      .from(e)
      .where(eq(e.schoolId, schoolId)),
    store.db
      .select({
        requestId: q.id,
        reserved: keptIn("reserved").as("held"),
        spent: keptIn("spent").as("used"),
      })
      .from(q)
      .where(eq(q.schoolId, schoolId)),
  ).as("both_states");
  const requests = await store.db
    .select({
      requestId: bothStates.requestId,
      reserved: sql`sum(${bothStates.reserved})`.mapWith(Number),
      spent: sql`sum(${bothStates.spent})`.mapWith(Number),
    })
    .from(bothStates)
    .groupBy(bothStates.requestId)
    .having(sql`sum(${bothStates.reserved}) <> 0 or sum(${bothStates.spent}) <> 0`);

  return [
    ...balances.map(({ reserved, spent, ...key }) => ({
      of: "reward_balance" as const,
      key,
      reserved,
      spent,
    })),
    ...requests.map(({ reserved, spent, ...key }) => ({
      of: "reward_request" as const,
      key,
      reserved,
      spent,
    })),
  ];
}

/**
 * Compares every badge with the quest it has come of: one that has ended, of the same child, for that level of it.
 * @returns the quests of the badges that differ, by their ids
 */
export async function badgeDifferences(store: Store, schoolId: string): Promise<string[]> {
  const { badgeAward: a, badgeQuest: q } = store.tables;
  const rows = await store.db
    .select({ questId: a.questId })
    .from(a)
    .innerJoin(q, and(eq(q.schoolId, a.schoolId), eq(q.id, a.questId)))
    .where(
      and(
        eq(a.schoolId, schoolId),
        or(isNull(q.endedAt), ne(q.studentId, a.studentId), ne(q.badgeId, a.badgeId), ne(q.level, a.level)),
      ),
    )
    .orderBy(asc(a.questId));
  return rows.map(({ questId }) => questId);
}

/** A published revision as it is kept, with the hash it was frozen with. */
export interface FrozenSummary {
  readonly studentId: string;
  readonly termId: string;
  readonly revision: number;
  readonly snapshot: SummarySnapshot;
  readonly sha256: string;
}

/** A portion of a school's published revisions, after one of them. */
export async function frozenSummaries(
  store: Store,
  schoolId: string,
  {
    after,
    limit,
  }: {
    readonly after: Pick<FrozenSummary, "studentId" | "termId" | "revision"> | undefined;
    readonly limit: number;
  },
): Promise<FrozenSummary[]> {
  const { termSummary: s } = store.tables;
  const isAfter =
    after &&
    comesAfter("up", [s.studentId, s.termId, s.revision], [after.studentId, after.termId, after.revision]);
  return await store.db
    .select({
      studentId: s.studentId,
      termId: s.termId,
      revision: s.revision,
      snapshot: s.snapshot,
      sha256: s.sha256,
    })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), isAfter))
    .orderBy(asc(s.studentId), asc(s.termId), asc(s.revision))
    .limit(limit);
}
