/**
 * What children bring from the school they were at before. It stands beside the ledger and never in it: nothing here is
 * awarded, tallied or compared. Until a guardian has said yes it is shown to nobody.
 */
import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { TransferredPortfolio } from "@doudou/shared/contract/transfers.ts";
import type { TransferState } from "@doudou/shared/domain/transfer.ts";
import type { FileKind } from "@doudou/shared/domain/works.ts";
import { flag, id, instant, json, optionalId, schoolId } from "./columns.ts";
import { membership, school, student } from "./people.ts";

/**
 * One transfer file, brought by the office. `sentSha256` is of the archive as it came; `keyId` the thumbprint of the key
 * it was signed with, and `isKnownKey` whether that was a key of a school here when it came. The portfolio is there while
 * it waits and once it is taken; of one that was declined or has expired only the row is left.
 */
export const transfer = sqliteTable(
  "transfer",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    state: text("state").$type<TransferState>().notNull(),
    sentSha256: text("sent_sha256").notNull(),
    fromSchool: text("from_school").notNull(),
    keyId: text("key_id").notNull(),
    isKnownKey: flag("is_known_key").notNull(),
    madeAt: instant("made_at").notNull(),
    portfolio: json<TransferredPortfolio>("portfolio"),
    broughtBy: id("brought_by"),
    broughtAt: instant("brought_at").notNull(),
    answeredBy: optionalId("answered_by"),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.broughtBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.answeredBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("transfer_student_idx").on(t.schoolId, t.studentId, t.broughtAt),
    index("transfer_state_idx").on(t.schoolId, t.state, t.broughtAt),
    check(
      "transfer_is_there_until_it_is_not",
      sql`(${t.portfolio} is not null) = (${t.state} in ('waiting', 'taken'))`,
    ),
  ],
);

/**
 * A file of one. `name` is what the portfolio calls it; the others are those it is kept under, as with works. Once
 * `removedAt` is set it is gone.
 */
export const transferFile = sqliteTable(
  "transfer_file",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    transferId: id("transfer_id"),
    studentId: id("student_id"),
    name: text("name").notNull(),
    kind: text("kind").$type<FileKind>().notNull(),
    fileName: text("file_name").notNull(),
    smallFileName: text("small_file_name").notNull(),
    width: integer("width"),
    height: integer("height"),
    bytes: integer("bytes").notNull(),
    keptAt: instant("kept_at").notNull(),
    removedAt: instant("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.transferId], foreignColumns: [transfer.schoolId, transfer.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    index("transfer_file_transfer_idx").on(t.schoolId, t.transferId),
    index("transfer_file_student_idx").on(t.schoolId, t.studentId),
    index("transfer_file_name_idx").on(t.schoolId, t.fileName),
    index("transfer_file_small_name_idx").on(t.schoolId, t.smallFileName),
  ],
);
