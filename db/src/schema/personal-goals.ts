/**
 * Small goals of one child, set with a teacher: measured by ticking, or by the awards of a point from then on. Seen by
 * the child, its guardians and the staff who teach it; no total depends on them.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, localDay, schoolId } from "./columns.ts";
import { membership, school, student, term } from "./people.ts";

/** Measured by the awards of `pointCode` since `setAt`; by ticks (`ticked`) where that is null. */
export const personalGoal = sqliteTable(
  "personal_goal",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    termId: id("term_id"),
    text: text("text").notNull(),
    pointCode: text("point_code"),
    steps: integer("steps").notNull(),
    ticked: integer("ticked").notNull(),
    reviewOn: localDay("review_on").notNull(),
    setBy: id("set_by"),
    setAt: instant("set_at").notNull(),
    celebratedAt: instant("celebrated_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.setBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("personal_goal_student_idx").on(t.schoolId, t.studentId, t.setAt),
  ],
);
