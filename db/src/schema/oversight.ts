/**
 * The audit log: every change that people make and every staff read of a child's record. Append-only, like the ledger,
 * and each entry carries a hash over itself and the one before, so that nothing can be taken out or put in unseen.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { id, instant, json, optionalId, schoolId } from "./columns.ts";
import { membership, school } from "./people.ts";

/**
 * Who read or changed what, when and from where; numbered within the school. A read of a whole class has no `studentId`.
 * Entries from before there was a chain have an empty `hash`.
 */
export const auditEntry = sqliteTable(
  "audit_entry",
  {
    schoolId: schoolId().references(() => school.schoolId),
    seq: integer("seq").notNull(),
    kind: text("kind").$type<"read" | "change">().notNull(),
    at: instant("at").notNull(),
    membershipId: id("membership_id"),
    action: text("action").notNull(),
    studentId: optionalId("student_id"),
    classId: optionalId("class_id"),
    /** The id of what was changed, where that is neither child nor class. */
    subjectId: optionalId("subject_id"),
    requestId: text("request_id").notNull(),
    /** Where the call came from; null for entries from before that was kept. */
    address: text("address"),
    /** Of what stood before and after, salted: the details can be erased, and the chain still holds. */
    detailSha256: text("detail_sha256"),
    hash: text("hash").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.seq] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("audit_entry_student_idx").on(t.schoolId, t.studentId, t.seq),
  ],
);

/** What stood before a change and after it. May name people, so it is kept apart and can be erased with them. */
export const auditDetail = sqliteTable(
  "audit_detail",
  {
    schoolId: schoolId().references(() => school.schoolId),
    seq: integer("seq").notNull(),
    salt: text("salt").notNull(),
    before: json<unknown>("before"),
    after: json<unknown>("after"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.seq] }),
    foreignKey({ columns: [t.schoolId, t.seq], foreignColumns: [auditEntry.schoolId, auditEntry.seq] }),
  ],
);
