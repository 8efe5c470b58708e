/**
 * Rubrics as a school words them, rounds in which teachers rate by them, and what they chose. A round holds the words it
 * was opened with, so that a level means for good what it meant then. No award, tally or score is made of a rating.
 */
import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { LevelDescription, RoundRubric, RubricLevel } from "@doudou/shared/domain/rubrics.ts";
import { id, instant, json, localDay, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/** The school's own words for an indicator; where there is no row, the product's stand. By code, which outlives a version. */
export const rubric = sqliteTable(
  "rubric",
  {
    schoolId: schoolId().references(() => school.schoolId),
    indicatorCode: text("indicator_code").notNull(),
    levels: json<readonly LevelDescription[]>("levels").notNull(),
    version: integer("version").notNull(),
    savedBy: id("saved_by"),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.indicatorCode] }),
    foreignKey({ columns: [t.schoolId, t.savedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

export const ratingRound = sqliteTable(
  "rating_round",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    termId: id("term_id"),
    opensOn: localDay("opens_on").notNull(),
    closesOn: localDay("closes_on").notNull(),
    rubrics: json<readonly RoundRubric[]>("rubrics").notNull(),
    openedBy: id("opened_by"),
    openedAt: instant("opened_at").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.openedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("rating_round_term_idx").on(t.schoolId, t.termId),
  ],
);

/** What a teacher chose for a child; `level` null: has not seen enough. `classId`: where the teacher taught it then. */
export const rating = sqliteTable(
  "rating",
  {
    schoolId: schoolId().references(() => school.schoolId),
    roundId: id("round_id"),
    studentId: id("student_id"),
    indicatorCode: text("indicator_code").notNull(),
    raterId: id("rater_id"),
    classId: id("class_id"),
    level: integer("level").$type<RubricLevel>(),
    ratedAt: instant("rated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.roundId, t.studentId, t.indicatorCode, t.raterId] }),
    foreignKey({ columns: [t.schoolId, t.roundId], foreignColumns: [ratingRound.schoolId, ratingRound.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.raterId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    index("rating_class_idx").on(t.schoolId, t.roundId, t.classId),
    index("rating_child_idx").on(t.schoolId, t.studentId),
    check("rating_is_a_level", sql`${t.level} is null or ${t.level} between 1 and 4`),
  ],
);
