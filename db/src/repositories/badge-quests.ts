/**
 * What children strive for and what they have earned. A quest's tally is changed only in the transaction of the award or
 * void that changes it; a badge that was shown is never taken back.
 */
import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import type { BadgeFact, BadgeTally } from "@doudou/shared/domain/badges.ts";
import type { Store } from "../engines/database.ts";
import { badgeRow, type BadgeRow } from "./badges.ts";
import { portionsOf } from "./bulk.ts";
import { askedIds } from "./placeholders.ts";

export interface NewQuest {
  readonly id: string;
  readonly studentId: string;
  readonly badgeId: string;
  readonly level: number;
  readonly setBy: string;
  readonly setAt: Date;
  readonly countsFrom: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly tally: BadgeTally;
  readonly metAt: Date | null;
}

export interface Quest extends NewQuest {
  readonly badge: BadgeRow;
  readonly isLive: boolean;
  readonly endedAt: Date | null;
}

export async function addQuest(store: Store, schoolId: string, quest: NewQuest): Promise<void> {
  const { badgeQuest: q } = store.tables;
  await store.db.insert(q).values({ schoolId, ...quest, isLive: true });
}

/**
 * The quests of these children whose tallies are kept, in one indexed read whose statement is compiled once.
 */
export async function liveQuestsOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<Quest[]> {
  const asked = askedIds(studentIds);
  const rows = await store
    .prepared(`liveQuests/${asked.size}`, () => {
      const { badgeQuest: q } = store.tables;
      return questQuery(store).where(
        and(
          eq(q.schoolId, sql.placeholder("schoolId")),
          inArray(q.studentId, asked.placeholders),
          eq(q.isLive, sql.placeholder("isLive")),
        ),
      );
    })
    .execute({ schoolId, isLive: true, ...asked.values });
  return rows.map(({ quest, badge }) => ({ ...quest, badge: badgeRow(badge) }));
}

export async function questsByIds(store: Store, schoolId: string, ids: readonly string[]): Promise<Quest[]> {
  const { badgeQuest: q } = store.tables;
  const rows = await questQuery(store)
    .where(and(eq(q.schoolId, schoolId), inArray(q.id, [...ids])))
    .orderBy(asc(q.id));
  return rows.map(({ quest, badge }) => ({ ...quest, badge: badgeRow(badge) }));
}

/** Everything a child ever strove for, oldest first. */
export async function questsOfChild(store: Store, schoolId: string, studentId: string): Promise<Quest[]> {
  const { badgeQuest: q } = store.tables;
  const rows = await questQuery(store)
    .where(and(eq(q.schoolId, schoolId), eq(q.studentId, studentId)))
    .orderBy(asc(q.setAt), asc(q.id));
  return rows.map(({ quest, badge }) => ({ ...quest, badge: badgeRow(badge) }));
}

/** A portion of a school's live quests by their ids, for recounting. */
export async function liveQuestsAfter(
  store: Store,
  schoolId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Quest[]> {
  const { badgeQuest: q } = store.tables;
  const rows = await questQuery(store)
    .where(and(eq(q.schoolId, schoolId), eq(q.isLive, true), gt(q.id, after)))
    .orderBy(asc(q.id))
    .limit(limit);
  return rows.map(({ quest, badge }) => ({ ...quest, badge: badgeRow(badge) }));
}

function questQuery(store: Store) {
  const { badgeQuest: quest, badge } = store.tables;
  return store.db
    .select({ quest, badge })
    .from(quest)
    .innerJoin(badge, and(eq(badge.schoolId, quest.schoolId), eq(badge.id, quest.badgeId)))
    .$dynamic();
}

export async function updateQuest(
  store: Store,
  schoolId: string,
  id: string,
  to: {
    readonly tally?: BadgeTally;
    readonly metAt?: Date | null;
    readonly endedAt?: Date | null;
    readonly isLive?: boolean;
  },
): Promise<void> {
  const { badgeQuest: q } = store.tables;
  await store.db
    .update(q)
    .set(to)
    .where(and(eq(q.schoolId, schoolId), eq(q.id, id)));
}

/** What has come of a quest, which names it. */
export interface NewBadgeAward {
  readonly questId: string;
  readonly studentId: string;
  readonly badgeId: string;
  readonly badgeCode: string;
  readonly level: number;
  readonly day: string;
  readonly awardedAt: Date;
  readonly awardedBy: string | null;
  readonly words: string | null;
  readonly awardIds: readonly string[];
}

/** @returns false where the child has this level already: nothing was written then */
export async function addBadgeAward(
  store: Store,
  schoolId: string,
  { awardIds, ...award }: NewBadgeAward,
): Promise<boolean> {
  const { badgeAward: a } = store.tables;
  const added = await store.db
    .insert(a)
    .values({ schoolId, ...award, awardIds: [...awardIds] })
    .onConflictDoNothing({ target: [a.schoolId, a.studentId, a.badgeCode, a.level] })
    .returning({ questId: a.questId });
  return added.length > 0;
}

export interface KeptBadge extends NewBadgeAward {
  readonly shownAt: Date | null;
  /** A name; null where it was given at once. */
  readonly by: string | null;
  readonly badge: BadgeRow;
}

/** What these children have earned, latest first. */
export async function badgeAwardsOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<KeptBadge[]> {
  if (studentIds.length === 0) return [];
  const asked = askedIds(studentIds);
  const rows = await store
    .prepared(`badgeAwardsOf/${asked.size}`, () => {
      const { badgeAward: a, badge, membership: m } = store.tables;
      return store.db
        .select({ award: a, badge, by: m.displayName })
        .from(a)
        .innerJoin(badge, and(eq(badge.schoolId, a.schoolId), eq(badge.id, a.badgeId)))
        .leftJoin(m, and(eq(m.schoolId, a.schoolId), eq(m.id, a.awardedBy)))
        .where(and(eq(a.schoolId, sql.placeholder("schoolId")), inArray(a.studentId, asked.placeholders)))
        .orderBy(desc(a.awardedAt), desc(a.questId));
    })
    .execute({ schoolId, ...asked.values });
  return rows.map(({ award, badge: of, by }) => ({ ...award, by, badge: badgeRow(of) }));
}

/** Takes back what came of a quest and nobody was shown. @returns whether there was such a badge */
export async function takeBackBadge(store: Store, schoolId: string, questId: string): Promise<boolean> {
  const { badgeAward: a } = store.tables;
  const gone = await store.db
    .delete(a)
    .where(and(eq(a.schoolId, schoolId), eq(a.questId, questId), isNull(a.shownAt)))
    .returning({ questId: a.questId });
  return gone.length > 0;
}

/** The child has seen these badges: from now on they stay. */
export async function markBadgesShown(
  store: Store,
  schoolId: string,
  studentId: string,
  ids: readonly string[],
  shownAt: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const { badgeAward: a, badgeQuest: q } = store.tables;
  const shown = await store.db
    .update(a)
    .set({ shownAt })
    .where(
      and(
        eq(a.schoolId, schoolId),
        eq(a.studentId, studentId),
        inArray(a.questId, [...ids]),
        isNull(a.shownAt),
      ),
    )
    .returning({ questId: a.questId });
  if (shown.length === 0) return;
  await store.db
    .update(q)
    .set({ isLive: false })
    .where(
      and(
        eq(q.schoolId, schoolId),
        inArray(
          q.id,
          shown.map(({ questId }) => questId),
        ),
      ),
    );
}

/** A standing award as a badge looks at it. */
export interface LedgerFact extends BadgeFact {
  readonly id: string;
  readonly studentId: string;
}

/** An instant belongs to a local day at most this far from the same day in UTC. */
const ZONE_MS = 86_400_000;

/** Standing awards of these children within days, both included. */
export async function badgeFactsOf(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<LedgerFact[]> {
  const { award: a, awardVoid: v, observationPoint: p, indicator: i } = store.tables;
  const facts: LedgerFact[] = [];
  const since = Date.parse(from) - ZONE_MS;
  for (const some of portionsOf(studentIds)) {
    facts.push(
      ...(await store.db
        .select({
          id: a.id,
          studentId: a.studentId,
          day: a.day,
          point: p.code,
          indicator: i.code,
          dimension: a.dimension,
          recorderId: a.recorderId,
        })
        .from(a)
        .innerJoin(p, and(eq(p.schoolId, a.schoolId), eq(p.id, a.observationPointId)))
        .innerJoin(i, and(eq(i.schoolId, p.schoolId), eq(i.id, p.indicatorId)))
        .leftJoin(v, and(eq(v.schoolId, a.schoolId), eq(v.awardId, a.id)))
        .where(
          and(
            eq(a.schoolId, schoolId),
            inArray(a.studentId, some),
            since > 0 ? gte(a.occurredAt, new Date(since)) : undefined,
            gte(a.day, from),
            lte(a.day, to),
            isNull(v.awardId),
          ),
        )),
    );
  }
  return facts;
}
