/**
 * Activities of a class: recorded, changed, removed and brought back by its teachers and the office, also for several
 * classes at once. Everybody of the class may take part or not: nothing here gives a bean, and nothing asks what it cost.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  activitiesOfClass,
  activitiesWaiting,
  activityById,
  type ActivityFacts,
  type ActivityLine,
  addActivity,
  changeActivity,
  type KeptActivity,
  type Partaking,
  partakersOf,
  type PartakingLine,
  setActivityRemoved,
} from "@doudou/db/repositories/activities.ts";
import { type ClassRow, classById, enrollmentsOf, studentsOfClass } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type {
  ActivitiesSaved,
  ActivityInput,
  ActivityOfClassesInput,
  ActivitySaved,
  ClassActivities,
  ClassActivity,
  ClassChildren,
} from "@doudou/shared/contract/activities.ts";
import { areDaysOf } from "@doudou/shared/domain/activities.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import type { Caller, Grant } from "../../access/caller.ts";
import { grantsInClasses } from "../../access/guard.ts";
import { isGranted } from "../../access/permissions.ts";
import { type Change, noteChange } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { versionOf } from "../../http/versions.ts";

/** A club meets every week, with a holiday between. */
const LATELY_DAYS = 21;
const MOST_LATELY = 6;

interface OfActivity {
  readonly classId: string;
  readonly activityId: string;
}

/** A month of a class's activities, and all that is needed to record the next. @throws Problem not-found */
export async function classActivities(
  deps: Deps,
  grant: Grant,
  classId: string,
  asked?: string,
): Promise<ClassActivities> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const of = await classThere(store, schoolId, classId);
    const month = asked ?? today.slice(0, 7);
    const begins = yearOf(frame, of).at(0)?.startsOn ?? today;
    const canAnswer = isGranted("activity.answer", grant.standings);
    const ofMonth = await activitiesOfClass(store, schoolId, classId, {
      from: `${month}-01`,
      to: `${month}-31`,
    });
    const weeksAgo = { from: addDays(today, -LATELY_DAYS), to: today };
    const lately = onePerTitle(await activitiesOfClass(store, schoolId, classId, weeksAgo));
    const waiting = canAnswer ? await activitiesWaiting(store, schoolId, classId) : [];
    const ids = [...new Set([...ofMonth, ...lately].map(({ id }) => id))];
    const partakers = await partakersOf(store, schoolId, ids);
    const students = await studentsOfClass(store, schoolId, classId, today);
    return {
      class: { id: of.id, name: of.name, grade: of.grade },
      today,
      month,
      months: { first: begins.slice(0, 7), last: today.slice(0, 7) },
      canAnswer,
      students: students.map(nameOf),
      activities: ofMonth.map((line) => classActivity(line, partakers, grant)),
      lately: lately.map((line) => classActivity(line, partakers, grant)),
      waiting: waiting.map(({ student, ...line }) => ({
        ...factsShown(line),
        byRole: line.byRole,
        student,
      })),
    };
  });
}

/** Who is in a class today, and may be in an activity of it. @throws Problem not-found */
export async function classChildren(deps: Deps, grant: Grant, classId: string): Promise<ClassChildren> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  return await deps.database.read(schoolId, async (store) => {
    const { id, name, grade } = await classThere(store, schoolId, classId);
    const students = await studentsOfClass(store, schoolId, classId, today);
    return { class: { id, name, grade }, students: students.map(nameOf) };
  });
}

const nameOf = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });

/** Every activity of a class's school year, newest first, for its homeroom teacher to take away. @throws Problem not-found */
export async function activitiesOfYear(
  deps: Deps,
  grant: Grant,
  classId: string,
): Promise<{ readonly class: ClassRow; readonly activities: readonly ClassActivity[] }> {
  const { schoolId } = grant;
  return await deps.database.read(schoolId, async (store) => {
    const of = await classThere(store, schoolId, classId);
    const whole = { from: "0000-01-01", to: "9999-12-31" };
    const lines = await activitiesOfClass(store, schoolId, classId, whole);
    const partakers = await partakersOf(
      store,
      schoolId,
      lines.map(({ id }) => id),
    );
    return { class: of, activities: lines.map((line) => classActivity(line, partakers, grant)) };
  });
}

function onePerTitle(lines: readonly ActivityLine[]): ActivityLine[] {
  const ofClass = lines.filter(({ toldOfId }) => toldOfId === null);
  return ofClass
    .filter((line, place) => ofClass.findIndex(({ title }) => title === line.title) === place)
    .slice(0, MOST_LATELY);
}

function classActivity(line: ActivityLine, partakers: readonly PartakingLine[], grant: Grant): ClassActivity {
  const own = partakers.filter(({ activityId }) => activityId === line.id);
  return {
    ...factsShown(line),
    version: activityVersion(line, own),
    canChange: mayChange(line, grant),
    students: own.map(({ studentId, name, part }) => ({ id: studentId, name, part })),
  };
}

function activityVersion(
  { title, sort, startsOn, endsOn, place, minutes, dimensions, about }: Omit<ActivityFacts, "termId">,
  partakers: readonly Partaking[],
): string {
  const students = Object.fromEntries(partakers.map(({ studentId, part }) => [studentId, part]));
  return versionOf({ title, sort, startsOn, endsOn, place, minutes, dimensions, about, students });
}

function factsShown(line: ActivityLine) {
  const { id, title, sort, startsOn, endsOn, place, minutes, dimensions, about, by } = line;
  return { id, title, sort, startsOn, endsOn, place, minutes, dimensions: [...dimensions], about, by };
}

/** What a family told is its own: it can be taken out of the class's list, but not written anew. */
function mayChange({ makerId, toldOfId }: Pick<KeptActivity, "makerId" | "toldOfId">, grant: Grant): boolean {
  if (toldOfId !== null) return false;
  return makerId === grant.membershipId || isGranted("activity.change-any", grant.standings);
}

/**
 * Records an activity of a class, or writes it anew. Sending it again changes nothing.
 * @throws Problem activity-days-unfit, outside-term, activity-child-not-in-class, activity-id-conflict,
 * activity-of-another-teacher; activity-not-found for one that was removed; activity-changed for one that another has
 * written anew since
 */
export async function saveActivity(
  deps: Deps,
  grant: Grant,
  { classId, activityId }: OfActivity,
  { students, version, ...written }: ActivityInput,
): Promise<ActivitySaved> {
  const { schoolId } = grant;
  const occasion = await occasionOf(deps, schoolId, written);
  return await deps.database.write(schoolId, async (store) => {
    const writing = { grant, classId, activityId, students, version };
    const { saved, change } = await saveInClass(store, occasion, writing);
    if (change) await noteChange(store, grant, change);
    return saved;
  });
}

/**
 * Records an activity of several classes of a school, for each as one of its own; or of none of them.
 * @throws Problem activity-class-not-yours; for each class as `saveActivity`
 */
export async function saveActivityOfClasses(
  deps: Deps,
  caller: Caller,
  { classes, ...written }: ActivityOfClassesInput,
): Promise<ActivitiesSaved> {
  const ids = classes.map(({ classId }) => classId);
  const grants = await grantsInClasses(deps, caller, "activity.record", ids);
  const writings = classes.map((of): Writing => {
    const grant = grants.get(of.classId);
    if (!grant) throw new Problem("activity-class-not-yours");
    return { ...of, grant, version: undefined };
  });
  const [schoolId, ...otherSchools] = new Set(writings.map(({ grant }) => grant.schoolId));
  if (schoolId === undefined || otherSchools.length > 0) throw new Problem("activity-class-not-yours");
  const occasion = await occasionOf(deps, schoolId, written);
  return await deps.database.write(schoolId, async (store) => {
    const outcomes: (Outcome & Pick<Writing, "grant">)[] = [];
    for (const writing of writings)
      outcomes.push({ grant: writing.grant, ...(await saveInClass(store, occasion, writing)) });
    for (const { grant, change } of outcomes) if (change) await noteChange(store, grant, change);
    return { activities: outcomes.map(({ saved }) => saved) };
  });
}

type Written = Omit<ActivityInput, "students" | "version">;

/** What is written down, and when. */
interface Occasion {
  readonly frame: SchoolFrame;
  readonly at: Date;
  readonly written: Written;
}

async function occasionOf(deps: Deps, schoolId: string, written: Written): Promise<Occasion> {
  const frame = await deps.frames.of(schoolId);
  const at = deps.now();
  if (!areDaysOf(written, localDayOf(at.getTime(), frame.timeZone))) throw new Problem("activity-days-unfit");
  return { frame, at, written };
}

/** For which class it is written down, and by whom. */
interface Writing extends OfActivity {
  readonly grant: Grant;
  readonly students: ActivityInput["students"];
  /** Of the activity that is written anew; a new one may be sent again, changed, by who made it. */
  readonly version: string | undefined;
}

interface Outcome {
  readonly saved: ActivitySaved;
  /** To be noted last in the write; none where nothing changed. */
  readonly change?: Change;
}

async function saveInClass(
  store: Store,
  { frame, at, written }: Occasion,
  { grant, classId, activityId: id, students, version }: Writing,
): Promise<Outcome> {
  const { schoolId, membershipId: makerId } = grant;
  const partakers = [
    ...new Map(
      students.map(({ studentId, part = "" }) => [studentId, { studentId, part: part.trim() }]),
    ).values(),
  ];
  const of = await classThere(store, schoolId, classId);
  const term = termOfDay(yearOf(frame, of), written.startsOn);
  if (!term) throw new Problem("outside-term");
  const facts = factsOf(written, term);
  const kept = await activityById(store, schoolId, id);
  const before = kept && (await partakersOf(store, schoolId, [id]));
  if (kept && before) {
    if (kept.classId !== classId || kept.toldOfId !== null) throw new Problem("activity-id-conflict");
    if (kept.removedAt !== null) throw new Problem("activity-not-found");
    if (isSame(kept, facts) && areSame(before, partakers)) return { saved: { id, status: "duplicate" } };
    if (!mayChange(kept, grant)) throw new Problem("activity-of-another-teacher");
    const isSentAgain = version === undefined && kept.makerId === makerId;
    if (!isSentAgain && version !== activityVersion(kept, before)) throw new Problem("activity-changed");
  }
  const unknown = partakers.filter(({ studentId }) => !before?.some((each) => each.studentId === studentId));
  await refuseStrangers(store, schoolId, classId, unknown);
  const change = {
    action: "activity.record",
    at,
    classId,
    subjectId: id,
    after: auditOf(facts, partakers),
  } as const;
  if (kept && before) {
    await changeActivity(store, schoolId, id, facts, partakers);
    return { saved: { id, status: "changed" }, change: { ...change, before: auditOf(kept, before) } };
  }
  const activity = {
    ...facts,
    id,
    classId,
    toldOfId: null,
    state: "recorded",
    makerId,
    addedAt: at,
  } as const;
  if (!(await addActivity(store, schoolId, activity, partakers))) throw new Problem("activity-id-conflict");
  return { saved: { id, status: "recorded" }, change };
}

/** What was written, tidied, with the term it belongs to. */
export function factsOf(input: Written, term: SchoolTerm): ActivityFacts {
  const { sort, startsOn, endsOn, minutes, dimensions } = input;
  const [title, place, about] = [input.title.trim(), input.place.trim(), input.about.trim()];
  return { termId: term.id, title, sort, startsOn, endsOn, place, minutes, dimensions, about };
}

/** The term of a day; in the holidays the one before. */
export function termOfDay(terms: readonly SchoolTerm[], day: string): SchoolTerm | undefined {
  return termOn(day, terms) ?? terms.findLast(({ startsOn }) => startsOn <= day);
}

export function isSame(kept: ActivityFacts, sent: ActivityFacts): boolean {
  return (Object.keys(sent) as (keyof ActivityFacts)[]).every(
    (fact) => JSON.stringify(kept[fact]) === JSON.stringify(sent[fact]),
  );
}

function areSame(kept: readonly Partaking[], sent: readonly Partaking[]): boolean {
  return (
    kept.length === sent.length &&
    sent.every(({ studentId, part }) =>
      kept.some((each) => each.studentId === studentId && each.part === part),
    )
  );
}

function auditOf({ title, sort, startsOn }: ActivityFacts, partakers: readonly Partaking[]) {
  return { title, sort, startsOn, children: partakers.length };
}

async function refuseStrangers(
  store: Store,
  schoolId: string,
  classId: string,
  partakers: readonly Partaking[],
): Promise<void> {
  const ids = partakers.map(({ studentId }) => studentId);
  const there = (await enrollmentsOf(store, schoolId, ids)).filter((each) => each.class.id === classId);
  if (!ids.every((id) => there.some(({ studentId }) => studentId === id)))
    throw new Problem("activity-child-not-in-class");
}

/** Removes an activity, or brings it back. @throws Problem activity-not-found, activity-of-another-teacher */
export async function removeActivity(
  deps: Deps,
  grant: Grant,
  { classId, activityId: id }: OfActivity,
  isRemoved: boolean,
): Promise<void> {
  const { schoolId } = grant;
  const at = deps.now();
  await deps.database.write(schoolId, async (store) => {
    const kept = await activityById(store, schoolId, id);
    if (kept?.classId !== classId || kept.state !== "recorded") throw new Problem("activity-not-found");
    const isAllowed = isGranted("activity.change-any", grant.standings) || mayChange(kept, grant);
    if (!isAllowed) throw new Problem("activity-of-another-teacher");
    if ((kept.removedAt !== null) === isRemoved) return;
    await setActivityRemoved(store, schoolId, id, isRemoved ? at : null);
    const told = { before: { title: kept.title, isRemoved: !isRemoved }, after: { isRemoved } };
    const studentId = kept.toldOfId ?? undefined;
    await noteChange(store, grant, {
      action: "activity.remove",
      at,
      classId,
      studentId,
      subjectId: id,
      ...told,
    });
  });
}

function yearOf(frame: SchoolFrame, of: ClassRow): SchoolTerm[] {
  return frame.terms.filter(({ academicYearId }) => academicYearId === of.academicYearId);
}

async function classThere(store: Store, schoolId: string, classId: string): Promise<ClassRow> {
  const of = await classById(store, schoolId, classId);
  if (!of) throw new Problem("not-found");
  return of;
}
