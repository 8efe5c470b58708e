/** A teacher's classes, their rosters, and what may be awarded there. */
import type { Store } from "@doudou/db/engines/database.ts";
import { countActivitiesWaiting } from "@doudou/db/repositories/activities.ts";
import { absentOn } from "@doudou/db/repositories/absences.ts";
import { feedPosition } from "@doudou/db/repositories/feed.ts";
import { agreedTo } from "@doudou/db/repositories/consents.ts";
import { recentUses } from "@doudou/db/repositories/ledger.ts";
import { tileSetsOf } from "@doudou/db/repositories/tile-sets.ts";
import { favouritesOf, setFavourite } from "@doudou/db/repositories/favourites.ts";
import { recentDays, type StudentBeans, termBeans } from "@doudou/db/repositories/growth.ts";
import {
  type Assignment,
  assignmentsOf,
  classById,
  classesOfYear,
  type ClassRow,
  studentCounts,
  studentsOfClass,
} from "@doudou/db/repositories/people.ts";
import { countWaiting } from "@doudou/db/repositories/proposals.ts";
import { isShopOn } from "@doudou/db/repositories/rewards.ts";
import type { FramePoint, SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { AwardablePoints, ClassList, Roster, TaughtClass } from "@doudou/shared/contract/classes.ts";
import type { Beans } from "@doudou/shared/contract/common.ts";
import {
  addDays,
  localDayOf,
  schoolDaysBack,
  startOfDay,
  weekStartOf,
} from "@doudou/shared/domain/calendar.ts";
import { type FeedPosition, hasSeen, positionText } from "@doudou/shared/domain/feed-position.ts";
import { mayAward } from "@doudou/shared/domain/indicators.ts";
import { totalsOf } from "@doudou/shared/domain/scoring.ts";
import { termOn } from "@doudou/shared/domain/terms.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { type Caller, covers, type Grant, grantsInSchools } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";
import { noteRead } from "../../access/trail.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { ownPointsOnPage } from "../individual-plans/service.ts";
import { currentTerm, termRef } from "../schools/service.ts";

/** A child without an award for this many school days is marked, gently. */
const UNNOTICED_SCHOOL_DAYS = 5;
/** The latest awards of a class; a teacher's own among them order the tiles. */
const USES_LOOKED_AT = 1000;

/** The classes somebody teaches now; for an administrator all of this year's. Homeroom first, then by grade. */
export async function classesOf(deps: Deps, caller: Caller): Promise<ClassList> {
  const classes = new Map<string, TaughtClass>();
  for (const grant of grantsInSchools(caller).filter((g) => isGranted("class.list", g.standings))) {
    const { schoolId, membershipId } = grant;
    const frame = await deps.frames.of(schoolId);
    const today = localDayOf(deps.now().getTime(), frame.timeZone);
    await deps.database.read(schoolId, async (store) => {
      const assignments = (await assignmentsOf(store, schoolId, membershipId)).filter((a) =>
        covers(a, today),
      );
      const isAdmin = grant.standings.has("school-admin:school");
      const rows = isAdmin
        ? await thisYearsClasses(store, frame, deps.now())
        : await classesTaught(store, schoolId, assignments);
      const counts = await studentCounts(
        store,
        schoolId,
        rows.map((row) => row.id),
        today,
      );
      for (const row of rows) {
        const there = assignments.filter((a) => a.classId === row.id);
        const known = classes.get(row.id);
        classes.set(row.id, {
          id: row.id,
          schoolId,
          name: row.name,
          grade: row.grade,
          studentCount: counts.get(row.id) ?? 0,
          isHomeroom: (known?.isHomeroom ?? false) || there.some((a) => a.isHomeroom),
          subjects: [...(known?.subjects ?? []), ...there.flatMap((a) => a.subject ?? [])],
        });
      }
    });
  }
  return { classes: [...classes.values()].sort(byHomeroomThenGrade) };
}

function byHomeroomThenGrade(a: TaughtClass, b: TaughtClass): number {
  return (
    Number(b.isHomeroom) - Number(a.isHomeroom) ||
    a.grade - b.grade ||
    a.name.localeCompare(b.name, "zh-CN", { numeric: true })
  );
}

async function thisYearsClasses(store: Store, frame: SchoolFrame, now: Date): Promise<ClassRow[]> {
  const term = currentTerm(frame, now);
  return term ? await classesOfYear(store, frame.schoolId, term.academicYearId) : [];
}

async function classesTaught(
  store: Store,
  schoolId: string,
  assignments: readonly Assignment[],
): Promise<ClassRow[]> {
  const rows: ClassRow[] = [];
  for (const classId of new Set(assignments.map((a) => a.classId))) {
    const row = await classById(store, schoolId, classId);
    if (row) rows.push(row);
  }
  return rows;
}

/** A class's students with today's and the term's beans, in class-list order. */
export async function rosterWithTallies(deps: Deps, grant: Grant, classId: string): Promise<Roster> {
  const { schoolId } = grant;
  const frame = await deps.frames.of(schoolId);
  const now = deps.now();
  const today = localDayOf(now.getTime(), frame.timeZone);
  const term = termOn(today, frame.terms);
  const noticedSince = schoolDaysBack(today, UNNOTICED_SCHOOL_DAYS, frame.exceptions);
  const monday = weekStartOf(today);

  return await deps.database.read(schoolId, async (store) => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const students = await studentsOfClass(store, schoolId, classId, today);
    const ids = students.map((student) => student.id);
    const { position, termRows, days } = await standingStill(store, schoolId, classId, async () => ({
      termRows: term ? await termBeans(store, schoolId, term.id, ids) : [],
      days: await recentDays(store, schoolId, ids, noticedSince < monday ? noticedSince : monday),
    }));
    const termSums = sumsByStudent(termRows);
    const todaySums = sumsByStudent(days.filter((entry) => entry.day === today));
    const agreed = await agreedTo(store, schoolId, "photo", ids);
    const absent = await absentOn(store, schoolId, classId, today);
    const noticed = noticedFrom(days, noticedSince);
    const noticedThisWeek = noticedFrom(days, monday);
    return {
      class: { id: row.id, name: row.name, grade: row.grade },
      term: term ? termRef(frame, term, now) : null,
      today,
      todayStartsAt: new Date(startOfDay(today, frame.timeZone)).toISOString(),
      todayEndsAt: new Date(startOfDay(addDays(today, 1), frame.timeZone)).toISOString(),
      timeZone: frame.timeZone,
      canAward: isGranted("award.record-for-student", grant.standings),
      canWriteSummaries: isGranted("summary.write", grant.standings),
      canTestFitness: isGranted("fitness.enter", grant.standings),
      canKeepShop: isGranted("reward.answer", grant.standings) && (await isShopOn(store, schoolId)),
      waitingProposals: isGranted("proposal.answer", grant.standings)
        ? await countWaiting(store, schoolId, classId)
        : 0,
      waitingActivities: isGranted("activity.answer", grant.standings)
        ? await countActivitiesWaiting(store, schoolId, classId)
        : 0,
      students: students.map((student) => ({
        ...student,
        today: todaySums.get(student.id) ?? totalsOf([]),
        term: termSums.get(student.id) ?? totalsOf([]),
        mayBePhotographed: agreed.has(student.id),
        isUnnoticed: term !== undefined && noticedSince >= term.startsOn && !noticed.has(student.id),
        isUnnoticedThisWeek: term !== undefined && !noticedThisWeek.has(student.id),
        isAbsent: absent.has(student.id),
      })),
      position: positionText(position),
    };
  });
}

function noticedFrom(
  days: readonly { readonly studentId: string; readonly day: string }[],
  from: string,
): Set<string> {
  return new Set(days.filter(({ day }) => day >= from).map(({ studentId }) => studentId));
}

/** Reads figures of a class together with the place in its ledger they belong to: again, where it moved meanwhile. */
export async function standingStill<T extends object>(
  store: Store,
  schoolId: string,
  classId: string,
  read: () => Promise<T>,
): Promise<T & { position: FeedPosition }> {
  for (let position = await feedPosition(store, schoolId, classId); ;) {
    const figures = await read();
    const after = await feedPosition(store, schoolId, classId);
    if (hasSeen(position, after)) return { ...figures, position };
    position = after;
  }
}

function sumsByStudent(rows: readonly StudentBeans[]): Map<string, Beans> {
  const byStudent = Map.groupBy(rows, ({ studentId }) => studentId);
  return new Map([...byStudent].map(([studentId, ofStudent]) => [studentId, totalsOf(ofStudent)]));
}

/** The observation points the caller may award in a class now. */
export async function awardablePoints(deps: Deps, grant: Grant, classId: string): Promise<AwardablePoints> {
  const { schoolId, membershipId } = grant;
  const frame = await deps.frames.of(schoolId);
  const today = localDayOf(deps.now().getTime(), frame.timeZone);
  const schemeId = termOn(today, frame.terms)?.schemeId ?? null;
  if (schemeId === null)
    return { schemeId, dimensions: [], points: [], ownPoints: [], sets: [], subjects: [] };

  const awardable = await deps.database.read(schoolId, async (store): Promise<AwardablePoints> => {
    const row = await classById(store, schoolId, classId);
    if (!row) throw new Problem("not-found");
    const assignments = (await assignmentsOf(store, schoolId, membershipId)).filter((a) => covers(a, today));
    const teaching = assignments.filter((a) => a.classId === classId);
    const giver = {
      isTeacher: teaching.length > 0,
      isHomeroom: teaching.some((a) => a.isHomeroom),
      subjects: teaching.flatMap((a) => a.subjectCode ?? []),
    };
    const favourites = await favouritesOf(store, schoolId, membershipId);
    const uses = await recentUses(store, schoolId, { classId, membershipId }, USES_LOOKED_AT);
    const names = frame.dimensionsOfScheme.get(schemeId);
    return {
      schemeId,
      ownPoints: await ownPointsOnPage(store, frame, grant, { classId, day: today }),
      sets: await tileSetsOf(store, schoolId, membershipId),
      subjects: subjectsOf(assignments, classId),
      dimensions: DIMENSIONS.flatMap((dimension) => {
        const name = names?.get(dimension)?.name;
        return name ? [{ dimension, name }] : [];
      }),
      points: [...frame.points.values()]
        .filter(
          (point) => isOffered(point, schemeId, classId) && mayAward({ point, grade: row.grade, ...giver }),
        )
        .map(
          ({
            id,
            code,
            dimension,
            indicator,
            name,
            kind,
            beans,
            minBeans,
            maxBeans,
            weeklyCap,
            evidence,
            origin,
            icon,
            ofClass,
          }) => ({
            id,
            code,
            dimension,
            indicator,
            name,
            kind,
            beans,
            minBeans,
            maxBeans,
            weeklyCap,
            evidence,
            origin: ofClass ? "class" : origin,
            icon,
            isFavourite: favourites.has(id),
            recentUses: uses.get(id) ?? 0,
          }),
        ),
    };
  });
  // What the scheme offers is nobody's record; what hangs on one child's plan is.
  if (awardable.ownPoints.length > 0) {
    const read = { action: "individual-plan.read-points", at: deps.now(), classId } as const;
    await deps.database.write(schoolId, (store) => noteRead(store, grant, read));
  }
  return awardable;
}

/** A point of the version in force, or the class's own; of another class never. */
function isOffered(point: FramePoint, schemeId: string, classId: string): boolean {
  if (point.ofClass === null) return point.schemeId === schemeId;
  return point.ofClass.classId === classId && point.ofClass.retiredOn === null;
}

/** What somebody teaches, each subject once. */
function subjectsOf(assignments: readonly Assignment[], classId: string): AwardablePoints["subjects"] {
  const subjects = new Map<string, AwardablePoints["subjects"][number]>();
  for (const { subjectCode: code, subject: name, classId: where } of assignments) {
    if (code === null || name === null) continue;
    const isTaughtHere = where === classId || (subjects.get(code)?.isTaughtHere ?? false);
    subjects.set(code, { code, name, isTaughtHere });
  }
  return [...subjects.values()];
}

/** Keeps an observation point at hand, or no longer. @throws Problem not-found for a point of no school of the caller */
export async function changeFavourite(
  deps: Deps,
  caller: Caller,
  observationPointId: string,
  isFavourite: boolean,
): Promise<void> {
  for (const grant of grantsInSchools(caller).filter((g) => isGranted("favourite.change", g.standings))) {
    const frame = await deps.frames.of(grant.schoolId);
    if (!frame.points.has(observationPointId)) continue;
    await deps.database.write(grant.schoolId, (store) =>
      setFavourite(store, grant.schoolId, grant.membershipId, observationPointId, isFavourite),
    );
    return;
  }
  throw new Problem("not-found");
}
