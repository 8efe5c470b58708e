/**
 * Badges (争章): the school's catalogue in versions, what children strive for, and what they have earned. A published
 * version's rule never changes; what a child has seen of a badge is never taken back.
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
import type { BadgeRule } from "@doudou/shared/contract/badge-rules.ts";
import type { BadgeGiver, BadgeShape, BadgeState } from "@doudou/shared/domain/badge-words.ts";
import type { BadgeTally } from "@doudou/shared/domain/badges.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import { flag, id, instant, json, localDay, optionalId, schoolId } from "./columns.ts";
import { membership, school, student } from "./people.ts";

/** One version of a badge. `code` is the badge itself, through all its versions; `after` holds codes of other badges. */
export const badge = sqliteTable(
  "badge",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    code: text("code").notNull(),
    version: integer("version").notNull(),
    state: text("state").$type<BadgeState>().notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    wordsZh: text("words_zh").notNull(),
    wordsEn: text("words_en").notNull(),
    shape: text("shape").$type<BadgeShape>().notNull(),
    dimension: text("dimension").$type<Dimension>(),
    rule: json<BadgeRule>("rule").notNull(),
    after: json<string[]>("after").notNull(),
    giver: text("giver").$type<BadgeGiver>().notNull(),
    savedBy: id("saved_by"),
    savedAt: instant("saved_at").notNull(),
    publishedAt: instant("published_at"),
    retiredAt: instant("retired_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    uniqueIndex("badge_version_idx").on(t.schoolId, t.code, t.version),
    foreignKey({ columns: [t.schoolId, t.savedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/**
 * A child strives for a level of a badge, within the days of its span. `tally` is what its rule tells apart in the awards
 * that stand, kept in their own transaction while the quest is live: until it is laid down, or its badge has been seen.
 */
export const badgeQuest = sqliteTable(
  "badge_quest",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    badgeId: id("badge_id"),
    level: integer("level").notNull(),
    setBy: id("set_by"),
    setAt: instant("set_at").notNull(),
    countsFrom: localDay("counts_from").notNull(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on").notNull(),
    tally: json<BadgeTally>("tally").notNull(),
    isLive: flag("is_live").notNull(),
    metAt: instant("met_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.badgeId], foreignColumns: [badge.schoolId, badge.id] }),
    foreignKey({ columns: [t.schoolId, t.setBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("badge_quest_student_idx").on(t.schoolId, t.studentId, t.isLive),
  ],
);

/**
 * What has come of a quest: a badge, with the awards that earned it; `awardedBy` is null where it was given at once. Until
 * `shownAt` the child has not seen it.
 */
export const badgeAward = sqliteTable(
  "badge_award",
  {
    schoolId: schoolId().references(() => school.schoolId),
    questId: id("quest_id"),
    studentId: id("student_id"),
    badgeId: id("badge_id"),
    badgeCode: text("badge_code").notNull(),
    level: integer("level").notNull(),
    day: localDay("day").notNull(),
    awardedAt: instant("awarded_at").notNull(),
    awardedBy: optionalId("awarded_by"),
    words: text("words"),
    awardIds: json<string[]>("award_ids").notNull(),
    shownAt: instant("shown_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.questId] }),
    uniqueIndex("badge_award_level_idx").on(t.schoolId, t.studentId, t.badgeCode, t.level),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.badgeId], foreignColumns: [badge.schoolId, badge.id] }),
    foreignKey({ columns: [t.schoolId, t.questId], foreignColumns: [badgeQuest.schoolId, badgeQuest.id] }),
    foreignKey({ columns: [t.schoolId, t.awardedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);
