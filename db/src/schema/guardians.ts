/**
 * How guardians come in, by a letter for one child, and how they are kept out again. A letter's code is kept only as a
 * hash. Who is whose guardian is in people.ts; nothing here is overwritten but the end of a letter.
 */
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { RemovalReason } from "@doudou/shared/domain/guardians.ts";
import { id, instant, optionalId, schoolId } from "./columns.ts";
import { guardianship, membership, school, student } from "./people.ts";

/**
 * A letter on paper with a code that lets guardians of one child in, until a date or until it is ended: by a newer
 * letter, by hand, or when a guardian of the child is removed. `readmits` is the guardianship that this one takes up again.
 */
export const guardianLetter = sqliteTable(
  "guardian_letter",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    codeHash: text("code_hash").notNull(),
    readmits: optionalId("readmits"),
    createdAt: instant("created_at").notNull(),
    createdBy: id("created_by"),
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({
      columns: [t.schoolId, t.readmits],
      foreignColumns: [guardianship.schoolId, guardianship.id],
    }),
    foreignKey({ columns: [t.schoolId, t.createdBy], foreignColumns: [membership.schoolId, membership.id] }),
    uniqueIndex("guardian_letter_code_key").on(t.schoolId, t.codeHash),
    index("guardian_letter_code_idx").on(t.codeHash),
    index("guardian_letter_student_idx").on(t.schoolId, t.studentId),
    check("guardian_letter_ends_after_its_making", sql`${t.expiresAt} > ${t.createdAt}`),
  ],
);

/** Which letter a guardianship was verified by; others were verified by the office. */
export const guardianJoining = sqliteTable(
  "guardian_joining",
  {
    schoolId: schoolId().references(() => school.schoolId),
    guardianshipId: id("guardianship_id"),
    letterId: id("letter_id"),
    joinedAt: instant("joined_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.guardianshipId] }),
    foreignKey({
      columns: [t.schoolId, t.guardianshipId],
      foreignColumns: [guardianship.schoolId, guardianship.id],
    }),
    foreignKey({
      columns: [t.schoolId, t.letterId],
      foreignColumns: [guardianLetter.schoolId, guardianLetter.id],
    }),
  ],
);

/** That the school has kept a guardian from a child, who decided it and why. For the office alone. */
export const guardianRemoval = sqliteTable(
  "guardian_removal",
  {
    schoolId: schoolId().references(() => school.schoolId),
    guardianshipId: id("guardianship_id"),
    reason: text("reason").$type<RemovalReason>().notNull(),
    note: text("note"),
    removedAt: instant("removed_at").notNull(),
    removedBy: id("removed_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.guardianshipId] }),
    foreignKey({
      columns: [t.schoolId, t.guardianshipId],
      foreignColumns: [guardianship.schoolId, guardianship.id],
    }),
    foreignKey({ columns: [t.schoolId, t.removedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);
