/**
 * Passkeys (WebAuthn) of accounts, and the challenges that are under way. Belong to no school. Hold public keys only:
 * nothing here opens anything by itself.
 */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { account } from "./accounts.ts";
import { id, instant, json } from "./columns.ts";

/** `id` is the credential's own, as the device made it; `counter` the highest that the device has ever sent. */
export const passkey = sqliteTable(
  "passkey",
  {
    id: id().primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    /** COSE, in base64url. */
    publicKey: text("public_key").notNull(),
    counter: integer("counter").notNull(),
    transports: json<readonly string[]>("transports").notNull(),
    name: text("name").notNull(),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("passkey_account_idx").on(t.accountId)],
);

/**
 * What a device is asked to sign: `id` is the SHA-256 of it. Good once, for some minutes, at one address of this server;
 * with an `accountId` for adding a passkey to that account, without for signing in.
 */
export const passkeyChallenge = sqliteTable(
  "passkey_challenge",
  {
    id: id().primaryKey(),
    accountId: text("account_id").references(() => account.id, { onDelete: "cascade" }),
    origin: text("origin").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("passkey_challenge_expiry_idx").on(t.expiresAt)],
);
