/**
 * What families may ask of a school about a child's record, who answers for it, and which children have been erased.
 * The words in here go with the child they are about; what stays says only that something was asked, answered, erased.
 */
import { foreignKey, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RequestKind, RequestState } from "@doudou/shared/domain/privacy-requests.ts";
import type { ErasureGround } from "@doudou/shared/domain/retention.ts";
import { id, instant, localDay, optionalId, schoolId } from "./columns.ts";
import { membership, school, student } from "./people.ts";

/** The one person of a school who answers for children's data, as the privacy notice names it. */
export const privacyOfficer = sqliteTable(
  "privacy_officer",
  {
    schoolId: schoolId()
      .primaryKey()
      .references(() => school.schoolId),
    name: text("name").notNull(),
    contact: text("contact").notNull(),
    setBy: id("set_by"),
    setAt: instant("set_at").notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.schoolId, t.setBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/**
 * What a guardian asked for about a child. `dueOn` is decided once, when it is asked. Once the child is erased, nobody's
 * id and no words are left in it.
 */
export const privacyRequest = sqliteTable(
  "privacy_request",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    askedBy: optionalId("asked_by"),
    kind: text("kind").$type<RequestKind>().notNull(),
    text: text("text").notNull(),
    askedAt: instant("asked_at").notNull(),
    dueOn: localDay("due_on").notNull(),
    state: text("state").$type<RequestState>().notNull(),
    answer: text("answer"),
    answeredBy: optionalId("answered_by"),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.askedBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.answeredBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("privacy_request_state_idx").on(t.schoolId, t.state, t.dueOn),
    index("privacy_request_student_idx").on(t.schoolId, t.studentId),
  ],
);

/** A child whose personal data is gone. Its row stays so that totals can be explained; written first, before anything goes. */
export const erasure = sqliteTable(
  "erasure",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    ground: text("ground").$type<ErasureGround>().notNull(),
    erasedBy: id("erased_by"),
    erasedAt: instant("erased_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.erasedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);
