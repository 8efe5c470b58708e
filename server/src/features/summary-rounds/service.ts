/**
 * A class's term summaries on their way to be published: handed in, returned with remarks or approved, and planned for a
 * time. Publishes nothing itself: that is features/summaries, and at a time publishing.ts beside this file.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import { classesOfYear, studentCounts, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import { draftsOf } from "@doudou/db/repositories/summaries.ts";
import { everyRemarkOn } from "@doudou/db/repositories/summary-remarks.ts";
import {
  cancelPlan,
  cancelPublication,
  type ClassRound,
  latestPublication,
  openPublications,
  planPublication,
  replaceReviewRemarks,
  reviewsOf,
  roundFigures,
  setReview,
} from "@doudou/db/repositories/summary-rounds.ts";
import type {
  PublicationPlan,
  ReviewDecision,
  SchoolPlan,
  SchoolPlanned,
  SummaryRounds,
} from "@doudou/shared/contract/summary-rounds.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { leftOutOfPlan } from "@doudou/shared/domain/summary-review.ts";
import { v7 as uuidv7 } from "uuid";
import type { Grant } from "../../access/caller.ts";
import { noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { tellLeaders, tellReviewers } from "../inbox/service.ts";
import { currentTerm, termById, termRef } from "../schools/service.ts";
import { lastDaySoFar, lastWritten } from "../summaries/service.ts";
import { preparationOf } from "../summary-preparations/service.ts";

/**
 * Hands a class's summaries in to be approved; what was remarked the last time is thereby answered.
 * @throws Problem summary-review-off, comment-missing
 */
export async function handIn(deps: Deps, grant: Grant, classId: string, termId: string): Promise<void> {
  const { schoolId, membershipId: changedBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  if (!frame.reviewsSummaries) throw new Problem("summary-review-off");
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const studentIds = await childrenIn(store, frame, classId, lastDaySoFar(term, frame, at));
    const drafts = await draftsOf(store, schoolId, termId, studentIds);
    if (!drafts.some(({ comment }) => comment.trim() !== "")) throw new Problem("comment-missing");
    const by = { writtenBy: changedBy, writtenAt: at };
    await replaceReviewRemarks(store, schoolId, { termId, studentIds }, [], by);
    await setReview(store, schoolId, {
      termId,
      classId,
      state: "handed-in",
      remark: "",
      changedBy,
      changedAt: at,
    });
    const event = `handed-in/${classId}/${termId}/${at.toISOString()}`;
    const day = localDayOf(at.getTime(), frame.timeZone);
    await tellReviewers(deps, store, schoolId, { kind: "review-waits", event, termId, classId, at, day });
    await noteChange(store, grant, { action: "summary.hand-in", at, classId, after: { termId } });
  });
}

/**
 * Approves what was handed in, or returns it with remarks.
 * @throws Problem summary-not-handed-in, summary-changed-since, review-remark-missing, not-found for a child of another class
 */
export async function review(
  deps: Deps,
  grant: Grant,
  classId: string,
  { termId, decision, remark, remarks, readAt }: ReviewDecision,
): Promise<void> {
  const { schoolId, membershipId: changedBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const at = deps.now();
  const isApproval = decision === "approve";
  const told = remarks.flatMap(({ studentId, text }) => {
    const trimmed = text.trim().toWellFormed();
    return trimmed === "" || isApproval ? [] : [{ studentId, text: trimmed }];
  });
  const whole = remark.trim().toWellFormed();
  if (!isApproval && whole === "" && told.length === 0) throw new Problem("review-remark-missing");
  await deps.database.write(schoolId, async (store) => {
    const [stands] = await reviewsOf(store, schoolId, termId, [classId]);
    if (stands?.state !== "handed-in") throw new Problem("summary-not-handed-in");
    const studentIds = await childrenIn(store, frame, classId, lastDaySoFar(term, frame, at));
    if (told.some(({ studentId }) => !studentIds.includes(studentId))) throw new Problem("not-found");
    if (isApproval) {
      const drafts = await draftsOf(store, schoolId, termId, studentIds);
      const written = lastWritten(drafts, await everyRemarkOn(store, schoolId, termId, studentIds));
      const seen = new Date(readAt);
      if ([...written.values()].some((savedAt) => savedAt > seen)) throw new Problem("summary-changed-since");
    }
    const by = { writtenBy: changedBy, writtenAt: at };
    await replaceReviewRemarks(store, schoolId, { termId, studentIds }, told, by);
    const state = isApproval ? "approved" : "returned";
    await setReview(store, schoolId, { termId, classId, state, remark: whole, changedBy, changedAt: at });
    const event = `review/${classId}/${termId}/${at.toISOString()}`;
    const day = localDayOf(at.getTime(), frame.timeZone);
    const kind = isApproval ? "review-approved" : "review-returned";
    await tellLeaders(deps, store, schoolId, { kind, event, termId, classId, studentId: null, at, day });
    const after = { termId, state, remarks: told.length };
    await noteChange(store, grant, { action: "summary.review", at, classId, after });
  });
}

/**
 * Plans to publish what is written of a class at a time.
 * @throws Problem publish-time-past, summary-not-approved, publication-planned
 */
export async function planRound(
  deps: Deps,
  grant: Grant,
  classId: string,
  { termId, publishAt: wanted }: PublicationPlan,
): Promise<void> {
  const { schoolId, membershipId: scheduledBy } = grant;
  const frame = await deps.frames.of(schoolId);
  termById(frame, termId);
  const at = deps.now();
  const publishAt = new Date(wanted);
  if (publishAt <= at) throw new Problem("publish-time-past");
  await deps.database.write(schoolId, async (store) => {
    const [stands] = await reviewsOf(store, schoolId, termId, [classId]);
    if (frame.reviewsSummaries && stands?.state !== "approved") throw new Problem("summary-not-approved");
    const plan = { id: uuidv7(), termId, classId, publishAt, scheduledBy, scheduledAt: at };
    if (!(await planPublication(store, schoolId, plan))) throw new Problem("publication-planned");
    await tellOfHour(deps, store, frame, "publication-planned", { ...plan, by: scheduledBy, at });
    const after = { termId, publishAt: publishAt.toISOString() };
    await noteChange(store, grant, { action: "summary.schedule", at, classId, after });
  });
}

/** Cancels what is planned, until it begins. @throws Problem publication-begun */
export async function cancelRound(deps: Deps, grant: Grant, classId: string, termId: string): Promise<void> {
  const { schoolId, membershipId: by } = grant;
  const frame = await deps.frames.of(schoolId);
  termById(frame, termId);
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const planned = await latestPublication(store, schoolId, { termId, classId });
    const id = await cancelPublication(store, schoolId, { termId, classId }, at);
    if (id === undefined) throw new Problem("publication-begun");
    await tellOfHour(deps, store, frame, "publication-cancelled", { id, classId, termId, by, at });
    const before = { termId, publishAt: planned?.publishAt.toISOString() };
    await noteChange(store, grant, { action: "summary.schedule", at, classId, before });
  });
}

/**
 * Plans to publish every class of a grade, or of the school, that is ready; those that are not are told with why.
 * @throws Problem publish-time-past, term-not-found
 */
export async function planSchool(
  deps: Deps,
  grant: Grant,
  { termId, grade, publishAt: wanted }: SchoolPlan,
): Promise<SchoolPlanned> {
  const { schoolId, membershipId: scheduledBy } = grant;
  const frame = await deps.frames.of(schoolId);
  const term = termById(frame, termId);
  const at = deps.now();
  const publishAt = new Date(wanted);
  if (publishAt <= at) throw new Problem("publish-time-past");
  const planId = uuidv7();
  return await deps.database.write(schoolId, async (store) => {
    const standings = (await classStandings(store, frame, term, lastDaySoFar(term, frame, at))).filter(
      ({ class: of, children }) => (grade === null || of.grade === grade) && children > 0,
    );
    const done: SchoolPlanned = { planned: [], leftOut: [] };
    for (const { class: of, ...standing } of standings) {
      const isPlanned = standing.publication !== undefined;
      const why = leftOutOfPlan({ ...standing, isPlanned }, frame.reviewsSummaries);
      const one = { id: uuidv7(), termId, classId: of.id, publishAt, scheduledBy, scheduledAt: at, planId };
      if (why) done.leftOut.push({ class: of, why });
      else if (await planPublication(store, schoolId, one)) {
        done.planned.push(of);
        await tellOfHour(deps, store, frame, "publication-planned", { ...one, by: scheduledBy, at });
      } else done.leftOut.push({ class: of, why: "planned" }); // by its teacher, at this very moment
    }
    if (done.planned.length === 0) return done;
    const { planned, leftOut } = done;
    const figures = { classes: planned.length, leftOut: leftOut.length };
    const after = { termId, planId, grade, publishAt: publishAt.toISOString(), ...figures };
    await noteChange(store, grant, { action: "summary.schedule-all", at, after });
    return done;
  });
}

/** Cancels what was planned for many classes, as a whole and until its hour. @throws Problem publication-begun, not-found */
export async function cancelSchoolPlan(deps: Deps, grant: Grant, planId: string): Promise<void> {
  const { schoolId, membershipId: by } = grant;
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const cancelled = await cancelPlan(store, schoolId, planId, at);
    if (!cancelled) throw new Problem("not-found");
    const [one] = cancelled;
    if (!one) throw new Problem("publication-begun");
    for (const each of cancelled)
      await tellOfHour(deps, store, frame, "publication-cancelled", { ...each, by, at });
    const before = { termId: one.termId, planId, classes: cancelled.length };
    await noteChange(store, grant, { action: "summary.schedule-all", at, before });
  });
}

const HOUR_KINDS = ["publication-planned", "publication-cancelled"] as const;

/**
 * Tells whoever leads a class that its hour is planned or cancelled, but for who did it. It takes the place of an earlier one
 * that was not opened: a move is told as the new hour.
 */
async function tellOfHour(
  deps: Deps,
  store: Store,
  { schoolId, timeZone }: SchoolFrame,
  kind: (typeof HOUR_KINDS)[number],
  {
    id,
    termId,
    classId,
    by,
    at,
  }: ClassRound & { readonly id: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await tellLeaders(deps, store, schoolId, {
    kind,
    event: `${kind}/${id}`,
    insteadOf: HOUR_KINDS,
    termId,
    classId,
    studentId: null,
    at,
    day: localDayOf(at.getTime(), timeZone),
    doneBy: by,
  });
}

/** Where every class of the term's year stands. @throws Problem term-not-found outside terms */
export async function roundsOfSchool(
  deps: Deps,
  { schoolId }: Grant,
  termId: string | undefined,
): Promise<SummaryRounds> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const term = termId === undefined ? currentTerm(frame, now) : termById(frame, termId);
  if (!term) throw new Problem("term-not-found");
  const day = lastDaySoFar(term, frame, now);
  const today = localDayOf(now.getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const standings = await classStandings(store, frame, term, day);
    const { preparation, ofClass } = await preparationOf(store, schoolId, term.id);
    return {
      term: termRef(frame, term, now),
      terms: frame.terms
        .filter(({ startsOn }) => startsOn <= today)
        .map((each) => termRef(frame, each, now))
        .reverse(),
      isReviewed: frame.reviewsSummaries,
      timeZone: frame.timeZone,
      preparation,
      plans: plansIn(standings, now),
      classes: standings.map(({ publication, ...standing }) => ({
        ...standing,
        publishAt: publication?.publishAt.toISOString() ?? null,
        prepared: ofClass.get(standing.class.id) ?? null,
      })),
    };
  });
}

type ClassStanding = Awaited<ReturnType<typeof classStandings>>[number];

/** How far each class of the term's year has come, and what is planned for it. */
async function classStandings(
  store: Store,
  { schoolId }: SchoolFrame,
  { id: termId, academicYearId }: SchoolTerm,
  day: string,
) {
  const classes = await classesOfYear(store, schoolId, academicYearId);
  const classIds = classes.map(({ id }) => id);
  const children = await studentCounts(store, schoolId, classIds, day);
  const figures = await roundFigures(store, schoolId, { termId, classIds, day });
  const reviews = await reviewsOf(store, schoolId, termId, classIds);
  const planned = await openPublications(store, schoolId, termId);
  return classes.map(({ id, name, grade }) => {
    const figure = figures.find(({ classId }) => classId === id);
    return {
      class: { id, name, grade },
      state: reviews.find(({ classId }) => classId === id)?.state ?? ("writing" as const),
      children: children.get(id) ?? 0,
      written: figure?.written ?? 0,
      published: figure?.published ?? 0,
      publication: planned.find(({ classId }) => classId === id),
    };
  });
}

/** What was planned by one act for many classes, the earliest first. */
function plansIn(standings: readonly ClassStanding[], now: Date): SummaryRounds["plans"] {
  const plans = new Map<string, SummaryRounds["plans"][number]>();
  for (const { class: of, publication } of standings) {
    if (!publication || publication.planId === null) continue;
    const { planId: id, publishAt, by } = publication;
    const plan = plans.get(id) ?? {
      id,
      publishAt: publishAt.toISOString(),
      by,
      classes: [],
      mayCancel: publishAt > now,
    };
    plan.classes.push(of);
    plans.set(id, plan);
  }
  return [...plans.values()].sort((a, b) => a.publishAt.localeCompare(b.publishAt));
}

async function childrenIn(
  store: Store,
  { schoolId }: SchoolFrame,
  classId: string,
  day: string,
): Promise<string[]> {
  return (await studentsOfClass(store, schoolId, classId, day)).map(({ id }) => id);
}
