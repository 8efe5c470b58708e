/** Passkeys of accounts, and challenges under way. Belongs to no school: call it in the scope of every school. */
import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";

export type PasskeyRow = Tables["passkey"]["$inferSelect"];

/** An account's passkeys, oldest first. */
export async function passkeysOf(store: Store, accountId: string): Promise<PasskeyRow[]> {
  const { passkey: p } = store.tables;
  return await store.db
    .select()
    .from(p)
    .where(eq(p.accountId, accountId))
    .orderBy(asc(p.createdAt), asc(p.id));
}

export async function passkeyById(store: Store, id: string): Promise<PasskeyRow | undefined> {
  const { passkey: p } = store.tables;
  const [found] = await store.db.select().from(p).where(eq(p.id, id));
  return found;
}

/** @returns false where some account has it already */
export async function addPasskey(store: Store, added: PasskeyRow): Promise<boolean> {
  const rows = await store.db
    .insert(store.tables.passkey)
    .values(added)
    .onConflictDoNothing()
    .returning({ id: store.tables.passkey.id });
  return rows.length > 0;
}

/**
 * Notes a use, with the counter that the device sent.
 * @returns false where the counter is no higher than before, as a copy of the device would send it
 * @source WebAuthn Level 3, 6.1.1: devices without a counter always send 0
 */
export async function usePasskey(
  store: Store,
  id: string,
  { counter, at }: { readonly counter: number; readonly at: Date },
): Promise<boolean> {
  const { passkey: p } = store.tables;
  const hasNone = counter === 0 ? eq(p.counter, 0) : undefined;
  const used = await store.db
    .update(p)
    .set({ counter, usedAt: at })
    .where(and(eq(p.id, id), or(lt(p.counter, counter), hasNone)))
    .returning({ id: p.id });
  return used.length > 0;
}

/** @returns false where it is none of this account's */
export async function removePasskey(store: Store, accountId: string, id: string): Promise<boolean> {
  const { passkey: p } = store.tables;
  const removed = await store.db
    .delete(p)
    .where(and(eq(p.accountId, accountId), eq(p.id, id)))
    .returning({ id: p.id });
  return removed.length > 0;
}

/** All of an account's. */
export async function removePasskeys(store: Store, accountId: string): Promise<void> {
  const { passkey: p } = store.tables;
  await store.db.delete(p).where(eq(p.accountId, accountId));
}

export type PasskeyChallenge = Tables["passkeyChallenge"]["$inferSelect"];

export async function addPasskeyChallenge(store: Store, challenge: PasskeyChallenge): Promise<void> {
  await store.db.insert(store.tables.passkeyChallenge).values(challenge);
}

/**
 * The challenge is gone with this: whoever takes it is the only one.
 * @param accountId whose it has to be; null for one to sign in
 * @returns false for one that is not known, over, of another address or for something else
 */
export async function takePasskeyChallenge(
  store: Store,
  { id, accountId, origin, at }: Omit<PasskeyChallenge, "expiresAt"> & { readonly at: Date },
): Promise<boolean> {
  const { passkeyChallenge: c } = store.tables;
  const taken = await store.db
    .delete(c)
    .where(
      and(
        eq(c.id, id),
        eq(c.origin, origin),
        gt(c.expiresAt, at),
        accountId === null ? isNull(c.accountId) : eq(c.accountId, accountId),
      ),
    )
    .returning({ id: c.id });
  return taken.length > 0;
}

export async function forgetPasskeyChallenges(store: Store, before: Date): Promise<void> {
  const { passkeyChallenge: c } = store.tables;
  await store.db.delete(c).where(lt(c.expiresAt, before));
}
