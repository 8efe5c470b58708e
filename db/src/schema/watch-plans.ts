/**
 * What a homeroom teacher means to look out for in a child, for two weeks. For the teacher alone: no award, tally,
 * portfolio or summary ever refers to it, and it is deleted a month after its last day.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { NeedReason } from "@doudou/shared/domain/class-growth.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { id, instant, localDay, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student } from "./people.ts";

/** `recordsBefore`: what the child already had on the first day, so that only what follows is counted. */
export const watchPlan = sqliteTable(
  "watch_plan",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    classId: id("class_id"),
    studentId: id("student_id"),
    reason: text("reason").$type<NeedReason>().notNull(),
    dimension: text("dimension").$type<Dimension>(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on").notNull(),
    recordsBefore: integer("records_before").notNull(),
    madeBy: id("made_by"),
    madeAt: instant("made_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.madeBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("watch_plan_class_idx").on(t.schoolId, t.classId, t.endsOn),
    index("watch_plan_student_idx").on(t.schoolId, t.studentId),
  ],
);
