/**
 * Voices: what children say of themselves and of each other, what guardians see at home, what teachers note down; and
 * the rounds that ask children for it. No award, tally or level is ever made of it.
 */
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type {
  PeerStarter,
  RoundKind,
  VoiceKind,
  VoiceLevel,
  VoiceState,
  VoiceSubject,
} from "@doudou/shared/domain/voices.ts";
import { flag, id, instant, json, localDay, optionalId, schoolId } from "./columns.ts";
import { observationPoint } from "./indicators.ts";
import { membership, school, schoolClass, student, term } from "./people.ts";

/** `groups` are of a peer round, as the class was grouped when it was opened: ids of children, group by group. */
export const voiceRound = sqliteTable(
  "voice_round",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    classId: id("class_id"),
    termId: id("term_id"),
    kind: text("kind").$type<RoundKind>().notNull(),
    opensOn: localDay("opens_on").notNull(),
    closesOn: localDay("closes_on").notNull(),
    groups: json<readonly (readonly string[])[]>("groups").notNull(),
    openedBy: id("opened_by"),
    openedAt: instant("opened_at").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.openedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("voice_round_class_idx").on(t.schoolId, t.classId, t.termId),
  ],
);

/**
 * `studentId` is the child it is about; who says it is a child, `fromId` (self, peer), or a grown-up, `authorId` (guardian,
 * teacher). `keptBackFor` is the teacher's own reason for not passing something on, and is shown to nobody else.
 */
export const voice = sqliteTable(
  "voice",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    kind: text("kind").$type<VoiceKind>().notNull(),
    studentId: id("student_id"),
    fromId: optionalId("from_id"),
    authorId: optionalId("author_id"),
    classId: id("class_id"),
    termId: id("term_id"),
    roundId: optionalId("round_id"),
    about: text("about").$type<VoiceSubject>().notNull(),
    level: integer("level").$type<VoiceLevel>(),
    observationPointId: optionalId("observation_point_id"),
    starter: text("starter").$type<PeerStarter>(),
    words: text("words").notNull(),
    day: localDay("day").notNull(),
    guardianMaySee: flag("guardian_may_see").notNull(),
    state: text("state").$type<VoiceState>().notNull(),
    keptBackFor: text("kept_back_for"),
    settledBy: optionalId("settled_by"),
    settledAt: instant("settled_at"),
    createdAt: instant("created_at").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.fromId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.authorId], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({ columns: [t.schoolId, t.roundId], foreignColumns: [voiceRound.schoolId, voiceRound.id] }),
    foreignKey({
      columns: [t.schoolId, t.observationPointId],
      foreignColumns: [observationPoint.schoolId, observationPoint.id],
    }),
    foreignKey({ columns: [t.schoolId, t.settledBy], foreignColumns: [membership.schoolId, membership.id] }),
    // One answer a round to each question, and one about each group mate.
    uniqueIndex("voice_once_a_round_key").on(t.schoolId, t.roundId, t.fromId, t.studentId, t.about),
    index("voice_child_idx").on(t.schoolId, t.studentId, t.termId),
    check("voice_has_no_bad_level", sql`${t.level} is null or ${t.level} between 1 and 3`),
    check("voice_of_self_is_about_self", sql`${t.kind} <> 'self' or ${t.fromId} = ${t.studentId}`),
    check("voice_is_of_one", sql`(${t.fromId} is null) <> (${t.authorId} is null)`),
    check("voice_of_peer_names_a_strength", sql`${t.kind} <> 'peer' or ${t.observationPointId} is not null`),
  ],
);

/** What a teacher's note said before it was changed, until then. */
export const voiceEarlier = sqliteTable(
  "voice_earlier",
  {
    schoolId: schoolId().references(() => school.schoolId),
    voiceId: id("voice_id"),
    until: instant("until").notNull(),
    words: text("words").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.voiceId, t.until] }),
    foreignKey({ columns: [t.schoolId, t.voiceId], foreignColumns: [voice.schoolId, voice.id] }),
  ],
);
