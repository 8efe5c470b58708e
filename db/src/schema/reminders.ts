/**
 * Reminders: private words about a child, for the adults who care for it. They end with their term and are then deleted.
 * No award, no tally and no summary ever refers to them.
 */
import { sql } from "drizzle-orm";
import { check, foreignKey, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ReminderPhrase } from "@doudou/shared/domain/reminders.ts";
import { flag, id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/** `classId` is the child's class when it was written. Withdrawn, it is shown to nobody and waits for its term's end. */
export const reminder = sqliteTable(
  "reminder",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    classId: id("class_id"),
    termId: id("term_id"),
    recorderId: id("recorder_id"),
    phrase: text("phrase").$type<ReminderPhrase>(),
    text: text("text"),
    guardianMaySee: flag("guardian_may_see").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBy: optionalId("withdrawn_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.recorderId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({
      columns: [t.schoolId, t.withdrawnBy],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("reminder_term_idx").on(t.schoolId, t.termId, t.studentId, t.recordedAt),
    check("reminder_says_something", sql`${t.phrase} is not null or ${t.text} is not null`),
  ],
);
