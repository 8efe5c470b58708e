/**
 * A school and its people: who works, learns and cares here, in which class, from when to when.
 * History is kept by dates; nothing here is overwritten when somebody moves.
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
import type { Purpose } from "@doudou/shared/domain/consent.ts";
import { NOTE_MONTHS } from "@doudou/shared/domain/note-keeping.ts";
import { VIEW_MINUTES } from "@doudou/shared/domain/view-limit.ts";
import type { Role } from "@doudou/shared/domain/words.ts";
import { account } from "./accounts.ts";
import { flag, id, instant, localDay, optionalId, schoolId } from "./columns.ts";

export const school = sqliteTable(
  "school",
  {
    schoolId: schoolId().primaryKey(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    timeZone: text("time_zone").notNull(),
    locale: text("locale").$type<"zh-CN" | "en">().notNull(),
    createdAt: instant("created_at").notNull(),
    /** Whether a class's board may show figures at all; where not, no link's own wish counts. */
    boardShowsNumbers: flag("board_shows_numbers").notNull().default(true),
    /** Whether a child is told which group mate said something kind; its teacher always knows. */
    peerVoicesShowNames: flag("peer_voices_show_names").notNull().default(true),
    /** Whether somebody approves a class's term summaries before they are published. */
    reviewsSummaries: flag("reviews_summaries").notNull().default(false),
    /** Minutes of a day for which a child may look at its own pages; null where there is no limit. */
    viewMinutes: integer("view_minutes").default(VIEW_MINUTES.atFirst),
    /** Months for which the note of an award is kept; null for as long as the child is at the school. */
    noteMonths: integer("note_months").default(NOTE_MONTHS.atFirst),
  },
  (t) => [uniqueIndex("school_code_key").on(t.code)],
);

export const academicYear = sqliteTable(
  "academic_year",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    name: text("name").notNull(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on").notNull(),
  },
  (t) => [primaryKey({ columns: [t.schoolId, t.id] })],
);

export const term = sqliteTable(
  "term",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    academicYearId: id("academic_year_id"),
    schemeId: optionalId("scheme_id"),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
  ],
);

/** Days that differ from the week's pattern: holidays, and weekends that are worked (调休). */
export const calendarException = sqliteTable(
  "calendar_exception",
  {
    schoolId: schoolId().references(() => school.schoolId),
    day: localDay("day").notNull(),
    kind: text("kind").$type<"holiday" | "workday">().notNull(),
    name: text("name").notNull(),
  },
  (t) => [primaryKey({ columns: [t.schoolId, t.day] })],
);

export const subject = sqliteTable(
  "subject",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    code: text("code").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    uniqueIndex("subject_code_key").on(t.schoolId, t.code),
  ],
);

/** A class of one academic year; next year's is a new one. */
export const schoolClass = sqliteTable(
  "school_class",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    academicYearId: id("academic_year_id"),
    grade: integer("grade").notNull(),
    name: text("name").notNull(),
    position: integer("position").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
  ],
);

export const student = sqliteTable(
  "student",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentNo: text("student_no").notNull(),
    name: text("name").notNull(),
    pinyin: text("pinyin").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    uniqueIndex("student_no_key").on(t.schoolId, t.studentNo),
  ],
);

/** A student in a class, from a day up to and including another; open-ended while `endsOn` is null. */
export const enrollment = sqliteTable(
  "enrollment",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    classId: id("class_id"),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on"),
    /** Where a roll-over ended it: the child went on with the others, or had come to the end of the school. */
    endReason: text("end_reason").$type<"moved-up" | "graduated">(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    index("enrollment_class_idx").on(t.schoolId, t.classId, t.studentId),
    index("enrollment_student_idx").on(t.schoolId, t.studentId),
  ],
);

/** A person in a school, in one role. A teacher who is also a mother there has two. */
export const membership = sqliteTable(
  "membership",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    accountId: optionalId("account_id").references(() => account.id),
    role: text("role").$type<Role>().notNull(),
    displayName: text("display_name").notNull(),
    studentId: optionalId("student_id"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    index("membership_account_idx").on(t.accountId),
    index("membership_student_idx").on(t.schoolId, t.studentId),
  ],
);

/** Who teaches which class what, from when to when. The homeroom teacher (班主任) has the flag; a subject may be null for it. */
export const teachingAssignment = sqliteTable(
  "teaching_assignment",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    membershipId: id("membership_id"),
    classId: id("class_id"),
    subjectId: optionalId("subject_id"),
    isHomeroom: flag("is_homeroom").notNull(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on"),
    /** Of the assignment whose teacher is away meanwhile; null for one's own. */
    standsInForId: optionalId("stands_in_for_id"),
    /** Of who stands in for a homeroom teacher: whether it publishes term summaries too. One's own homeroom always does. */
    publishesSummaries: flag("publishes_summaries").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.subjectId], foreignColumns: [subject.schoolId, subject.id] }),
    index("teaching_assignment_member_idx").on(t.schoolId, t.membershipId, t.classId),
    index("teaching_assignment_class_idx").on(t.schoolId, t.classId),
  ],
);

/** Who leads a grade (年级组长) of a school year, from when to when: to its last day at most, so that each year begins anew. */
export const gradeLeadership = sqliteTable(
  "grade_leadership",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    membershipId: id("membership_id"),
    academicYearId: id("academic_year_id"),
    grade: integer("grade").notNull(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
    index("grade_leadership_member_idx").on(t.schoolId, t.membershipId),
  ],
);

export const guardianship = sqliteTable(
  "guardianship",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    membershipId: id("membership_id"),
    studentId: id("student_id"),
    relation: text("relation").notNull(),
    verifiedAt: instant("verified_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    index("guardianship_member_idx").on(t.schoolId, t.membershipId),
    index("guardianship_student_idx").on(t.schoolId, t.studentId),
  ],
);

/**
 * A guardian's yes to one purpose, in one version of the notice. Withdrawn, it stays as a fact of the past. A no that was
 * never a yes is withdrawn at the moment it was granted. `recordedBy` wrote it down: the guardian, or who holds the paper.
 */
export const consent = sqliteTable(
  "consent",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    guardianMembershipId: id("guardian_membership_id"),
    purpose: text("purpose").$type<Purpose>().notNull(),
    noticeVersion: text("notice_version").notNull(),
    method: text("method").notNull(),
    grantedAt: instant("granted_at").notNull(),
    recordedBy: optionalId("recorded_by"),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBy: optionalId("withdrawn_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({
      columns: [t.schoolId, t.guardianMembershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("consent_student_idx").on(t.schoolId, t.studentId, t.purpose),
  ],
);
