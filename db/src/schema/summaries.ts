/**
 * Term summaries: a draft's comment, then a frozen snapshot per revision with its paper, then what guardians answer to it. A
 * published revision is never changed, and what was signed is that revision.
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
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Strokes } from "@doudou/shared/domain/signature.ts";
import { flag, id, instant, json, schoolId } from "./columns.ts";
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
    // Whoever holds a printed page knows its code and no school.
    index("term_summary_verification_idx").on(t.verificationCode),
  ],
);

/** A revision's PDF in one language, as it was set the first time; its file is called by the hash of its bytes. */
export const termSummaryPaper = sqliteTable(
  "term_summary_paper",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    termId: id("term_id"),
    revision: integer("revision").notNull(),
    locale: text("locale").$type<Locale>().notNull(),
    sha256: text("sha256").notNull(),
    keptAt: instant("kept_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.termId, t.revision, t.locale] }),
    foreignKey({
      columns: [t.schoolId, t.studentId, t.termId, t.revision],
      foreignColumns: [termSummary.schoolId, termSummary.studentId, termSummary.termId, termSummary.revision],
    }),
    index("term_summary_paper_file_idx").on(t.schoolId, t.sha256),
  ],
);

/** A revision whose PDF in the school's language is still to be set. */
export const termSummaryPaperDue = sqliteTable(
  "term_summary_paper_due",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    termId: id("term_id"),
    revision: integer("revision").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.termId, t.revision] }),
    foreignKey({
      columns: [t.schoolId, t.studentId, t.termId, t.revision],
      foreignColumns: [termSummary.schoolId, termSummary.studentId, termSummary.termId, termSummary.revision],
    }),
    index("term_summary_paper_due_latest_idx").on(t.termId),
  ],
);

/** How far one guardian has come with one revision: opened, read to its end, signed; by hand or by writing the name. */
export const summaryReading = sqliteTable(
  "summary_reading",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    termId: id("term_id"),
    revision: integer("revision").notNull(),
    guardianId: id("guardian_id"),
    openedAt: instant("opened_at").notNull(),
    finishedAt: instant("finished_at"),
    signedAt: instant("signed_at"),
    signature: json<Strokes>("signature"),
    signedName: text("signed_name"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.termId, t.revision, t.guardianId] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({
      columns: [t.schoolId, t.guardianId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("summary_reading_term_idx").on(t.schoolId, t.termId, t.studentId),
  ],
);

/**
 * What a guardian and the homeroom teacher write to each other about a summary: a conversation for each guardian, which
 * the others do not read. `seenAt`: by the other side.
 */
export const summaryMessage = sqliteTable(
  "summary_message",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    termId: id("term_id"),
    guardianId: id("guardian_id"),
    authorId: id("author_id"),
    isFromGuardian: flag("is_from_guardian").notNull(),
    text: text("text").notNull(),
    writtenAt: instant("written_at").notNull(),
    seenAt: instant("seen_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({
      columns: [t.schoolId, t.guardianId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({ columns: [t.schoolId, t.authorId], foreignColumns: [membership.schoolId, membership.id] }),
    index("summary_message_term_idx").on(t.schoolId, t.termId, t.studentId, t.writtenAt),
  ],
);
