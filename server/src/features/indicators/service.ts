/**
 * The school's indicator scheme: its versions, the draft its office writes, and publishing. A published version is never
 * changed: another takes its place from a term on, and old awards keep theirs (docs/adr/0019).
 */
import { v7 as uuidv7 } from "uuid";
import type { Store } from "@doudou/db/engines/database.ts";
import {
  addPublishedScheme,
  beginSchemeDraft,
  dropSchemeDraft,
  publishedScheme,
  publishedSchemes,
  putSchemeInForce,
  saveSchemeDraft,
  schemeDraftOf,
  type SchemeDraftRow,
} from "@doudou/db/repositories/indicators.ts";
import { namesOfMembers } from "@doudou/db/repositories/people.ts";
import {
  academicYearsOf,
  schoolFrame,
  type SchoolFrame,
  subjectsOfSchool,
} from "@doudou/db/repositories/schools.ts";
import { defaultScheme } from "@doudou/db/seed/scheme.ts";
import type {
  BeginDraft,
  DraftSaved,
  PublishDraft,
  PublishedScheme,
  SaveDraft,
  SchemeDraft,
  SchemeOverview,
  SchemePublished,
} from "@doudou/shared/contract/indicators.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import {
  coreProblemsOf,
  differencesOf,
  problemsOf,
  type SchemeProblem,
  type SchoolScheme,
} from "@doudou/shared/domain/school-scheme.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

/** The versions, which terms have which, and the draft. */
export async function schemeOverview(deps: Deps, { schoolId }: Grant): Promise<SchemeOverview> {
  const builtIn = await defaultScheme();
  const now = deps.now();
  return await deps.database.read(schoolId, async (store) => {
    const frame = await frameNow(store, schoolId);
    const today = localDayOf(now.getTime(), frame.timeZone);
    const years = new Map((await academicYearsOf(store, schoolId)).map(({ id, name }) => [id, name]));
    const versions = await publishedSchemes(store, schoolId);
    const draft = await schemeDraftOf(store, schoolId);
    return {
      versions: versions.map(({ id, version, academicYearId, publishedAt }) => ({
        id,
        version,
        year: years.get(academicYearId) ?? "",
        publishedAt: publishedAt?.toISOString() ?? null,
      })),
      terms: frame.terms.map(({ id, name, startsOn, endsOn, schemeId }) => {
        const state = endsOn < today ? "past" : startsOn > today ? "coming" : "running";
        return { id, name, startsOn, endsOn, schemeId, state };
      }),
      inForce: schemeInForce(frame, today),
      subjects: await subjectsOfSchool(store, schoolId),
      draft: draft ? await shownDraft(store, schoolId, draft, builtIn) : null,
    };
  });
}

/** @throws Problem not-found */
export async function readScheme(
  deps: Deps,
  { schoolId }: Grant,
  schemeId: string,
): Promise<PublishedScheme> {
  const scheme = await deps.database.read(schoolId, (store) => publishedScheme(store, schoolId, schemeId));
  if (!scheme) throw new Problem("not-found");
  return { id: schemeId, scheme: writable(scheme) };
}

/** Begins the school's draft as a copy. @throws Problem not-found, scheme-draft-changed where there is one already */
export async function beginDraft(deps: Deps, grant: Grant, { from }: BeginDraft): Promise<SchemeDraft> {
  const { schoolId, membershipId } = grant;
  const builtIn = await defaultScheme();
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const startedFrom = from === "built-in" ? null : from;
    const scheme = await coreOf(store, schoolId, startedFrom, builtIn);
    const draft = { startedFrom, scheme, savedAt: at, savedBy: membershipId };
    if (!(await beginSchemeDraft(store, schoolId, draft))) throw new Problem("scheme-draft-changed");
    await noteChange(store, grant, { action: "scheme.write", at, after: { startedFrom: from } });
    return await shownDraft(store, schoolId, { ...draft, version: 1 }, builtIn);
  });
}

/**
 * Saves the draft. It may be unfinished, but its core is kept. What is saved on the way is not in the audit log: nobody
 * is awarded by it; what is published is.
 * @throws Problem scheme-draft-changed, scheme-draft-missing, scheme-core-locked
 */
export async function saveDraft(
  deps: Deps,
  { schoolId, membershipId }: Grant,
  { version: from, scheme: sent }: SaveDraft,
): Promise<DraftSaved> {
  const scheme = wellFormed(sent);
  const builtIn = await defaultScheme();
  const savedAt = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    const draft = await schemeDraftOf(store, schoolId);
    if (!draft) throw new Problem("scheme-draft-missing");
    const core = await coreOf(store, schoolId, draft.startedFrom, builtIn);
    const touched = coreProblemsOf(scheme, core);
    if (touched.length > 0) throw new Problem("scheme-core-locked", { errors: fieldErrors(touched) });
    const saved = { scheme, savedAt, savedBy: membershipId, from };
    const version = await saveSchemeDraft(store, schoolId, saved);
    if (version === undefined) throw new Problem("scheme-draft-changed");
    return { version, savedAt: savedAt.toISOString() };
  });
}

/** Throws the draft away. @throws Problem scheme-draft-changed */
export async function dropDraft(deps: Deps, grant: Grant, version: number): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    if (!(await dropSchemeDraft(store, schoolId, version))) throw new Problem("scheme-draft-changed");
    await noteChange(store, grant, { action: "scheme.write", at, before: { version } });
  });
}

/**
 * Publishes the draft for a term and those after it: from the term's first day, or from today where it has begun.
 * @throws Problem scheme-draft-missing, scheme-draft-changed, scheme-not-fit, term-not-found, term-closed
 */
export async function publishDraft(
  deps: Deps,
  grant: Grant,
  { version: from, termId }: PublishDraft,
): Promise<SchemePublished> {
  const { schoolId } = grant;
  const builtIn = await defaultScheme();
  const at = deps.now();
  const published = await deps.database.write(schoolId, async (store) => {
    const draft = await schemeDraftOf(store, schoolId);
    if (!draft) throw new Problem("scheme-draft-missing");
    if (!(await dropSchemeDraft(store, schoolId, from))) throw new Problem("scheme-draft-changed");
    const frame = await frameNow(store, schoolId);
    const today = localDayOf(at.getTime(), frame.timeZone);
    const chosen = frame.terms.find((term) => term.id === termId);
    if (!chosen) throw new Problem("term-not-found");
    if (chosen.endsOn < today) throw new Problem("term-closed");

    const core = await coreOf(store, schoolId, draft.startedFrom, builtIn);
    const subjects = new Set((await subjectsOfSchool(store, schoolId)).map(({ code }) => code));
    const problems = problemsOf(draft.scheme, { core, subjects });
    if (problems.length > 0) throw new Problem("scheme-not-fit", { errors: fieldErrors(problems) });

    const schemeId = uuidv7({ msecs: at.getTime() });
    const version = await nextVersion(store, schoolId, chosen.academicYearId);
    const isRunning = chosen.startsOn <= today;
    const { academicYearId, schemeId: replacedId } = chosen;
    const before = replacedId === null ? undefined : await publishedScheme(store, schoolId, replacedId);
    const scheme = { id: schemeId, academicYearId, version, publishedAt: at, scheme: draft.scheme };
    await addPublishedScheme(store, schoolId, scheme, uuidv7);
    await putSchemeInForce(store, schoolId, {
      schemeId,
      termIds: frame.terms.filter(({ startsOn }) => startsOn >= chosen.startsOn).map(({ id }) => id),
      running: isRunning && replacedId !== null ? { termId, replacedId, on: today } : undefined,
    });
    const day = isRunning ? today : chosen.startsOn;
    const after = { version, from: day, ...countedDifferences(before, draft.scheme) };
    await noteChange(store, grant, { action: "scheme.publish", at, subjectId: schemeId, after });
    return { schemeId, version, from: day };
  });
  deps.frames.forget(schoolId);
  return published;
}

/** The draft as it stands, for a file. @throws Problem scheme-draft-missing */
export async function draftScheme(deps: Deps, { schoolId }: Grant): Promise<SchoolScheme> {
  const draft = await deps.database.read(schoolId, (store) => schemeDraftOf(store, schoolId));
  if (!draft) throw new Problem("scheme-draft-missing");
  return draft.scheme;
}

/** What a draft keeps the core of. @throws Problem not-found */
export async function coreOf(
  store: Store,
  schoolId: string,
  startedFrom: string | null,
  builtIn: SchoolScheme,
): Promise<SchoolScheme> {
  if (startedFrom === null) return builtIn;
  const scheme = await publishedScheme(store, schoolId, startedFrom);
  if (!scheme) throw new Problem("not-found");
  return scheme;
}

async function shownDraft(
  store: Store,
  schoolId: string,
  { savedAt, savedBy, scheme, ...draft }: SchemeDraftRow,
  builtIn: SchoolScheme,
): Promise<SchemeDraft> {
  const names = await namesOfMembers(store, schoolId, [savedBy]);
  return {
    ...draft,
    scheme: writable(scheme),
    savedAt: savedAt.toISOString(),
    savedBy: names.get(savedBy) ?? "",
    core: writable(await coreOf(store, schoolId, draft.startedFrom, builtIn)),
  };
}

/** What is read in this very transaction: a frame kept from before may be seconds old. */
async function frameNow(store: Store, schoolId: string): Promise<SchoolFrame> {
  const frame = await schoolFrame(store, schoolId);
  if (!frame) throw new Problem("not-found");
  return frame;
}

function schemeInForce({ terms }: SchoolFrame, today: string): string | null {
  const now = terms.find(({ endsOn }) => endsOn >= today) ?? terms.at(-1);
  return now?.schemeId ?? null;
}

async function nextVersion(store: Store, schoolId: string, academicYearId: string): Promise<number> {
  const versions = await publishedSchemes(store, schoolId);
  const ofYear = versions.filter((scheme) => scheme.academicYearId === academicYearId);
  return Math.max(0, ...ofYear.map(({ version }) => version)) + 1;
}

function countedDifferences(before: SchoolScheme | undefined, after: SchoolScheme) {
  const differences = before ? differencesOf(before, after) : [];
  const codes = (change: string) =>
    differences.flatMap((difference) => (difference.change === change ? [difference.code] : []));
  return { added: codes("added"), changed: codes("changed"), removed: codes("removed") };
}

function fieldErrors(problems: readonly SchemeProblem[]) {
  return problems.map(({ path, fault }) => ({ path: `/scheme${path}`, message: fault }));
}

/** As the contract has it, which knows no `readonly`. */
function writable(scheme: SchoolScheme): PublishedScheme["scheme"] {
  return scheme as PublishedScheme["scheme"];
}

/** What both engines can keep and what a table shows: no half characters. */
function wellFormed(scheme: SchoolScheme): SchoolScheme {
  return JSON.parse(JSON.stringify(scheme), (_key, value: unknown) =>
    typeof value === "string" ? value.toWellFormed() : value,
  ) as SchoolScheme;
}
