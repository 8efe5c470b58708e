/**
 * Observation points that a class has of its own: each is a point like any other, and a row here that says whose it is
 * (docs/adr/0025). Retired, never deleted: awards point at it.
 */
import { foreignKey, index, primaryKey, sqliteTable } from "drizzle-orm/sqlite-core";
import { id, instant, optionalId, schoolId } from "./columns.ts";
import { observationPoint } from "./indicators.ts";
import { membership, school, schoolClass } from "./people.ts";

export const classPoint = sqliteTable(
  "class_point",
  {
    schoolId: schoolId().references(() => school.schoolId),
    observationPointId: id("observation_point_id"),
    classId: id("class_id"),
    addedBy: id("added_by"),
    addedAt: instant("added_at").notNull(),
    retiredBy: optionalId("retired_by"),
    retiredAt: instant("retired_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.observationPointId] }),
    foreignKey({
      columns: [t.schoolId, t.observationPointId],
      foreignColumns: [observationPoint.schoolId, observationPoint.id],
    }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
    foreignKey({ columns: [t.schoolId, t.addedBy], foreignColumns: [membership.schoolId, membership.id] }),
    foreignKey({ columns: [t.schoolId, t.retiredBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("class_point_class_idx").on(t.schoolId, t.classId),
  ],
);
