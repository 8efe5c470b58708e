/**
 * The class board: the links that open it on a projector, and what a class has set itself for a week. A link's token
 * and its code are kept only as hashes; nothing of a child is in here.
 */
import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { flag, id, instant, localDay, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass } from "./people.ts";

/** `tokenHash` is null until somebody has typed the code; a code is good for one screen and some minutes. */
export const boardLink = sqliteTable(
  "board_link",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    classId: id("class_id"),
    tokenHash: text("token_hash"),
    codeHash: text("code_hash"),
    codeExpiresAt: instant("code_expires_at"),
    showsNumbers: flag("shows_numbers").notNull(),
    createdBy: id("created_by"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    revokedBy: optionalId("revoked_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.createdBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.revokedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("board_link_class_idx").on(t.schoolId, t.classId, t.expiresAt),
    index("board_link_code_idx").on(t.codeHash),
    check("board_link_opens", sql`${t.tokenHash} is not null or ${t.codeHash} is not null`),
  ],
);

/** What a class wants to reach together in one week, from its Monday on. */
export const classGoal = sqliteTable(
  "class_goal",
  {
    schoolId: schoolId().references(() => school.schoolId),
    classId: id("class_id"),
    weekStartsOn: localDay("week_starts_on").notNull(),
    text: text("text").notNull(),
    dimension: text("dimension").$type<Dimension>(),
    target: integer("target").notNull(),
    setBy: id("set_by"),
    setAt: instant("set_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.classId, t.weekStartsOn] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.setBy], foreignColumns: [membership.schoolId, membership.id] }),
    check("class_goal_is_some", sql`${t.target} > 0`),
  ],
);
