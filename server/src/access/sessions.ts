/**
 * Sessions: Lucia 3 behind one door, because Lucia is feature-frozen (docs/adr). The cookie carries a random token,
 * the database only its SHA-256. Nothing outside this file knows of Lucia, tokens or password hashes.
 */
import { hash as digest, randomBytes } from "node:crypto";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { hash, verify } from "@node-rs/argon2";
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from "lucia";
import { type Database, EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  type AccountWithHash,
  accountByLogin,
  sessionWithAccount,
} from "@doudou/db/repositories/accounts.ts";
import { sessionTopic } from "@doudou/db/topics.ts";
import type { Account } from "@doudou/shared/contract/session.ts";
import type { Locale, SessionPlace } from "@doudou/shared/domain/words.ts";

export const SESSION_COOKIE = "doudou_session";

interface Lasting {
  /** A session unused for this long ends; using it in the second half of the time renews it. */
  readonly idle: TimeSpan;
  /** However much it is used, a session ends after this long. */
  readonly absolute: TimeSpan;
}
const WEEK: Lasting = { idle: new TimeSpan(7, "d"), absolute: new TimeSpan(30, "d") };
/** A child's tablet is the next child's too: a quarter of an hour, however much it is used. */
const QUARTER_HOUR: Lasting = { idle: new TimeSpan(15, "m"), absolute: new TimeSpan(15, "m") };
const LASTING: Readonly<Record<SessionPlace, Lasting>> = {
  "own-device": WEEK,
  "shared-tablet": WEEK,
  "student-card": QUARTER_HOUR,
};

/** Argon2id with the parameters of the OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

interface SessionAttributes {
  createdAt: Date;
  place: SessionPlace;
  openUntil: Date | null;
  lockedAt: Date | null;
  seenAt: Date | null;
}
interface AccountAttributes {
  login: string;
  displayName: string;
  locale: Locale;
  disabledAt: Date | null;
  secondFactorSince: Date | null;
}
declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, AccountAttributes>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: AccountAttributes;
  }
}

export interface SignedIn {
  readonly account: Account;
  /** SHA-256 of the token; never leaves the server. */
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** The expiry was pushed back by this use: set the cookie again. */
  readonly isRenewed: boolean;
  readonly place: SessionPlace;
  /** On a shared tablet: until when it is not confined. */
  readonly openUntil: Date | null;
  readonly isConfined: boolean;
  /** The device has been locked since this session was opened; it takes another to go on. */
  readonly isLocked: boolean;
  /** When its use was noted last; null: not yet. */
  readonly seenAt: Date | null;
  readonly hasSecondFactor: boolean;
}

export interface Sessions {
  /** @returns the account, or undefined for an unknown login, a wrong password or a disabled account: all take the same time */
  checkPassword(login: string, password: string): Promise<Account | undefined>;
  /** Opens a session. @returns the token for the cookie; it is kept nowhere */
  open(account: Account, now: Date, place: SessionPlace): Promise<{ token: string; signedIn: SignedIn }>;
  /** Who a token belongs to, if it still does. */
  signedIn(token: string, now: Date): Promise<SignedIn | undefined>;
  /** Whether a session still stands, on a device that is not locked. Does not count as using it. */
  isOpen(sessionId: string, now: Date): Promise<boolean>;
  close(sessionId: string): Promise<void>;
  closeAll(accountId: string): Promise<void>;
  deleteExpired(): Promise<void>;
}

/** Hashes a password or a PIN for keeping. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize("NFKC"), ARGON2ID);
}

export async function isPasswordOf(passwordHash: string, password: string): Promise<boolean> {
  return await verify(passwordHash, password.normalize("NFKC"));
}

export async function createSessions(database: Database): Promise<Sessions> {
  const adapter = adapterOn(database);
  const lasting = ({ idle }: Lasting) =>
    new Lucia<SessionAttributes, AccountAttributes>(adapter, {
      sessionExpiresIn: idle,
      getSessionAttributes: ({ createdAt, place, openUntil, lockedAt, seenAt }) => ({
        createdAt,
        place,
        openUntil,
        lockedAt,
        seenAt,
      }),
      getUserAttributes: ({ login, displayName, locale, disabledAt, secondFactorSince }) => ({
        login,
        displayName,
        locale,
        disabledAt,
        secondFactorSince,
      }),
    });
  const lucia = lasting(WEEK);
  const luciaOfCards = lasting(QUARTER_HOUR);
  const luciaAt = (place: SessionPlace | undefined) => (place === "student-card" ? luciaOfCards : lucia);
  const hashOfNobody = await hashPassword(randomBytes(16).toString("hex"));

  return {
    async checkPassword(login, password) {
      const found = await database.read(EVERY_SCHOOL, (store) => accountByLogin(store, login));
      const matches = await isPasswordOf(found?.passwordHash ?? hashOfNobody, password);
      return matches && found && found.passwordHash !== null && found.disabledAt === null
        ? publicAccount(found)
        : undefined;
    },

    async open(account, now, place) {
      const token = newToken();
      const session = await luciaAt(place).createSession(
        account.id,
        { createdAt: now, place, openUntil: null, lockedAt: null, seenAt: null },
        { sessionId: hashOfToken(token) },
      );
      const expiresAt = earlier(session.expiresAt, endOf({ createdAt: now, place }));
      const isConfined = place === "shared-tablet";
      return {
        token,
        signedIn: {
          account,
          sessionId: session.id,
          expiresAt,
          isRenewed: true,
          place,
          openUntil: null,
          isConfined,
          isLocked: false,
          seenAt: null,
          hasSecondFactor: Boolean((await recalledSession(database, session.id))?.secondFactorSince),
        },
      };
    },

    async signedIn(token, now) {
      const id = hashOfToken(token);
      const { session, user } = await luciaAt((await recalledSession(database, id))?.place).validateSession(
        id,
      );
      if (!session || user.disabledAt !== null) return undefined;
      const { place, openUntil, lockedAt, seenAt } = session;
      const endsAt = endOf(session);
      if (endsAt <= now) {
        await lucia.invalidateSession(session.id);
        return undefined;
      }
      return {
        account: publicAccount(user),
        sessionId: session.id,
        expiresAt: earlier(session.expiresAt, endsAt),
        isRenewed: session.fresh,
        place,
        openUntil,
        isConfined: place === "shared-tablet" && (openUntil === null || openUntil <= now),
        isLocked: lockedAt !== null,
        seenAt,
        hasSecondFactor: user.secondFactorSince !== null,
      };
    },

    async isOpen(sessionId, now) {
      const found = await recalledSession(database, sessionId);
      if (found === undefined || found.disabledAt !== null || found.lockedAt !== null) return false;
      return found.expiresAt > now && endOf(found) > now;
    },

    close: (sessionId) => lucia.invalidateSession(sessionId),
    closeAll: (accountId) => lucia.invalidateUserSessions(accountId),
    deleteExpired: () => lucia.deleteExpiredSessions(),
  };
}

/** However much it is used. */
function endOf({ createdAt, place }: Pick<SessionAttributes, "createdAt" | "place">): Date {
  return new Date(createdAt.getTime() + LASTING[place].absolute.milliseconds());
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

/** A random token for a cookie. Only its hash is ever kept. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashOfToken(token: string): string {
  return digest("sha256", token, "hex");
}

export function publicAccount({
  id,
  login,
  displayName,
  locale,
}: AccountWithHash | ({ id: string } & AccountAttributes)): Account {
  return { id, login, displayName, locale };
}

/**
 * Lucia's Drizzle adapter, made anew for each call inside a read or write of our own, so that sessions share the
 * writer's queue and transactions. The PostgreSQL adapter serves both engines: it uses only the query builder that
 * both dialects share, and our instants are dates on both. The one call of every request is a prepared statement of ours.
 */
function adapterOn(database: Database): Adapter {
  const on = (store: Store) => {
    type Arguments = ConstructorParameters<typeof DrizzlePostgreSQLAdapter>;
    return new DrizzlePostgreSQLAdapter(
      store.db as unknown as Arguments[0],
      store.tables.session as unknown as Arguments[1],
      store.tables.account as unknown as Arguments[2],
    );
  };
  return {
    async getSessionAndUser(id) {
      const found = await recalledSession(database, id);
      if (!found) return [null, null];
      const { accountId, expiresAt, createdAt, place, openUntil, lockedAt, seenAt, ...attributes } = found;
      return [
        { id, userId: accountId, expiresAt, attributes: { createdAt, place, openUntil, lockedAt, seenAt } },
        { id: accountId, attributes },
      ];
    },
    getUserSessions: (userId) => database.read(EVERY_SCHOOL, (store) => on(store).getUserSessions(userId)),
    setSession: (session: DatabaseSession) =>
      database.write(EVERY_SCHOOL, (store) => on(store).setSession(session)),
    updateSessionExpiration: (id, expiresAt) =>
      database.write(EVERY_SCHOOL, (store) => on(store).updateSessionExpiration(id, expiresAt)),
    deleteSession: (id) =>
      database.write(EVERY_SCHOOL, async (store) => {
        await on(store).deleteSession(id);
        store.announce(sessionTopic(id));
      }),
    deleteUserSessions: (userId) =>
      database.write(EVERY_SCHOOL, async (store) => {
        const sessions = await on(store).getUserSessions(userId);
        await on(store).deleteUserSessions(userId);
        for (const { id } of sessions) store.announce(sessionTopic(id));
      }),
    deleteExpiredSessions: () => database.write(EVERY_SCHOOL, (store) => on(store).deleteExpiredSessions()),
  };
}

function recalledSession(database: Database, id: string) {
  return database.recall(EVERY_SCHOOL, `session ${id}`, (store) => sessionWithAccount(store, id));
}
