/** A child's terms as school years: one plant each, as it stood at the end of the year. Pure. */
import type { TermOfYears } from "@doudou/shared/contract/growth.ts";

export interface SchoolYear {
  readonly id: string;
  readonly grade: number;
  /** How the plant stood at the year's last term, or stands now. */
  readonly last: TermOfYears;
}

/** @param terms oldest first */
export function schoolYearsOf(terms: readonly TermOfYears[]): SchoolYear[] {
  return [...Map.groupBy(terms, ({ yearId }) => yearId)].flatMap(([id, ofYear]) => {
    const last = ofYear.at(-1);
    return last ? [{ id, grade: last.class.grade, last }] : [];
  });
}

/** Height of a year's plant, px: every year it is drawn a little taller, whatever the term was like. */
export function plantHeight(place: number): number {
  return 96 + Math.min(place, 8) * 16;
}
