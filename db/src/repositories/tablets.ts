/**
 * PINs of teachers on shared tablets, until when a session there is not confined, and locking one. Belongs to no
 * school: call it in the scope of every school.
 */
import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Store } from "../engines/database.ts";
import { sessionTopic } from "../topics.ts";
import type { AccountWithHash } from "./accounts.ts";

export interface TabletTeacher {
  readonly accountId: string;
  readonly login: string;
  readonly name: string;
}

/** Who is remembered on a tablet, longest first. */
export async function teachersOnTablet(store: Store, tabletId: string): Promise<TabletTeacher[]> {
  const { tabletPin: p, account: a } = store.tables;
  return await store.db
    .select({ accountId: a.id, login: a.login, name: a.displayName })
    .from(p)
    .innerJoin(a, eq(a.id, p.accountId))
    .where(and(eq(p.tabletId, tabletId), isNull(a.disabledAt)))
    .orderBy(asc(p.createdAt));
}

/** Remembers a teacher on a tablet, or gives a new PIN there. */
export async function setTabletPin(
  store: Store,
  pin: {
    readonly tabletId: string;
    readonly accountId: string;
    readonly pinHash: string;
    readonly createdAt: Date;
  },
): Promise<void> {
  const { tabletPin: p } = store.tables;
  await store.db
    .insert(p)
    .values({ ...pin, tries: 0 })
    .onConflictDoUpdate({ target: [p.tabletId, p.accountId], set: { pinHash: pin.pinHash, tries: 0 } });
}

/**
 * Counts a try before anybody knows whether it is right, so that tries sent at the same moment all count.
 * @returns the hash to compare with, whose it is, and how many tries there have been; undefined beyond the limit or
 * where there is no such PIN
 */
export async function takePinTry(
  store: Store,
  of: { readonly tabletId: string; readonly accountId: string },
  limit: number,
): Promise<{ pinHash: string; tries: number; account: AccountWithHash } | undefined> {
  const { tabletPin: p, account: a } = store.tables;
  const [counted] = await store.db
    .update(p)
    .set({ tries: sql`${p.tries} + 1` })
    .where(and(eq(p.tabletId, of.tabletId), eq(p.accountId, of.accountId), lt(p.tries, limit)))
    .returning({ pinHash: p.pinHash, tries: p.tries });
  const [account] = await store.db.select().from(a).where(eq(a.id, of.accountId));
  return counted && account ? { ...counted, account } : undefined;
}

/** The right PIN or the password was given: tries count anew. */
export async function forgetPinTries(
  store: Store,
  of: { readonly tabletId: string; readonly accountId: string },
): Promise<void> {
  const { tabletPin: p } = store.tables;
  await store.db
    .update(p)
    .set({ tries: 0 })
    .where(and(eq(p.tabletId, of.tabletId), eq(p.accountId, of.accountId)));
}

/** Forgets a teacher on one tablet, or on all. */
export async function forgetTabletPins(
  store: Store,
  of: { readonly accountId: string; readonly tabletId?: string | undefined },
): Promise<void> {
  const { tabletPin: p } = store.tables;
  await store.db
    .delete(p)
    .where(
      and(eq(p.accountId, of.accountId), of.tabletId === undefined ? undefined : eq(p.tabletId, of.tabletId)),
    );
}

/** @param until null confines a session on a shared tablet again */
export async function openSessionUntil(store: Store, sessionId: string, until: Date | null): Promise<void> {
  const { session: s } = store.tables;
  await store.db.update(s).set({ openUntil: until }).where(eq(s.id, sessionId));
}

/** The device is locked: screens that follow a class under this session go dark. Locking it again changes nothing. */
export async function lockSession(store: Store, sessionId: string, at: Date): Promise<void> {
  const { session: s } = store.tables;
  await store.db
    .update(s)
    .set({ lockedAt: at, openUntil: null })
    .where(and(eq(s.id, sessionId), isNull(s.lockedAt)));
  store.announce(sessionTopic(sessionId));
}
