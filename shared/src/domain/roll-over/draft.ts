/**
 * What the office means to do at the turn of the school year, before anything is done: what becomes of each class, how next
 * year's classes are called, and which assignments are not carried along. Pure; a draft changes nothing.
 */
import type { Sex } from "../roster-import/fields.ts";
import type { Homeroom } from "../people/assignments.ts";
import type { Stay } from "../people/moves.ts";
import { nextClassName } from "./next-names.ts";

/** Goes up a grade whole; is mixed with the others of its grade; leaves the school. */
export const CLASS_FATES = ["moves-up", "mixed", "graduates"] as const;
export type ClassFate = (typeof CLASS_FATES)[number];

export interface YearClass {
  readonly id: string;
  readonly grade: number;
  readonly name: string;
}

export interface RollingPupil {
  readonly id: string;
  readonly studentNo: string;
  readonly name: string;
  readonly sex: Sex | null;
  /** All of them, in any order. */
  readonly stays: readonly Stay[];
}

export interface RollingAssignment extends Homeroom {
  readonly membershipId: string;
  readonly subjectId: string | null;
  /** Whether its teacher still works at the school. */
  readonly isHere: boolean;
}

/** The school on the eve of a school year. */
export interface SchoolOnTheEve {
  /** Of the year to come. */
  readonly firstDay: string;
  readonly hasTerms: boolean;
  /** In which pupils are or which somebody teaches at the end of the running year, in the school's order. */
  readonly classes: readonly YearClass[];
  /** Classes that the year to come has by now. */
  readonly nextClasses: readonly YearClass[];
  /** Who is in a class on the last day of the running year or later. */
  readonly pupils: readonly RollingPupil[];
  /** Of the classes of this year. */
  readonly assignments: readonly RollingAssignment[];
  /** Of the classes that the year to come has by now. */
  readonly nextAssignments: readonly (Homeroom & { readonly membershipId: string })[];
}

export interface RollOverDraft {
  readonly classes: readonly {
    readonly classId: string;
    readonly becomes: ClassFate;
    /** Next year's class into which its teachers, and its pupils where it is not mixed, go; null for none. */
    readonly nextId: string | null;
  }[];
  readonly nextClasses: readonly YearClass[];
  /** Assignments that end with the year though their class goes on. */
  readonly notCarried: readonly string[];
  /** Pupils who go elsewhere than their class, and those of mixed classes. */
  readonly choices: readonly { readonly studentId: string; readonly nextId: string }[];
}

const HIGHEST_GRADE = 9;
const HIGHEST_OF_PRIMARY = 6;

/** The grade with which a school of these grades ends: the 6th, or the 9th where it has one above the 6th. */
export function leavingGradeOf(classes: readonly YearClass[]): number {
  return classes.some(({ grade }) => grade > HIGHEST_OF_PRIMARY) ? HIGHEST_GRADE : HIGHEST_OF_PRIMARY;
}

/**
 * The draft to begin with, and a draft brought up to date with a school that has changed since: classes that are new get
 * what is usual, what is gone goes.
 * @param newId for each class of the next year that is not there yet
 * @param kept what was drafted before
 */
export function draftFor(school: SchoolOnTheEve, newId: () => string, kept?: RollOverDraft): RollOverDraft {
  const leaving = leavingGradeOf(school.classes);
  const known = new Map(school.nextClasses.map((next) => [next.id, next]));
  const nextClasses = (kept?.nextClasses ?? []).map((next) => known.get(next.id) ?? next);
  for (const next of school.nextClasses)
    if (!nextClasses.some(({ id }) => id === next.id)) nextClasses.push(next);
  const called = (grade: number, name: string): string => {
    const found = nextClasses.find((next) => next.grade === grade && next.name === name);
    if (found) return found.id;
    const added = { id: newId(), grade, name };
    nextClasses.push(added);
    return added.id;
  };
  const exists = (id: string | null) => id === null || nextClasses.some((next) => next.id === id);
  const classes = school.classes.map(({ id: classId, grade, name }) => {
    const drafted = kept?.classes.find((c) => c.classId === classId);
    if (drafted && exists(drafted.nextId)) return drafted;
    if (grade >= leaving) return { classId, becomes: "graduates" as const, nextId: null };
    return { classId, becomes: "moves-up" as const, nextId: called(grade + 1, nextClassName(name, grade)) };
  });
  if (!kept) for (const { grade, name } of lowestOf(school.classes)) called(grade, name);
  const isThere = new Set(school.pupils.map(({ id }) => id));
  const isAssigned = new Set(school.assignments.map(({ id }) => id));
  return {
    classes,
    nextClasses: nextClasses.toSorted((a, b) => a.grade - b.grade),
    notCarried: (kept?.notCarried ?? []).filter((id) => isAssigned.has(id)),
    choices: (kept?.choices ?? []).filter(
      ({ studentId, nextId }) => isThere.has(studentId) && exists(nextId),
    ),
  };
}

/** The classes whose like begin anew, empty, for the children who are to come. */
function lowestOf(classes: readonly YearClass[]): YearClass[] {
  const lowest = Math.min(...classes.map(({ grade }) => grade));
  return classes.filter(({ grade }) => grade === lowest && (grade === 1 || grade === HIGHEST_OF_PRIMARY + 1));
}
