/**
 * The access log: every staff read of a child's record. Append-only, like the ledger.
 */
import { foreignKey, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school } from "./people.ts";

/** Who read what of whom. `studentId` is null for a whole class, `classId` for a single child. */
export const accessLog = sqliteTable(
  "access_log",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    membershipId: id("membership_id"),
    action: text("action").notNull(),
    studentId: optionalId("student_id"),
    classId: optionalId("class_id"),
    requestId: text("request_id").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("access_log_student_idx").on(t.schoolId, t.studentId, t.at),
  ],
);
