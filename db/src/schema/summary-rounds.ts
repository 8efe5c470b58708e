/**
 * How a class's term summaries come to be published: sentences of subject teachers, the review, and publishing at a time.
 * What is published is a row of `term_summary` and nothing here.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PublicationState, ReviewState } from "@doudou/shared/domain/words.ts";
import { id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student, subject, term } from "./people.ts";

/**
 * A subject teacher's sentence about a child; one of each teacher and subject, which its author alone changes. Its text is
 * empty where it was taken away. `version` counts the savings, so that none overwrites another.
 */
export const summaryRemark = sqliteTable(
  "summary_remark",
  {
    schoolId: schoolId().references(() => school.schoolId),
    termId: id("term_id"),
    studentId: id("student_id"),
    authorId: id("author_id"),
    subjectId: id("subject_id"),
    text: text("text").notNull(),
    version: integer("version").notNull().default(1),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.termId, t.studentId, t.authorId, t.subjectId] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.authorId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.subjectId], foreignColumns: [subject.schoolId, subject.id] }),
    index("summary_remark_student_idx").on(t.schoolId, t.studentId),
  ],
);

/** Where a class's summaries of a term stand in the review. No row: they are being written. */
export const summaryReview = sqliteTable(
  "summary_review",
  {
    schoolId: schoolId().references(() => school.schoolId),
    termId: id("term_id"),
    classId: id("class_id"),
    state: text("state").$type<ReviewState>().notNull(),
    /** Of the reviewer, about the class as a whole. */
    remark: text("remark").notNull(),
    changedBy: id("changed_by"),
    changedAt: instant("changed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.termId, t.classId] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({
      columns: [t.schoolId, t.changedBy],
      foreignColumns: [membership.schoolId, membership.id],
    }),
  ],
);

/** What the reviewer remarked about one child's summary, until the class is handed in again. */
export const summaryReviewRemark = sqliteTable(
  "summary_review_remark",
  {
    schoolId: schoolId().references(() => school.schoolId),
    termId: id("term_id"),
    studentId: id("student_id"),
    text: text("text").notNull(),
    writtenBy: id("written_by"),
    writtenAt: instant("written_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.termId, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({
      columns: [t.schoolId, t.writtenBy],
      foreignColumns: [membership.schoolId, membership.id],
    }),
  ],
);

/**
 * A class's summaries to be published at a time. `waiting` until then, and may be cancelled; `under-way` while the server
 * publishes child by child, so that a restart goes on where it was; then `done`.
 */
export const summaryPublication = sqliteTable(
  "summary_publication",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    termId: id("term_id"),
    classId: id("class_id"),
    publishAt: instant("publish_at").notNull(),
    state: text("state").$type<PublicationState>().notNull(),
    scheduledBy: id("scheduled_by"),
    scheduledAt: instant("scheduled_at").notNull(),
    endedAt: instant("ended_at"),
    /** Of the classes that were planned by one act; null for one alone. */
    planId: optionalId("plan_id"),
    /** How many it published; known at its end. */
    published: integer("published"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({
      columns: [t.schoolId, t.scheduledBy],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("summary_publication_plan_idx").on(t.schoolId, t.planId),
    index("summary_publication_class_idx").on(t.schoolId, t.classId, t.termId),
    // The server looks for what is due in all schools.
    index("summary_publication_due_idx").on(t.state, t.publishAt),
  ],
);
