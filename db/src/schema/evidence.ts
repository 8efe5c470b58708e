/**
 * Pictures that show what an award was for: what is known of each file, who is on it, and which awards it belongs to.
 * The files themselves lie in the data folder, named by their content; no picture is ever kept in a table.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { award } from "./awards.ts";
import { id, instant, schoolId } from "./columns.ts";
import { membership, school, student } from "./people.ts";

/**
 * One uploaded picture. `sentSha256` is of the bytes as they came, to tell a repeat from a clash; the other two name
 * the files it was turned into. `boundAt` is null until an award names it. Once `removedAt` is set the files are gone.
 */
export const evidence = sqliteTable(
  "evidence",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    uploaderId: id("uploader_id"),
    sentSha256: text("sent_sha256").notNull(),
    largeSha256: text("large_sha256").notNull(),
    smallSha256: text("small_sha256").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    uploadedAt: instant("uploaded_at").notNull(),
    boundAt: instant("bound_at"),
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.uploaderId], foreignColumns: [membership.schoolId, membership.id] }),
    index("evidence_unbound_idx").on(t.schoolId, t.boundAt, t.uploadedAt),
    index("evidence_large_idx").on(t.schoolId, t.largeSha256),
    index("evidence_small_idx").on(t.schoolId, t.smallSha256),
  ],
);

/** A child on a picture, as its teacher said when uploading it. */
export const evidenceStudent = sqliteTable(
  "evidence_student",
  {
    schoolId: schoolId().references(() => school.schoolId),
    evidenceId: id("evidence_id"),
    studentId: id("student_id"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.evidenceId, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.evidenceId], foreignColumns: [evidence.schoolId, evidence.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    index("evidence_student_idx").on(t.schoolId, t.studentId),
  ],
);

/** Which award a picture belongs to: for each child on it at most one. Part of the ledger, so only ever added to. */
export const awardEvidence = sqliteTable(
  "award_evidence",
  {
    schoolId: schoolId().references(() => school.schoolId),
    evidenceId: id("evidence_id"),
    studentId: id("student_id"),
    awardId: id("award_id"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.evidenceId, t.studentId] }),
    foreignKey({
      columns: [t.schoolId, t.evidenceId, t.studentId],
      foreignColumns: [evidenceStudent.schoolId, evidenceStudent.evidenceId, evidenceStudent.studentId],
    }),
    foreignKey({ columns: [t.schoolId, t.awardId], foreignColumns: [award.schoolId, award.id] }),
    index("award_evidence_award_idx").on(t.schoolId, t.awardId),
  ],
);
