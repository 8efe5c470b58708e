/**
 * Term summaries: a draft's comment, then a frozen snapshot per revision. A published revision is never changed.
 */
import {
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { id, instant, json, schoolId } from "./columns.ts";
import { membership, school, student, term } from "./people.ts";

/** The comment being written. One per child and term; `version` counts its saves and guards against two editors. */
export const summaryDraft = sqliteTable(
  "summary_draft",
  {
    schoolId: schoolId().references(() => school.schoolId),
    termId: id("term_id"),
    studentId: id("student_id"),
    comment: text("comment").notNull(),
    version: integer("version").notNull(),
    savedBy: id("saved_by"),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.termId, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.savedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

export const termSummary = sqliteTable(
  "term_summary",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    termId: id("term_id"),
    revision: integer("revision").notNull(),
    snapshot: json<SummarySnapshot>("snapshot").notNull(),
    sha256: text("sha256").notNull(),
    verificationCode: text("verification_code").notNull(),
    publishedBy: id("published_by"),
    publishedAt: instant("published_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.termId, t.revision] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({
      columns: [t.schoolId, t.publishedBy],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("term_summary_term_idx").on(t.schoolId, t.termId),
    uniqueIndex("term_summary_code_key").on(t.schoolId, t.verificationCode),
  ],
);
