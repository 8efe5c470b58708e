/**
 * Accounts and sessions. The only tables that belong to no school: one person may have memberships in several.
 * Holds no fact about a child.
 */
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { id, instant } from "./columns.ts";

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
  },
  (t) => [uniqueIndex("account_login_key").on(t.login)],
);

/** `id` is the SHA-256 of the token in the cookie: a copy of this table opens no door. */
export const session = sqliteTable(
  "session",
  {
    id: id().primaryKey(),
    userId: text("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [index("session_account_idx").on(t.userId)],
);

/** Failed sign-ins per account and per address, within a window. */
export const signInThrottle = sqliteTable("sign_in_throttle", {
  key: text("key").primaryKey(),
  failures: integer("failures").notNull(),
  windowStartedAt: instant("window_started_at").notNull(),
});
