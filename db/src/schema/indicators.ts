/**
 * Indicator schemes: what may be awarded, versioned. A published version is frozen, which triggers see to; awards point
 * into the version they were given under. Drafts are in scheme-drafts.ts.
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
import type { GroupSymbol } from "@doudou/shared/domain/groups.ts";
import type { PaletteColour } from "@doudou/shared/domain/palette.ts";
import type { Origin } from "@doudou/shared/domain/school-scheme.ts";
import type { StageThresholds } from "@doudou/shared/domain/stages.ts";
import type { Dimension, EvidenceNeed, Giver, Kind } from "@doudou/shared/domain/words.ts";
import { id, instant, json, schoolId } from "./columns.ts";
import { academicYear, membership, school } from "./people.ts";

export const indicatorScheme = sqliteTable(
  "indicator_scheme",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    academicYearId: id("academic_year_id"),
    version: integer("version").notNull(),
    status: text("status").$type<"draft" | "published" | "retired">().notNull(),
    publishedAt: instant("published_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.academicYearId],
      foreignColumns: [academicYear.schoolId, academicYear.id],
    }),
    uniqueIndex("indicator_scheme_version_key").on(t.schoolId, t.academicYearId, t.version),
  ],
);

/** How a school names a dimension, and where its stages begin. */
export const schemeDimension = sqliteTable(
  "scheme_dimension",
  {
    schoolId: schoolId().references(() => school.schoolId),
    schemeId: id("scheme_id"),
    dimension: text("dimension").$type<Dimension>().notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    thresholds: json<StageThresholds>("thresholds").notNull(),
    /** Percent of the school's attention it wants the dimension to have; no figure of a child comes of it. */
    weight: integer("weight").notNull().default(20),
    /** Of the palette; null for the dimension's own. */
    colour: text("colour").$type<PaletteColour>(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.schemeId, t.dimension] }),
    foreignKey({
      columns: [t.schoolId, t.schemeId],
      foreignColumns: [indicatorScheme.schoolId, indicatorScheme.id],
    }),
  ],
);

export const indicator = sqliteTable(
  "indicator",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    schemeId: id("scheme_id"),
    dimension: text("dimension").$type<Dimension>().notNull(),
    code: text("code").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    position: integer("position").notNull(),
    origin: text("origin").$type<Origin>().notNull().default("core"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.schemeId],
      foreignColumns: [indicatorScheme.schoolId, indicatorScheme.id],
    }),
    uniqueIndex("indicator_code_key").on(t.schoolId, t.schemeId, t.code),
  ],
);

export const observationPoint = sqliteTable(
  "observation_point",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    schemeId: id("scheme_id"),
    indicatorId: id("indicator_id"),
    dimension: text("dimension").$type<Dimension>().notNull(),
    code: text("code").notNull(),
    nameZh: text("name_zh").notNull(),
    nameEn: text("name_en").notNull(),
    kind: text("kind").$type<Kind>().notNull(),
    beans: integer("beans").notNull(),
    minBeans: integer("min_beans").notNull(),
    maxBeans: integer("max_beans").notNull(),
    weeklyCap: integer("weekly_cap").notNull(),
    givers: json<Giver[]>("givers").notNull(),
    gradeFrom: integer("grade_from").notNull(),
    gradeTo: integer("grade_to").notNull(),
    subjectCodes: json<string[]>("subject_codes").notNull(),
    evidence: text("evidence").$type<EvidenceNeed>().notNull(),
    position: integer("position").notNull(),
    origin: text("origin").$type<Origin>().notNull().default("core"),
    icon: text("icon").$type<GroupSymbol>(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.schemeId],
      foreignColumns: [indicatorScheme.schoolId, indicatorScheme.id],
    }),
    foreignKey({ columns: [t.schoolId, t.indicatorId], foreignColumns: [indicator.schoolId, indicator.id] }),
    uniqueIndex("observation_point_code_key").on(t.schoolId, t.schemeId, t.code),
  ],
);

/**
 * A teacher's own sets of tiles for the class page. Points by their codes, which outlive the year's version of the
 * scheme, in the teacher's order.
 */
export const tileSet = sqliteTable(
  "tile_set",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    membershipId: id("membership_id"),
    name: text("name").notNull(),
    subjectCode: text("subject_code"),
    pointCodes: json<string[]>("point_codes").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("tile_set_member_idx").on(t.schoolId, t.membershipId),
  ],
);

/** A teacher's own favourites among the points. */
export const favouritePoint = sqliteTable(
  "favourite_point",
  {
    schoolId: schoolId().references(() => school.schoolId),
    membershipId: id("membership_id"),
    observationPointId: id("observation_point_id"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.membershipId, t.observationPointId] }),
    foreignKey({
      columns: [t.schoolId, t.membershipId],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    foreignKey({
      columns: [t.schoolId, t.observationPointId],
      foreignColumns: [observationPoint.schoolId, observationPoint.id],
    }),
  ],
);
