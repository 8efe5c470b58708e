/**
 * A look through the term summaries of many classes at once, in the background: what they still lack, as counts. Names no
 * child: who lacks what is read when somebody opens the class.
 */
import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PieceCounts } from "@doudou/shared/domain/summary-pieces.ts";
import type { PreparationState } from "@doudou/shared/domain/words.ts";
import { id, instant, json, schoolId } from "./columns.ts";
import { membership, school, schoolClass, term } from "./people.ts";

/** `under-way` class by class, so that a restart goes on where it was; then `done`, or `stopped` by somebody. */
export const summaryPreparation = sqliteTable(
  "summary_preparation",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    termId: id("term_id"),
    state: text("state").$type<PreparationState>().notNull(),
    startedBy: id("started_by"),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.termId], foreignColumns: [term.schoolId, term.id] }),
    foreignKey({
      columns: [t.schoolId, t.startedBy],
      foreignColumns: [membership.schoolId, membership.id],
    }),
    index("summary_preparation_term_idx").on(t.schoolId, t.termId),
    // The server looks for what is under way in all schools.
    index("summary_preparation_state_idx").on(t.state),
  ],
);

/** One class of a preparation. `missing` is null until its turn has come. */
export const summaryPreparationClass = sqliteTable(
  "summary_preparation_class",
  {
    schoolId: schoolId().references(() => school.schoolId),
    preparationId: id("preparation_id"),
    classId: id("class_id"),
    /** Children who lack nothing, or are published. */
    ready: integer("ready"),
    missing: json<PieceCounts>("missing"),
    preparedAt: instant("prepared_at"),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.preparationId, t.classId] }),
    foreignKey({
      columns: [t.schoolId, t.preparationId],
      foreignColumns: [summaryPreparation.schoolId, summaryPreparation.id],
    }),
    foreignKey({ columns: [t.schoolId, t.classId], foreignColumns: [schoolClass.schoolId, schoolClass.id] }),
  ],
);
