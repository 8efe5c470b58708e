/**
 * The turn of a school year as the office drafts it, and what of it has to be known to take it back. The placements
 * themselves are in people.ts; nothing here outlives what it is for.
 */
import { foreignKey, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RollOverDraft } from "@doudou/shared/domain/roll-over/draft.ts";
import type { RollOverTraces } from "@doudou/shared/domain/roll-over/traces.ts";
import { id, instant, json, optionalId, schoolId } from "./columns.ts";
import { academicYear, membership, school, student } from "./people.ts";

/** One a year to come. `version` counts the savings; who saves names the one it was made from. */
export const rollOver = sqliteTable(
  "roll_over",
  {
    schoolId: schoolId().references(() => school.schoolId),
    academicYearId: id("academic_year_id"),
    state: text("state").$type<"draft" | "applied">().notNull(),
    version: integer("version").notNull(),
    draft: json<Omit<RollOverDraft, "choices">>("draft").notNull(),
    savedAt: instant("saved_at").notNull(),
    savedBy: id("saved_by"),
    appliedAt: instant("applied_at"),
    appliedBy: optionalId("applied_by"),
    /** What it added and ended, apart from the pupils' stays, which say so themselves. */
    traces: json<RollOverTraces>("traces"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.academicYearId] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
    foreignKey({ columns: [t.schoolId, t.savedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/** Into which class of a draft a pupil is to go; gone once the draft is carried out. */
export const rollOverChoice = sqliteTable(
  "roll_over_choice",
  {
    schoolId: schoolId().references(() => school.schoolId),
    academicYearId: id("academic_year_id"),
    studentId: id("student_id"),
    nextId: id("next_id"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.academicYearId, t.studentId] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [rollOver.schoolId, rollOver.academicYearId],
    }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
  ],
);
