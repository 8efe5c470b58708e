/**
 * Activities and who took part in them: recorded by a teacher for a class, or told by a family and answered by the
 * homeroom teacher. Nothing here counts for anything, and nothing here is about money.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ActivitySort, ActivityState } from "@doudou/shared/domain/activities.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { id, instant, json, localDay, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/**
 * One activity. `toldOfId` is the child it is of alone, where a family told it; no other child is in it then. A removed
 * one is seen by nobody and can be brought back for a while.
 */
export const activity = sqliteTable(
  "activity",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    classId: id("class_id"),
    termId: id("term_id"),
    toldOfId: optionalId("told_of_id"),
    title: text("title").notNull(),
    sort: text("sort").$type<ActivitySort>().notNull(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on").notNull(),
    place: text("place").notNull(),
    minutes: integer("minutes"),
    dimensions: json<readonly Dimension[]>("dimensions").notNull(),
    about: text("about").notNull(),
    state: text("state").$type<ActivityState>().notNull(),
    makerId: id("maker_id"),
    addedAt: instant("added_at").notNull(),
    settledBy: optionalId("settled_by"),
    settledAt: instant("settled_at"),
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.toldOfId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.makerId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.settledBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("activity_class_idx").on(t.schoolId, t.classId, t.startsOn, t.id),
    index("activity_waiting_idx").on(t.schoolId, t.classId, t.state, t.addedAt),
    index("activity_told_idx").on(t.schoolId, t.toldOfId, t.termId),
  ],
);

/** That a child took part; `part` is what it did there, empty where nobody says so. `reflection` is the child's own. */
export const activityStudent = sqliteTable(
  "activity_student",
  {
    schoolId: schoolId().references(() => school.schoolId),
    activityId: id("activity_id"),
    studentId: id("student_id"),
    part: text("part").notNull(),
    reflection: text("reflection"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.activityId, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.activityId], foreignColumns: [activity.schoolId, activity.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    index("activity_student_idx").on(t.schoolId, t.studentId),
  ],
);
