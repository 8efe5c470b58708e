/**
 * The spending ledger: what children ask for, each step it takes, and the balance row kept in step, in one transaction.
 * Append-only. Nothing outside this file writes to `reward_entry`, `reward_balance` or the state of a request; and
 * nothing in it touches the award ledger or the tallies: what was earned is read, never made less.
 */
import { and, asc, count, desc, eq, gte, inArray, lt, lte, or, sql } from "drizzle-orm";
import {
  type AskingObstacle,
  askingObstacle,
  type Balance,
  heldIn,
  mayMove,
  OPEN_STATES,
  type RequestState,
  STANDING_STATES,
} from "@doudou/shared/domain/rewards.ts";
import type { Store } from "../engines/database.ts";
import { counterTopic, wishesTopic } from "../topics.ts";
import { isOfAskedChild } from "./placeholders.ts";
import { type KeptReward, rewardById } from "./rewards.ts";

/** What a child asks for; that the offer is for the child is for the caller to say. */
export interface NewRequest {
  readonly id: string;
  readonly rewardId: string;
  readonly studentId: string;
  readonly termId: string;
  readonly academicYearId: string;
  readonly day: string;
  /** The price that the child has seen. */
  readonly price: number;
  /** Of what there is a number, by the day it was asked for: both ends included. */
  readonly spans: Readonly<Record<"week" | "term", { readonly from: string; readonly to: string }>>;
  readonly askedBy: string;
  readonly askedAt: Date;
}

export type AskOutcome = "recorded" | "duplicate" | "conflict" | "closed" | "changed" | AskingObstacle;

/**
 * Asks for something: reserves its price. In this one transaction the child's beans and the offer's number stand still,
 * so that nobody spends what it has not, and nothing is had more often than there is of it.
 */
export async function askForReward(
  store: Store,
  schoolId: string,
  { spans, askedBy, ...asked }: NewRequest,
): Promise<AskOutcome> {
  const { rewardRequest: q } = store.tables;
  const { id, rewardId, studentId, academicYearId, termId, price, askedAt } = asked;
  await store.lock([childLock(schoolId, studentId), `${schoolId}/reward/${rewardId}`]);
  const kept = await requestById(store, schoolId, id);
  if (kept) {
    const isSame = kept.studentId === studentId && kept.rewardId === rewardId && kept.price === price;
    return isSame ? "duplicate" : "conflict";
  }
  const offer = await rewardById(store, schoolId, rewardId);
  if (!offer?.isOpen) return "closed";
  if (offer.price !== price) return "changed";
  const obstacle = askingObstacle(offer, {
    balance: await balanceOf(store, schoolId, { studentId, academicYearId }),
    taken: offer.stock ? await takenOf(store, schoolId, rewardId, spans[offer.stock.per]) : 0,
    takenByChild: (await takenByChild(store, schoolId, { studentId, termId })).get(rewardId) ?? 0,
    openWishes: await openWishesOf(store, schoolId, studentId),
  });
  if (obstacle !== undefined) return obstacle;
  const row = { ...asked, schoolId, title: offer.title, state: "requested", stateAt: askedAt } as const;
  await store.db.insert(q).values(row);
  await addEntry(store, schoolId, row, { state: "requested", from: undefined, by: askedBy, at: askedAt });
  return "recorded";
}

export interface Move {
  readonly to: Exclude<RequestState, "requested">;
  /** Nobody where time alone moves it. */
  readonly by: string | null;
  readonly at: Date;
  /** The teacher's, with an answer. */
  readonly words?: string | null;
}

/**
 * Moves a request to another state, once.
 * @returns `duplicate` where it stands there already, `settled` where it does not go there from where it stands,
 * undefined where there is none
 */
export async function moveRequest(
  store: Store,
  schoolId: string,
  id: string,
  { to, by, at, words }: Move,
): Promise<"moved" | "duplicate" | "settled" | undefined> {
  const { rewardRequest: q } = store.tables;
  const known = await requestById(store, schoolId, id);
  if (!known) return undefined;
  await store.lock([childLock(schoolId, known.studentId)]);
  const now = (await requestById(store, schoolId, id)) ?? known;
  if (now.state === to) return "duplicate";
  if (!mayMove(now.state, to)) return "settled";
  await store.db
    .update(q)
    .set({ state: to, stateAt: at, ...(words === undefined ? {} : { words }) })
    .where(and(eq(q.schoolId, schoolId), eq(q.id, id)));
  await addEntry(store, schoolId, now, { state: to, from: now.state, by, at });
  return "moved";
}

/** The child's awards and its spending wait for each other: this is the award ledger's own lock. */
function childLock(schoolId: string, studentId: string): string {
  return `${schoolId}/${studentId}`;
}

/**
 * One step: its entry, what it does to the balance, and the word to whoever looks on. An upsert would check the row to
 * insert; so, one or the other.
 */
async function addEntry(
  store: Store,
  schoolId: string,
  request: Pick<KeptRequest, "id" | "studentId" | "academicYearId" | "price">,
  step: {
    readonly state: RequestState;
    readonly from: RequestState | undefined;
    readonly by: string | null;
    readonly at: Date;
  },
): Promise<void> {
  const { rewardEntry: e, rewardBalance: b } = store.tables;
  const { id: requestId, studentId, academicYearId, price } = request;
  const before = step.from ? heldIn(step.from, price) : { reserved: 0, spent: 0 };
  const after = heldIn(step.state, price);
  const reserved = after.reserved - before.reserved;
  const spent = after.spent - before.spent;
  const of = { schoolId, studentId, academicYearId };
  const { state, by: movedBy, at: movedAt } = step;
  await store.db.insert(e).values({ ...of, requestId, state, reserved, spent, movedBy, movedAt });
  const changed = await store.db
    .update(b)
    .set({ reserved: sql`${b.reserved} + ${reserved}`, spent: sql`${b.spent} + ${spent}` })
    .where(and(eq(b.schoolId, schoolId), eq(b.studentId, studentId), eq(b.academicYearId, academicYearId)))
    .returning({ studentId: b.studentId });
  if (changed.length === 0) await store.db.insert(b).values({ ...of, reserved, spent });
  store.announce(wishesTopic(schoolId, studentId));
  const isAtCounter = step.state === "approved" || step.from === "approved";
  if (isAtCounter) store.announce(counterTopic(schoolId, studentId));
}

/** What a child has in a school year: earned by the tallies, reserved and spent by its balance row. */
export async function balanceOf(
  store: Store,
  schoolId: string,
  { studentId, academicYearId }: { readonly studentId: string; readonly academicYearId: string },
): Promise<Balance> {
  const { tally: t, term, rewardBalance: b } = store.tables;
  const terms = store.db
    .select({ id: term.id })
    .from(term)
    .where(and(eq(term.schoolId, schoolId), eq(term.academicYearId, academicYearId)));
  const [earned] = await store.db
    .select({ beans: sql`coalesce(sum(${t.beans}), 0)`.mapWith(Number) })
    .from(t)
    .where(and(eq(t.schoolId, schoolId), inArray(t.termId, terms), eq(t.studentId, studentId)));
  const [used] = await store.db
    .select({ reserved: b.reserved, spent: b.spent })
    .from(b)
    .where(and(eq(b.schoolId, schoolId), eq(b.studentId, studentId), eq(b.academicYearId, academicYearId)));
  return { earned: earned?.beans ?? 0, reserved: used?.reserved ?? 0, spent: used?.spent ?? 0 };
}

/** How often an offer was asked for on these days and stands. */
export async function takenOf(
  store: Store,
  schoolId: string,
  rewardId: string,
  span: { readonly from: string; readonly to: string },
): Promise<number> {
  const { rewardRequest: q } = store.tables;
  const [row] = await store.db
    .select({ count: count() })
    .from(q)
    .where(
      and(
        eq(q.schoolId, schoolId),
        eq(q.rewardId, rewardId),
        gte(q.day, span.from),
        lte(q.day, span.to),
        inArray(q.state, STANDING_STATES),
      ),
    );
  return row?.count ?? 0;
}

/** How often a child has asked for each offer in a term, as far as it stands. */
export async function takenByChild(
  store: Store,
  schoolId: string,
  { studentId, termId }: { readonly studentId: string; readonly termId: string },
): Promise<Map<string, number>> {
  const { rewardRequest: q } = store.tables;
  const rows = await store.db
    .select({ rewardId: q.rewardId, count: count() })
    .from(q)
    .where(
      and(
        eq(q.schoolId, schoolId),
        eq(q.studentId, studentId),
        eq(q.termId, termId),
        inArray(q.state, STANDING_STATES),
      ),
    )
    .groupBy(q.rewardId);
  return new Map(rows.map(({ rewardId, count: times }) => [rewardId, times]));
}

/** What a child waits for. */
export async function openWishesOf(store: Store, schoolId: string, studentId: string): Promise<number> {
  const { rewardRequest: q } = store.tables;
  const [row] = await store.db
    .select({ count: count() })
    .from(q)
    .where(and(eq(q.schoolId, schoolId), eq(q.studentId, studentId), inArray(q.state, [...OPEN_STATES])));
  return row?.count ?? 0;
}

export interface KeptRequest {
  readonly id: string;
  readonly rewardId: string;
  readonly studentId: string;
  readonly termId: string;
  readonly academicYearId: string;
  readonly title: string;
  readonly price: number;
  readonly day: string;
  readonly state: RequestState;
  readonly words: string | null;
  readonly objectedBy: string | null;
}

export async function requestById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<KeptRequest | undefined> {
  const { rewardRequest: q } = store.tables;
  const [row] = await store.db
    .select()
    .from(q)
    .where(and(eq(q.schoolId, schoolId), eq(q.id, id)));
  return row;
}

export interface RequestLine extends KeptRequest, Pick<KeptReward, "icon" | "kind"> {}

/** What these children wait for, oldest first. */
export async function waitingFor(
  store: Store,
  schoolId: string,
  studentIds: readonly string[],
): Promise<RequestLine[]> {
  if (studentIds.length === 0) return [];
  const { rewardRequest: q } = store.tables;
  return (
    await requestQuery(store)
      .where(
        and(
          eq(q.schoolId, schoolId),
          inArray(q.studentId, [...studentIds]),
          inArray(q.state, [...OPEN_STATES]),
        ),
      )
      .orderBy(asc(q.askedAt), asc(q.id))
  ).map(requestLine);
}

/** What a child has asked for since a day, and whatever it still waits for; newest first. */
export async function requestsOfChild(
  store: Store,
  schoolId: string,
  studentId: string,
  since: string,
): Promise<RequestLine[]> {
  const rows = await store
    .prepared("requestsOfChild", () => {
      const { rewardRequest: q } = store.tables;
      const isShown = or(gte(q.day, sql.placeholder("since")), inArray(q.state, [...OPEN_STATES]));
      return requestQuery(store)
        .where(and(isOfAskedChild(q), isShown))
        .orderBy(desc(q.askedAt), desc(q.id));
    })
    .execute({ schoolId, studentId, since });
  return rows.map(requestLine);
}

function requestQuery(store: Store) {
  const { rewardRequest: q, reward: r } = store.tables;
  return store.db
    .select({ request: q, icon: r.icon, kind: r.kind })
    .from(q)
    .innerJoin(r, and(eq(r.schoolId, q.schoolId), eq(r.id, q.rewardId)))
    .$dynamic();
}

function requestLine({ request, ...of }: Awaited<ReturnType<typeof requestQuery>>[number]): RequestLine {
  return { ...request, ...of };
}

/** How much waits in a school's classes on a day, by class; nothing of whom. */
export async function countWaitingByClass(
  store: Store,
  schoolId: string,
  day: string,
): Promise<{ classId: string; state: RequestState; count: number }[]> {
  const { rewardRequest: q, enrollment: e } = store.tables;
  return await store.db
    .select({ classId: e.classId, state: q.state, count: count() })
    .from(q)
    .innerJoin(e, and(eq(e.schoolId, q.schoolId), eq(e.studentId, q.studentId)))
    .where(
      and(
        eq(q.schoolId, schoolId),
        inArray(q.state, [...OPEN_STATES]),
        lte(e.startsOn, day),
        sql`coalesce(${e.endsOn}, '9999-12-31') >= ${day}`,
      ),
    )
    .groupBy(e.classId, q.state);
}

/** A guardian says "not this, please", or takes that back. The homeroom teacher decides. @returns whether there is one */
export async function objectToRequest(
  store: Store,
  schoolId: string,
  { id, studentId, by }: { readonly id: string; readonly studentId: string; readonly by: string | null },
): Promise<boolean> {
  const { rewardRequest: q } = store.tables;
  const changed = await store.db
    .update(q)
    .set({ objectedBy: by })
    .where(
      and(
        eq(q.schoolId, schoolId),
        eq(q.id, id),
        eq(q.studentId, studentId),
        inArray(q.state, [...OPEN_STATES]),
      ),
    )
    .returning({ id: q.id });
  if (changed.length > 0) store.announce(wishesTopic(schoolId, studentId));
  return changed.length > 0;
}

/** Requests that stand where they are for too long, oldest first. */
export async function requestsOverdue(
  store: Store,
  schoolId: string,
  before: { readonly requested: Date; readonly approved: Date },
  limit: number,
): Promise<string[]> {
  const { rewardRequest: q } = store.tables;
  const rows = await store.db
    .select({ id: q.id })
    .from(q)
    .where(
      and(
        eq(q.schoolId, schoolId),
        or(
          and(eq(q.state, "requested"), lt(q.stateAt, before.requested)),
          and(eq(q.state, "approved"), lt(q.stateAt, before.approved)),
        ),
      ),
    )
    .orderBy(asc(q.stateAt), asc(q.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}
