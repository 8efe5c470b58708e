/**
 * Who was let read the record of a child, or a class, whom they do not teach: asked for and answered, or opened in an
 * emergency and looked at afterwards. Rows stay; the words in them go with the child they are about.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type {
  AccessKind,
  AccessPurpose,
  AccessState,
  AccessVerdict,
} from "@doudou/shared/domain/access-grants.ts";
import { id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student } from "./people.ts";

/**
 * `classId` is the class named in the request. Where one child is meant, `childTyped` is what was typed for it, null for
 * the whole class; `studentId` is the one child of the class whom that fits, null where it fits none or several.
 */
export const accessGrant = sqliteTable(
  "access_grant",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    kind: text("kind").$type<AccessKind>().notNull(),
    membershipId: id("membership_id"),
    classId: id("class_id"),
    childTyped: text("child_typed"),
    studentId: optionalId("student_id"),
    purpose: text("purpose").$type<AccessPurpose>().notNull(),
    reason: text("reason").notNull(),
    askedAt: instant("asked_at").notNull(),
    /** Asked for, in days; 0 for an emergency. */
    days: integer("days").notNull(),
    state: text("state").$type<AccessState>().notNull(),
    answer: text("answer"),
    answeredBy: optionalId("answered_by"),
    answeredAt: instant("answered_at"),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    endedBy: optionalId("ended_by"),
    endedAt: instant("ended_at"),
    verdict: text("verdict").$type<AccessVerdict>(),
    reviewWords: text("review_words"),
    reviewedBy: optionalId("reviewed_by"),
    reviewedAt: instant("reviewed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.answeredBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.endedBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.reviewedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("access_grant_member_idx").on(t.schoolId, t.membershipId, t.askedAt),
    index("access_grant_state_idx").on(t.schoolId, t.state, t.askedAt),
    index("access_grant_student_idx").on(t.schoolId, t.studentId),
  ],
);
