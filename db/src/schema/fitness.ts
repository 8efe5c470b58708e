/**
 * Fitness tests (国家学生体质健康标准): the one a school opens in a school year, what was measured of each child, and who
 * was exempt. Only what was measured is kept; points and words are made anew from it. No award or tally is made of it.
 */
import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Attempt, ExemptionReason, FitnessItem } from "@doudou/shared/domain/fitness.ts";
import { id, instant, localDay, schoolId } from "./columns.ts";
import { academicYear, membership, school, schoolClass, student } from "./people.ts";

/** A school year's test. Where there is none, nobody is asked for a result. */
export const fitnessTest = sqliteTable(
  "fitness_test",
  {
    schoolId: schoolId().references(() => school.schoolId),
    academicYearId: id("academic_year_id"),
    openedOn: localDay("opened_on").notNull(),
    openedBy: id("opened_by"),
    openedAt: instant("opened_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.academicYearId] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
    foreignKey({ columns: [t.schoolId, t.openedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/** One thing measured of a child, in tenths of its unit; `attempt` 2 is the retest. `grade` is the child's at the time. */
export const fitnessValue = sqliteTable(
  "fitness_value",
  {
    schoolId: schoolId().references(() => school.schoolId),
    academicYearId: id("academic_year_id"),
    studentId: id("student_id"),
    item: text("item").$type<FitnessItem>().notNull(),
    attempt: integer("attempt").$type<Attempt>().notNull(),
    tenths: integer("tenths").notNull(),
    classId: id("class_id"),
    grade: integer("grade").notNull(),
    testedOn: localDay("tested_on").notNull(),
    enteredBy: id("entered_by"),
    enteredAt: instant("entered_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.academicYearId, t.studentId, t.item, t.attempt] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [fitnessTest.schoolId, fitnessTest.academicYearId],
    }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.enteredBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("fitness_value_child_idx").on(t.schoolId, t.studentId),
    check("fitness_value_attempt", sql`${t.attempt} in (1, 2)`),
  ],
);

/** A child that is not tested in a year (免测), with the kind of reason and never more of it. */
export const fitnessExemption = sqliteTable(
  "fitness_exemption",
  {
    schoolId: schoolId().references(() => school.schoolId),
    academicYearId: id("academic_year_id"),
    studentId: id("student_id"),
    reason: text("reason").$type<ExemptionReason>().notNull(),
    decidedBy: id("decided_by"),
    decidedAt: instant("decided_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.academicYearId, t.studentId] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [fitnessTest.schoolId, fitnessTest.academicYearId],
    }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.decidedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("fitness_exemption_child_idx").on(t.schoolId, t.studentId),
  ],
);
