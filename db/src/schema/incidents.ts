/**
 * The register of incidents with children's data. Only ever added to: what was written stays, and a correction is one
 * more entry. It names no child.
 */
import { foreignKey, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type {
  IncidentEntryKind,
  IncidentFacts,
  IncidentStep,
  StepOutcome,
} from "@doudou/shared/domain/incidents.ts";
import { flag, id, instant, json, schoolId } from "./columns.ts";
import { membership, school } from "./people.ts";

export const incident = sqliteTable(
  "incident",
  {
    schoolId: schoolId().references(() => school.schoolId),
    id: id(),
    /** Practised with a made-up case. */
    isDrill: flag("is_drill").notNull(),
    startedBy: id("started_by"),
    startedAt: instant("started_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.id] }),
    foreignKey({ columns: [t.schoolId, t.startedBy], foreignColumns: [membership.schoolId, membership.id] }),
  ],
);

/** `facts` where it says what is known; `step`, `outcome` and `doneAt` where it is about a step. */
export const incidentEntry = sqliteTable(
  "incident_entry",
  {
    schoolId: schoolId().references(() => school.schoolId),
    incidentId: id("incident_id"),
    /** From 1, in the order they were made. */
    seq: integer("seq").notNull(),
    id: id(),
    kind: text("kind").$type<IncidentEntryKind>().notNull(),
    facts: json<IncidentFacts>("facts"),
    step: text("step").$type<IncidentStep>(),
    outcome: text("outcome").$type<StepOutcome>(),
    doneAt: instant("done_at"),
    note: text("note").notNull(),
    madeBy: id("made_by"),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.schoolId, t.incidentId, t.seq] }),
    foreignKey({ columns: [t.schoolId, t.incidentId], foreignColumns: [incident.schoolId, incident.id] }),
    foreignKey({ columns: [t.schoolId, t.madeBy], foreignColumns: [membership.schoolId, membership.id] }),
    uniqueIndex("incident_entry_id_key").on(t.schoolId, t.id),
  ],
);
