/**
 * What is new in a class's ledger since a reader last looked: by the numbers that count its awards and its voids, so
 * the cost is that of what is new. Changes nothing.
 */
import { and, asc, eq, gt, max, sql } from "drizzle-orm";
import type { FeedPosition } from "@doudou/shared/domain/feed-position.ts";
import type { Bilingual, Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";

export interface FeedAward {
  readonly of: "award";
  readonly seq: number;
  readonly id: string;
  readonly studentId: string;
  readonly dimension: Dimension;
  readonly pointId: string;
  readonly point: Bilingual;
  readonly beans: number;
  readonly by: string;
  readonly day: string;
  readonly occurredAt: Date;
}

/** An award taken back, with what it had given. */
export interface FeedVoid {
  readonly of: "void";
  readonly seq: number;
  /** The award's. */
  readonly id: string;
  readonly studentId: string;
  readonly dimension: Dimension;
  readonly beans: number;
  readonly day: string;
}

export type FeedEvent = FeedAward | FeedVoid;

/** Where a class's ledger stands now. */
export async function feedPosition(store: Store, schoolId: string, classId: string): Promise<FeedPosition> {
  const last = async (key: string, of: Store["tables"]["award" | "awardVoid"]) => {
    const [row] = await store
      .prepared(key, () =>
        store.db
          .select({ seq: max(of.seq) })
          .from(of)
          .where(
            and(eq(of.schoolId, sql.placeholder("schoolId")), eq(of.classId, sql.placeholder("classId"))),
          ),
      )
      .execute({ schoolId, classId });
    return row?.seq ?? 0;
  };
  // Voids first: their awards are then among those counted.
  const voids = await last("lastVoidOfClass", store.tables.awardVoid);
  return { awards: await last("lastAwardOfClass", store.tables.award), voids };
}

/**
 * What came after a position, in order: awards, then voids, so that a void never comes before its award.
 * @param limit of awards and of voids; while there are more awards than that, no voids are told
 */
export async function feedAfter(
  store: Store,
  schoolId: string,
  classId: string,
  { awards, voids }: FeedPosition,
  limit: number,
): Promise<FeedEvent[]> {
  const asked = { schoolId, classId, limit };
  // Voids first: what they take back is then among the awards read after them.
  const taken = await store
    .prepared("voidsAfter", () => voidsAfter(store))
    .execute({ ...asked, after: voids });
  const given = await store
    .prepared("awardsAfter", () => awardsAfter(store))
    .execute({ ...asked, after: awards });
  const events = given.map(({ pointZh, pointEn, ...row }): FeedEvent => ({
    of: "award",
    ...row,
    point: { zh: pointZh, en: pointEn },
  }));
  if (events.length === limit) return events;
  return [...events, ...taken.map((row): FeedEvent => ({ of: "void", ...row }))];
}

function awardsAfter(store: Store) {
  const { award: a, observationPoint: p, membership: m } = store.tables;
  return store.db
    .select({
      seq: a.seq,
      id: a.id,
      studentId: a.studentId,
      dimension: a.dimension,
      pointId: a.observationPointId,
      pointZh: p.nameZh,
      pointEn: p.nameEn,
      beans: a.beans,
      by: m.displayName,
      day: a.day,
      occurredAt: a.occurredAt,
    })
    .from(a)
    .innerJoin(p, and(eq(p.schoolId, a.schoolId), eq(p.id, a.observationPointId)))
    .innerJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.recorderId)))
    .where(
      and(
        eq(a.schoolId, sql.placeholder("schoolId")),
        eq(a.classId, sql.placeholder("classId")),
        gt(a.seq, sql.placeholder("after")),
      ),
    )
    .orderBy(asc(a.seq))
    .limit(sql.placeholder("limit"));
}

function voidsAfter(store: Store) {
  const { award: a, awardVoid: v } = store.tables;
  return store.db
    .select({
      seq: v.seq,
      id: v.awardId,
      studentId: a.studentId,
      dimension: a.dimension,
      beans: a.beans,
      day: a.day,
    })
    .from(v)
    .innerJoin(a, and(eq(a.schoolId, v.schoolId), eq(a.id, v.awardId)))
    .where(
      and(
        eq(v.schoolId, sql.placeholder("schoolId")),
        eq(v.classId, sql.placeholder("classId")),
        gt(v.seq, sql.placeholder("after")),
      ),
    )
    .orderBy(asc(v.seq))
    .limit(sql.placeholder("limit"));
}
