/** The register of incidents with children's data, and of drills: adds and reads, and never changes. */
import { and, asc, desc, eq } from "drizzle-orm";
import type { IncidentEntry } from "@doudou/shared/domain/incidents.ts";
import type { Store } from "../engines/database.ts";

export interface NewIncident {
  readonly id: string;
  readonly isDrill: boolean;
  readonly startedBy: string;
  readonly startedAt: Date;
}

/** @returns false where the id is taken: nothing was written then */
export async function addIncident(store: Store, schoolId: string, started: NewIncident): Promise<boolean> {
  const { incident: i } = store.tables;
  const added = await store.db
    .insert(i)
    .values({ schoolId, ...started })
    .onConflictDoNothing({ target: [i.schoolId, i.id] })
    .returning({ id: i.id });
  return added.length > 0;
}

export interface IncidentLine extends NewIncident {
  readonly startedByName: string;
}

/** Latest first. */
export async function incidentsOf(
  store: Store,
  schoolId: string,
  filter: { readonly id?: string },
  limit: number,
): Promise<IncidentLine[]> {
  const { incident: i, membership: m } = store.tables;
  return await store.db
    .select({
      id: i.id,
      isDrill: i.isDrill,
      startedBy: i.startedBy,
      startedByName: m.displayName,
      startedAt: i.startedAt,
    })
    .from(i)
    .innerJoin(m, and(eq(m.schoolId, i.schoolId), eq(m.id, i.startedBy)))
    .where(and(eq(i.schoolId, schoolId), filter.id === undefined ? undefined : eq(i.id, filter.id)))
    .orderBy(desc(i.startedAt), desc(i.id))
    .limit(limit);
}

export interface NewIncidentEntry extends IncidentEntry {
  readonly incidentId: string;
  readonly seq: number;
  readonly id: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** @returns false where the id is taken: nothing was written then */
export async function addIncidentEntry(
  store: Store,
  schoolId: string,
  entry: NewIncidentEntry,
): Promise<boolean> {
  const { incidentEntry: e } = store.tables;
  const added = await store.db
    .insert(e)
    .values({ schoolId, ...entry })
    .onConflictDoNothing({ target: [e.schoolId, e.id] })
    .returning({ id: e.id });
  return added.length > 0;
}

export interface IncidentEntryLine extends NewIncidentEntry {
  readonly madeByName: string;
}

/** Incident by incident, each in the order it was written. */
export async function incidentEntriesOf(
  store: Store,
  schoolId: string,
  filter: { readonly incidentId?: string },
): Promise<IncidentEntryLine[]> {
  const { incidentEntry: e, membership: m } = store.tables;
  return await store.db
    .select({
      incidentId: e.incidentId,
      seq: e.seq,
      id: e.id,
      kind: e.kind,
      facts: e.facts,
      step: e.step,
      outcome: e.outcome,
      doneAt: e.doneAt,
      note: e.note,
      madeBy: e.madeBy,
      madeByName: m.displayName,
      madeAt: e.madeAt,
    })
    .from(e)
    .innerJoin(m, and(eq(m.schoolId, e.schoolId), eq(m.id, e.madeBy)))
    .where(
      and(
        eq(e.schoolId, schoolId),
        filter.incidentId === undefined ? undefined : eq(e.incidentId, filter.incidentId),
      ),
    )
    .orderBy(asc(e.incidentId), asc(e.seq));
}
