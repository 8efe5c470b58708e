/**
 * The indicator scheme: dimensions hold indicators, indicators hold observation points, and a point says who may award it.
 * Types and rules only; a school's whole scheme is in school-scheme.ts, reading one from a table in indicator-table.ts.
 */
import type { Bilingual, Dimension, EvidenceNeed, Giver, Kind } from "./words.ts";

/** What can be awarded. The code is stable within a scheme. */
export interface ObservationPoint {
  readonly code: string;
  readonly name: Bilingual;
  readonly kind: Kind;
  /** What one tap gives. */
  readonly beans: number;
  readonly minBeans: number;
  readonly maxBeans: number;
  /** Awards per student and week that carry beans. */
  readonly weeklyCap: number;
  readonly who: readonly Giver[];
  readonly gradeFrom: number;
  readonly gradeTo: number;
  /** Codes of the subjects whose teachers may award it; empty for any. */
  readonly subjects: readonly string[];
  readonly evidence: EvidenceNeed;
}

export interface Indicator {
  readonly code: string;
  readonly dimension: Dimension;
  readonly name: Bilingual;
  readonly points: readonly ObservationPoint[];
}

/** Who gives, seen from the child: what of these the giver is. */
export interface GiverRelation {
  readonly isHomeroom?: boolean;
  /** Teaches the child's class, whether as homeroom or subject teacher. */
  readonly isTeacher?: boolean;
  readonly isSelf?: boolean;
  readonly isPeer?: boolean;
  readonly isGuardian?: boolean;
  readonly isImport?: boolean;
  /** Codes of the subjects the giver teaches in the child's class. */
  readonly subjects?: readonly string[];
}

export type AwardObstacle = "grade" | "giver" | "subject";

type Awardable = Pick<ObservationPoint, "who" | "gradeFrom" | "gradeTo" | "subjects">;

/** Whether a giver may award a point to a child of this grade. */
export function mayAward(asked: GiverRelation & { point: Awardable; grade: number }): boolean {
  return awardObstacle(asked) === undefined;
}

/**
 * What keeps a giver from awarding a point to a child of this grade, or `undefined` if nothing does.
 * A point of certain subjects is for those who teach one of them and for the homeroom teacher, who sees the child all day.
 */
export function awardObstacle({
  point,
  grade,
  ...giver
}: GiverRelation & { point: Awardable; grade: number }): AwardObstacle | undefined {
  if (grade < point.gradeFrom || grade > point.gradeTo) return "grade";
  const voices = point.who.filter((who) => speaksAs(who, giver));
  if (voices.length === 0) return "giver";
  const isSubjectBound =
    point.subjects.length > 0 && voices.every((voice) => voice === "staff") && !giver.isHomeroom;
  if (isSubjectBound && !point.subjects.some((subject) => giver.subjects?.includes(subject)))
    return "subject";
  return undefined;
}

function speaksAs(who: Giver, giver: GiverRelation): boolean {
  switch (who) {
    case "homeroom":
      return giver.isHomeroom === true;
    case "staff":
      return giver.isTeacher === true || giver.isHomeroom === true;
    case "self":
      return giver.isSelf === true;
    case "peer":
      return giver.isPeer === true;
    case "guardian":
      return giver.isGuardian === true;
    case "import":
      return giver.isImport === true;
  }
}
