/**
 * What somebody is told of, and how it reaches them outside: notices of the inbox, gentle reminders of a summary, addresses
 * for mail, and what is still to be sent. No table holds what a notice is about, only that there is something.
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
import type { Channel, DeliveryKind, DeliveryState, NoticeKind } from "@doudou/shared/domain/notices.ts";
import { flag, id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/**
 * One member is told of one event, once. `classId`: told to whoever leads or reviews that class, `null` to guardians of the
 * child.
 */
export const inboxNotice = sqliteTable(
  "inbox_notice",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    recipientId: id("recipient_id"),
    /** What happened, by the ids of what it is about: the same event is told once. */
    event: text("event").notNull(),
    kind: text("kind").$type<NoticeKind>().notNull(),
    studentId: optionalId("student_id"),
    classId: optionalId("class_id"),
    termId: id("term_id"),
    happenedAt: instant("happened_at").notNull(),
    openedAt: instant("opened_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.recipientId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    uniqueIndex("inbox_notice_event_key").on(t.schoolId, t.recipientId, t.event),
    index("inbox_notice_latest_idx").on(t.schoolId, t.recipientId, t.happenedAt),
    index("inbox_notice_student_idx").on(t.schoolId, t.studentId),
  ],
);

/** A homeroom teacher has reminded a child's family that a summary waits. */
export const summaryNudge = sqliteTable(
  "summary_nudge",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    termId: id("term_id"),
    studentId: id("student_id"),
    nudgedBy: id("nudged_by"),
    nudgedAt: instant("nudged_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.nudgedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("summary_nudge_student_idx").on(t.schoolId, t.studentId, t.termId),
  ],
);

/** A member's own address for mail. Nothing but its code is sent there until it is confirmed. */
export const mailAddress = sqliteTable(
  "mail_address",
  {
    schoolId: schoolId().references(() => school.schoolId),
    membershipId: id("membership_id"),
    address: text("address").notNull(),
    confirmedAt: instant("confirmed_at"),
    isOn: flag("is_on").notNull(),
    /** Sealed; `null` once it was used. */
    code: text("code"),
    codeMadeAt: instant("code_made_at"),
    wrongCodes: integer("wrong_codes").notNull(),
    /** How many codes were sent since `codesSince`. */
    codes: integer("codes").notNull(),
    codesSince: instant("codes_since").notNull(),
    /** What a link in each mail carries, to want no more of them. */
    stopToken: text("stop_token").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.membershipId] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
  ],
);

/** What is to be sent outside. Claimed by putting `dueAt` off: a server that dies leaves it to be sent again then. */
export const delivery = sqliteTable(
  "delivery",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    channel: text("channel").$type<Channel>().notNull(),
    kind: text("kind").$type<DeliveryKind>().notNull(),
    /** Of mail; the school's own messenger has none. */
    recipientId: optionalId("recipient_id"),
    happenedAt: instant("happened_at").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    dueAt: instant("due_at").notNull(),
    attempts: integer("attempts").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.recipientId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("delivery_recipient_idx").on(t.schoolId, t.recipientId),
    // The server looks for what is due in all schools.
    index("delivery_due_idx").on(t.state, t.dueAt),
  ],
);
