/**
 * The school's dashboard, read a class at a time so that a large school's taps get in between. Counts for the school's
 * administrators; names only where one class was asked for. Compares no classes and no teachers.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  awardsOfSpan,
  type ClassDay,
  daysOfClass,
  postsOfSchool,
  type TeacherPost,
  unnoticedOfClass,
} from "@doudou/db/repositories/dashboard.ts";
import { linesOf } from "@doudou/db/repositories/ledger.ts";
import { classById, classesOfYear, type ClassRow, studentCounts } from "@doudou/db/repositories/people.ts";
import type { SchoolFrame, SchoolTerm } from "@doudou/db/repositories/schools.ts";
import type {
  Dashboard,
  PatternQuery,
  PatternRecords,
  PatternSeen,
  SchoolWeek,
  UnnoticedChildren,
} from "@doudou/shared/contract/dashboard.ts";
import {
  addDays,
  localDayOf,
  schoolDaysBack,
  schoolDaysBetween,
  startOfDay,
  weekStartOf,
} from "@doudou/shared/domain/calendar.ts";
import { type Pattern, PATTERN_RULES, patternsIn, type SeenAward } from "@doudou/shared/domain/patterns.ts";
import { SUPPORT_RULES, supportFor, type TeacherHere } from "@doudou/shared/domain/teacher-support.ts";
import { latestSchoolWeeks, schoolWeekIndex } from "@doudou/shared/domain/terms.ts";
import { perDimension } from "@doudou/shared/domain/words.ts";
import { covers, type Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { currentTerm, termRef } from "../schools/service.ts";

/** The running week and those before it. */
const WEEKS_TOLD = 8;
/** More than a few questions at once are no questions any more. */
const PATTERNS_TOLD = 8;
const RECORDS_TOLD = 100;

/** @throws Problem term-not-found before the first term */
export async function schoolDashboard(deps: Deps, { schoolId }: Grant): Promise<Dashboard> {
  const view = await viewOf(deps, schoolId);
  const { frame, term, asOf, weeks, awardsFrom, quietSince } = view;
  const { rows, counts, posts } = await deps.database.read(schoolId, async (store) => {
    const classes = await classesOfYear(store, schoolId, term.academicYearId);
    const ids = classes.map(({ id }) => id);
    return {
      rows: classes,
      counts: await studentCounts(store, schoolId, ids, asOf),
      posts: await postsOfSchool(store, schoolId),
    };
  });

  const classes: Dashboard["classes"] = [];
  const awards: SeenAward[] = [];
  for (const row of rows) {
    const ofClass = await deps.database.read(schoolId, async (store) => ({
      days: await daysOfClass(store, schoolId, row.id, { from: weeks.told[0] ?? asOf, to: asOf }),
      unnoticed: await unnoticedOfClass(store, schoolId, row.id, { from: weeks.latest, to: asOf }),
      awards: await awardsOfSpan(store, schoolId, row.id, spanOf(view, awardsFrom)),
    }));
    const studentCount = counts.get(row.id) ?? 0;
    classes.push({
      class: classRef(row),
      studentCount,
      noticed: studentCount - ofClass.unnoticed.length,
      weeks: weekByWeek(weeks.told, ofClass.days),
    });
    awards.push(...ofClass.awards);
    await nextTurn();
  }

  const teachers = teachersHere(posts, asOf);
  const recordersSince = (day: string) =>
    new Set(awards.filter((award) => award.day >= day).map(({ recorderId }) => recorderId));
  const active = recordersSince(weeks.latest);
  const { newHere, foundNoTime } = supportFor(
    teachers,
    quietSince === undefined ? new Set() : recordersSince(quietSince),
    { today: asOf, quietSince },
  );
  const patterns = patternsOf(view, awards, posts).flatMap((pattern) =>
    patternShown(
      pattern,
      rows.find(({ id }) => id === pattern.classId),
      posts,
    ),
  );
  return {
    term: termRef(frame, term, deps.now()),
    timeZone: frame.timeZone,
    week: weekShown(view),
    weeks: [...weeks.told],
    classes,
    teachers: {
      count: teachers.length,
      active: teachers.filter(({ id }) => active.has(id)).length,
      newHere: newHere.map(personRef),
      foundNoTime: foundNoTime.map(personRef),
    },
    patterns: patterns.slice(0, PATTERNS_TOLD),
    furtherPatterns: Math.max(0, patterns.length - PATTERNS_TOLD),
  };
}

/** Who of a class was not noticed this week. @throws Problem not-found, term-not-found */
export async function unnoticedChildren(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
): Promise<UnnoticedChildren> {
  const view = await viewOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const span = { from: view.weeks.latest, to: view.asOf };
    return {
      class: classRef(row),
      week: weekShown(view),
      students: await unnoticedOfClass(store, schoolId, classId, span),
    };
  });
}

/**
 * What made a pattern, found anew.
 * @throws Problem not-found where there is none any more: what made it was taken back, or is long ago
 */
export async function patternRecords(
  deps: Deps,
  { schoolId }: Grant,
  classId: string,
  { kind, recorderId, from }: PatternQuery,
): Promise<PatternRecords> {
  const view = await viewOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    const posts = await postsOfSchool(store, schoolId);
    const awards = await awardsOfSpan(store, schoolId, classId, spanOf(view, view.awardsFrom));
    const pattern = patternsOf(view, awards, posts).find(
      (one) => one.kind === kind && one.recorderId === recorderId && one.from === from,
    );
    const [shown] = pattern ? patternShown(pattern, row, posts) : [];
    if (!pattern || !shown) throw new Problem("not-found");
    const lines = await linesOf(store, schoolId, pattern.awardIds.slice(-RECORDS_TOLD));
    return {
      pattern: shown,
      records: lines.map((line) => ({
        id: line.id,
        occurredAt: line.occurredAt.toISOString(),
        recordedAt: line.recordedAt.toISOString(),
        student: { id: line.studentId, name: line.studentName },
        dimension: line.dimension,
        point: line.point,
        note: line.note,
      })),
    };
  });
}

/** What the dashboard looks at now: up to which day, which weeks, from when on single awards. */
interface View {
  readonly frame: SchoolFrame;
  readonly term: SchoolTerm;
  readonly today: string;
  /** Today, or in the holidays the term's last day. */
  readonly asOf: string;
  readonly weeks: { readonly told: readonly string[]; readonly latest: string };
  /** For patterns, for who recorded this week, and for who has not for long. */
  readonly awardsFrom: string;
  readonly patternsFrom: string;
  readonly quietSince: string | undefined;
}

async function viewOf(deps: Deps, schoolId: string): Promise<View> {
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const term = currentTerm(frame, now);
  if (!term) throw new Problem("term-not-found");
  const asOf = today < term.endsOn ? today : term.endsOn;
  const told = latestSchoolWeeks(term, today, frame.exceptions, WEEKS_TOLD).weeks;
  const latest = told.at(-1) ?? term.startsOn;
  const tomorrow = addDays(asOf, 1);
  const patternsFrom = schoolDaysBack(tomorrow, PATTERN_RULES.schoolDays, frame.exceptions);
  const quiet = schoolDaysBack(tomorrow, SUPPORT_RULES.quietSchoolDays, frame.exceptions);
  const quietSince = quiet >= term.startsOn ? quiet : undefined;
  const awardsFrom = [patternsFrom, quiet, latest].sort()[0] ?? latest;
  return { frame, term, today, asOf, weeks: { told, latest }, awardsFrom, patternsFrom, quietSince };
}

function spanOf({ frame, asOf }: View, from: string) {
  return {
    from: new Date(startOfDay(from, frame.timeZone)),
    to: new Date(startOfDay(addDays(asOf, 1), frame.timeZone)),
  };
}

function weekShown({ frame, term, today, asOf, weeks }: View): SchoolWeek | null {
  const startsOn = weeks.told.at(-1);
  if (startsOn === undefined) return null;
  const sunday = addDays(startsOn, 6);
  const endsOn = sunday < term.endsOn ? sunday : term.endsOn;
  const days = schoolDaysBetween(
    startsOn < term.startsOn ? term.startsOn : startsOn,
    endsOn,
    frame.exceptions,
  );
  const begun = days.filter((day) => day <= asOf).length;
  return {
    startsOn,
    endsOn,
    isRunning: begun > 0 && weekStartOf(today) === startsOn,
    schoolDays: days.length,
    schoolDaysBegun: begun,
  };
}

function weekByWeek(mondays: readonly string[], days: readonly ClassDay[]) {
  const weeks = mondays.map(() => perDimension(() => 0));
  for (const { day, dimension, records } of days) {
    const week = weeks[schoolWeekIndex(mondays, day)];
    if (week) week[dimension] += records;
  }
  return weeks;
}

/** Who teaches here on a day, and since when. */
function teachersHere(posts: readonly TeacherPost[], day: string): TeacherHere[] {
  return [...Map.groupBy(posts, ({ id }) => id).values()].flatMap((ofTeacher) => {
    const [first] = ofTeacher;
    if (!first || !ofTeacher.some((post) => covers(post, day))) return [];
    const since = ofTeacher.map(({ startsOn }) => startsOn).sort()[0] ?? first.startsOn;
    return [{ id: first.id, name: first.name, since }];
  });
}

function patternsOf(view: View, awards: readonly SeenAward[], posts: readonly TeacherPost[]): Pattern[] {
  const subjects = Map.groupBy(
    posts.filter((post) => covers(post, view.asOf)),
    ({ id, classId }) => `${id} ${classId}`,
  );
  return patternsIn(
    awards.filter(({ day }) => day >= view.patternsFrom),
    view.frame,
    (recorderId, classId) =>
      (subjects.get(`${recorderId} ${classId}`) ?? []).flatMap(({ subjectCode }) => subjectCode ?? []),
  );
}

/** @returns nothing for somebody who is no teacher of the school any more: there is nobody to ask */
function patternShown(
  { kind, recorderId, from, to, firstAt, lastAt, awardIds, children, dimension }: Pattern,
  row: ClassRow | undefined,
  posts: readonly TeacherPost[],
): PatternSeen[] {
  const teacher = posts.find(({ id }) => id === recorderId);
  if (!row || !teacher) return [];
  return [
    {
      kind,
      class: classRef(row),
      teacher: personRef(teacher),
      from,
      to,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
      records: awardIds.length,
      children,
      dimension,
    },
  ];
}

function classRef({ id, name, grade }: ClassRow) {
  return { id, name, grade };
}

function personRef({ id, name }: { readonly id: string; readonly name: string }) {
  return { id, name };
}
