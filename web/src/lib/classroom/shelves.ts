/** How classes are laid out on the list: a teacher's own in one row, a school's by grade. Pure. */
import type { TaughtClass } from "@doudou/shared/contract/classes.ts";

export interface Shelf {
  /** Undefined where the classes are not sorted by grade. */
  readonly grade: number | undefined;
  readonly classes: readonly TaughtClass[];
}

/** Homeroom classes come first; otherwise the server's order stays. */
export function shelvesOf(classes: readonly TaughtClass[], isByGrade: boolean): Shelf[] {
  if (classes.length === 0) return [];
  if (!isByGrade) {
    const homeroomFirst = [...classes].sort(
      (one, other) => Number(other.isHomeroom) - Number(one.isHomeroom),
    );
    return [{ grade: undefined, classes: homeroomFirst }];
  }
  const grades = [...new Set(classes.map(({ grade }) => grade))].sort((one, other) => one - other);
  return grades.map((grade) => ({ grade, classes: classes.filter((taught) => taught.grade === grade) }));
}
