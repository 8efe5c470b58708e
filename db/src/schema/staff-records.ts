/** What only the office keeps of its staff, and what a OneRoster package says of them for as long as it can be undone. */
import { foreignKey, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { StaffKeptReason } from "@doudou/shared/domain/roster-import/fields.ts";
import type { StaffEntry } from "@doudou/shared/domain/roster-import/one-roster-staff.ts";
import type { PlannedStaff, StaffChoice } from "@doudou/shared/domain/roster-import/staff-plan.ts";
import { id, json, schoolId } from "./columns.ts";
import { membership, school } from "./people.ts";
import { rosterImport } from "./roster.ts";

/** The number by which other systems tell a member of staff (工号) from its namesake. */
export const staffRecord = sqliteTable(
  "staff_record",
  {
    schoolId: schoolId().references(() => school.schoolId),
    membershipId: id("membership_id"),
    staffNo: text("staff_no").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.membershipId] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    uniqueIndex("staff_record_no_key").on(t.schoolId, t.staffNo),
  ],
);

/** A member of staff as a package has it, what the office says of it, and what is or was done. */
export const rosterImportStaff = sqliteTable(
  "roster_import_staff",
  {
    schoolId: schoolId().references(() => school.schoolId),
    importId: id("import_id"),
    position: integer("position").notNull(),
    entry: json<StaffEntry>("entry").notNull(),
    choice: json<StaffChoice>("choice"),
    planned: json<PlannedStaff>("planned").notNull(),
    kept: text("kept").$type<StaffKeptReason>(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.importId, t.position] }),
    foreignKey({
      columns: [t.schoolId, t.importId],
      foreignColumns: [rosterImport.schoolId, rosterImport.id],
    }),
  ],
);
