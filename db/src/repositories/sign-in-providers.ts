/**
 * What schools have decided about providers to sign in by, who is known there as whom, and sign-ins under way. Decides
 * nothing. Whoever comes from a provider names no school: what looks for it looks in all, and says so.
 */
import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, ne } from "drizzle-orm";
import { STAFF_ROLES } from "@doudou/shared/domain/staff.ts";
import type { Store } from "../engines/database.ts";
import type { Tables } from "../schema/tables.ts";

export type SignInRule = Omit<Tables["signInRule"]["$inferSelect"], "schoolId">;

export async function signInRules(store: Store, schoolId: string) {
  const { signInRule: r } = store.tables;
  return await store.db
    .select({ providerId: r.providerId, way: r.way, claim: r.claim, isSecondFactor: r.isSecondFactor })
    .from(r)
    .where(eq(r.schoolId, schoolId))
    .orderBy(asc(r.providerId));
}

export async function setSignInRule(store: Store, schoolId: string, rule: SignInRule): Promise<void> {
  const { signInRule: r } = store.tables;
  await store.db
    .insert(r)
    .values({ schoolId, ...rule })
    .onConflictDoUpdate({ target: [r.schoolId, r.providerId], set: rule });
}

/** Nobody of the school comes in by the provider any longer. @returns false where nobody did */
export async function dropSignInRule(store: Store, schoolId: string, providerId: string): Promise<boolean> {
  const { signInRule: r } = store.tables;
  const dropped = await store.db
    .delete(r)
    .where(and(eq(r.schoolId, schoolId), eq(r.providerId, providerId)))
    .returning({ providerId: r.providerId });
  return dropped.length > 0;
}

/** What every school has decided about a provider. */
export async function rulesOfProvider(store: Store, providerId: string) {
  const { signInRule: r, school: s } = store.tables;
  return await store.db
    .select({
      schoolId: r.schoolId,
      schoolCode: s.code,
      way: r.way,
      claim: r.claim,
      isSecondFactor: r.isSecondFactor,
    })
    .from(r)
    .innerJoin(s, eq(s.schoolId, r.schoolId))
    .where(eq(r.providerId, providerId))
    .orderBy(asc(r.schoolId));
}

export type NewSignInLink = Omit<Tables["signInLink"]["$inferSelect"], "schoolId">;

/** In the place of what stood for the same person of the same provider. */
export async function putSignInLink(store: Store, schoolId: string, link: NewSignInLink): Promise<void> {
  const { signInLink: l } = store.tables;
  const { id: _, issuer: __, subject: ___, ...set } = link;
  await store.db
    .insert(l)
    .values({ schoolId, ...link })
    .onConflictDoUpdate({ target: [l.schoolId, l.issuer, l.subject], set });
}

/** Who is known to any provider as whom, and who waits to be: not what was refused or taken away. */
export async function signInLinks(store: Store, schoolId: string) {
  const { signInLink: l, membership: m, account: a } = store.tables;
  return await store.db
    .select({
      id: l.id,
      providerId: l.providerId,
      shownAs: l.shownAs,
      state: l.state,
      membershipId: l.membershipId,
      accountId: m.accountId,
      name: m.displayName,
      login: a.login,
      askedAt: l.askedAt,
      usedAt: l.usedAt,
    })
    .from(l)
    .leftJoin(m, and(eq(m.schoolId, l.schoolId), eq(m.id, l.membershipId)))
    .leftJoin(a, eq(a.id, m.accountId))
    .where(and(eq(l.schoolId, schoolId), inArray(l.state, ["waits", "linked"])))
    .orderBy(desc(l.askedAt), desc(l.id));
}

export async function signInLinkById(store: Store, schoolId: string, id: string) {
  const { signInLink: l } = store.tables;
  const [link] = await store.db
    .select()
    .from(l)
    .where(and(eq(l.schoolId, schoolId), eq(l.id, id)));
  return link;
}

/** What every school knows of a person of a provider, in whatever state, with the account it leads to now. */
export async function linksOfIdentity(store: Store, issuer: string, subject: string) {
  const { signInLink: l, membership: m } = store.tables;
  return await store.db
    .select({
      schoolId: l.schoolId,
      id: l.id,
      providerId: l.providerId,
      state: l.state,
      membershipId: l.membershipId,
      accountId: m.accountId,
    })
    .from(l)
    .leftJoin(
      m,
      and(
        eq(m.schoolId, l.schoolId),
        eq(m.id, l.membershipId),
        isNull(m.endedAt),
        inArray(m.role, [...STAFF_ROLES]),
      ),
    )
    .where(and(eq(l.subject, subject), eq(l.issuer, issuer)))
    .orderBy(asc(l.schoolId));
}

/** By which providers an account can be signed in to, in every school. */
export async function linksOfAccount(store: Store, accountId: string) {
  const { signInLink: l, membership: m, school: s } = store.tables;
  return await store.db
    .select({
      schoolId: l.schoolId,
      schoolName: s.name,
      id: l.id,
      providerId: l.providerId,
      shownAs: l.shownAs,
      decidedAt: l.decidedAt,
      usedAt: l.usedAt,
    })
    .from(l)
    .innerJoin(m, and(eq(m.schoolId, l.schoolId), eq(m.id, l.membershipId)))
    .innerJoin(s, eq(s.schoolId, l.schoolId))
    .where(and(eq(m.accountId, accountId), eq(l.state, "linked")))
    .orderBy(asc(l.providerId), asc(l.id));
}

/**
 * Decides about a person of a provider: with a membership it leads there from now on, without one nowhere.
 * @returns false where there is no such link
 */
export async function decideSignInLink(
  store: Store,
  schoolId: string,
  id: string,
  decided:
    | { readonly state: "linked"; readonly membershipId: string; readonly decidedAt: Date }
    | { readonly state: "refused" | "removed"; readonly membershipId: null; readonly decidedAt: Date },
): Promise<boolean> {
  const { signInLink: l } = store.tables;
  const forgotten = decided.state === "linked" ? {} : { shownAs: "", usedAt: null };
  const changed = await store.db
    .update(l)
    .set({ ...decided, ...forgotten })
    .where(and(eq(l.schoolId, schoolId), eq(l.id, id), ne(l.state, decided.state)))
    .returning({ id: l.id });
  return changed.length > 0;
}

/** No provider leads to the account any longer. @returns how many did */
export async function removeSignInLinks(
  store: Store,
  schoolId: string,
  accountId: string,
  at: Date,
): Promise<number> {
  const { signInLink: l, membership: m } = store.tables;
  const own = store.db
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.schoolId, schoolId), eq(m.accountId, accountId)));
  const removed = await store.db
    .update(l)
    .set({ state: "removed", membershipId: null, decidedAt: at, shownAs: "", usedAt: null })
    .where(and(eq(l.schoolId, schoolId), inArray(l.membershipId, own)))
    .returning({ id: l.id });
  return removed.length;
}

export async function noteSignInLinkUsed(
  store: Store,
  schoolId: string,
  id: string,
  at: Date,
): Promise<void> {
  const { signInLink: l } = store.tables;
  await store.db
    .update(l)
    .set({ usedAt: at })
    .where(and(eq(l.schoolId, schoolId), eq(l.id, id)));
}

/** Deletes what nobody answered, and what was refused, before an instant. @returns how many */
export async function deleteSignInRequests(store: Store, schoolId: string, before: Date): Promise<number> {
  const { signInLink: l } = store.tables;
  const deleted = await store.db
    .delete(l)
    .where(and(eq(l.schoolId, schoolId), inArray(l.state, ["waits", "refused"]), lt(l.askedAt, before)))
    .returning({ id: l.id });
  return deleted.length;
}

export type SignInAttempt = Tables["signInAttempt"]["$inferSelect"];

export async function addSignInAttempt(store: Store, attempt: SignInAttempt): Promise<void> {
  await store.db.insert(store.tables.signInAttempt).values(attempt);
}

/** The attempt is gone with this: whoever takes it is the only one. */
export async function takeSignInAttempt(store: Store, id: string): Promise<SignInAttempt | undefined> {
  const { signInAttempt: t } = store.tables;
  const [taken] = await store.db
    .delete(t)
    .where(and(eq(t.id, id), isNull(t.accountId)))
    .returning();
  return taken;
}

/** One for which only a code of the second device is waited for. */
export async function waitingSignInAttempt(store: Store, id: string): Promise<SignInAttempt | undefined> {
  const { signInAttempt: t } = store.tables;
  const [found] = await store.db
    .select()
    .from(t)
    .where(and(eq(t.id, id), isNotNull(t.accountId)));
  return found;
}

/** @returns false where another call was first */
export async function endSignInAttempt(store: Store, id: string): Promise<boolean> {
  const { signInAttempt: t } = store.tables;
  const ended = await store.db.delete(t).where(eq(t.id, id)).returning({ id: t.id });
  return ended.length > 0;
}

export async function forgetSignInAttempts(store: Store, before: Date): Promise<void> {
  const { signInAttempt: t } = store.tables;
  await store.db.delete(t).where(lt(t.expiresAt, before));
}
