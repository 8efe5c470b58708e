/**
 * What a roll-over would do: for each pupil and each assignment the days that change, and everything that stands against
 * it. By dates alone: what is new begins on the first day of the year to come, what is over ends the day before, and no
 * day before that is touched. Decides; writes nothing. Nobody is lost and nobody doubled.
 */
import { addDays } from "../days.ts";
import { endedOn, type Homeroom, isHomeroomTaken } from "../people/assignments.ts";
import type { Stay, StayChanges } from "../people/moves.ts";
import type { RollingAssignment, RollingPupil, RollOverDraft, SchoolOnTheEve } from "./draft.ts";

/** Why a pupil will be where it will be; `unplaced` stands against the whole roll-over. */
export const PUPIL_FATES = [
  "moves-up",
  "chosen",
  "graduates",
  "leaves",
  "placed-already",
  "unplaced",
] as const;
export type PupilFate = (typeof PUPIL_FATES)[number];

export interface PupilPlan {
  readonly studentId: string;
  /** Null for who is only to come. */
  readonly classId: string | null;
  /** Next year's class; null for none. */
  readonly nextId: string | null;
  readonly fate: PupilFate;
  readonly changes: StayChanges | null;
}

export const ASSIGNMENT_FATES = [
  "carried",
  "not-carried",
  "class-ends",
  "teacher-left",
  "substitute",
] as const;
export type AssignmentFate = (typeof ASSIGNMENT_FATES)[number];

export interface AssignmentPlan {
  readonly assignmentId: string;
  readonly fate: AssignmentFate;
  /** Its last day; null where no day is left of it. */
  readonly lastDay: string | null;
  readonly added: Omit<RollingAssignment, "id" | "isHere"> | null;
}

export const ROLL_OVER_FAULTS = [
  "terms-missing",
  "name-missing",
  "name-twice",
  "pupil-without-class",
  "homeroom-twice",
  "class-empty",
] as const;
export type RollOverFault = (typeof ROLL_OVER_FAULTS)[number];

export interface RollOverProblem {
  readonly fault: RollOverFault;
  /** The class of this year or of the next that it is about. */
  readonly classId?: string;
  readonly pupils?: number;
}

export interface RollOverPlan {
  readonly pupils: readonly PupilPlan[];
  /** Those that would reach into the year to come. */
  readonly assignments: readonly AssignmentPlan[];
  readonly problems: readonly RollOverProblem[];
}

/** What is worth a second look but does not stand against it. */
const HINTS: ReadonlySet<RollOverFault> = new Set(["class-empty"]);

export function isHindered({ problems }: Pick<RollOverPlan, "problems">): boolean {
  return problems.some(({ fault }) => !HINTS.has(fault));
}

/** The plan of a draft that is up to date with the school: see `draftFor`. */
export function planRollOver(school: SchoolOnTheEve, draft: RollOverDraft): RollOverPlan {
  const fates = new Map(draft.classes.map((drafted) => [drafted.classId, drafted]));
  const choices = new Map(draft.choices.map(({ studentId, nextId }) => [studentId, nextId]));
  const nextYears = new Set(school.nextClasses.map(({ id }) => id));
  const pupils = school.pupils.map((pupil) =>
    plannedPupil(pupil, school.firstDay, nextYears, (classId) => {
      const chosen = choices.get(pupil.id);
      const drafted = fates.get(classId);
      if (drafted?.becomes === "graduates") return { fate: "graduates", nextId: null };
      if (chosen !== undefined) return { fate: "chosen", nextId: chosen };
      if (drafted?.becomes === "moves-up" && drafted.nextId !== null)
        return { fate: "moves-up", nextId: drafted.nextId };
      return { fate: "unplaced", nextId: null };
    }),
  );
  const notCarried = new Set(draft.notCarried);
  const assignments = school.assignments
    .filter(({ endsOn }) => endsOn === null || endsOn >= school.firstDay)
    .map((assignment) => {
      const drafted = fates.get(assignment.classId);
      const nextId = drafted && drafted.becomes !== "graduates" ? drafted.nextId : null;
      return plannedAssignment(assignment, nextId, notCarried, school.firstDay);
    });
  return { pupils, assignments, problems: problemsOf(school, draft, pupils, assignments) };
}

type Destination = Pick<PupilPlan, "fate" | "nextId">;

function plannedPupil(
  { id: studentId, stays }: RollingPupil,
  firstDay: string,
  nextYears: ReadonlySet<string>,
  destinationFrom: (classId: string) => Destination,
): PupilPlan {
  const last = stays.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1)).at(-1);
  const ofThisYear = stays.filter(
    ({ classId, endsOn }) => !nextYears.has(classId) && (endsOn === null || endsOn >= addDays(firstDay, -1)),
  );
  const classId = ofThisYear.at(-1)?.classId ?? null;
  const isPlaced = last !== undefined && nextYears.has(last.classId);
  if (!isPlaced && !ofThisYear.some((stay) => reaches(stay, firstDay)))
    return { studentId, classId, nextId: null, fate: "leaves", changes: null };
  const { fate, nextId } = isPlaced
    ? ({ fate: "placed-already", nextId: last.classId } as const)
    : destinationFrom(last?.classId ?? "");
  const changes = goingOn(ofThisYear, nextId, firstDay);
  // Who never was here for a day has no way at all; such a record nobody would find again.
  const isGone = nextId === null && changes.removes.length === stays.length;
  if (fate === "unplaced" || isGone)
    return { studentId, classId, nextId: null, fate: "unplaced", changes: null };
  return { studentId, classId, nextId, fate, changes };
}

/** From the first day on nobody is in a class of the old year, however late somebody came to it: every such day is the next class's. */
function goingOn(ofThisYear: readonly Stay[], nextId: string | null, firstDay: string): StayChanges {
  const over = ofThisYear.filter((stay) => reaches(stay, firstDay));
  const begun = over.filter(({ startsOn }) => startsOn < firstDay);
  const late = over.filter(({ startsOn }) => startsOn >= firstDay);
  const adds = over.map(({ startsOn, endsOn }) => {
    return { classId: nextId ?? "", startsOn: startsOn < firstDay ? firstDay : startsOn, endsOn };
  });
  return {
    ends: begun.map(({ id }) => ({ id, endsOn: addDays(firstDay, -1) })),
    removes: late.map(({ id }) => id),
    adds: nextId === null ? [] : adds,
  };
}

function reaches({ endsOn }: Stay, day: string): boolean {
  return endsOn === null || endsOn >= day;
}

function plannedAssignment(
  assignment: RollingAssignment,
  nextId: string | null,
  notCarried: ReadonlySet<string>,
  firstDay: string,
): AssignmentPlan {
  const {
    id: assignmentId,
    startsOn,
    endsOn,
    membershipId,
    subjectId,
    isHomeroom,
    standsInForId,
  } = assignment;
  const lastDay = endedOn(assignment, addDays(firstDay, -1))?.endsOn ?? null;
  const ending = (fate: AssignmentFate): AssignmentPlan => ({ assignmentId, fate, lastDay, added: null });
  if (standsInForId !== null) return ending("substitute");
  if (nextId === null) return ending("class-ends");
  if (!assignment.isHere) return ending("teacher-left");
  if (notCarried.has(assignmentId)) return ending("not-carried");
  const span = { startsOn: startsOn > firstDay ? startsOn : firstDay, endsOn };
  const added = { membershipId, classId: nextId, subjectId, isHomeroom, standsInForId: null, ...span };
  return { assignmentId, fate: "carried", lastDay, added };
}

function problemsOf(
  school: SchoolOnTheEve,
  { nextClasses }: RollOverDraft,
  pupils: readonly PupilPlan[],
  assignments: readonly AssignmentPlan[],
): RollOverProblem[] {
  const found: RollOverProblem[] = [];
  if (!school.hasTerms) found.push({ fault: "terms-missing" });
  const names = new Set<string>();
  for (const { id: classId, name } of nextClasses) {
    const called = name.trim();
    if (called === "") found.push({ fault: "name-missing", classId });
    else if (names.has(called)) found.push({ fault: "name-twice", classId });
    names.add(called);
  }
  const unplaced = Map.groupBy(
    pupils.filter(({ fate }) => fate === "unplaced"),
    ({ classId }) => classId ?? "",
  );
  for (const [classId, left] of unplaced)
    found.push({ fault: "pupil-without-class", classId, pupils: left.length });
  for (const classId of homeroomsTwice(assignments, school.nextAssignments))
    found.push({ fault: "homeroom-twice", classId });
  const lowest = Math.min(...school.classes.map(({ grade }) => grade));
  const filled = new Set(pupils.map(({ nextId }) => nextId));
  for (const { id: classId, grade } of nextClasses)
    if (grade > lowest && !filled.has(classId)) found.push({ fault: "class-empty", classId });
  return found;
}

function homeroomsTwice(
  assignments: readonly AssignmentPlan[],
  present: readonly Homeroom[],
): ReadonlySet<string> {
  const taken = [...present];
  const twice = new Set<string>();
  for (const { assignmentId: id, added } of assignments) {
    if (!added?.isHomeroom) continue;
    if (isHomeroomTaken(added, taken)) twice.add(added.classId);
    taken.push({ ...added, id });
  }
  return twice;
}
