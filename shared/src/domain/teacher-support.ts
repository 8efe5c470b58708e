/**
 * Which teachers may be glad of a hand: new at the school, or without a record for three school weeks. Looks at whether
 * somebody recorded, never at how much; gives names in the order of names.
 */
import { addDays } from "./days.ts";

export const SUPPORT_RULES = {
  /** A teacher is new for so many days after the first lesson here. */
  newForDays: 30,
  /** "Has not found time": no record in so many school days, today's among them. */
  quietSchoolDays: 15,
} as const;

/** A teacher who teaches here now. */
export interface TeacherHere {
  readonly id: string;
  readonly name: string;
  /** The first day of teaching at this school. */
  readonly since: string;
}

export interface Support {
  readonly newHere: readonly TeacherHere[];
  readonly foundNoTime: readonly TeacherHere[];
}

/**
 * @param recorders who recorded anything since `quietSince`
 * @param quietSince undefined while the term is not that old: then nobody has been quiet for long
 */
export function supportFor(
  teachers: readonly TeacherHere[],
  recorders: ReadonlySet<string>,
  { today, quietSince }: { readonly today: string; readonly quietSince: string | undefined },
): Support {
  const newSince = addDays(today, -SUPPORT_RULES.newForDays);
  const byName = teachers.toSorted((one, other) => one.name.localeCompare(other.name, "zh-CN"));
  const isNew = ({ since }: TeacherHere) => since > newSince;
  return {
    newHere: byName.filter(isNew),
    foundNoTime: byName.filter(
      (teacher) =>
        quietSince !== undefined &&
        !isNew(teacher) &&
        teacher.since <= quietSince &&
        !recorders.has(teacher.id),
    ),
  };
}
