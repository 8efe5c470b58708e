/**
 * Individual plans: what one child is helped with, how its own points go, and what helped in the end. For the teachers it
 * has now, and for nobody else: what leaves this feature for other pages is a point without a word (docs/adr/0037).
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  addIndividualPlan,
  addOwnPoint,
  addPlanNote,
  changeIndividualPlan,
  changeOwnPoint,
  endIndividualPlan,
  type IndividualPlanRow,
  individualPlansOf,
  notesOfPlans,
  ownPointDays,
  ownPointsInClass,
  planNoteById,
  pointsOfPlans,
} from "@doudou/db/repositories/individual-plans.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import { type FramePoint, schoolFrame, type SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { AwardablePoints } from "@doudou/shared/contract/classes.ts";
import type {
  EndIndividualPlan,
  IndividualPlan,
  IndividualPlans,
  OwnPointInput,
  PlanNoteInput,
  PlanPoint,
  SaveIndividualPlan,
} from "@doudou/shared/contract/individual-plans.ts";
import { localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import {
  arePlanDaysFit,
  courseOf,
  INDIVIDUAL_PLAN_RULES as RULES,
  ownPointCode,
} from "@doudou/shared/domain/individual-plans.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { covers, type Grant, isOfStaff } from "../../access/caller.ts";
import { isGranted, isWithinReach } from "../../access/permissions.ts";
import { noteChange, noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { indicatorsOfPoints, pointsOfScheme } from "../schools/service.ts";

interface OfPlan {
  readonly studentId: string;
  readonly planId: string;
}

/** A child's plans: the one that runs, and what helped in earlier ones. Where there are any, the log says who read them. */
export async function plansOfChild(deps: Deps, grant: Grant, studentId: string): Promise<IndividualPlans> {
  const { schoolId, standings } = grant;
  const now = deps.now();
  const read = await deps.database.read(schoolId, async (store) => {
    const frame = await frameNow(store, schoolId);
    const today = localDayOf(now.getTime(), frame.timeZone);
    const rows = await individualPlansOf(store, schoolId, studentId);
    const plans = await shownPlans(store, frame, rows, today);
    const offered = await pointsOffered(store, frame, studentId, today);
    const term = termOn(today, frame.terms);
    return {
      current: plans.find(({ ended }) => ended === null) ?? null,
      earlier: plans.filter(({ ended }) => ended !== null),
      indicators: indicatorsOfPoints(offered),
      today,
      term: term ? { startsOn: term.startsOn, endsOn: term.endsOn } : null,
      maySave: isGranted("individual-plan.save", standings) && offered.length > 0,
      mayNote: isGranted("individual-plan.note", standings),
    };
  });
  if (isOfStaff(grant) && (read.current !== null || read.earlier.length > 0)) {
    await deps.database.write(schoolId, (store) =>
      noteRead(store, grant, { action: "individual-plan.read", at: now, studentId }),
    );
  }
  return read;
}

async function shownPlans(
  store: Store,
  frame: SchoolFrame,
  rows: readonly IndividualPlanRow[],
  today: string,
): Promise<IndividualPlan[]> {
  const { schoolId } = frame;
  const ids = rows.map(({ id }) => id);
  const points = Map.groupBy(await pointsOfPlans(store, schoolId, ids), ({ planId }) => planId);
  const notes = Map.groupBy(await notesOfPlans(store, schoolId, ids), ({ planId }) => planId);
  const plans: IndividualPlan[] = [];
  for (const { id, version, focus, supports, by, endedOn, whatHelped, ...row } of rows) {
    const { startsOn, endsOn, reviewOn } = row;
    plans.push({
      id,
      version,
      focus,
      supports,
      startsOn,
      endsOn,
      reviewOn,
      isReviewDue: endedOn === null && reviewOn <= today,
      madeBy: by,
      points: await shownPoints(store, frame, { ...row, endedOn }, points.get(id) ?? [], today),
      notes: (notes.get(id) ?? []).map(({ id: noteId, text, day, by: author }) => {
        return { id: noteId, text, day, by: author };
      }),
      ended: endedOn === null ? null : { on: endedOn, whatHelped: whatHelped ?? "" },
    });
  }
  return plans;
}

async function shownPoints(
  store: Store,
  frame: SchoolFrame,
  {
    studentId,
    startsOn,
    endsOn,
    endedOn,
  }: Pick<IndividualPlanRow, "studentId" | "startsOn" | "endsOn" | "endedOn">,
  points: Awaited<ReturnType<typeof pointsOfPlans>>,
  today: string,
): Promise<PlanPoint[]> {
  const { schoolId, timeZone, exceptions } = frame;
  const day = [today, endedOn ?? endsOn].sort()[0] ?? today;
  const term = frame.terms.findLast((each) => each.startsOn <= day);
  const pointIds = points.map(({ observationPointId }) => observationPointId);
  const since = new Date(startOfDay(startsOn, timeZone));
  const days = await ownPointDays(store, schoolId, { studentId, pointIds, since });
  return points.flatMap(({ observationPointId: id, name, icon, retiredOn }) => {
    const point = frame.ownPoints.get(id);
    if (!point || !term) return []; // of a version that no term has any more
    const { dimension, indicatorCode, indicator, kind, beans } = point;
    const counts = days.filter(({ observationPointId }) => observationPointId === id);
    const course = courseOf(counts, startsOn, { term, day, exceptions });
    const weeks = [...course.weeks];
    const how = { records: course.records, weeks, change: course.change, isRetired: retiredOn !== null };
    return [{ id, name, icon, dimension, indicatorCode, indicator, kind, beans, ...how }];
  });
}

/**
 * Makes a plan, or changes the one that runs; sending the same again changes nothing.
 * @throws Problem individual-plan-days, individual-plan-open, individual-plan-ended, individual-plan-changed,
 * individual-plan-point-fixed, individual-plan-id-conflict, outside-term; not-found for an indicator the child has not
 */
export async function savePlan(
  deps: Deps,
  grant: Grant,
  { studentId, planId: id }: OfPlan,
  { version, points, ...sent }: SaveIndividualPlan,
): Promise<void> {
  const { schoolId, membershipId } = grant;
  const at = deps.now();
  const words = { ...sent, focus: tidy(sent.focus), supports: tidy(sent.supports) };
  await deps.database.write(schoolId, async (store) => {
    await store.lock([planLock(schoolId, studentId)]);
    const frame = await frameNow(store, schoolId);
    const today = localDayOf(at.getTime(), frame.timeZone);
    const rows = await individualPlansOf(store, schoolId, studentId);
    const kept = rows.find((row) => row.id === id);
    const before = await pointsOfPlans(store, schoolId, [id]);
    if (kept && isSame(kept, before, words, points)) return;
    if (kept && kept.endedOn !== null) throw new Problem("individual-plan-ended");
    if (kept && kept.version !== version) throw new Problem("individual-plan-changed");
    if (!arePlanDaysFit(words, today)) throw new Problem("individual-plan-days");
    if (!kept) {
      if (rows.some(({ endedOn }) => endedOn === null)) throw new Problem("individual-plan-open");
      const made = { ...words, id, studentId, madeBy: membershipId, madeAt: at };
      if (!(await addIndividualPlan(store, schoolId, made))) throw new Problem("individual-plan-id-conflict");
    } else await changeIndividualPlan(store, schoolId, { id, from: version }, words);
    const offered = await pointsOffered(store, frame, studentId, today);
    await savePoints(store, frame, { planId: id, offered, before, today }, points);
    // How many, and until when: what it says is for the child's teachers, the log for administrators.
    const after = { endsOn: words.endsOn, points: points.length };
    await noteChange(store, grant, { action: "individual-plan.save", at, studentId, subjectId: id, after });
  });
  deps.frames.forget(schoolId);
}

/** New points are added, known ones worded anew, and those that are left out retired. */
async function savePoints(
  store: Store,
  frame: SchoolFrame,
  of: {
    readonly planId: string;
    readonly offered: readonly FramePoint[];
    readonly before: Awaited<ReturnType<typeof pointsOfPlans>>;
    readonly today: string;
  },
  points: readonly OwnPointInput[],
): Promise<void> {
  const { schoolId } = frame;
  for (const [position, { id, name, nameEn, icon, indicatorCode, kind, beans }] of points.entries()) {
    const words = { name: bilingual(name, nameEn), icon, position };
    const known = frame.ownPoints.get(id);
    if (of.before.some(({ observationPointId }) => observationPointId === id)) {
      const isFixed = known?.indicatorCode === indicatorCode && known.kind === kind && known.beans === beans;
      if (!isFixed) throw new Problem("individual-plan-point-fixed");
      await changeOwnPoint(store, schoolId, id, { ...words, retiredOn: null });
      continue;
    }
    if (known || frame.points.has(id)) throw new Problem("individual-plan-id-conflict");
    if (of.offered.length === 0) throw new Problem("outside-term");
    const under = of.offered.find((point) => point.indicatorCode === indicatorCode);
    if (!under) throw new Problem("not-found");
    const { schemeId, indicatorId, indicator, dimension } = under;
    const { minBeans, maxBeans, weeklyCap } = RULES;
    const bounds = { minBeans, maxBeans, weeklyCap };
    const place = { planId: of.planId, schemeId, indicatorId, indicator, dimension };
    await addOwnPoint(store, schoolId, {
      id,
      code: ownPointCode(id),
      ...place,
      ...words,
      kind,
      beans,
      ...bounds,
    });
  }
  const stay = new Set(points.map(({ id }) => id));
  for (const { observationPointId: id, retiredOn, name, icon, position } of of.before)
    if (!stay.has(id) && retiredOn === null)
      await changeOwnPoint(store, schoolId, id, { name, icon, position, retiredOn: of.today });
}

function isSame(
  kept: IndividualPlanRow,
  before: Awaited<ReturnType<typeof pointsOfPlans>>,
  words: Omit<SaveIndividualPlan, "version" | "points">,
  points: readonly OwnPointInput[],
): boolean {
  const inUse = before.filter(({ retiredOn }) => retiredOn === null);
  const fields = ["focus", "supports", "startsOn", "endsOn", "reviewOn"] as const;
  return (
    fields.every((field) => kept[field] === words[field]) &&
    inUse.length === points.length &&
    points.every(({ id, name, nameEn, icon }, place) => {
      const one = inUse[place];
      const wanted = bilingual(name, nameEn);
      const isSameWords = one?.name.zh === wanted.zh && one.name.en === wanted.en && one.icon === icon;
      return isSameWords && one.observationPointId === id;
    })
  );
}

/** Adds what a teacher noticed today; sending it again changes nothing. @throws Problem individual-plan-not-found, individual-plan-ended, individual-plan-id-conflict */
export async function notePlan(
  deps: Deps,
  grant: Grant,
  { studentId, planId, noteId: id }: OfPlan & { readonly noteId: string },
  { text: sent }: PlanNoteInput,
): Promise<void> {
  const { schoolId, membershipId: authorId } = grant;
  const writtenAt = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  const text = tidy(sent);
  await deps.database.write(schoolId, async (store) => {
    await store.lock([planLock(schoolId, studentId)]);
    const plan = await planOf(store, schoolId, { studentId, planId });
    const kept = await planNoteById(store, schoolId, id);
    if (kept?.planId === planId && kept.authorId === authorId && kept.text === text) return;
    if (kept) throw new Problem("individual-plan-id-conflict");
    if (plan.endedOn !== null) throw new Problem("individual-plan-ended");
    const day = localDayOf(writtenAt.getTime(), timeZone);
    await addPlanNote(store, schoolId, { id, planId, text, day, authorId, writtenAt });
    await noteChange(store, grant, {
      action: "individual-plan.note",
      at: writtenAt,
      studentId,
      subjectId: id,
    });
  });
}

/** Looks back on a plan and ends it; ending it again changes nothing. @throws Problem individual-plan-not-found */
export async function endPlan(
  deps: Deps,
  grant: Grant,
  { studentId, planId }: OfPlan,
  { whatHelped }: EndIndividualPlan,
): Promise<void> {
  const { schoolId, membershipId: endedBy } = grant;
  const at = deps.now();
  const { timeZone } = await deps.frames.of(schoolId);
  await deps.database.write(schoolId, async (store) => {
    await store.lock([planLock(schoolId, studentId)]);
    await planOf(store, schoolId, { studentId, planId });
    const ended = { endedOn: localDayOf(at.getTime(), timeZone), endedBy, whatHelped: tidy(whatHelped) };
    if (!(await endIndividualPlan(store, schoolId, planId, ended))) return;
    await noteChange(store, grant, { action: "individual-plan.end", at, studentId, subjectId: planId });
  });
  deps.frames.forget(schoolId);
}

/**
 * The own points, with their words, of the children of a class, for the class page of who teaches it; none for anybody
 * else, nor for a tablet that may be in a child's hands.
 */
export async function ownPointsOnPage(
  store: Store,
  frame: SchoolFrame,
  { standings, isConfined }: Grant,
  here: { readonly classId: string; readonly day: string },
): Promise<AwardablePoints["ownPoints"]> {
  const action = "individual-plan.read-points";
  if (!isGranted(action, standings) || !isWithinReach(action, isConfined)) return [];
  const rows = await ownPointsInClass(store, frame.schoolId, here);
  return [...Map.groupBy(rows, ({ studentId }) => studentId)].map(([studentId, ofChild]) => ({
    studentId,
    points: ofChild.flatMap(({ observationPointId: id, name, icon }) => {
      const point = frame.ownPoints.get(id);
      if (!point) return [];
      const { code, dimension, indicator, kind, beans, minBeans, maxBeans, weeklyCap, evidence } = point;
      const bounds = { beans, minBeans, maxBeans, weeklyCap, evidence };
      const own = { name, icon, origin: "child" as const, isFavourite: false, recentUses: 0 };
      return [{ id, code, dimension, indicator, kind, ...bounds, ...own }];
    }),
  }));
}

/** The scheme's own points the child may be given now; none outside terms. */
async function pointsOffered(
  store: Store,
  frame: SchoolFrame,
  studentId: string,
  today: string,
): Promise<FramePoint[]> {
  const enrolled = (await enrollmentsOf(store, frame.schoolId, [studentId])).find((e) => covers(e, today));
  const schemeId = termOn(today, frame.terms)?.schemeId;
  const grade = enrolled?.class.grade;
  return grade === undefined ? [] : pointsOfScheme(frame, schemeId, grade);
}

async function planOf(
  store: Store,
  schoolId: string,
  { studentId, planId }: OfPlan,
): Promise<IndividualPlanRow> {
  const plan = (await individualPlansOf(store, schoolId, studentId)).find(({ id }) => id === planId);
  if (!plan) throw new Problem("individual-plan-not-found");
  return plan;
}

/** A name in English is a help for who reads English, and may be left out. */
function bilingual(name: string, nameEn: string | null) {
  const zh = tidy(name);
  return { zh, en: nameEn === null ? zh : tidy(nameEn) };
}

function tidy(text: string): string {
  return text.trim().toWellFormed();
}

function planLock(schoolId: string, studentId: string): string {
  return `${schoolId}/individual-plans/${studentId}`;
}

/** What is read in this very transaction: a frame kept from before may be seconds old. */
async function frameNow(store: Store, schoolId: string): Promise<SchoolFrame> {
  const frame = await schoolFrame(store, schoolId);
  if (!frame) throw new Problem("not-found");
  return frame;
}
