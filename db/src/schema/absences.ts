/**
 * Who is absent today: a fact of one day, for the class page alone. Deleted when the day is over; no award, tally,
 * portfolio or summary ever refers to it.
 */
import { foreignKey, primaryKey, sqliteTable } from "drizzle-orm/sqlite-core";
import { flag, id, instant, localDay, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student } from "./people.ts";

/** The last word about a child on a day. "Here after all" is kept too: an older mark may still be on its way. */
export const absence = sqliteTable(
  "absence",
  {
    schoolId: schoolId().references(() => school.schoolId),
    classId: id("class_id"),
    day: localDay("day").notNull(),
    studentId: id("student_id"),
    isAbsent: flag("is_absent").notNull(),
    markedAt: instant("marked_at").notNull(),
    markedBy: id("marked_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.classId, t.day, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.markedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);
