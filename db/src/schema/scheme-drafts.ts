/**
 * The indicator scheme that a school's office is writing, and which version a term had before. What is published lies in
 * indicators.ts and is frozen there; a draft is one text of its own and holds nothing of a child.
 */
import { foreignKey, integer, primaryKey, sqliteTable } from "drizzle-orm/sqlite-core";
import type { SchoolScheme } from "@doudou/shared/domain/school-scheme.ts";
import { id, instant, json, localDay, optionalId, schoolId } from "./columns.ts";
import { indicatorScheme } from "./indicators.ts";
import { membership, school, term } from "./people.ts";

/** One a school. `version` counts the savings; who saves names the one it was made from. */
export const schemeDraft = sqliteTable(
  "scheme_draft",
  {
    schoolId: schoolId().references(() => school.schoolId),
    version: integer("version").notNull(),
    /** The published version it started from, whose core it keeps; null for the product's own scheme. */
    startedFrom: optionalId("started_from"),
    scheme: json<SchoolScheme>("scheme").notNull(),
    savedAt: instant("saved_at").notNull(),
    savedBy: id("saved_by"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId] }),
    foreignKey({
      columns: [t.schoolId, t.startedFrom],
      foreignColumns: [indicatorScheme.schoolId, indicatorScheme.id],
    }),
    foreignKey({ columns: [t.schoolId, t.savedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/** A version that a term had until another took its place in the middle: from `replacedOn` on the other is given. */
export const replacedScheme = sqliteTable(
  "replaced_scheme",
  {
    schoolId: schoolId().references(() => school.schoolId),
    termId: id("term_id"),
    schemeId: id("scheme_id"),
    replacedOn: localDay("replaced_on").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.termId, t.schemeId] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({
      columns: [t.schoolId, t.schemeId],
      foreignColumns: [indicatorScheme.schoolId, indicatorScheme.id],
    }),
  ],
);
