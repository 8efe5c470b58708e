/**
 * The links that open a class's board on a projector, and the class's goal of a week.
 * Never sees a token or a code, only their hashes.
 */
import { and, asc, eq, gt, inArray, isNull, lt } from "drizzle-orm";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { boardTopic } from "../topics.ts";

export interface NewBoardLink {
  readonly id: string;
  readonly classId: string;
  readonly tokenHash: string | null;
  readonly codeHash: string | null;
  readonly codeExpiresAt: Date | null;
  readonly showsNumbers: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function addBoardLink(store: Store, schoolId: string, link: NewBoardLink): Promise<void> {
  await store.db.insert(store.tables.boardLink).values({ schoolId, ...link });
}

/** The links of a class that still open its board, or will, oldest first. */
export async function boardLinksOf(store: Store, schoolId: string, classId: string, now: Date) {
  const { boardLink: l, membership: m } = store.tables;
  return await store.db
    .select({
      id: l.id,
      showsNumbers: l.showsNumbers,
      tokenHash: l.tokenHash,
      codeExpiresAt: l.codeExpiresAt,
      by: m.displayName,
      createdAt: l.createdAt,
      expiresAt: l.expiresAt,
    })
    .from(l)
    .innerJoin(m, and(eq(m.schoolId, l.schoolId), eq(m.id, l.createdBy)))
    .where(and(eq(l.schoolId, schoolId), eq(l.classId, classId), gt(l.expiresAt, now), isNull(l.revokedAt)))
    .orderBy(asc(l.createdAt), asc(l.id));
}

/** A link that has been taken and not revoked, expired or not. */
export async function boardLinkById(store: Store, schoolId: string, id: string) {
  const { boardLink: l } = store.tables;
  const [link] = await store.db
    .select()
    .from(l)
    .where(and(eq(l.schoolId, schoolId), eq(l.id, id), isNull(l.revokedAt)));
  return link;
}

/** Where a code leads. Whoever types it knows neither school nor class, so it is looked for in all. */
export async function boardLinkByCode(store: Store, codeHash: string) {
  const { boardLink: l } = store.tables;
  const [link] = await store.db
    .select()
    .from(l)
    .where(and(eq(l.codeHash, codeHash), isNull(l.revokedAt)));
  return link;
}

/** The code is worth nothing from now on. @returns false where another screen was first */
export async function takeBoardLink(
  store: Store,
  schoolId: string,
  id: string,
  tokenHash: string,
): Promise<boolean> {
  const { boardLink: l } = store.tables;
  const taken = await store.db
    .update(l)
    .set({ tokenHash, codeHash: null, codeExpiresAt: null })
    .where(and(eq(l.schoolId, schoolId), eq(l.id, id), isNull(l.tokenHash), isNull(l.revokedAt)))
    .returning({ id: l.id });
  return taken.length > 0;
}

/** Ends a link of a class; screens that show its board are told. @returns false where it has ended already */
export async function revokeBoardLink(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly id: string },
  by: { readonly membershipId: string; readonly at: Date },
): Promise<boolean> {
  const { boardLink: l } = store.tables;
  const revoked = await store.db
    .update(l)
    .set({ revokedAt: by.at, revokedBy: by.membershipId })
    .where(and(eq(l.schoolId, schoolId), eq(l.classId, of.classId), eq(l.id, of.id), isNull(l.revokedAt)))
    .returning({ id: l.id });
  if (revoked.length > 0) store.announce(boardTopic(of.id));
  return revoked.length > 0;
}

/** Ends every link of a school, whether over by itself or not; screens that show a board are told. @returns how many */
export async function revokeEveryBoardLink(store: Store, schoolId: string, at: Date): Promise<number> {
  const { boardLink: l } = store.tables;
  const revoked = await store.db
    .update(l)
    .set({ revokedAt: at })
    .where(and(eq(l.schoolId, schoolId), isNull(l.revokedAt)))
    .returning({ id: l.id });
  for (const { id } of revoked) store.announce(boardTopic(id));
  return revoked.length;
}

/** Deletes links that ended before an instant, at most `limit` of them. @returns how many */
export async function deleteBoardLinks(
  store: Store,
  schoolId: string,
  endedBefore: Date,
  limit: number,
): Promise<number> {
  const { boardLink: l } = store.tables;
  const some = store.db
    .select({ id: l.id })
    .from(l)
    .where(and(eq(l.schoolId, schoolId), lt(l.expiresAt, endedBefore)))
    .limit(limit);
  const deleted = await store.db
    .delete(l)
    .where(and(eq(l.schoolId, schoolId), inArray(l.id, some)))
    .returning({ id: l.id });
  return deleted.length;
}

export interface ClassGoal {
  readonly text: string;
  readonly dimension: Dimension | null;
  readonly target: number;
}

export async function classGoalOf(
  store: Store,
  schoolId: string,
  classId: string,
  weekStartsOn: string,
): Promise<ClassGoal | undefined> {
  const { classGoal: g } = store.tables;
  const [goal] = await store.db
    .select({ text: g.text, dimension: g.dimension, target: g.target })
    .from(g)
    .where(and(eq(g.schoolId, schoolId), eq(g.classId, classId), eq(g.weekStartsOn, weekStartsOn)));
  return goal;
}

/** Sets a class's goal of a week, in place of the one it had. */
export async function setClassGoal(
  store: Store,
  schoolId: string,
  of: { readonly classId: string; readonly weekStartsOn: string },
  goal: ClassGoal & { readonly setBy: string; readonly setAt: Date },
): Promise<void> {
  const { classGoal: g } = store.tables;
  await store.db
    .insert(g)
    .values({ schoolId, ...of, ...goal })
    .onConflictDoUpdate({ target: [g.schoolId, g.classId, g.weekStartsOn], set: goal });
}

export async function dropClassGoal(
  store: Store,
  schoolId: string,
  classId: string,
  weekStartsOn: string,
): Promise<void> {
  const { classGoal: g } = store.tables;
  await store.db
    .delete(g)
    .where(and(eq(g.schoolId, schoolId), eq(g.classId, classId), eq(g.weekStartsOn, weekStartsOn)));
}
