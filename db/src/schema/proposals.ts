/**
 * What children tell: awards proposed to themselves and thanks to classmates. Nothing counts until a teacher has accepted
 * it; then the award has the id that was fixed here when the child told it.
 */
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { ProposalVoice, DeclinePhrase, ProposalState } from "@doudou/shared/domain/proposals.ts";
import { id, instant, localDay, optionalId, schoolId } from "./columns.ts";
import { observationPoint } from "./indicators.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/**
 * `fromId` is the child that told it, or whose guardian, `guardianId`, did; `studentId` the child it is about;
 * `classId` their class then.
 */
export const proposal = sqliteTable(
  "proposal",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    voice: text("voice").$type<ProposalVoice>().notNull(),
    fromId: id("from_id"),
    guardianId: optionalId("guardian_id"),
    studentId: id("student_id"),
    classId: id("class_id"),
    termId: id("term_id"),
    observationPointId: id("observation_point_id"),
    text: text("text").notNull(),
    day: localDay("day").notNull(),
    toldAt: instant("told_at").notNull(),
    awardId: id("award_id"),
    state: text("state").$type<ProposalState>().notNull(),
    phrase: text("phrase").$type<DeclinePhrase>(),
    settledAt: instant("settled_at"),
    settledBy: optionalId("settled_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.fromId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({
      columns: [t.schoolId, t.observationPointId],
      foreignColumns: [observationPoint.schoolId, observationPoint.id],
    }),
    foreignKey({ columns: [t.schoolId, t.guardianId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.settledBy], foreignColumns: [membership.schoolId, membership.id] }),
    uniqueIndex("proposal_award_idx").on(t.schoolId, t.awardId),
    index("proposal_waiting_idx").on(t.schoolId, t.classId, t.state, t.toldAt),
    index("proposal_teller_idx").on(t.schoolId, t.fromId, t.day),
    check("proposal_of_self_is_about_self", sql`(${t.voice} <> 'peer') = (${t.fromId} = ${t.studentId})`),
    check("proposal_of_guardian_has_one", sql`(${t.voice} = 'guardian') = (${t.guardianId} is not null)`),
  ],
);
