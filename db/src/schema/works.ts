/**
 * What is kept of a child beside its ledger: works, honours, their files, and what the child chose to show first. The
 * files themselves lie in the data folder, named by their content. What a child made may be taken away again; none of it
 * counts for anything.
 */
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { sql } from "drizzle-orm";
import type { FileKind, HighlightKind, HonourLevel, HonourState } from "@doudou/shared/domain/works.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { id, instant, localDay, optionalId, schoolId } from "./columns.ts";
import { indicator } from "./indicators.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/**
 * One work. `classId` is the child's class when it was added. `word` is the homeroom teacher's, for the child to read;
 * a hidden one is seen by staff alone, with the reason.
 */
export const work = sqliteTable(
  "work",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    classId: id("class_id"),
    termId: id("term_id"),
    title: text("title").notNull(),
    dimension: text("dimension").$type<Dimension>().notNull(),
    indicatorId: optionalId("indicator_id"),
    reflection: text("reflection").notNull(),
    makerId: id("maker_id"),
    day: localDay("day").notNull(),
    addedAt: instant("added_at").notNull(),
    word: text("word"),
    wordBy: optionalId("word_by"),
    wordAt: instant("word_at"),
    hiddenAt: instant("hidden_at"),
    hiddenBy: optionalId("hidden_by"),
    hiddenReason: text("hidden_reason"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.indicatorId], foreignColumns: [indicator.schoolId, indicator.id] }),
    foreignKey({ columns: [t.schoolId, t.makerId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.wordBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.hiddenBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("work_student_idx").on(t.schoolId, t.studentId, t.addedAt, t.id),
    index("work_class_idx").on(t.schoolId, t.classId, t.addedAt),
    check(
      "work_is_hidden_with_a_reason",
      sql`(${t.hiddenAt} is null) = (${t.hiddenReason} is null) and (${t.hiddenAt} is null) = (${t.hiddenBy} is null)`,
    ),
  ],
);

/** An honour, as a guardian proposed it or the homeroom teacher entered it. Only a confirmed one is shown as such. */
export const honour = sqliteTable(
  "honour",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    classId: id("class_id"),
    termId: id("term_id"),
    title: text("title").notNull(),
    level: text("level").$type<HonourLevel>().notNull(),
    givenBy: text("given_by").notNull(),
    day: localDay("day").notNull(),
    dimension: text("dimension").$type<Dimension>().notNull(),
    makerId: id("maker_id"),
    addedAt: instant("added_at").notNull(),
    state: text("state").$type<HonourState>().notNull(),
    settledBy: optionalId("settled_by"),
    settledAt: instant("settled_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.makerId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.settledBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("honour_student_idx").on(t.schoolId, t.studentId, t.day, t.id),
    index("honour_waiting_idx").on(t.schoolId, t.classId, t.state, t.addedAt),
  ],
);

/**
 * A file of a work or the certificate of an honour; of neither until it is named, and then of one. `sentSha256` is of
 * the bytes as they came. Once `removedAt` is set the files are gone. A picture has two sizes; of anything else both
 * names are the same.
 */
export const portfolioFile = sqliteTable(
  "portfolio_file",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    uploaderId: id("uploader_id"),
    kind: text("kind").$type<FileKind>().notNull(),
    sentSha256: text("sent_sha256").notNull(),
    fileName: text("file_name").notNull(),
    smallFileName: text("small_file_name").notNull(),
    width: integer("width"),
    height: integer("height"),
    bytes: integer("bytes").notNull(),
    uploadedAt: instant("uploaded_at").notNull(),
    workId: optionalId("work_id"),
    honourId: optionalId("honour_id"),
    place: integer("place").notNull(),
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.uploaderId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.workId], foreignColumns: [work.schoolId, work.id] }),
    foreignKey({ columns: [t.schoolId, t.honourId], foreignColumns: [honour.schoolId, honour.id] }),
    index("portfolio_file_work_idx").on(t.schoolId, t.workId),
    index("portfolio_file_honour_idx").on(t.schoolId, t.honourId),
    index("portfolio_file_student_idx").on(t.schoolId, t.studentId, t.uploadedAt),
    index("portfolio_file_name_idx").on(t.schoolId, t.fileName),
    index("portfolio_file_small_name_idx").on(t.schoolId, t.smallFileName),
    check("portfolio_file_belongs_to_one", sql`${t.workId} is null or ${t.honourId} is null`),
  ],
);

/** What a child chose to show first, in its own order. `subjectId` is of a work, an honour, an award or an activity of this child. */
export const highlight = sqliteTable(
  "highlight",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    kind: text("kind").$type<HighlightKind>().notNull(),
    subjectId: id("subject_id"),
    place: integer("place").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.kind, t.subjectId] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
  ],
);
