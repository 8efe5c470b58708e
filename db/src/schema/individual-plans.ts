/**
 * Individual plans: what one child is helped with, for its teachers alone. The words of a plan's own points are here and
 * nowhere else: the observation point itself bears its indicator's name (docs/adr/0037). A point's row is never deleted,
 * since it is what tells such a point from those of the scheme.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { GroupSymbol } from "@doudou/shared/domain/groups.ts";
import { id, instant, localDay, optionalId, schoolId } from "./columns.ts";
import { observationPoint } from "./indicators.ts";
import { membership, school, student } from "./people.ts";

/** `endedOn` and `whatHelped` once it was looked back on. `version` counts the savings, so that none overwrites another. */
export const individualPlan = sqliteTable(
  "individual_plan",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    studentId: id("student_id"),
    focus: text("focus").notNull(),
    supports: text("supports").notNull(),
    startsOn: localDay("starts_on").notNull(),
    endsOn: localDay("ends_on").notNull(),
    reviewOn: localDay("review_on").notNull(),
    version: integer("version").notNull(),
    madeBy: id("made_by"),
    madeAt: instant("made_at").notNull(),
    endedOn: localDay("ended_on"),
    endedBy: optionalId("ended_by"),
    whatHelped: text("what_helped"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    foreignKey({ columns: [t.schoolId, t.madeBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.endedBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("individual_plan_student_idx").on(t.schoolId, t.studentId),
  ],
);

/** `retiredOn`: from that day it is offered no more. */
export const individualPlanPoint = sqliteTable(
  "individual_plan_point",
  {
    schoolId: schoolId().references(() => school.schoolId),
    observationPointId: id("observation_point_id"),
    planId: id("plan_id"),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    icon: text("icon").$type<GroupSymbol>(),
    position: integer("position").notNull(),
    retiredOn: localDay("retired_on"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.observationPointId] }),
    foreignKey({
      columns: [t.schoolId, t.observationPointId],
      foreignColumns: [observationPoint.schoolId, observationPoint.id],
    }),
    foreignKey({
      columns: [t.schoolId, t.planId],
      foreignColumns: [individualPlan.schoolId, individualPlan.id],
    }),
    index("individual_plan_point_plan_idx").on(t.schoolId, t.planId),
  ],
);

/** What a teacher noticed on a day; only ever added to. */
export const individualPlanNote = sqliteTable(
  "individual_plan_note",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    planId: id("plan_id"),
    text: text("text").notNull(),
    day: localDay("day").notNull(),
    authorId: id("author_id"),
    writtenAt: instant("written_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.planId],
      foreignColumns: [individualPlan.schoolId, individualPlan.id],
    }),
    foreignKey({ columns: [t.schoolId, t.authorId], foreignColumns: [membership.schoolId, membership.id] }),
    index("individual_plan_note_plan_idx").on(t.schoolId, t.planId, t.writtenAt),
  ],
);
