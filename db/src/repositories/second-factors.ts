/**
 * What signing in takes besides the password: the secret of a person's second device, and the recovery codes on paper.
 * Belongs to no school: call it in the scope of every school. Sees secrets only sealed, codes only hashed.
 */
import { and, count, eq, lt } from "drizzle-orm";
import type { Store } from "../engines/database.ts";

export interface TotpRow {
  readonly sealedSecret: string;
  readonly confirmedAt: Date | null;
  readonly lastStep: number;
}

export async function totpOf(store: Store, accountId: string): Promise<TotpRow | undefined> {
  const { totp: t } = store.tables;
  const [row] = await store.db
    .select({ sealedSecret: t.sealedSecret, confirmedAt: t.confirmedAt, lastStep: t.lastStep })
    .from(t)
    .where(eq(t.accountId, accountId));
  return row;
}

/** Keeps a secret that does not count yet, in place of one that did not count either. */
export async function proposeTotp(
  store: Store,
  accountId: string,
  proposed: { readonly sealedSecret: string; readonly createdAt: Date },
): Promise<void> {
  const { totp: t } = store.tables;
  const row = { ...proposed, confirmedAt: null, lastStep: 0 };
  await store.db
    .insert(t)
    .values({ accountId, ...row })
    .onConflictDoUpdate({ target: t.accountId, set: row });
}

/** The proposed secret counts from now on. */
export async function confirmTotp(store: Store, accountId: string, at: Date): Promise<void> {
  const { totp: t, account: a } = store.tables;
  await store.db.update(t).set({ confirmedAt: at }).where(eq(t.accountId, accountId));
  await store.db.update(a).set({ secondFactorSince: at }).where(eq(a.id, accountId));
}

/** No code of this step or an earlier one is taken again. @returns false where one was already */
export async function takeTotpStep(store: Store, accountId: string, step: number): Promise<boolean> {
  const { totp: t } = store.tables;
  const taken = await store.db
    .update(t)
    .set({ lastStep: step })
    .where(and(eq(t.accountId, accountId), lt(t.lastStep, step)))
    .returning({ accountId: t.accountId });
  return taken.length > 0;
}

/** The password alone lets this person in again. */
export async function forgetSecondFactor(store: Store, accountId: string): Promise<void> {
  const { totp: t, recoveryCode: c, account: a } = store.tables;
  await store.db.delete(t).where(eq(t.accountId, accountId));
  await store.db.delete(c).where(eq(c.accountId, accountId));
  await store.db.update(a).set({ secondFactorSince: null }).where(eq(a.id, accountId));
}

/** New recovery codes, in place of those there were. */
export async function replaceRecoveryCodes(
  store: Store,
  accountId: string,
  codeHashes: readonly string[],
): Promise<void> {
  const { recoveryCode: c } = store.tables;
  await store.db.delete(c).where(eq(c.accountId, accountId));
  await store.db.insert(c).values(codeHashes.map((codeHash) => ({ accountId, codeHash })));
}

/** The code is gone with this. @returns whether it was one of this person's */
export async function takeRecoveryCode(store: Store, accountId: string, codeHash: string): Promise<boolean> {
  const { recoveryCode: c } = store.tables;
  const taken = await store.db
    .delete(c)
    .where(and(eq(c.accountId, accountId), eq(c.codeHash, codeHash)))
    .returning({ accountId: c.accountId });
  return taken.length > 0;
}

export async function countRecoveryCodes(store: Store, accountId: string): Promise<number> {
  const { recoveryCode: c } = store.tables;
  const [row] = await store.db.select({ left: count() }).from(c).where(eq(c.accountId, accountId));
  return row?.left ?? 0;
}
