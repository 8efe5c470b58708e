/**
 * How many minutes of a day a child has looked at its own pages, so that a new device does not start anew. Not what it
 * looked at, and not when. Deleted when the day is over; nobody is shown it.
 */
import { foreignKey, integer, primaryKey, sqliteTable } from "drizzle-orm/sqlite-core";
import { id, instant, localDay, schoolId } from "./columns.ts";
import { school, student } from "./people.ts";

export const viewing = sqliteTable(
  "viewing",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    day: localDay("day").notNull(),
    minutes: integer("minutes").notNull(),
    /** The start of the minute that was counted last: none is counted twice. */
    lastMinute: instant("last_minute").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId, t.day] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
  ],
);
