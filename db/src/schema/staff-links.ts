/** Links by which staff come in without a password: an invitation to an account, or the way back to one's own. */
import { foreignKey, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { StaffRole } from "@doudou/shared/domain/staff.ts";
import { id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school } from "./people.ts";

/**
 * Used once, by whoever holds the link: only the SHA-256 of its token is kept. An invitation has name and role, and the
 * membership it made once it is used; a reset has the membership it is for from the start, as has the invitation of
 * somebody who works here without an account.
 */
export const staffLink = sqliteTable(
  "staff_link",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    kind: text("kind").$type<"invitation" | "reset">().notNull(),
    tokenHash: text("token_hash").notNull(),
    displayName: text("display_name").notNull(),
    role: text("role").$type<StaffRole>().notNull(),
    /** Suggested in an invitation; fixed in a reset. */
    login: text("login"),
    membershipId: optionalId("membership_id"),
    createdBy: id("created_by"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    revokedAt: instant("revoked_at"),
    revokedBy: optionalId("revoked_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({ columns: [t.schoolId, t.createdBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.revokedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("staff_link_created_idx").on(t.schoolId, t.createdAt),
  ],
);
