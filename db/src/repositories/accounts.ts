/**
 * Accounts, their memberships, and failed sign-ins. Belongs to no school: call it in the scope of every school.
 * Never returns a password hash except to the one function that checks passwords.
 */
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { Device } from "@doudou/shared/domain/devices.ts";
import type { Locale, Role } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { sessionTopic } from "../topics.ts";

export interface AccountWithHash {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly locale: Locale;
  readonly passwordHash: string | null;
  readonly disabledAt: Date | null;
  readonly secondFactorSince: Date | null;
}

/** The account of a login, compared without regard to case. */
export async function accountByLogin(store: Store, login: string): Promise<AccountWithHash | undefined> {
  return await accountWhere(store, eq(store.tables.account.login, normalisedLogin(login)));
}

export async function accountById(store: Store, id: string): Promise<AccountWithHash | undefined> {
  return await accountWhere(store, eq(store.tables.account.id, id));
}

async function accountWhere(store: Store, isWanted: SQL): Promise<AccountWithHash | undefined> {
  const { account } = store.tables;
  const rows = await store.db
    .select({
      id: account.id,
      login: account.login,
      displayName: account.displayName,
      locale: account.locale,
      passwordHash: account.passwordHash,
      disabledAt: account.disabledAt,
      secondFactorSince: account.secondFactorSince,
    })
    .from(account)
    .where(isWanted);
  return rows[0];
}

export interface NewAccount {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly locale: Locale;
  readonly passwordHash: string | null;
  readonly createdAt: Date;
}

/** Opens accounts. @throws when a login is taken */
export async function createAccounts(store: Store, accounts: readonly NewAccount[]): Promise<void> {
  await store.db
    .insert(store.tables.account)
    .values(accounts.map((a) => ({ ...a, login: normalisedLogin(a.login) })));
}

export async function setAccountLocale(store: Store, accountId: string, locale: Locale): Promise<void> {
  const { account } = store.tables;
  await store.db.update(account).set({ locale }).where(eq(account.id, accountId));
}

/** @param passwordHash null: no password lets this person in */
export async function setPasswordHash(
  store: Store,
  accountId: string,
  passwordHash: string | null,
): Promise<void> {
  const { account } = store.tables;
  await store.db.update(account).set({ passwordHash }).where(eq(account.id, accountId));
}

/** How a login is stored and compared: trimmed, in lower case, compatibility forms folded (full-width letters). */
export function normalisedLogin(login: string): string {
  return login.trim().normalize("NFKC").toLowerCase();
}

/** A session with its account, as sessions need it. Read at every request, hence prepared. */
export async function sessionWithAccount(store: Store, sessionId: string) {
  const rows = await store
    .prepared("sessionWithAccount", () => {
      const { session, account } = store.tables;
      return store.db
        .select({
          id: session.id,
          accountId: session.userId,
          expiresAt: session.expiresAt,
          createdAt: session.createdAt,
          place: session.place,
          openUntil: session.openUntil,
          lockedAt: session.lockedAt,
          seenAt: session.seenAt,
          login: account.login,
          displayName: account.displayName,
          locale: account.locale,
          disabledAt: account.disabledAt,
          secondFactorSince: account.secondFactorSince,
        })
        .from(session)
        .innerJoin(account, eq(account.id, session.userId))
        .where(eq(session.id, sql.placeholder("sessionId")));
    })
    .execute({ sessionId });
  return rows[0];
}

/** Where an account is signed in, the latest use first. */
export async function sessionsOfAccount(store: Store, accountId: string, now: Date) {
  const { session: s } = store.tables;
  return await store.db
    .select({
      id: s.id,
      place: s.place,
      device: s.device,
      address: s.address,
      createdAt: s.createdAt,
      seenAt: s.seenAt,
    })
    .from(s)
    .where(and(eq(s.userId, accountId), gt(s.expiresAt, now)))
    .orderBy(desc(s.seenAt), desc(s.createdAt), s.id);
}

export interface Sighting {
  readonly device: Device;
  readonly address: string;
  readonly seenAt: Date;
}

export async function noteSessionSeen(store: Store, sessionId: string, sighting: Sighting): Promise<void> {
  const { session: s } = store.tables;
  await store.db.update(s).set(sighting).where(eq(s.id, sessionId));
}

/** Ends an account's sessions, all but one where that is named; screens that follow a class go dark. @returns how many */
export async function endSessionsOfAccount(
  store: Store,
  accountId: string,
  { but }: { readonly but?: string | undefined } = {},
): Promise<number> {
  const { session: s } = store.tables;
  const ended = await store.db
    .delete(s)
    .where(and(eq(s.userId, accountId), but === undefined ? undefined : ne(s.id, but)))
    .returning({ id: s.id });
  for (const { id } of ended) store.announce(sessionTopic(id));
  return ended.length;
}

export interface AccountMembership {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly schoolLocale: Locale;
  readonly timeZone: string;
  readonly id: string;
  readonly role: Role;
  readonly displayName: string;
  readonly studentId: string | null;
}

/**
 * What an account may be, in every school. A student's membership counts only while a guardian's consent to the
 * account stands (design rule 7).
 */
export async function membershipsOfAccount(store: Store, accountId: string): Promise<AccountMembership[]> {
  const rows: (AccountMembership & { consentId: string | null })[] = await store
    .prepared("membershipsOfAccount", () => {
      const { membership, school, consent } = store.tables;
      return store.db
        .select({
          schoolId: membership.schoolId,
          schoolName: school.name,
          schoolLocale: school.locale,
          timeZone: school.timeZone,
          id: membership.id,
          role: membership.role,
          displayName: membership.displayName,
          studentId: membership.studentId,
          consentId: consent.id,
        })
        .from(membership)
        .innerJoin(school, eq(school.schoolId, membership.schoolId))
        .leftJoin(
          consent,
          and(
            eq(membership.role, "student"),
            eq(consent.schoolId, membership.schoolId),
            eq(consent.studentId, membership.studentId),
            eq(consent.purpose, "account"),
            isNull(consent.withdrawnAt),
          ),
        )
        .where(and(eq(membership.accountId, sql.placeholder("accountId")), isNull(membership.endedAt)))
        .orderBy(membership.schoolId, membership.id);
    })
    .execute({ accountId });
  const byId = new Map<string, AccountMembership>();
  for (const { consentId, ...found } of rows) {
    if (found.role !== "student" || consentId !== null) byId.set(found.id, found);
  }
  return [...byId.values()];
}

export interface ThrottleState {
  readonly key: string;
  readonly failures: number;
  readonly windowStartedAt: Date;
}

export async function throttleStates(store: Store, keys: readonly string[]): Promise<ThrottleState[]> {
  const { signInThrottle } = store.tables;
  return await store.db
    .select()
    .from(signInThrottle)
    .where(inArray(signInThrottle.key, [...keys]));
}

/** Counts one more failure for a key; a window that began before `windowFrom` starts anew. */
export async function countSignInFailure(
  store: Store,
  key: string,
  now: Date,
  windowFrom: Date,
): Promise<void> {
  const { signInThrottle } = store.tables;
  const [state] = await throttleStates(store, [key]);
  const isWithinWindow = state !== undefined && state.windowStartedAt >= windowFrom;
  const next = {
    failures: isWithinWindow ? state.failures + 1 : 1,
    windowStartedAt: isWithinWindow ? state.windowStartedAt : now,
  };
  await store.db
    .insert(signInThrottle)
    .values({ key, ...next })
    .onConflictDoUpdate({ target: signInThrottle.key, set: next });
}

export async function forgetSignInFailures(store: Store, key: string): Promise<void> {
  const { signInThrottle } = store.tables;
  await store.db.delete(signInThrottle).where(eq(signInThrottle.key, key));
}

/** Keeps that somebody got in with a right password, under the key of where: a state without a failure. */
export async function noteUsualPlace(store: Store, key: string, now: Date): Promise<void> {
  const { signInThrottle } = store.tables;
  const got = { failures: 0, windowStartedAt: now };
  await store.db
    .insert(signInThrottle)
    .values({ key, ...got })
    .onConflictDoUpdate({ target: signInThrottle.key, set: got });
}

/** Forgets windows of failures, and usual places, that began before an instant each. */
export async function forgetThrottleStatesBefore(
  store: Store,
  { failures, usualPlaces }: { readonly failures: Date; readonly usualPlaces: Date },
): Promise<void> {
  const { signInThrottle: t } = store.tables;
  const isOver = or(
    and(gt(t.failures, 0), lt(t.windowStartedAt, failures)),
    and(eq(t.failures, 0), lt(t.windowStartedAt, usualPlaces)),
  );
  await store.db.delete(t).where(isOver);
}

/** Whether anybody at all can sign in: a fresh installation has no account with a password. */
export async function hasAnyAccount(store: Store): Promise<boolean> {
  const { account } = store.tables;
  const rows = await store.db
    .select({ id: account.id })
    .from(account)
    .where(isNotNull(account.passwordHash))
    .limit(1);
  return rows.length > 0;
}
