/**
 * The rules an award must pass before it may be recorded. Pure: what is known about school, child and teacher comes in.
 */
import type { AcceptedAward, SentAward } from "@doudou/db/repositories/awards.ts";
import type { Assignment, Enrolled } from "@doudou/db/repositories/people.ts";
import type { FramePoint, OwnFramePoint, SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type { AwardInput } from "@doudou/shared/contract/awards.ts";
import { addDays, localDayOf, weekOf } from "@doudou/shared/domain/calendar.ts";
import { awardObstacle } from "@doudou/shared/domain/indicators.ts";
import { isOwnPointGiven } from "@doudou/shared/domain/individual-plans.ts";
import type { ProposalVoice } from "@doudou/shared/domain/proposals.ts";
import { isWithinRange } from "@doudou/shared/domain/scoring.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { covers, teaching } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import type { ProblemCode } from "../../http/problem-codes.ts";
import { pointGiven } from "../schools/service.ts";

/** A tablet's clock may run ahead by this much. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;
/** A term takes late awards (tablets that were offline) for this many days after its end. */
const LATE_DAYS = 14;
/** So long a tablet without a network may still give points of the version that another has replaced, or that a class has retired. */
const REPLACED_DAYS = 14;

export interface AwardContext {
  readonly frame: SchoolFrame;
  readonly recorderId: string;
  readonly assignments: readonly Assignment[];
  /** The child's classes; empty for a child the school does not have. */
  readonly enrollments: readonly Enrolled[];
  readonly now: Date;
  /** A child's own word, where it is not the teacher's: told then, and said yes to by a teacher who has the child now. */
  readonly toldAs?: ProposalVoice;
}

/**
 * Checks one award against every rule but those the ledger itself knows (repeats, weekly cap, pictures).
 * @returns the award ready for the ledger, or the code of the rule that says no
 */
export function acceptAward(input: AwardInput, context: AwardContext): AcceptedAward | ProblemCode {
  const { frame, now, toldAs } = context;
  const today = localDayOf(now.getTime(), frame.timeZone);
  const occurredAt = new Date(input.occurredAt);
  if (occurredAt.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) return "occurred-in-future";
  const day = localDayOf(occurredAt.getTime(), frame.timeZone);

  if (context.enrollments.length === 0) return "student-not-found";
  const enrolled = context.enrollments.find((e) => covers(e, day));
  if (!enrolled) return "student-not-taught";
  const taughtOn = toldAs === undefined ? day : today;
  const standings = teaching(context.assignments, enrolled.class.id, taughtOn);
  if (!isGranted("award.record-for-student", standings)) return "student-not-taught";

  const term = termOn(day, frame.terms);
  if (!term) return "outside-term";
  if (today > term.endsOn && today > addDays(term.endsOn, LATE_DAYS)) return "term-closed";

  const own = frame.ownPoints.get(input.observationPointId);
  const point = own ?? frame.points.get(input.observationPointId);
  const isHere = own
    ? isOwn(own, input.studentId, day)
    : point && isGiven(point, enrolled.class.id, term, day);
  if (!point || !isHere) return "observation-point-not-found";
  const asTeacher = {
    isTeacher: true,
    isHomeroom: standings.includes("teacher:homeroom"),
    subjects: context.assignments.flatMap(
      (a) => (a.classId === enrolled.class.id && covers(a, day) && a.subjectCode) || [],
    ),
  };
  const asChild = { isSelf: toldAs === "self", isPeer: toldAs === "peer", isGuardian: toldAs === "guardian" };
  const obstacle = awardObstacle({
    point,
    grade: enrolled.class.grade,
    ...(toldAs === undefined ? asTeacher : asChild),
  });
  if (obstacle === "grade") return "observation-point-not-for-grade";
  if (obstacle !== undefined) return "observation-point-not-for-role";

  const points = input.points ?? point.beans;
  if (!isWithinRange(points, point)) return "points-out-of-range";

  return {
    ...sentAward(input, context),
    classId: enrolled.class.id,
    termId: term.id,
    dimension: point.dimension,
    points,
    day,
    weeklyCap: point.weeklyCap,
    week: weekOf(day, frame.timeZone),
    needsEvidence: point.evidence === "required",
  };
}

/** What somebody sent, as the ledger would keep it: by this a repeat is known, whatever the rules say by now. */
export function sentAward(
  input: AwardInput,
  { frame, recorderId }: Pick<AwardContext, "frame" | "recorderId">,
): SentAward {
  return {
    id: input.id,
    studentId: input.studentId,
    observationPointId: input.observationPointId,
    points: input.points ?? pointGiven(frame, input.observationPointId)?.beans,
    note: input.note?.trim().toWellFormed() || null,
    recorderId,
    occurredAt: new Date(input.occurredAt),
    evidenceIds: input.evidenceIds ?? [],
  };
}

/** Whether a point may be given in a class on a day of a term. One of a class's own is for that class alone. */
function isGiven({ schemeId, ofClass }: FramePoint, classId: string, term: SchoolTerm, day: string): boolean {
  if (ofClass === null) return isGivenOn(schemeId, term, day);
  return (
    ofClass.classId === classId &&
    (ofClass.retiredOn === null || day < addDays(ofClass.retiredOn, REPLACED_DAYS))
  );
}

/** A point of a child's plan is for that child alone, and as long as the plan, or while a tablet may not know its end. */
function isOwn({ ofChild }: OwnFramePoint, studentId: string, day: string): boolean {
  return isOwnPointGiven(ofChild, { studentId, day }, addDays(ofChild.lastDay, REPLACED_DAYS - 1));
}

/** Whether points of a version may be given on a day of a term: of the term's own, or of one not long replaced in it. */
function isGivenOn(schemeId: string, term: SchoolTerm, day: string): boolean {
  if (schemeId === term.schemeId) return true;
  return term.earlierSchemes.some(
    (earlier) => earlier.schemeId === schemeId && day < addDays(earlier.replacedOn, REPLACED_DAYS),
  );
}
