/**
 * What the reward shop holds beside its ledger: whether there is one, what is offered, who keeps it this week, and what a
 * child saves for. No bean moves here: that is reward-ledger.ts.
 */
import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import type { RewardIcon, RewardKind, Stock } from "@doudou/shared/domain/rewards.ts";
import type { Store } from "../engines/database.ts";
import { wishesTopic } from "../topics.ts";

export async function isShopOn(store: Store, schoolId: string): Promise<boolean> {
  const [row] = await store
    .prepared("isShopOn", () => {
      const { rewardShop: s } = store.tables;
      return store.db
        .select({ isOn: s.isOn })
        .from(s)
        .where(eq(s.schoolId, sql.placeholder("schoolId")));
    })
    .execute({ schoolId });
  return row?.isOn ?? false;
}

export async function switchShop(store: Store, schoolId: string, isOn: boolean): Promise<void> {
  const { rewardShop: s } = store.tables;
  await store.db
    .insert(s)
    .values({ schoolId, isOn })
    .onConflictDoUpdate({ target: s.schoolId, set: { isOn } });
}

export interface KeptReward {
  readonly id: string;
  /** Whose it is alone; null for an offer of the school. */
  readonly classId: string | null;
  readonly title: string;
  readonly words: string;
  readonly icon: RewardIcon;
  readonly kind: RewardKind;
  /** In beans. */
  readonly price: number;
  readonly stock: Stock | null;
  /** How often a child may have it in a term. */
  readonly perChild: number | null;
  readonly gradeFrom: number;
  readonly gradeTo: number;
  readonly isOpen: boolean;
}

export async function rewardById(
  store: Store,
  schoolId: string,
  id: string,
): Promise<KeptReward | undefined> {
  const { reward: r } = store.tables;
  const rows = await store.db
    .select()
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.id, id)));
  return rows.map(keptReward)[0];
}

/** The offers of a shelf, oldest first. @param classId null for the school's own */
export async function rewardsOn(
  store: Store,
  schoolId: string,
  classId: string | null,
): Promise<KeptReward[]> {
  const { reward: r } = store.tables;
  const isOnShelf = classId === null ? isNull(r.classId) : eq(r.classId, classId);
  const rows = await store.db
    .select()
    .from(r)
    .where(and(eq(r.schoolId, schoolId), isOnShelf))
    .orderBy(asc(r.addedAt), asc(r.id));
  return rows.map(keptReward);
}

/** What is open to a class: its own and the school's, oldest first. */
export async function rewardsOpenTo(
  store: Store,
  schoolId: string,
  of: { readonly id: string; readonly grade: number },
): Promise<KeptReward[]> {
  const { reward: r } = store.tables;
  const rows = await store.db
    .select()
    .from(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.isOpen, true), or(isNull(r.classId), eq(r.classId, of.id))))
    .orderBy(asc(r.addedAt), asc(r.id));
  return rows
    .map(keptReward)
    .filter(({ gradeFrom, gradeTo }) => gradeFrom <= of.grade && of.grade <= gradeTo);
}

function keptReward({
  stockCount,
  stockPer,
  ...row
}: Omit<KeptReward, "stock"> & {
  readonly stockCount: number | null;
  readonly stockPer: Stock["per"] | null;
}): KeptReward {
  return {
    ...row,
    stock: stockCount === null || stockPer === null ? null : { count: stockCount, per: stockPer },
  };
}

/** Other offers of the shelf stand still until this write ends. */
export async function lockShelf(store: Store, schoolId: string, classId: string | null): Promise<void> {
  await store.lock([`${schoolId}/reward-shelf/${classId ?? "school"}`]);
}

/** Writes an offer, new or over what it was; never to another shelf. */
export async function saveReward(
  store: Store,
  schoolId: string,
  { id, classId, stock, ...offer }: KeptReward,
  by: { readonly addedBy: string; readonly addedAt: Date },
): Promise<void> {
  const { reward: r } = store.tables;
  await store.lock([`${schoolId}/reward/${id}`]);
  const { title, words, icon, kind, price, perChild, gradeFrom, gradeTo, isOpen } = offer;
  const fields = { title, words, icon, kind, price, perChild, gradeFrom, gradeTo, isOpen };
  const row = { ...fields, stockCount: stock?.count ?? null, stockPer: stock?.per ?? null };
  await store.db
    .insert(r)
    .values({ schoolId, id, classId, ...row, ...by })
    .onConflictDoUpdate({ target: [r.schoolId, r.id], set: row });
}

/** The pupils who keep a class's shop in a week. */
export async function shopkeepersOf(
  store: Store,
  schoolId: string,
  { classId, weekStartsOn }: { readonly classId: string; readonly weekStartsOn: string },
): Promise<string[]> {
  const { rewardShopkeeper: k } = store.tables;
  const rows = await store.db
    .select({ id: k.studentId })
    .from(k)
    .where(and(eq(k.schoolId, schoolId), eq(k.classId, classId), eq(k.weekStartsOn, weekStartsOn)))
    .orderBy(asc(k.studentId));
  return rows.map(({ id }) => id);
}

/** Puts these pupils in the place of those there were. */
export async function chooseShopkeepers(
  store: Store,
  schoolId: string,
  { classId, weekStartsOn }: { readonly classId: string; readonly weekStartsOn: string },
  studentIds: readonly string[],
): Promise<void> {
  const { rewardShopkeeper: k } = store.tables;
  await store.lock([`${schoolId}/shopkeepers/${classId}`]);
  const before = await store.db
    .delete(k)
    .where(and(eq(k.schoolId, schoolId), eq(k.classId, classId), eq(k.weekStartsOn, weekStartsOn)))
    .returning({ id: k.studentId });
  for (const studentId of studentIds)
    await store.db.insert(k).values({ schoolId, classId, weekStartsOn, studentId });
  for (const studentId of new Set([...before.map(({ id }) => id), ...studentIds]))
    store.announce(wishesTopic(schoolId, studentId));
}

/** What a child saves for. */
export async function savingOf(
  store: Store,
  schoolId: string,
  studentId: string,
): Promise<string | undefined> {
  const { rewardSaving: s } = store.tables;
  const [row] = await store.db
    .select({ rewardId: s.rewardId })
    .from(s)
    .where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId)));
  return row?.rewardId;
}

/** @param rewardId null: for nothing any more */
export async function saveFor(
  store: Store,
  schoolId: string,
  studentId: string,
  rewardId: string | null,
): Promise<void> {
  const { rewardSaving: s } = store.tables;
  if (rewardId === null) {
    await store.db.delete(s).where(and(eq(s.schoolId, schoolId), eq(s.studentId, studentId)));
    return;
  }
  await store.db
    .insert(s)
    .values({ schoolId, studentId, rewardId })
    .onConflictDoUpdate({ target: [s.schoolId, s.studentId], set: { rewardId } });
}
