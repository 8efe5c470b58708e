/**
 * The award ledger and what is counted from it. The ledger is append-only: triggers refuse update and delete.
 * Tallies hold nothing that the ledger does not tell; `doudou verify` recounts them.
 */
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { id, instant, localDay, schoolId } from "./columns.ts";
import { observationPoint } from "./indicators.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/**
 * One award. `points` is what was asked for; `beans` is what it gave: the same, or 0 beyond the weekly cap, decided
 * once when it was recorded. `day` is the school-local day of `occurredAt`. Dimension is the point's, frozen with it.
 * `seq` counts the class's awards from 1, without gaps, in the order of their commits: who has seen up to one of them
 * can ask for the rest.
 */
export const award = sqliteTable(
  "award",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    classId: id("class_id"),
    termId: id("term_id"),
    observationPointId: id("observation_point_id"),
    dimension: text("dimension").$type<Dimension>().notNull(),
    points: integer("points").notNull(),
    beans: integer("beans").notNull(),
    note: text("note"),
    recorderId: id("recorder_id"),
    day: localDay("day").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    seq: integer("seq").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({
      columns: [t.schoolId, t.observationPointId],
      foreignColumns: [observationPoint.schoolId, observationPoint.id],
    }),
    foreignKey({ columns: [t.schoolId, t.recorderId], foreignColumns: [membership.schoolId, membership.id] }),
    // With the point in it, so that the weekly cap is counted without looking at the rows.
    index("award_student_idx").on(t.schoolId, t.studentId, t.occurredAt, t.id, t.observationPointId),
    uniqueIndex("award_class_seq_idx").on(t.schoolId, t.classId, t.seq),
    check(
      "award_points_never_negative",
      sql`${t.points} >= 0 and ${t.beans} >= 0 and ${t.beans} <= ${t.points}`,
    ),
  ],
);

/** The second row that takes an award back. `seq` counts the voids of the award's class, as the award's own does. */
export const awardVoid = sqliteTable(
  "award_void",
  {
    schoolId: schoolId().references(() => school.schoolId),
    awardId: id("award_id"),
    classId: id("class_id"),
    voidedBy: id("voided_by"),
    reason: text("reason").notNull(),
    voidedAt: instant("voided_at").notNull(),
    seq: integer("seq").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.awardId] }),
    uniqueIndex("award_void_class_seq_idx").on(t.schoolId, t.classId, t.seq),
    foreignKey({ columns: [t.schoolId, t.awardId], foreignColumns: [award.schoolId, award.id] }),
    foreignKey({ columns: [t.schoolId, t.voidedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/**
 * How far the notes of a school's awards have gone, one row a school. Written first, and never back: what is beside an
 * award of a day before `beforeDay` may be taken out, and of one before `doneBeforeDay` it has been.
 */
export const noteExpiry = sqliteTable("note_expiry", {
  schoolId: schoolId()
    .primaryKey()
    .references(() => school.schoolId),
  beforeDay: localDay("before_day").notNull(),
  doneBeforeDay: localDay("done_before_day"),
});

/** Standing (not voided) awards by what they were for and who gave them. */
export const tally = sqliteTable(
  "tally",
  {
    schoolId: schoolId().references(() => school.schoolId),
    termId: id("term_id"),
    studentId: id("student_id"),
    observationPointId: id("observation_point_id"),
    recorderId: id("recorder_id"),
    dimension: text("dimension").$type<Dimension>().notNull(),
    count: integer("count").notNull(),
    beans: integer("beans").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.termId, t.studentId, t.observationPointId, t.recorderId] }),
    check("tally_never_negative", sql`${t.count} >= 0 and ${t.beans} >= 0`),
  ],
);

/** Standing awards by school-local day, for today, weeks and trends. */
export const dayTally = sqliteTable(
  "day_tally",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    day: localDay("day").notNull(),
    dimension: text("dimension").$type<Dimension>().notNull(),
    count: integer("count").notNull(),
    beans: integer("beans").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.day, t.dimension] }),
    check("day_tally_never_negative", sql`${t.count} >= 0 and ${t.beans} >= 0`),
  ],
);
