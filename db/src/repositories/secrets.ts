/**
 * What lets people in, ended for all of them at once: sessions, PINs on shared tablets, children's cards. Only their
 * hashes are ever kept. Belongs to no school: call it in the scope of every school.
 */
import { eq, inArray, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Store } from "../engines/database.ts";
import { sessionTopic } from "../topics.ts";

/** One account, everybody with a membership in a school (past ones included), or everybody. */
export type Whose = { readonly accountId: string } | { readonly schoolId: string } | "everybody";

/** Everybody has to sign in anew; screens that follow a class go dark. @returns how many sessions */
export async function endSessions(store: Store, whose: Whose): Promise<number> {
  const { session: s } = store.tables;
  const isTheirs = whose === "everybody" ? undefined : isOneOf(store, s.userId, whose);
  const ended = await store.db.delete(s).where(isTheirs).returning({ id: s.id });
  for (const { id } of ended) store.announce(sessionTopic(id));
  return ended.length;
}

/** No shared tablet knows anybody any longer. @returns how many PINs */
export async function forgetPins(store: Store, whose: Whose): Promise<number> {
  const { tabletPin: p } = store.tables;
  const isTheirs = whose === "everybody" ? undefined : isOneOf(store, p.accountId, whose);
  const gone = await store.db.delete(p).where(isTheirs).returning({ accountId: p.accountId });
  return gone.length;
}

/** Every child's card has to be printed anew, and its PIN chosen anew. @returns how many cards */
export async function forgetCards(store: Store, whose: Whose): Promise<number> {
  const { studentCard: c } = store.tables;
  const isTheirs = whose === "everybody" ? undefined : isOneOf(store, c.accountId, whose);
  const gone = await store.db.delete(c).where(isTheirs).returning({ accountId: c.accountId });
  return gone.length;
}

/** The password alone lets everybody in again, until a second device is set up anew. @returns how many had one */
export async function forgetSecondFactors(store: Store, whose: Whose): Promise<number> {
  const { totp: t, recoveryCode: c, account: a } = store.tables;
  const isTheirs = (accountId: SQLiteColumn) =>
    whose === "everybody" ? undefined : isOneOf(store, accountId, whose);
  const gone = await store.db.delete(t).where(isTheirs(t.accountId)).returning({ accountId: t.accountId });
  await store.db.delete(c).where(isTheirs(c.accountId));
  await store.db.update(a).set({ secondFactorSince: null }).where(isTheirs(a.id));
  return gone.length;
}

function isOneOf(store: Store, accountId: SQLiteColumn, whose: Exclude<Whose, "everybody">): SQL {
  if ("accountId" in whose) return eq(accountId, whose.accountId);
  const { membership: m } = store.tables;
  const members = store.db.select({ id: m.accountId }).from(m).where(eq(m.schoolId, whose.schoolId));
  return inArray(accountId, members);
}
