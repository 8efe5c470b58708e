/**
 * Forming classes anew by a rule that looks at nothing a child has done: girls and boys of each former class, in the
 * order of their numbers, are dealt out one by one. Knows no award and no point, and must never be told of one.
 */
import type { Sex } from "../roster-import/fields.ts";

export interface DealtPupil {
  readonly id: string;
  readonly studentNo: string;
  /** The class that it comes from. */
  readonly classId: string;
  /** Pupils of one group are dealt out after each other: see `dealtGroupOf`. */
  readonly group: number;
}

/** Girls, boys, and those of whom the office has not written it down. */
export function dealtGroupOf(sex: Sex | null): number {
  return sex === "girl" ? 0 : sex === "boy" ? 1 : 2;
}

/**
 * Deals pupils out: classes differ by one pupil at most, and so do the girls, the boys and those from any one former
 * class in them, as nearly as the numbers let it be. The same pupils come out the same.
 * @param into the classes, in the order in which they are dealt to; nobody is placed where there is none
 * @returns the class of each pupil
 */
export function spreadEvenly(pupils: readonly DealtPupil[], into: readonly string[]): Map<string, string> {
  const inOrder = pupils.toSorted(
    (a, b) =>
      a.group - b.group ||
      compared(a.classId, b.classId) ||
      compared(a.studentNo, b.studentNo) ||
      compared(a.id, b.id),
  );
  return new Map(
    inOrder.flatMap(({ id }, place) => {
      const classId = into[place % into.length];
      return classId === undefined ? [] : [[id, classId] as const];
    }),
  );
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
