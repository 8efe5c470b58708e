/**
 * What only the school office keeps of children and guardians, apart from the tables that classes read; and the imports
 * that bring it in, each with its rows for as long as it can be undone.
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
import type { KeptReason, RowOutcome, Sex } from "@doudou/shared/domain/roster-import/fields.ts";
import type { Cell } from "@doudou/shared/domain/roster-import/cells.ts";
import type { TableShape } from "@doudou/shared/domain/roster-import/columns.ts";
import type { KnownClass } from "@doudou/shared/domain/roster-import/class-book.ts";
import type { ImportCounts } from "@doudou/shared/domain/roster-import/imports.ts";
import type { PlannedRow } from "@doudou/shared/domain/roster-import/plan.ts";
import { flag, id, instant, json, localDay, optionalId, schoolId } from "./columns.ts";
import { academicYear, membership, school, student } from "./people.ts";

/** The national number tells a child from its namesake in the whole country: nothing but the office reads it. */
export const studentRecord = sqliteTable(
  "student_record",
  {
    schoolId: schoolId().references(() => school.schoolId),
    studentId: id("student_id"),
    nationalNo: text("national_no"),
    sex: text("sex").$type<Sex>(),
    bornOn: localDay("born_on"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.studentId] }),
    foreignKey({ columns: [t.schoolId, t.studentId], foreignColumns: [student.schoolId, student.id] }),
    uniqueIndex("student_record_national_no_key").on(t.schoolId, t.nationalNo),
  ],
);

/** How the office reaches a guardian. */
export const guardianContact = sqliteTable(
  "guardian_contact",
  {
    schoolId: schoolId().references(() => school.schoolId),
    membershipId: id("membership_id"),
    phone: text("phone").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.membershipId] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
  ],
);

/**
 * One file that was taken in, or is looked at before. `rosterSha256` is of the school's roster as the dry run found it:
 * with another one it is not applied. `hasRows` is false once the rows are gone, and with them the way back.
 */
export const rosterImport = sqliteTable(
  "roster_import",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    fileName: text("file_name").notNull(),
    sentSha256: text("sent_sha256").notNull(),
    academicYearId: id("academic_year_id"),
    state: text("state").$type<"checked" | "applied" | "undone">().notNull(),
    hasRows: flag("has_rows").notNull(),
    shape: json<TableShape>("shape").notNull(),
    counts: json<ImportCounts>("counts").notNull(),
    newClasses: json<readonly KnownClass[]>("new_classes").notNull(),
    rosterSha256: text("roster_sha256").notNull(),
    createdAt: instant("created_at").notNull(),
    createdBy: id("created_by"),
    appliedAt: instant("applied_at"),
    appliedBy: optionalId("applied_by"),
    /** From which day its changes of class hold. */
    appliesFrom: localDay("applies_from"),
    undoneAt: instant("undone_at"),
    undoneBy: optionalId("undone_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
    foreignKey({ columns: [t.schoolId, t.createdBy], foreignColumns: [membership.schoolId, membership.id] }),
    index("roster_import_created_idx").on(t.schoolId, t.createdAt),
  ],
);

/** The cells of a row of the file, kept so that its columns can be corrected. */
export const rosterImportCells = sqliteTable(
  "roster_import_cells",
  {
    schoolId: schoolId().references(() => school.schoolId),
    importId: id("import_id"),
    row: integer("row").notNull(),
    cells: json<readonly Cell[]>("cells").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.importId, t.row] }),
    foreignKey({
      columns: [t.schoolId, t.importId],
      foreignColumns: [rosterImport.schoolId, rosterImport.id],
    }),
  ],
);

/** What a row does, or does not and why, in the order in which rows are shown. */
export const rosterImportRow = sqliteTable(
  "roster_import_row",
  {
    schoolId: schoolId().references(() => school.schoolId),
    importId: id("import_id"),
    position: integer("position").notNull(),
    outcome: text("outcome").$type<RowOutcome>().notNull(),
    planned: json<PlannedRow>("planned").notNull(),
    kept: text("kept").$type<KeptReason>(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.importId, t.position] }),
    foreignKey({
      columns: [t.schoolId, t.importId],
      foreignColumns: [rosterImport.schoolId, rosterImport.id],
    }),
    index("roster_import_row_outcome_idx").on(t.schoolId, t.importId, t.outcome, t.position),
  ],
);
