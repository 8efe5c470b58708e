/**
 * A class's growth, for its homeroom teacher: names in bands, coverage week by week, who to look at and what is planned
 * for it. Never gives a figure of a child, and never an order but that of names.
 */
import { EVERY_SCHOOL, type Store } from "@doudou/db/engines/database.ts";
import {
  type ClassRow,
  classById,
  enrollmentsOf,
  type StudentRow,
  studentsOfClass,
} from "@doudou/db/repositories/people.ts";
import { dayTalliesOfStudents, type OfStudent, type DayCount } from "@doudou/db/repositories/growth.ts";
import { type SchoolFrame, schoolIds, type SchoolTerm } from "@doudou/db/repositories/schools.ts";
import {
  deleteWatchPlansBefore,
  endWatchPlan,
  type KeptWatchPlan,
  keepWatchPlan,
  runningWatchPlans,
} from "@doudou/db/repositories/watch-plans.ts";
import type {
  AgainstTermBefore,
  ClassGrowth,
  NewWatchPlan,
  WatchPlan,
} from "@doudou/shared/contract/class-growth.ts";
import type { DimensionGrowth } from "@doudou/shared/contract/growth.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { byPinyin } from "@doudou/shared/domain/child-name.ts";
import {
  classAgainstLastTerm,
  coverageOf,
  isTooEarlyToAsk,
  type Need,
  needsOf,
  WATCH_DAYS,
} from "@doudou/shared/domain/class-growth.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import { buildDimensionGrowth, type GrowthFacts } from "@doudou/shared/domain/growth.ts";
import { DIMENSIONS, STAGES } from "@doudou/shared/domain/words.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { termGrowthOfAll } from "../growth/service.ts";
import { currentTerm, termBefore, termById, termRef } from "../schools/service.ts";

/** How long a plan is kept after its last day. */
const KEPT_DAYS = 30;

/** A child with all that is reckoned of it; for this feature and its tables alone. */
export interface GrowingChild {
  readonly student: StudentRow;
  readonly facts: GrowthFacts;
  readonly growth: readonly DimensionGrowth[];
  readonly needs: readonly Need[];
  readonly isTooEarly: boolean;
}

export interface GrowingClass {
  readonly row: ClassRow;
  readonly term: SchoolTerm;
  readonly dimensionNames: GrowthFacts["dimensionNames"] | undefined;
  readonly children: readonly GrowingChild[];
  readonly weeks: ClassGrowth["weeks"];
}

/**
 * A class in a term; the current one if none is named.
 * @throws Problem not-found, term-not-found
 */
export async function classGrowth(
  deps: Deps,
  grant: Grant,
  classId: string,
  termId: string | undefined,
): Promise<ClassGrowth> {
  const { schoolId, standings } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const { row, term, children, weeks, dimensionNames } = await growingClass(
      store,
      frame,
      now,
      classId,
      termId,
    );
    const isNow = termRef(frame, term, now).isCurrent;
    const plans = isNow ? await plansOf(store, schoolId, classId, today, children) : [];
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      studentCount: children.length,
      term: termRef(frame, term, now),
      terms: frame.terms
        .filter((each) => each.academicYearId === row.academicYearId && each.startsOn <= today)
        .map((each) => termRef(frame, each, now))
        .reverse(),
      dimensions: DIMENSIONS.flatMap((dimension) => {
        const name = dimensionNames?.[dimension];
        return name ? [{ dimension, name, bands: bandsOf(children, dimension) }] : [];
      }),
      weeks,
      lastTerm: await againstTermBefore(store, frame, { row, term, children }, now),
      needs: isNow ? children.flatMap((child) => shownNeeds(child, plans)) : [],
      tooEarlyFor: children.filter(({ isTooEarly }) => isTooEarly).length,
      plans,
      mayPlan: isNow && isGranted("watch-plan.make", standings),
    };
  });
}

/** All that a class's page and its tables are made of, in a handful of statements whatever the number of children. */
export async function growingClass(
  store: Store,
  frame: SchoolFrame,
  now: Date,
  classId: string,
  termId: string | undefined,
): Promise<GrowingClass> {
  const { schoolId } = frame;
  const term = termId === undefined ? currentTerm(frame, now) : termById(frame, termId);
  if (!term) throw new Problem("term-not-found");
  const row = await classById(store, schoolId, classId);
  if (!row) throw new Problem("not-found");
  const today = localDayOf(now.getTime(), frame.timeZone);
  const asOf = today < term.endsOn ? today : term.endsOn;
  const students = (await studentsOfClass(store, schoolId, classId, asOf)).sort(byPinyin);
  const since = await hereSince(store, schoolId, students);
  const grown = await termGrowthOfAll(store, frame, term, students, row.grade, now);
  const [first] = grown;
  const weekStarts = first?.weekStarts ?? [];
  return {
    row,
    term,
    dimensionNames: first?.facts.dimensionNames,
    children: grown.flatMap(({ facts }, index) => {
      const student = students[index];
      if (!student) return [];
      const growth = buildDimensionGrowth(facts);
      const weeksHere = weeksSince(since.get(student.id), weekStarts, facts.weeksElapsed);
      const needs = needsOf(growth, weeksHere);
      return [{ student, facts, growth, needs, isTooEarly: isTooEarlyToAsk(weeksHere) }];
    }),
    weeks: coverageOf(grown.map(({ facts }) => facts.weeks)).map(({ children, dimensions }, week) => ({
      startsOn: weekStarts[week] ?? term.startsOn,
      isRunning: week === weekStarts.length - 1 && (first?.facts.weeksElapsed ?? 0) < weekStarts.length,
      children,
      dimensions: DIMENSIONS.map((dimension) => ({ dimension, children: dimensions[dimension] })),
    })),
  };
}

/** Whoever was noticed in the term before, in whichever class, each against itself then. */
async function againstTermBefore(
  store: Store,
  frame: SchoolFrame,
  { row, term, children }: Pick<GrowingClass, "row" | "term" | "children">,
  now: Date,
): Promise<AgainstTermBefore | null> {
  const before = termBefore(frame, term);
  if (!before) return null;
  const students = children.map(({ student }) => student);
  // How often a child was noticed does not hang on its grade.
  const then = await termGrowthOfAll(store, frame, before, students, row.grade, now);
  const compared = children.flatMap(({ facts }, index) => {
    const earlier = then[index]?.facts;
    return earlier && earlier.points.length > 0 ? [{ now: facts, before: earlier }] : [];
  });
  if (compared.length === 0) return null;
  return {
    term: termRef(frame, before, now),
    children: compared.length,
    dimensions: classAgainstLastTerm(compared),
  };
}

/** The first day of each student at the school. */
async function hereSince(store: Store, schoolId: string, students: readonly StudentRow[]) {
  const enrollments = await enrollmentsOf(
    store,
    schoolId,
    students.map(({ id }) => id),
  );
  const since = new Map<string, string>();
  for (const { studentId, startsOn } of enrollments)
    if (!since.has(studentId)) since.set(studentId, startsOn);
  return since;
}

/** School weeks, with the share of the running one, from the week of a day on. */
function weeksSince(day = "", weekStarts: readonly string[], elapsed: number): number {
  const before = weekStarts.filter((monday) => addDays(monday, 6) < day).length;
  return Math.max(0, elapsed - before);
}

function bandsOf(children: readonly GrowingChild[], dimension: DimensionGrowth["dimension"]) {
  const stageOf = ({ growth }: GrowingChild) => growth.find((each) => each.dimension === dimension)?.stage;
  return STAGES.map((stage) => ({
    stage,
    students: children.filter((child) => stageOf(child) === stage).map(named),
  })).filter(({ students }) => students.length > 0);
}

function named({ student: { id, name } }: GrowingChild) {
  return { id, name };
}

function shownNeeds(child: GrowingChild, plans: readonly WatchPlan[]): ClassGrowth["needs"] {
  if (child.needs.length === 0) return [];
  const ofChild = plans.filter(({ student }) => student.id === child.student.id);
  const reasons = child.needs.map(({ reason, dimension }) => ({
    reason,
    dimension,
    planId: ofChild.find((plan) => plan.reason === reason && plan.dimension === dimension)?.id ?? null,
  }));
  return [{ student: named(child), reasons }];
}

async function plansOf(
  store: Store,
  schoolId: string,
  classId: string,
  day: string,
  children: readonly GrowingChild[],
): Promise<WatchPlan[]> {
  const studentIds = children.map(({ student }) => student.id);
  const plans = await runningWatchPlans(store, schoolId, { classId, day, studentIds });
  if (plans.length === 0) return [];
  const from = plans.reduce((first, { startsOn }) => (startsOn < first ? startsOn : first), day);
  const watched = [...new Set(plans.map(({ studentId }) => studentId))];
  const days = await dayTalliesOfStudents(store, schoolId, watched, { from, to: day });
  return children.flatMap((child) =>
    plans
      .filter(({ studentId }) => studentId === child.student.id)
      .map(({ id, reason, dimension, startsOn, endsOn, ...plan }) => ({
        id,
        student: named(child),
        reason,
        dimension,
        startsOn,
        endsOn,
        seen: Math.max(0, recordsOf({ ...plan, dimension, startsOn }, days) - plan.recordsBefore),
      })),
  );
}

/** Records of what a plan looks out for, from its first day on. */
function recordsOf(
  { studentId, dimension, startsOn }: Pick<KeptWatchPlan, "studentId" | "dimension" | "startsOn">,
  days: readonly OfStudent<DayCount>[],
): number {
  return days
    .filter((of) => of.studentId === studentId && of.day >= startsOn)
    .filter((of) => dimension === null || of.dimension === dimension)
    .reduce((sum, { count }) => sum + count, 0);
}

/**
 * Plans to look out for a child for two weeks. Sending it again changes nothing, and one that was ended goes on.
 * @throws Problem outside-term; not-found for a child that is not in the class today
 */
export async function makeWatchPlan(
  deps: Deps,
  grant: Grant,
  { classId, planId: id }: { readonly classId: string; readonly planId: string },
  { studentId, reason, dimension }: NewWatchPlan,
): Promise<void> {
  const { schoolId, membershipId } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  const today = localDayOf(at.getTime(), frame.timeZone);
  const term = currentTerm(frame, at);
  if (!term || today > term.endsOn) throw new Problem("outside-term");
  await deps.database.write(schoolId, async (store) => {
    const students = await studentsOfClass(store, schoolId, classId, today);
    if (!students.some((student) => student.id === studentId)) throw new Problem("not-found");
    const ofToday = await dayTalliesOfStudents(store, schoolId, [studentId], { from: today, to: today });
    const plan = {
      id,
      classId,
      studentId,
      reason,
      dimension,
      startsOn: today,
      endsOn: addDays(today, WATCH_DAYS - 1),
    };
    const recordsBefore = recordsOf(plan, ofToday);
    const kept = { ...plan, recordsBefore, madeBy: membershipId, madeAt: at };
    if (!(await keepWatchPlan(store, schoolId, kept))) return;
    const after = { reason, dimension, endsOn: plan.endsOn };
    await noteChange(store, grant, {
      action: "watch-plan.make",
      at,
      classId,
      studentId,
      subjectId: id,
      after,
    });
  });
}

/** Ends a plan early; ending it again changes nothing. */
export async function stopWatchPlan(
  deps: Deps,
  grant: Grant,
  { classId, planId: id }: { readonly classId: string; readonly planId: string },
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const studentId = await endWatchPlan(store, schoolId, { classId, id, at });
    if (studentId === undefined) return;
    await noteChange(store, grant, { action: "watch-plan.end", at, classId, studentId, subjectId: id });
  });
}

/** Deletes, in every school, what ended a month ago. @returns how many */
export async function deleteOldWatchPlans(deps: Deps): Promise<number> {
  let deleted = 0;
  for (const schoolId of await deps.database.read(EVERY_SCHOOL, schoolIds)) {
    const { timeZone } = await deps.frames.of(schoolId);
    const day = addDays(localDayOf(deps.now().getTime(), timeZone), -KEPT_DAYS);
    deleted += await deps.database.write(schoolId, (store) => deleteWatchPlansBefore(store, schoolId, day));
  }
  return deleted;
}
