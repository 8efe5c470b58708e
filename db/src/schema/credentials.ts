/**
 * What a school puts its signature to: its keys, and the credentials it has given out. What a credential says is not
 * kept here, only that it was given, to whom, and whether it still stands.
 */
import { foreignKey, index, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { CredentialKind } from "@doudou/shared/domain/credential-words.ts";
import { badgeQuest } from "./badges.ts";
import { flag, id, instant, optionalId, schoolId } from "./columns.ts";
import { membership, school, student } from "./people.ts";

/**
 * A key of a school (Ed25519). `id` is the RFC 7638 thumbprint of its public half `x`. The private half is sealed with the
 * server's key where it has one; with `retiredAt` it is gone for good, and the public half stays for verifying. `madeBy`
 * is null where the command line did it.
 */
export const schoolKey = sqliteTable(
  "school_key",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    x: text("x").notNull(),
    sealedSecret: text("sealed_secret"),
    madeBy: optionalId("made_by"),
    madeAt: instant("made_at").notNull(),
    retiredAt: instant("retired_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.madeBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/**
 * A credential that was given out: of one badge, which `questId` names, or of the whole record. `sha256` is that of the
 * signed text, so that nothing else passes for it. `isNamed` where a guardian asked for the child's name in it.
 */
export const credential = sqliteTable(
  "credential",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    kind: text("kind").$type<CredentialKind>().notNull(),
    questId: optionalId("quest_id"),
    keyId: text("key_id").notNull(),
    sha256: text("sha256").notNull(),
    isNamed: flag("is_named").notNull(),
    issuedBy: id("issued_by"),
    issuedAt: instant("issued_at").notNull(),
    withdrawnBy: optionalId("withdrawn_by"),
    withdrawnAt: instant("withdrawn_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.questId], foreignColumns: [badgeQuest.schoolId, badgeQuest.id] }),
    foreignKey({ columns: [t.schoolId, t.keyId], foreignColumns: [schoolKey.schoolId, schoolKey.id] }),
    foreignKey({ columns: [t.schoolId, t.issuedBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({
      columns: [t.schoolId, t.withdrawnBy],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("credential_student_idx").on(t.schoolId, t.studentId),
  ],
);
