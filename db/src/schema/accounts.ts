/**
 * Accounts and sessions. The only tables that belong to no school: one person may have memberships in several.
 * Holds no fact about a child.
 */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Device } from "@doudou/shared/domain/devices.ts";
import type { PinKind, SessionPlace } from "@doudou/shared/domain/words.ts";
import { id, instant, json } from "./columns.ts";

export const account = sqliteTable(
  "account",
  {
    id: id().primaryKey(),
    login: text("login").notNull(),
    passwordHash: text("password_hash"),
    displayName: text("display_name").notNull(),
    locale: text("locale").$type<"zh-CN" | "en">().notNull(),
    createdAt: instant("created_at").notNull(),
    disabledAt: instant("disabled_at"),
    /** Since when signing in takes a code of a second device besides the password. */
    secondFactorSince: instant("second_factor_since"),
  },
  (t) => [uniqueIndex("account_login_key").on(t.login)],
);

/**
 * `id` is the SHA-256 of the token in the cookie: a copy of this table opens no door. On a shared tablet a session is
 * confined to the class pages but until `openUntil`. Since `lockedAt` the device shows nothing, and may only bring in
 * what waits there.
 */
export const session = sqliteTable(
  "session",
  {
    id: id().primaryKey(),
    userId: text("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    place: text("place").$type<SessionPlace>().notNull().default("own-device"),
    openUntil: instant("open_until"),
    lockedAt: instant("locked_at"),
    /** With what and from where it was used last; noted at most every ten minutes, for its owner alone. */
    device: json<Device>("device"),
    address: text("address"),
    seenAt: instant("seen_at"),
  },
  (t) => [index("session_account_idx").on(t.userId)],
);

/**
 * A PIN by which a teacher opens one tablet, and no other. `tabletId` is the SHA-256 of the token in the tablet's
 * cookie. `tries` since the last right one; beyond the limit only the password helps.
 */
export const tabletPin = sqliteTable(
  "tablet_pin",
  {
    tabletId: id("tablet_id"),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    pinHash: text("pin_hash").notNull(),
    tries: integer("tries").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tabletId, t.accountId] }),
    index("tablet_pin_account_idx").on(t.accountId),
  ],
);

/**
 * The card by which a child signs in: one an account, so that a new one puts an end to the old. The code on it is kept
 * as its SHA-256 only. The PIN is the child's own, chosen at first use; its hash takes the code in, so that a copy of
 * this table gives no PIN away.
 */
export const studentCard = sqliteTable(
  "student_card",
  {
    accountId: text("account_id")
      .primaryKey()
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
    pinKind: text("pin_kind").$type<PinKind>(),
    pinHash: text("pin_hash"),
    issuedAt: instant("issued_at").notNull(),
  },
  (t) => [uniqueIndex("student_card_code_key").on(t.codeHash)],
);

/**
 * The secret from which a person's second device makes its codes (RFC 6238): sealed with the server's key where it has
 * one. It counts once `confirmedAt` is set. `lastStep` is the step of the last code taken: no code is taken twice.
 */
export const totp = sqliteTable("totp", {
  accountId: text("account_id")
    .primaryKey()
    .notNull()
    .references(() => account.id, { onDelete: "cascade" }),
  sealedSecret: text("sealed_secret").notNull(),
  createdAt: instant("created_at").notNull(),
  confirmedAt: instant("confirmed_at"),
  lastStep: integer("last_step").notNull(),
});

/** Codes on paper for the day the second device is lost: each is good once and then gone. Kept as SHA-256 only. */
export const recoveryCode = sqliteTable(
  "recovery_code",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    codeHash: text("code_hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.codeHash] })],
);

/** Failed sign-ins by login, by address and by both, within a window; without a failure, where a login got in last. */
export const signInThrottle = sqliteTable("sign_in_throttle", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  windowStartedAt: instant("window_started_at").notNull(),
});
