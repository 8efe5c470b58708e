/** What the kept values of children come to, year by year. Reads; decides by the standard alone; shows nobody anything. */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  fitnessExemptionsOf,
  fitnessValuesOf,
  type KeptFitnessValue,
  sexesOf,
} from "@doudou/db/repositories/fitness.ts";
import type { FitnessState } from "@doudou/shared/contract/fitness.ts";
import {
  type ExemptionReason,
  type FitnessItem,
  fitnessResult,
  type FitnessResult,
  type FitnessValues,
} from "@doudou/shared/domain/fitness.ts";
import type { Sex } from "@doudou/shared/domain/roster-import/fields.ts";

/** One child's school year. */
export interface ChildYear {
  readonly academicYearId: string;
  readonly grade: number;
  readonly exempt: ExemptionReason | null;
  readonly kept: readonly KeptFitnessValue[];
  /** With those of a retest in their place. */
  readonly values: FitnessValues;
  readonly result: FitnessResult;
  /** What the first test alone came to. */
  readonly first: FitnessResult;
}

/** Children, each with its years; those of one school year, or all. @param gradeNow the grade of them all, where they are one class */
export async function childYears(
  store: Store,
  schoolId: string,
  of: { readonly studentIds: readonly string[]; readonly academicYearId?: string | undefined },
  gradeNow = 0,
): Promise<{ readonly sexes: Map<string, Sex>; readonly years: Map<string, ChildYear[]> }> {
  const values = Map.groupBy(await fitnessValuesOf(store, schoolId, of), ({ studentId }) => studentId);
  const exemptions = Map.groupBy(
    await fitnessExemptionsOf(store, schoolId, of),
    ({ studentId }) => studentId,
  );
  const sexes = await sexesOf(store, schoolId, of.studentIds);
  const years = new Map<string, ChildYear[]>();
  for (const id of of.studentIds) {
    const byYear = Map.groupBy(values.get(id) ?? [], ({ academicYearId }) => academicYearId);
    const exempt = new Map((exemptions.get(id) ?? []).map((one) => [one.academicYearId, one.reason]));
    const ids = new Set([...byYear.keys(), ...exempt.keys()]);
    if (of.academicYearId !== undefined) ids.add(of.academicYearId);
    years.set(
      id,
      [...ids].map((academicYearId) => {
        const kept = byYear.get(academicYearId) ?? [];
        // Who changed to another grade in the year is measured by the grade it is in now.
        const grade = gradeNow || (kept.at(-1)?.grade ?? 0);
        const sex = sexes.get(id) ?? null;
        const all = valuesOf(kept);
        return {
          academicYearId,
          grade,
          exempt: exempt.get(academicYearId) ?? null,
          kept,
          values: all,
          result: fitnessResult(grade, sex, all),
          first: fitnessResult(grade, sex, valuesOf(kept.filter(({ attempt }) => attempt === 1))),
        };
      }),
    );
  }
  return { sexes, years };
}

export function stateOf({ exempt, result, first }: ChildYear): FitnessState {
  const scored = exempt === null && result.kind === "scored" ? result : undefined;
  return {
    kind: exempt === null ? result.kind : "exempt",
    word: scored?.word ?? null,
    total: scored?.total ?? null,
    bonus: scored?.bonus ?? 0,
    missing: exempt === null && result.kind === "incomplete" ? [...result.missing] : [],
    hasRetest: exempt === null && hasRetest(first),
  };
}

/** Who was tested in everything and did not pass is tested once more in the year. @source 国家学生体质健康标准(2014年修订) */
export function hasRetest(first: FitnessResult): boolean {
  return first.kind === "scored" && first.word === "not-yet";
}

/** Whether nothing is missing of a child's year any more. */
export function isDone({ exempt, result }: ChildYear): boolean {
  return exempt !== null || result.kind !== "incomplete";
}

/** The later attempt stands; values come oldest first and a retest after the test. */
function valuesOf(kept: readonly KeptFitnessValue[]): FitnessValues {
  const inOrder = [...kept].sort((a, b) => a.attempt - b.attempt);
  return Object.fromEntries(inOrder.map(({ item, value }): [FitnessItem, number] => [item, value]));
}
