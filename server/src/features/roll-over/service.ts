/**
 * The turn of the school year: a draft of what becomes of each class, what it would do, doing exactly that in one
 * transaction, and taking it back as long as nothing is recorded in the new year. Placements begin and end by dates, and
 * access follows them by itself: nothing here grants or revokes anything.
 */
import { v7 as uuidv7 } from "uuid";
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import { hasRecordsBetween } from "@doudou/db/repositories/calendars.ts";
import { allClasses, yearsIn } from "@doudou/db/repositories/directory.ts";
import {
  areLeftBehind,
  deleteOldRollOverDrafts,
  forgetRollOverChoices,
  hasOtherAssignments,
  markRollOver,
  rollOverInto,
  type RollOverRow,
  saveRollOver,
  schoolOnTheEve,
  staysAround,
  turnYear,
  turnYearBack,
} from "@doudou/db/repositories/roll-overs.ts";
import { referredTo } from "@doudou/db/repositories/roster.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import type { RollOver, SaveRollOver } from "@doudou/shared/contract/roll-over.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { draftFor, type RollOverDraft, type SchoolOnTheEve } from "@doudou/shared/domain/roll-over/draft.ts";
import { isHindered, planRollOver, type RollOverPlan } from "@doudou/shared/domain/roll-over/plan.ts";
import { type RolledStay, staysBack } from "@doudou/shared/domain/roll-over/traces.ts";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { versionOf } from "../../http/versions.ts";
import { rosterLock } from "../roster-imports/service.ts";
import { countsOf, shownRollOver } from "./shown.ts";
import { type Turn, turnOf } from "./turn.ts";

/** For so long after a year has begun it is the one that a roll-over leads into, whether it was done or not. */
const LATE_DAYS = 14;
/** So long a draft waits to be saved again or carried out. */
const DRAFT_DAYS = 60;
const DAY_MS = 86_400_000;

/** Where the roll-over stands: the school as it is, the draft, and what it would do. @throws Problem roll-over-year-missing */
export async function rollOver(deps: Deps, { schoolId }: Grant): Promise<RollOver> {
  const today = await todayOf(deps, schoolId);
  return await deps.database.read(schoolId, (store) => standing(store, schoolId, today));
}

/**
 * Saves the draft over the one it was made from, and tells what it would do. What is saved on the way is not in the audit
 * log: nobody is placed by it.
 * @throws Problem roll-over-year-missing, roll-over-applied, roll-over-changed, roll-over-unfit
 */
export async function saveDraft(
  deps: Deps,
  { schoolId, membershipId }: Grant,
  { version, draft: wanted }: SaveRollOver,
): Promise<RollOver> {
  const today = await todayOf(deps, schoolId);
  const savedAt = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const turn = await turnAround(store, schoolId, today);
    const kept = await rollOverInto(store, schoolId, turn.to.id);
    if (kept?.state === "applied") throw new Problem("roll-over-applied");
    if ((kept?.version ?? 0) !== version) throw new Problem("roll-over-changed");
    await requireOwnIds(store, schoolId, turn, wanted);
    const draft = draftFor(await eveOf(store, schoolId, turn), uuidv7, wanted);
    const saved = { draft, version: version + 1, savedAt, savedBy: membershipId };
    await saveRollOver(store, schoolId, turn.to.id, saved);
    return await standing(store, schoolId, today);
  });
}

/**
 * Does what was shown, all of it in one transaction.
 * @param seal of the preview: where the school or the draft is another by now, nothing is done
 * @throws Problem roll-over-year-missing, roll-over-applied, roll-over-stale, roll-over-hindered
 */
export async function applyRollOver(deps: Deps, grant: Grant, seal: string): Promise<RollOver> {
  const { schoolId, membershipId } = grant;
  const today = await todayOf(deps, schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const turn = await turnAround(store, schoolId, today);
    const kept = await rollOverInto(store, schoolId, turn.to.id);
    if (kept?.state === "applied") throw new Problem("roll-over-applied");
    if (!kept) throw new Problem("roll-over-stale");
    const school = await eveOf(store, schoolId, turn);
    if (sealOf(school, kept.draft) !== seal) throw new Problem("roll-over-stale");
    const plan = planRollOver(school, kept.draft);
    if (isHindered(plan)) throw new Problem("roll-over-hindered", { errors: plan.problems.map(atFault) });
    const counts = countsOf(plan);
    const { work, traces } = turnOf(school, kept.draft, plan, turn.to.id, uuidv7);
    await turnYear(store, schoolId, work);
    await forgetRollOverChoices(store, schoolId, turn.to.id);
    await markRollOver(store, schoolId, turn.to.id, { at, by: membershipId, traces: { ...traces, counts } });
    const after = { from: turn.to.startsOn, classes: work.addedClasses.length, ...counts };
    const shown = await standing(store, schoolId, today);
    await noteChange(store, grant, { action: "roll-over.apply", at, subjectId: turn.to.id, after });
    return shown;
  });
}

/**
 * Takes it back: every stay and assignment is as before, and the draft is a draft again.
 * @throws Problem roll-over-year-missing, roll-over-not-applied, roll-over-in-use where something is recorded in the new
 * year, or somebody has been placed anew since
 */
export async function undoRollOver(deps: Deps, grant: Grant): Promise<RollOver> {
  const { schoolId } = grant;
  const today = await todayOf(deps, schoolId);
  const at = deps.now();
  return await deps.database.write(schoolId, async (store) => {
    await store.lock([rosterLock(schoolId)]);
    const turn = await turnAround(store, schoolId, today);
    const kept = await rollOverInto(store, schoolId, turn.to.id);
    if (kept?.state !== "applied" || !kept.traces) throw new Problem("roll-over-not-applied");
    const back = await wayBack(store, schoolId, turn, kept);
    if (!back) throw new Problem("roll-over-in-use");
    const lastDay = addDays(turn.to.startsOn, -1);
    await turnYearBack(store, schoolId, back.stays, kept.traces, lastDay);
    await markRollOver(store, schoolId, turn.to.id, null);
    const { version, savedAt, savedBy } = kept;
    const draft = { ...kept.draft, choices: back.choices };
    await saveRollOver(store, schoolId, turn.to.id, { draft, version: version + 1, savedAt, savedBy });
    const shown = await standing(store, schoolId, today);
    const after = { isUndone: true, ...kept.traces.counts };
    await noteChange(store, grant, { action: "roll-over.apply", at, subjectId: turn.to.id, after });
    return shown;
  });
}

async function standing(store: Store, schoolId: string, today: string): Promise<RollOver> {
  const turn = await turnAround(store, schoolId, today);
  const kept = await rollOverInto(store, schoolId, turn.to.id);
  const school = await eveOf(store, schoolId, turn);
  const draft = draftFor(school, uuidv7, kept?.draft);
  const plan = planRollOver(school, draft);
  const mayUndo = kept?.state === "applied" && (await wayBack(store, schoolId, turn, kept)) !== undefined;
  const of = { turn, kept, school, draft, plan, seal: sealOf(school, draft), mayUndo };
  return await shownRollOver(store, schoolId, of);
}

/** What takes it back, and the choices it had been made of; undefined where it stays. */
async function wayBack(store: Store, schoolId: string, { to }: Turn, { draft, traces }: RollOverRow) {
  if (!traces) return undefined;
  const firstDay = to.startsOn;
  const isRecorded = await hasRecordsBetween(store, schoolId, { from: firstDay, to: to.endsOn });
  if (isRecorded || (await hasOtherAssignments(store, schoolId, to.id, traces.addedIds))) return undefined;
  const own = ["enrollment", "teachingAssignment"] as const;
  if ((await referredTo(store, schoolId, "schoolClass", traces.classIds, own)).size > 0) return undefined;
  const around = await staysAround(store, schoolId, { toId: to.id, firstDay });
  const classes = await allClasses(store, schoolId);
  const nextYears = new Set(
    classes.filter(({ academicYearId }) => academicYearId === to.id).map(({ id }) => id),
  );
  const stays = staysBack(around, nextYears, firstDay, addDays(firstDay, -1));
  return stays && { stays, choices: choicesIn(around, draft, nextYears) };
}

/** Who went elsewhere than its class. */
function choicesIn(
  stays: readonly RolledStay[],
  { classes }: RollOverDraft,
  nextYears: ReadonlySet<string>,
): RollOverDraft["choices"] {
  const usual = new Map(
    classes.map(({ classId, becomes, nextId }) => [classId, becomes === "moves-up" ? nextId : null]),
  );
  const before = new Map(
    stays
      .filter(({ endReason, classId }) => endReason === "moved-up" && !nextYears.has(classId))
      .map(({ studentId, classId }) => [studentId, classId]),
  );
  return stays
    .filter(
      ({ studentId, classId }) =>
        nextYears.has(classId) && usual.get(before.get(studentId) ?? "") !== classId,
    )
    .map(({ studentId, classId: nextId }) => ({ studentId, nextId }));
}

/**
 * The year that a roll-over leads into: the next one; or the one that has begun, as long as somebody is still in a class of
 * an earlier year, and for a while after it was done.
 * @throws Problem roll-over-year-missing
 */
async function turnAround(store: Store, schoolId: string, today: string): Promise<Turn> {
  const years = (await yearsIn(store, schoolId)).toReversed();
  const running = years.findLastIndex(({ startsOn }) => startsOn <= today);
  const [before, now, next] = [years[running - 1], years[running], years[running + 1]];
  if (before && now) {
    const isDone = (await rollOverInto(store, schoolId, now.id))?.state === "applied";
    const isShown = isDone
      ? today <= addDays(now.startsOn, LATE_DAYS)
      : await areLeftBehind(store, schoolId, now.startsOn);
    if (isShown) return { from: before, to: now };
  }
  if (!now || !next) throw new Problem("roll-over-year-missing");
  return { from: now, to: next };
}

async function eveOf(store: Store, schoolId: string, { from, to }: Turn): Promise<SchoolOnTheEve> {
  return await schoolOnTheEve(store, schoolId, { fromId: from.id, toId: to.id, firstDay: to.startsOn });
}

/** Ids of new classes come from the draft: none may be another class's. @throws Problem roll-over-unfit */
async function requireOwnIds(
  store: Store,
  schoolId: string,
  { to }: Turn,
  { nextClasses }: RollOverDraft,
): Promise<void> {
  const others = new Set(
    (await allClasses(store, schoolId))
      .filter(({ academicYearId }) => academicYearId !== to.id)
      .map(({ id }) => id),
  );
  const ids = nextClasses.map(({ id }) => id);
  if (new Set(ids).size !== ids.length || ids.some((id) => others.has(id)))
    throw new Problem("roll-over-unfit");
}

/** The same for the same school and draft, on either engine and in every process. */
function sealOf(school: SchoolOnTheEve, draft: RollOverDraft): string {
  return versionOf({ school, draft });
}

function atFault({ fault, classId = "" }: RollOverPlan["problems"][number]) {
  return { path: `/classes/${classId}`, message: fault };
}

async function todayOf(deps: Deps, schoolId: string): Promise<string> {
  const { timeZone } = await deps.frames.of(schoolId);
  return localDayOf(deps.now().getTime(), timeZone);
}

/** Deletes, in every school, drafts that nobody has saved for long: they name children for nothing. @returns how many */
export async function deleteOldDrafts(deps: Deps): Promise<number> {
  const before = new Date(deps.now().getTime() - DRAFT_DAYS * DAY_MS);
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds))
    deleted += await deps.database.write(schoolId, (store) =>
      deleteOldRollOverDrafts(store, schoolId, before),
    );
  return deleted;
}
