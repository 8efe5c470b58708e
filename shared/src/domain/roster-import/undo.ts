/**
 * Which rows of an import can be taken back: those whose every trace is still as the import left it. What somebody has
 * changed since, or what has got a life of its own since, stays.
 */
import type { KeptReason } from "./fields.ts";
import type { OfficeRecord, Step, StudentFacts } from "./plan.ts";

/** The school's roster as it is now, by ids. */
export interface RosterNow {
  readonly students: ReadonlyMap<string, StudentFacts>;
  readonly records: ReadonlyMap<string, OfficeRecord>;
  readonly enrollments: ReadonlyMap<string, { readonly classId: string; readonly endsOn: string | null }>;
  readonly guardians: ReadonlyMap<
    string,
    { readonly name: string; readonly phone: string | null; readonly isInUse: boolean }
  >;
  readonly guardianships: ReadonlyMap<string, { readonly relation: string; readonly isTouched: boolean }>;
  /** How many classes each pupil is or was in, and how many guardians it has. */
  readonly enrollmentCounts: ReadonlyMap<string, number>;
  readonly guardianshipCounts: ReadonlyMap<string, number>;
  /** Pupils of whom something else is on record: awards, cards, comments. */
  readonly withRecords: ReadonlySet<string>;
  /** The last day in the classes that the import ended. */
  readonly leftOn: string;
  /** `student class` with an award since the import. */
  readonly awardedIn: ReadonlySet<string>;
}

/** Why a row has to stay as it is; undefined where it can be taken back. */
export function reasonToKeep(steps: readonly Step[], now: RosterNow): KeptReason | undefined {
  const added = steps.find((step) => step.do === "add-student");
  if (added && now.withRecords.has(added.id)) return "has-records";
  const moved = steps.find((step) => step.do === "enroll");
  if (moved && now.awardedIn.has(`${moved.studentId} ${moved.classId}`)) return "has-records";
  if (!steps.every((step) => isAsLeft(step, now))) return "changed-since";
  if (!added) return undefined;
  const count = (kind: Step["do"]) => steps.filter((step) => step.do === kind).length;
  const isAlone =
    (now.enrollmentCounts.get(added.id) ?? 0) === count("enroll") &&
    (now.guardianshipCounts.get(added.id) ?? 0) === count("add-guardianship");
  return isAlone ? undefined : "changed-since";
}

function isAsLeft(step: Step, now: RosterNow): boolean {
  switch (step.do) {
    case "add-student":
      return isSame(now.students.get(step.id), step, ["studentNo", "name", "pinyin"]);
    case "change-student":
      return isSame(now.students.get(step.id), step.after, ["studentNo", "name", "pinyin"]);
    case "set-record":
      return isSame(now.records.get(step.studentId), step.after, ["nationalNo", "sex", "bornOn"]);
    case "enroll": {
      const enrolled = now.enrollments.get(step.id);
      const isLeft = step.from === null || now.enrollments.get(step.from.id)?.endsOn === now.leftOn;
      return isLeft && enrolled?.classId === step.classId && enrolled.endsOn === null;
    }
    case "add-guardian": {
      const guardian = now.guardians.get(step.membershipId);
      return guardian?.name === step.name && guardian.phone === step.phone && !guardian.isInUse;
    }
    case "rename-guardian":
      return now.guardians.get(step.membershipId)?.name === step.after;
    case "set-phone":
      return now.guardians.get(step.membershipId)?.phone === step.after;
    case "add-guardianship": {
      const guardianship = now.guardianships.get(step.id);
      return guardianship?.relation === step.relation && !guardianship.isTouched;
    }
    case "change-relation":
      return now.guardianships.get(step.guardianshipId)?.relation === step.after;
  }
}

function isSame<T extends object>(found: T | undefined, left: T, keys: readonly (keyof T)[]): boolean {
  return found !== undefined && keys.every((key) => found[key] === left[key]);
}
