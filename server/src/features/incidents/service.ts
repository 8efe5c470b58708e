/**
 * The register of incidents with children's data, and of drills. Entries are added and never changed, and nothing here
 * deletes one: it is kept for at least three years. Reports and tells nobody by itself.
 *
 * @source 个人信息保护法 第五十六条, 第五十七条; 未成年人网络保护条例 第三十五条
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  addIncident,
  addIncidentEntry,
  type IncidentEntryLine,
  incidentEntriesOf,
  type IncidentLine,
  incidentsOf,
} from "@doudou/db/repositories/incidents.ts";
import { officerOf } from "@doudou/db/repositories/privacy.ts";
import type {
  ClosingEntry,
  FactsEntry,
  Incident,
  IncidentFacts,
  IncidentRegister,
  NewIncident,
  StepEntry,
} from "@doudou/shared/contract/incidents.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { daysBetween } from "@doudou/shared/domain/days.ts";
import {
  type IncidentEntry,
  type IncidentStanding,
  isDrillDue,
  needsNote,
  REPORTING_STEPS,
  standingAfter,
  stepsToDo,
  takenAt,
} from "@doudou/shared/domain/incidents.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import type { DocxFile } from "../../http/docx.ts";
import { Problem } from "../../http/problem.ts";
import { copyable, letterToFamilies, reportToAuthority, type WrittenIncident } from "./texts.ts";

const MOST_SHOWN = 500;
/** How far the clock of a device may be ahead of the server's. */
const CLOCK_LEEWAY_MS = 5 * 60_000;

interface KnownIncident {
  readonly line: IncidentLine;
  readonly entries: readonly IncidentEntryLine[];
  readonly facts: IncidentFacts;
  readonly standing: IncidentStanding;
}

/** All of them, latest first, and whether a drill is due. */
export async function incidentRegister(deps: Deps, { schoolId }: Grant): Promise<IncidentRegister> {
  const { timeZone } = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), timeZone);
  const known = await deps.database.read(schoolId, (store) => knownIncidents(store, schoolId));
  const lastDrillOn = lastDrillDay(known, timeZone);
  return {
    incidents: known.map(({ line, facts, standing }) => ({
      id: line.id,
      isDrill: line.isDrill,
      noticedAt: facts.noticedAt,
      what: facts.what,
      isClosed: standing.isClosed,
      stepsToDo: stepsToDo(standing).length,
    })),
    lastDrillOn,
    isDrillDue: isDrillDue(lastDrillOn, today),
    timeZone,
  };
}

/** One with all its entries, and the two texts as far as is known. @throws Problem incident-not-found */
export async function incidentInFull(
  deps: Deps,
  { schoolId }: Grant,
  id: string,
  locale: Locale,
): Promise<Incident> {
  const { timeZone } = await deps.frames.of(schoolId);
  const { known, documents } = await documentsOf(deps, schoolId, id, locale);
  const { line, entries, facts, standing } = known;
  return {
    id,
    isDrill: line.isDrill,
    startedAt: line.startedAt.toISOString(),
    startedBy: line.startedByName,
    timeZone,
    facts,
    steps: standing.steps.map(({ doneAt, ...step }) => ({
      ...step,
      doneAt: doneAt?.toISOString() ?? null,
      by:
        step.outcome === "open"
          ? null
          : (entries.findLast((each) => each.step === step.step)?.madeByName ?? null),
    })),
    isClosed: standing.isClosed,
    entries: entries.map(({ seq, kind, madeAt, madeByName, facts: said, step, outcome, doneAt, note }) => ({
      seq,
      kind,
      at: madeAt.toISOString(),
      by: madeByName,
      facts: said && mutable(said),
      step,
      outcome,
      doneAt: doneAt?.toISOString() ?? null,
      note,
    })),
    texts: { report: copyable(documents.report), letter: copyable(documents.letter) },
  };
}

/**
 * Starts one with what is known. Sending it again changes nothing.
 * @throws Problem incident-words-missing, incident-time-to-come, incident-id-conflict
 */
export async function startIncident(
  deps: Deps,
  grant: Grant,
  { id, isDrill, facts }: NewIncident,
  locale: Locale,
): Promise<Incident> {
  const { schoolId, membershipId } = grant;
  const known = knownFacts(deps, facts);
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    await store.lock([`${schoolId}/incidents/${id}`]);
    const [kept] = await incidentsOf(store, schoolId, { id }, 1);
    if (kept) {
      if (kept.startedBy !== membershipId || kept.isDrill !== isDrill)
        throw new Problem("incident-id-conflict");
      return;
    }
    const started = { id, isDrill, startedBy: membershipId, startedAt: at };
    if (!(await addIncident(store, schoolId, started))) throw new Problem("incident-id-conflict");
    const first = entryOf({ kind: "facts", facts: known });
    const entry = { ...first, incidentId: id, seq: 1, id, madeBy: membershipId, madeAt: at };
    if (!(await addIncidentEntry(store, schoolId, entry))) throw new Problem("incident-id-conflict");
    await noteChange(store, grant, { action: "incident.start", at, subjectId: id, after: { isDrill } });
  });
  return await incidentInFull(deps, grant, id, locale);
}

/** What is known by now, whole. @throws Problem as `enter`, incident-words-missing, incident-time-to-come */
export async function correctFacts(
  deps: Deps,
  grant: Grant,
  incidentId: string,
  { id, facts }: FactsEntry,
  locale: Locale,
): Promise<Incident> {
  const known = knownFacts(deps, facts);
  const entry = entryOf({ kind: "facts", facts: known });
  return await enter(deps, grant, { incidentId, id, locale }, () => entry);
}

/**
 * Says that a step was taken, is not needed, or was not taken after all.
 * @throws Problem as `enter`, incident-words-missing, incident-time-to-come
 */
export async function answerStep(
  deps: Deps,
  grant: Grant,
  incidentId: string,
  { id, step, outcome, doneAt, note }: StepEntry,
  locale: Locale,
): Promise<Incident> {
  if (needsNote(outcome) && note.trim() === "") throw new Problem("incident-words-missing");
  const moment = pastMoment(deps, doneAt);
  const answered = { kind: "step", step, outcome, note: note.trim() } as const;
  const entry = entryOf({ ...answered, doneAt: outcome === "done" ? moment : null });
  return await enter(deps, grant, { incidentId, id, locale }, () => entry);
}

/** @throws Problem as `enter`, incident-steps-open */
export async function closeIncident(
  deps: Deps,
  grant: Grant,
  incidentId: string,
  { id, note }: ClosingEntry,
  locale: Locale,
): Promise<Incident> {
  return await enter(deps, grant, { incidentId, id, locale }, (standing) => {
    if (stepsToDo(standing).length > 0) throw new Problem("incident-steps-open");
    return entryOf({ kind: "closed", note: note.trim() });
  });
}

/** Where more is to be done after all. @throws Problem incident-not-found, incident-words-missing, incident-not-closed */
export async function reopenIncident(
  deps: Deps,
  grant: Grant,
  incidentId: string,
  { id, note }: ClosingEntry,
  locale: Locale,
): Promise<Incident> {
  if (note.trim() === "") throw new Problem("incident-words-missing");
  const entry = entryOf({ kind: "reopened", note: note.trim() });
  return await enter(deps, grant, { incidentId, id, locale }, () => entry);
}

/** The report to the authority, or the letter to the families, to be finished and sent. @throws Problem incident-not-found */
export async function incidentDocument(
  deps: Deps,
  { schoolId }: Grant,
  id: string,
  { which, locale }: { readonly which: "report" | "letter"; readonly locale: Locale },
): Promise<DocxFile> {
  const { documents } = await documentsOf(deps, schoolId, id, locale);
  const document = documents[which];
  const { officeReportDocx } = await import("../../documents/office-report-docx.ts");
  return { name: `${document.school} ${document.title}.docx`, bytes: await officeReportDocx(document) };
}

/** What the page about children's privacy says of the register. */
export async function incidentsInBrief(
  store: Store,
  schoolId: string,
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): Promise<{ open: number; lastDrillOn: string | null; isDrillDue: boolean }> {
  const known = await knownIncidents(store, schoolId);
  const lastDrillOn = lastDrillDay(known, timeZone);
  const open = known.filter(({ standing }) => !standing.isClosed).length;
  return { open, lastDrillOn, isDrillDue: isDrillDue(lastDrillOn, today) };
}

/** Of a year's incidents, or its drills. Days are whole days of the calendar from noticing; null where there was none. */
export interface IncidentFigures {
  readonly noticed: number;
  readonly closed: number;
  readonly reported: number;
  readonly told: number;
  readonly longestToReport: number | null;
  readonly longestToTell: number | null;
}

/** Those noticed within a span. */
export async function incidentFigures(
  store: Store,
  schoolId: string,
  { from, until, timeZone }: { readonly from: Date; readonly until: Date; readonly timeZone: string },
): Promise<{ incidents: IncidentFigures; drills: IncidentFigures }> {
  const known = await knownIncidents(store, schoolId);
  const within = known.filter(({ facts }) => {
    const at = new Date(facts.noticedAt);
    return at >= from && at < until;
  });
  const of = (isDrill: boolean) =>
    figuresOf(
      within.filter(({ line }) => line.isDrill === isDrill),
      timeZone,
    );
  return { incidents: of(false), drills: of(true) };
}

function figuresOf(known: readonly KnownIncident[], timeZone: string): IncidentFigures {
  const dayOf = (moment: Date) => localDayOf(moment.getTime(), timeZone);
  const daysTo = (...steps: Parameters<typeof takenAt>[1][]) =>
    known.flatMap(({ facts, standing }) => {
      const at = takenAt(standing, ...steps);
      // What was told before the moment of noticing was put right took no day.
      return at ? [Math.max(0, daysBetween(dayOf(new Date(facts.noticedAt)), dayOf(at)))] : [];
    });
  const [toReport, toTell] = [daysTo(...REPORTING_STEPS), daysTo("families")];
  const longest = (days: readonly number[]) => (days.length > 0 ? Math.max(...days) : null);
  return {
    noticed: known.length,
    closed: known.filter(({ standing }) => standing.isClosed).length,
    reported: toReport.length,
    told: toTell.length,
    longestToReport: longest(toReport),
    longestToTell: longest(toTell),
  };
}

/**
 * Adds an entry behind the others, and shows the whole as it stands then. Sending it again changes nothing.
 * @throws Problem incident-not-found, incident-id-conflict, incident-closed, incident-not-closed
 */
async function enter(
  deps: Deps,
  grant: Grant,
  { incidentId, id, locale }: { readonly incidentId: string; readonly id: string; readonly locale: Locale },
  entryAfter: (standing: IncidentStanding) => IncidentEntry,
): Promise<Incident> {
  const { schoolId, membershipId } = grant;
  await deps.database.write(schoolId, async (store) => {
    const at = deps.now();
    await store.lock([`${schoolId}/incidents/${incidentId}`]);
    const { entries, standing } = await knownIncident(store, schoolId, incidentId);
    if (entries.some((each) => each.id === id)) return;
    const entry = entryAfter(standing);
    const reopens = entry.kind === "reopened";
    if (standing.isClosed && !reopens) throw new Problem("incident-closed");
    if (!standing.isClosed && reopens) throw new Problem("incident-not-closed");
    const added = { ...entry, incidentId, id, seq: entries.length + 1, madeBy: membershipId, madeAt: at };
    if (!(await addIncidentEntry(store, schoolId, added))) throw new Problem("incident-id-conflict");
    // The words stay in the register, which is as lasting as the log.
    const { kind, step, outcome } = entry;
    const after = { kind, ...(step && { step, outcome }) };
    await noteChange(store, grant, { action: "incident.enter", at, subjectId: incidentId, after });
  });
  return await incidentInFull(deps, grant, incidentId, locale);
}

function entryOf(said: Pick<IncidentEntry, "kind"> & Partial<IncidentEntry>): IncidentEntry {
  return { facts: null, step: null, outcome: null, doneAt: null, note: "", ...said };
}

async function knownIncident(store: Store, schoolId: string, id: string): Promise<KnownIncident> {
  const [line] = await incidentsOf(store, schoolId, { id }, 1);
  const known = line && incidentAfter(line, await incidentEntriesOf(store, schoolId, { incidentId: id }));
  if (!known) throw new Problem("incident-not-found");
  return known;
}

async function knownIncidents(store: Store, schoolId: string): Promise<KnownIncident[]> {
  const lines = await incidentsOf(store, schoolId, {}, MOST_SHOWN);
  const entries = Map.groupBy(await incidentEntriesOf(store, schoolId, {}), ({ incidentId }) => incidentId);
  return lines.flatMap((line) => incidentAfter(line, entries.get(line.id) ?? []) ?? []);
}

/** Undefined where nothing is known of it, which no write leaves behind. */
function incidentAfter(line: IncidentLine, entries: readonly IncidentEntryLine[]): KnownIncident | undefined {
  const standing = standingAfter(entries);
  return standing.facts && { line, entries, facts: mutable(standing.facts), standing };
}

function mutable(facts: NonNullable<IncidentStanding["facts"]>): IncidentFacts {
  return { ...facts, kinds: [...facts.kinds] };
}

async function documentsOf(deps: Deps, schoolId: string, id: string, locale: Locale) {
  const { name: school, timeZone } = await deps.frames.of(schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const known = await knownIncident(store, schoolId, id);
    const settings = { locale, timeZone, school, officer: await officerOf(store, schoolId) };
    const written: WrittenIncident = { isDrill: known.line.isDrill, ...known };
    const documents = {
      report: reportToAuthority(written, settings),
      letter: letterToFamilies(written, settings),
    };
    return { known, documents };
  });
}

/** The day of the last drill that was carried through. */
function lastDrillDay(known: readonly KnownIncident[], timeZone: string): string | null {
  const days = known
    .filter(({ line, standing }) => line.isDrill && standing.isClosed)
    .map(({ facts }) => localDayOf(Date.parse(facts.noticedAt), timeZone));
  return days.toSorted().at(-1) ?? null;
}

/** @throws Problem incident-words-missing, incident-time-to-come */
function knownFacts(deps: Deps, facts: IncidentFacts): IncidentFacts {
  const { what, whom, cause, harm, measures, advice, noticedAt } = facts;
  if (what.trim() === "") throw new Problem("incident-words-missing");
  return {
    ...facts,
    noticedAt: pastMoment(deps, noticedAt).toISOString(),
    what: what.trim(),
    whom: whom.trim(),
    cause: cause.trim(),
    harm: harm.trim(),
    measures: measures.trim(),
    advice: advice.trim(),
  };
}

/** @throws Problem incident-time-to-come */
function pastMoment(deps: Deps, instant: string): Date {
  const moment = new Date(instant);
  if (moment.getTime() > deps.now().getTime() + CLOCK_LEEWAY_MS) throw new Problem("incident-time-to-come");
  return moment;
}
