/**
 * How a class is arranged: seating plans, groups, and pairs of children kept apart when groups are made. For the
 * teachers of the class. No award, tally, portfolio or summary ever refers to it.
 */
import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { GroupSymbol } from "@doudou/shared/domain/groups.ts";
import type { Seating } from "@doudou/shared/domain/seating.ts";
import { id, instant, json, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student, subject } from "./people.ts";

/** `version` grows with every change: who saves over a change that was not seen is told. */
export const seatingPlan = sqliteTable(
  "seating_plan",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    classId: id("class_id"),
    subjectId: optionalId("subject_id"),
    name: text("name").notNull(),
    arrangement: json<Seating>("arrangement").notNull(),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    changedAt: instant("changed_at").notNull(),
    changedBy: id("changed_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.subjectId], foreignColumns: [subject.schoolId, subject.id] }),
    foreignKey({ columns: [t.schoolId, t.changedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("seating_plan_class_idx").on(t.schoolId, t.classId),
  ],
);

export interface KeptGroup {
  readonly name: string;
  readonly symbol: GroupSymbol;
  readonly studentIds: readonly string[];
}

/** `version` as in a seating plan. */
export const groupSet = sqliteTable(
  "group_set",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    classId: id("class_id"),
    name: text("name").notNull(),
    groups: json<readonly KeptGroup[]>("groups").notNull(),
    version: integer("version").notNull(),
    createdAt: instant("created_at").notNull(),
    changedAt: instant("changed_at").notNull(),
    changedBy: id("changed_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.changedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("group_set_class_idx").on(t.schoolId, t.classId),
  ],
);

/** Each pair once: the smaller id first. */
export const keptApart = sqliteTable(
  "kept_apart",
  {
    schoolId: schoolId().references(() => school.schoolId),
    classId: id("class_id"),
    studentId: id("student_id"),
    otherStudentId: id("other_student_id"),
    addedBy: id("added_by"),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.classId, t.studentId, t.otherStudentId] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.otherStudentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.addedBy], foreignColumns: [membership.schoolId, membership.id] }),
    check("kept_apart_each_pair_once", sql`${t.studentId} < ${t.otherStudentId}`),
  ],
);
