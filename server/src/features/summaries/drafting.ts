/**
 * A child's term summary as it would be published now: facts from tallies, a bounded slice of what is worth telling, and
 * what teachers wrote. Freezes nothing.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { type LedgerLine, tellingAwards } from "@doudou/db/repositories/ledger.ts";
import { enrollmentsOf, homeroomTeacherName, studentById } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import { remarksOn } from "@doudou/db/repositories/summary-remarks.ts";
import type { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { addDays, localDayOf, startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { GrowthFacts } from "@doudou/shared/domain/growth.ts";
import { buildSummarySnapshot } from "@doudou/shared/domain/summary.ts";
import { Problem } from "../../http/problem.ts";
import { badgesWithin } from "../badges/service.ts";
import { activitiesInSummary } from "../activities/service.ts";
import { classInTerm, lastTermOf, termGrowth } from "../growth/service.ts";
import { fitnessInTerm } from "../fitness/service.ts";
import { ratedInTerm } from "../rubrics/service.ts";

/** The latest of a child's telling awards that highlights are chosen from. */
const CANDIDATES = 120;

export interface LiveSummary {
  readonly snapshot: SummarySnapshot;
  readonly facts: GrowthFacts;
}

/** @throws Problem not-found where the child was in no class that term */
export async function liveSummary(
  store: Store,
  frame: SchoolFrame,
  term: SchoolTerm,
  studentId: string,
  comment: string,
  now: Date,
): Promise<LiveSummary> {
  const { schoolId } = frame;
  const student = await studentById(store, schoolId, studentId);
  const enrollments = await enrollmentsOf(store, schoolId, [studentId]);
  const inTerm = classInTerm(enrollments, term);
  if (!student || !inTerm) throw new Problem("not-found");
  const { facts } = await termGrowth(store, frame, term, student, inTerm.grade, now);
  const lastDay = lastDaySoFar(term, frame, now);
  const snapshot = buildSummarySnapshot({
    ...facts,
    school: { name: frame.name },
    student,
    class: inTerm,
    homeroomTeacher: (await homeroomTeacherName(store, schoolId, inTerm.id, lastDay)) ?? null,
    term,
    lastTerm: (await lastTermOf(store, frame, term, student, enrollments, now))?.facts,
    highlights: await worthTelling(store, frame, term, studentId),
    comment,
    remarks: await remarksOn(store, schoolId, term.id, [studentId]),
    activities: await activitiesInSummary(store, schoolId, { studentId, termId: term.id }),
    rated: await ratedInTerm(store, schoolId, { studentId, termId: term.id }),
    badges: await badgesWithin(store, schoolId, { studentId, from: term.startsOn, to: term.endsOn, now }),
    fitness: await fitnessInTerm(store, schoolId, term, studentId),
  });
  return { snapshot, facts };
}

/** What highlights of a child's term are chosen from, the latest first; bounded however much was recorded. */
export function worthTelling(
  store: Store,
  { schoolId, timeZone }: SchoolFrame,
  term: SchoolTerm,
  studentId: string,
): Promise<LedgerLine[]> {
  const span = {
    from: new Date(startOfDay(term.startsOn, timeZone)),
    to: new Date(startOfDay(addDays(term.endsOn, 1), timeZone)),
  };
  return tellingAwards(store, schoolId, studentId, span, CANDIDATES);
}

/** Today, or the last day of a term that is over. */
export function lastDaySoFar(term: SchoolTerm, frame: SchoolFrame, now: Date): string {
  const today = localDayOf(now.getTime(), frame.timeZone);
  return today < term.endsOn ? today : term.endsOn;
}
