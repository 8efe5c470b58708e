/** What a school sets beside its name and its calendar: its logo and its lesson times. Holds nothing about a person. */
import { foreignKey, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DayPlan } from "@doudou/shared/domain/lesson-times.ts";
import { id, instant, json, schoolId } from "./columns.ts";
import { membership, school } from "./people.ts";

/** One a school. The two names are of files that lie beside the pictures of evidence, named by their content. */
export const schoolLogo = sqliteTable(
  "school_logo",
  {
    schoolId: schoolId().references(() => school.schoolId),
    uploaderId: id("uploader_id"),
    largeSha256: text("large_sha256").notNull(),
    smallSha256: text("small_sha256").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    uploadedAt: instant("uploaded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId] }),
    foreignKey({ columns: [t.schoolId, t.uploaderId], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/** 作息时间, one a school: read and saved whole. */
export const lessonTimes = sqliteTable(
  "lesson_times",
  {
    schoolId: schoolId().references(() => school.schoolId),
    plans: json<DayPlan[]>("plans").notNull(),
  },
  (t) => [primaryKey({ columns: [t.schoolId] })],
);
