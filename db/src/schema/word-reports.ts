/**
 * Words that hurt a child, as it or a guardian reported them. Holds the id of the words and never a copy of them: what is
 * taken back or erased is gone here too.
 */
import { foreignKey, index, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { ReportableWords, ReportReader, WordReportState } from "@doudou/shared/domain/word-reports.ts";
import { id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student } from "./people.ts";

/** `wordsId`: of a voice or an award, by `kind`. `classId`: the child's class then, whose leader reads it. */
export const wordReport = sqliteTable(
  "word_report",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    classId: id("class_id"),
    kind: text("kind").$type<ReportableWords>().notNull(),
    wordsId: id("words_id"),
    reportedBy: id("reported_by"),
    reader: text("reader").$type<ReportReader>().notNull(),
    said: text("said").notNull(),
    reportedAt: instant("reported_at").notNull(),
    state: text("state").$type<WordReportState>().notNull(),
    answer: text("answer"),
    answeredBy: optionalId("answered_by"),
    answeredAt: instant("answered_at"),
    answerSeenAt: instant("answer_seen_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.reportedBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.answeredBy], foreignColumns: [membership.schoolId, membership.id] }),
    uniqueIndex("word_report_once_key").on(t.schoolId, t.studentId, t.kind, t.wordsId, t.reportedBy),
    index("word_report_desk_idx").on(t.schoolId, t.reader, t.state, t.reportedAt),
  ],
);
