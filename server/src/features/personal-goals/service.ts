/**
 * A child's own small goals: set with a teacher, in steps, looked at together on a day. Shows this child alone; a goal
 * that is not reached says nothing and ends with its term.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { enrollmentsOf } from "@doudou/db/repositories/people.ts";
import {
  addPersonalGoal,
  awardsOfPointSince,
  type PersonalGoalRow,
  personalGoalsOf,
  updatePersonalGoal,
} from "@doudou/db/repositories/personal-goals.ts";
import type { FramePoint, SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { NewPersonalGoal, PersonalGoal, PersonalGoals } from "@doudou/shared/contract/personal-goals.ts";
import { localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import { isTick, PERSONAL_GOAL_RULES } from "@doudou/shared/domain/personal-goals.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { covers, type Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

export async function goalsOfChild(
  deps: Deps,
  { schoolId, standings }: Grant,
  studentId: string,
): Promise<PersonalGoals> {
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  const mayChange = isGranted("personal-goal.set", standings) && term !== undefined;
  const mayTick = isGranted("personal-goal.tick", standings);
  return await deps.database.read(schoolId, async (store) => {
    const rows = await personalGoalsOf(store, schoolId, studentId);
    const current = rows.filter(({ termId, endedAt }) => endedAt === null && termId === term?.id);
    const reached: PersonalGoalRow[] = [];
    for (const row of rows)
      if (!current.includes(row) && (await stayedReached(store, frame, row))) reached.push(row);
    const goals: PersonalGoal[] = [];
    for (const row of current) goals.push(await shownGoal(store, frame, row, { today, mayTick }));
    const points = mayChange ? await pointsFor(store, frame, studentId, today) : [];
    return {
      goals,
      reached: reached.map(({ id, text, setAt }) => ({
        id,
        text,
        setOn: localDayOf(setAt.getTime(), frame.timeZone),
      })),
      points: points.map(({ code, name, dimension }) => ({ code, name, dimension })),
      left: Math.max(0, PERSONAL_GOAL_RULES.most - goals.filter(({ isReached }) => !isReached).length),
      mayChange,
      today,
      termEndsOn: term?.endsOn ?? null,
    };
  });
}

async function shownGoal(
  store: Store,
  frame: SchoolFrame,
  row: PersonalGoalRow,
  { today, mayTick }: { readonly today: string; readonly mayTick: boolean },
): Promise<PersonalGoal> {
  const { id, text, steps, reviewOn, by, setAt, pointCode, celebratedAt } = row;
  const done = await doneOf(store, frame, row);
  const point = [...frame.points.values()].findLast(({ code }) => code === pointCode);
  const setOn = localDayOf(setAt.getTime(), frame.timeZone);
  const isCelebrated = celebratedAt !== null;
  // What was celebrated stays reached, whatever is voided later.
  const isReached = isCelebrated || done >= steps;
  return {
    id,
    text,
    steps,
    reviewOn,
    setOn,
    setBy: by,
    isReached,
    isCelebrated,
    point: point ? { name: point.name, dimension: point.dimension } : null,
    done: isReached ? steps : done,
    isDue: !isReached && reviewOn <= today,
    mayTick: mayTick && pointCode === null && !isCelebrated,
  };
}

/** Of an earlier term: celebrated, or all steps done though the term ended before anybody celebrated. */
async function stayedReached(store: Store, frame: SchoolFrame, row: PersonalGoalRow): Promise<boolean> {
  if (row.celebratedAt !== null) return true;
  return row.endedAt === null && (await doneOf(store, frame, row)) >= row.steps;
}

async function doneOf(store: Store, frame: SchoolFrame, row: PersonalGoalRow): Promise<number> {
  const { studentId, pointCode, termId, ticked, setAt } = row;
  if (pointCode === null) return ticked;
  const since = startOfDay(localDayOf(setAt.getTime(), frame.timeZone), frame.timeZone);
  return await awardsOfPointSince(store, frame.schoolId, { studentId, pointCode, termId }, new Date(since));
}

/** Points a teacher may give the child now. */
async function pointsFor(
  store: Store,
  frame: SchoolFrame,
  studentId: string,
  today: string,
): Promise<FramePoint[]> {
  const enrolled = (await enrollmentsOf(store, frame.schoolId, [studentId])).find((e) => covers(e, today));
  const schemeId = termOn(today, frame.terms)?.schemeId;
  if (!enrolled) return [];
  const { grade, id: classId } = enrolled.class;
  return [...frame.points.values()].filter(
    (point) =>
      (point.ofClass === null
        ? point.schemeId === schemeId
        : point.ofClass.classId === classId && point.ofClass.retiredOn === null) &&
      point.gradeFrom <= grade &&
      point.gradeTo >= grade,
  );
}

/**
 * Sets a goal; setting the same again changes nothing.
 * @throws Problem outside-term, goals-enough, goal-review-not-fit, observation-point-not-found
 */
export async function setGoal(
  deps: Deps,
  grant: Grant,
  { studentId, goalId: id }: { readonly studentId: string; readonly goalId: string },
  { text, pointCode, steps, reviewOn }: NewPersonalGoal,
): Promise<void> {
  const { schoolId, membershipId: setBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const setAt = deps.now();
  const today = localDayOf(setAt.getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  if (!term) throw new Problem("outside-term");
  if (reviewOn < today || reviewOn > term.endsOn) throw new Problem("goal-review-not-fit");
  await deps.database.write(schoolId, async (store) => {
    await store.lock([goalLock(schoolId, studentId)]);
    const rows = await personalGoalsOf(store, schoolId, studentId);
    if (rows.some((row) => row.id === id)) return;
    let running = 0;
    for (const row of rows)
      if (row.termId === term.id && row.endedAt === null && (await doneOf(store, frame, row)) < row.steps)
        running += 1;
    if (running >= PERSONAL_GOAL_RULES.most) throw new Problem("goals-enough");
    if (pointCode !== null) {
      const points = await pointsFor(store, frame, studentId, today);
      if (!points.some(({ code }) => code === pointCode)) throw new Problem("observation-point-not-found");
    }
    const written = text.trim().toWellFormed();
    const goal = { id, studentId, termId: term.id, text: written, pointCode, steps, reviewOn, setBy, setAt };
    if (!(await addPersonalGoal(store, schoolId, goal))) throw new Problem("not-found");
    const after = { steps, reviewOn };
    await noteChange(store, grant, {
      action: "personal-goal.set",
      at: setAt,
      studentId,
      subjectId: id,
      after,
    });
  });
}

/**
 * Ticks a step, or takes the last tick back.
 * @throws Problem goal-not-found; goal-not-ticked for one that is measured by awards, was celebrated, or another number
 * of steps is done by now
 */
export async function tickGoal(
  deps: Deps,
  grant: Grant,
  { studentId, goalId: id }: { readonly studentId: string; readonly goalId: string },
  done: number,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([goalLock(schoolId, studentId)]);
    const row = await goalOf(store, schoolId, studentId, id);
    if (row.pointCode !== null || row.celebratedAt !== null || !isTick(row.ticked, done, row.steps))
      throw new Problem("goal-not-ticked");
    if (done === row.ticked) return;
    await updatePersonalGoal(store, schoolId, { studentId, id }, { ticked: done });
    const told = { before: { done: row.ticked }, after: { done } };
    await noteChange(store, grant, { action: "personal-goal.tick", at, studentId, subjectId: id, ...told });
  });
}

/** Ends a goal before it is reached; ending it again changes nothing. @throws Problem goal-not-found */
export async function endGoal(
  deps: Deps,
  grant: Grant,
  { studentId, goalId: id }: { readonly studentId: string; readonly goalId: string },
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([goalLock(schoolId, studentId)]);
    const row = await goalOf(store, schoolId, studentId, id);
    if (row.endedAt !== null) return;
    await updatePersonalGoal(store, schoolId, { studentId, id }, { endedAt: at });
    await noteChange(store, grant, { action: "personal-goal.end", at, studentId, subjectId: id });
  });
}

/** The child has celebrated: the goal stays reached. @throws Problem goal-not-found; goal-not-ticked where steps are missing */
export async function celebrateGoal(
  deps: Deps,
  { schoolId }: Grant,
  { studentId, goalId: id }: { readonly studentId: string; readonly goalId: string },
): Promise<void> {
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    await store.lock([goalLock(schoolId, studentId)]);
    const row = await goalOf(store, schoolId, studentId, id);
    if (row.celebratedAt !== null) return;
    if ((await doneOf(store, frame, row)) < row.steps) throw new Problem("goal-not-ticked");
    await updatePersonalGoal(store, schoolId, { studentId, id }, { celebratedAt: at });
  });
}

async function goalOf(
  store: Store,
  schoolId: string,
  studentId: string,
  id: string,
): Promise<PersonalGoalRow> {
  const row = (await personalGoalsOf(store, schoolId, studentId)).find((goal) => goal.id === id);
  if (!row) throw new Problem("goal-not-found");
  return row;
}

function goalLock(schoolId: string, studentId: string): string {
  return `${schoolId}/goals/${studentId}`;
}
