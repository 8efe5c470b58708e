/**
 * Signing in by a provider outside, such as a school's own OpenID Connect server: what each school has decided about it,
 * who is known there as whom, and the sign-ins that are under way. Holds nothing that opens anything by itself.
 */
import { foreignKey, index, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { LinkState, RuleWay } from "@doudou/shared/domain/sign-in-providers.ts";
import type { SessionPlace } from "@doudou/shared/domain/words.ts";
import { account } from "./accounts.ts";
import { flag, id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school } from "./people.ts";

/** What a school has decided about one of the server's providers; where there is no row, nobody comes in by it. */
export const signInRule = sqliteTable(
  "sign_in_rule",
  {
    schoolId: schoolId().references(() => school.schoolId),
    providerId: text("provider_id").notNull(),
    way: text("way").$type<RuleWay>().notNull(),
    /** Of what the provider says of a person, what has to be the login; null where each first sign-in is asked about. */
    claim: text("claim"),
    /** Signing in by it takes no code of the second device besides. */
    isSecondFactor: flag("is_second_factor").notNull(),
    decidedBy: id("decided_by"),
    decidedAt: instant("decided_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.providerId] }),
    foreignKey({ columns: [t.schoolId, t.decidedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/**
 * Whom a provider knows by `issuer` and `subject`, and which member of staff that is. Without a membership it is not
 * (yet) anybody: it waits for an administrator, was refused, or was taken away and is not to come back by itself.
 */
export const signInLink = sqliteTable(
  "sign_in_link",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    providerId: text("provider_id").notNull(),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    /** What the provider calls the person, for whoever decides. */
    shownAs: text("shown_as").notNull(),
    state: text("state").$type<LinkState>().notNull(),
    membershipId: optionalId("membership_id"),
    askedAt: instant("asked_at").notNull(),
    decidedAt: instant("decided_at"),
    usedAt: instant("used_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    uniqueIndex("sign_in_link_identity_key").on(t.schoolId, t.issuer, t.subject),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("sign_in_link_subject_idx").on(t.subject),
  ],
);

/**
 * A sign-in by a provider that is under way in one browser: `id` is the SHA-256 of the token in its cookie. Gone once the
 * browser is back, or after some minutes. Belongs to no school: nobody knows yet who it is. With an `accountId` the
 * provider has said who, and a code of the second device is waited for.
 */
export const signInAttempt = sqliteTable(
  "sign_in_attempt",
  {
    id: id().primaryKey(),
    providerId: text("provider_id").notNull(),
    state: text("state").notNull(),
    nonce: text("nonce").notNull(),
    codeVerifier: text("code_verifier").notNull(),
    /** The code of the school whose door it is, where that was said. */
    schoolCode: text("school_code"),
    place: text("place").$type<SessionPlace>().notNull(),
    /** The page of ours that it leads back to. */
    goesTo: text("goes_to").notNull(),
    accountId: text("account_id").references(() => account.id, { onDelete: "cascade" }),
    issuer: text("issuer"),
    subject: text("subject"),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("sign_in_attempt_expiry_idx").on(t.expiresAt)],
);
