/**
 * The school's people as its office looks at them: lists that are searched and filtered, and one person's or one class's
 * page. Reads only. Whole lists are read at once, each in a few light statements: a search answers as fast as one types.
 */
import type { Store } from "@doudou/db/engines/database.ts";
import {
  allClasses,
  type AssignmentRow,
  assignmentsIn,
  guardiansIn,
  type ListedClass,
  type ListedYear,
  pupilsInState,
  staffOf,
  subjectsIn,
  yearsIn,
} from "@doudou/db/repositories/directory.ts";
import { leadershipsIn } from "@doudou/db/repositories/grade-leaderships.ts";
import {
  enrollmentsOf,
  studentById,
  studentCounts,
  studentsOfClass,
} from "@doudou/db/repositories/people.ts";
import { staffMember } from "@doudou/db/repositories/placements.ts";
import type { ClassRef } from "@doudou/shared/contract/common.ts";
import type {
  Assignment,
  ClassPage,
  GuardianList,
  PeopleFilter,
  PupilFilter,
  PupilList,
  PupilPage,
  SchoolClassList,
  StaffFilter,
  StaffList,
  StaffPage,
} from "@doudou/shared/contract/people.ts";
import { localDayOf } from "@doudou/shared/domain/calendar.ts";
import { isMeantBy } from "@doudou/shared/domain/people/name-search.ts";
import { covers, type Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";
import { pinyinOf } from "../../names/pinyin.ts";

/** Guardians on one page of the browser. */
const MOST_GUARDIANS = 200;

/** All pupils that fit, by class and number. */
export async function pupilList(
  deps: Deps,
  { schoolId }: Grant,
  { q = "", state, ...of }: PupilFilter,
): Promise<PupilList> {
  const today = await todayOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const classes = await classBook(store, schoolId, today);
    const pupils = (await pupilsInState(store, schoolId, state, today)).filter(
      (pupil) => classes.fits(pupil.classId, of) && isMeantBy(q, { ...pupil, number: pupil.studentNo }),
    );
    // By number they come already, and sorting keeps what is equal in its order.
    pupils.sort((a, b) => classes.order(a.classId) - classes.order(b.classId));
    return {
      // A union with null would cost more than all the rest of writing the answer.
      pupils: pupils.map(({ until, ...pupil }) => (until === null ? pupil : { ...pupil, until })),
      classes: classes.refs(pupils.map(({ classId }) => classId)),
      thisYears: classes.thisYears.map(({ id }) => id),
    };
  });
}

/** Everybody who works at the school, or no longer does, with what they teach and lead today. */
export async function staffList(
  deps: Deps,
  { schoolId }: Grant,
  { q = "", state, subjectId, ...of }: StaffFilter,
): Promise<StaffList> {
  const today = await todayOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const classes = await classBook(store, schoolId, today);
    const assignments = Map.groupBy(
      await assignmentsIn(store, schoolId, { day: today }),
      ({ membershipId }) => membershipId,
    );
    const leaderships = await leadershipsIn(store, schoolId, { day: today });
    const staff = (await staffOf(store, schoolId, state === "here")).map((member) => ({
      ...member,
      pinyin: pinyinOf(member.name),
      teaches: (assignments.get(member.id) ?? [])
        .toSorted((a, b) => classes.order(a.classId) - classes.order(b.classId))
        .map(({ classId, subject, subjectId: taught, isHomeroom, standsInForId }) => ({
          classId,
          subject,
          subjectId: taught,
          isHomeroom,
          isSubstitute: standsInForId !== null,
        })),
      leads: leaderships
        .filter(({ membershipId }) => membershipId === member.id)
        .map(({ grade }) => grade)
        .toSorted((a, b) => a - b),
    }));
    staff.sort((a, b) => (a.pinyin < b.pinyin ? -1 : 1));
    const isAsked = subjectId !== undefined || of.grade !== undefined || of.classId !== undefined;
    return {
      staff: staff.filter(
        (member) =>
          isMeantBy(q, member) &&
          (!isAsked ||
            member.teaches.some(
              (t) => classes.fits(t.classId, of) && (subjectId === undefined || t.subjectId === subjectId),
            )),
      ),
      classes: classes.refs(),
      subjects: await subjectsIn(store, schoolId),
    };
  });
}

/** Guardians of pupils who are here, found by their own name or the child's. @param most rows; all where left out */
export async function guardianList(
  deps: Deps,
  { schoolId }: Grant,
  { q = "", ...of }: PeopleFilter,
  most = MOST_GUARDIANS,
): Promise<GuardianList> {
  const today = await todayOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const classes = await classBook(store, schoolId, today);
    const isAsked = q.trim() !== "" || of.grade !== undefined || of.classId !== undefined;
    if (!isAsked && most === MOST_GUARDIANS)
      return { guardians: [], isCutOff: true, classes: classes.refs() };
    const pupils = await pupilsInState(store, schoolId, "here", today);
    const inClass = pupils.filter(({ classId }) => classes.fits(classId, of));
    inClass.sort((a, b) => classes.order(a.classId) - classes.order(b.classId));
    const guardiansOf = Map.groupBy(await guardiansIn(store, schoolId), ({ studentId }) => studentId);
    const found = inClass.flatMap((pupil) => {
      const isChildMeant = isMeantBy(q, { ...pupil, number: pupil.studentNo });
      return (guardiansOf.get(pupil.id) ?? [])
        .filter(({ name }) => isChildMeant || isMeantBy(q, { name, pinyin: "" }))
        .map(({ id, name, relation, isVerified }) => ({
          id,
          name,
          relation,
          isVerified,
          pupil: { id: pupil.id, name: pupil.name, classId: pupil.classId },
        }));
    });
    return {
      guardians: found.slice(0, most),
      isCutOff: found.length > most,
      classes: classes.refs(),
    };
  });
}

/** The classes of a year, this one unless another is asked for. @throws Problem not-found for a year of no such school */
export async function classList(
  deps: Deps,
  { schoolId }: Grant,
  yearId: string | undefined,
): Promise<SchoolClassList> {
  const today = await todayOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const years = await yearsIn(store, schoolId);
    const year = yearId === undefined ? yearAround(years, today) : years.find(({ id }) => id === yearId);
    if (!year) {
      if (yearId !== undefined) throw new Problem("not-found");
      return { year: null, years, classes: [] };
    }
    const day = dayWithin(year, today);
    const classes = (await allClasses(store, schoolId)).filter((c) => c.academicYearId === year.id);
    const counts = await studentCounts(
      store,
      schoolId,
      classes.map(({ id }) => id),
      day,
    );
    const homeroom = (await assignmentsIn(store, schoolId, { day })).filter(({ isHomeroom }) => isHomeroom);
    return {
      year: year.id,
      years,
      classes: classes.map((found) => ({
        ...classRef(found),
        pupils: counts.get(found.id) ?? 0,
        homeroomTeachers: homeroom
          .filter(({ classId }) => classId === found.id)
          .map(({ teacherName }) => teacherName),
      })),
    };
  });
}

/** One pupil: every class it was in, and whose child it is. @throws Problem not-found */
export async function pupilPage(deps: Deps, { schoolId }: Grant, studentId: string): Promise<PupilPage> {
  const today = await todayOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const student = await studentById(store, schoolId, studentId);
    if (!student) throw new Problem("not-found");
    const years = new Map((await yearsIn(store, schoolId)).map(({ id, name }) => [id, name]));
    const stays = await enrollmentsOf(store, schoolId, [studentId]);
    const guardians = await guardiansIn(store, schoolId, studentId);
    const { id, name, studentNo } = student;
    return {
      id,
      name,
      studentNo,
      classId: stays.find((stay) => covers(stay, today))?.class.id ?? null,
      stays: stays.toReversed().map((stay) => ({
        class: classRef(stay.class),
        year: years.get(stay.class.academicYearId) ?? "",
        from: stay.startsOn,
        until: stay.endsOn,
        hasGraduated: stay.hasGraduated,
      })),
      guardians: guardians.map(({ id: guardianId, name: called, relation, isVerified }) => ({
        id: guardianId,
        name: called,
        relation,
        isVerified,
      })),
    };
  });
}

/** One member of staff with what it teaches and leads, did and will. @throws Problem not-found */
export async function staffPage(deps: Deps, { schoolId }: Grant, membershipId: string): Promise<StaffPage> {
  return await deps.database.read(schoolId, async (store) => {
    const member = await staffMember(store, schoolId, membershipId);
    if (!member) throw new Problem("not-found");
    const rows = await assignmentsIn(store, schoolId, { membershipId });
    const assignments = await shownAssignments(store, schoolId, rows);
    const years = new Map((await yearsIn(store, schoolId)).map(({ id, name }) => [id, name]));
    const leaderships = await leadershipsIn(store, schoolId, { membershipId });
    return {
      ...member,
      assignments: assignments.toSorted((a, b) => (a.from < b.from ? 1 : -1)),
      leaderships: leaderships.map(({ id, grade, academicYearId, startsOn, endsOn }) => ({
        id,
        grade,
        year: years.get(academicYearId) ?? "",
        from: startsOn,
        until: endsOn,
      })),
    };
  });
}

/** One class of any year: its pupils today or on the last day of its year, and who teaches it. @throws Problem not-found */
export async function classPage(deps: Deps, { schoolId }: Grant, classId: string): Promise<ClassPage> {
  const today = await todayOf(deps, schoolId);
  return await deps.database.read(schoolId, async (store) => {
    const found = (await allClasses(store, schoolId)).find(({ id }) => id === classId);
    const year = (await yearsIn(store, schoolId)).find(({ id }) => id === found?.academicYearId);
    if (!found || !year) throw new Problem("not-found");
    const day = dayWithin(year, today);
    const rows = await assignmentsIn(store, schoolId, { classId });
    return {
      class: classRef(found),
      year,
      day,
      pupils: await studentsOfClass(store, schoolId, classId, day),
      assignments: await shownAssignments(store, schoolId, rows),
    };
  });
}

/** Assignments as the pages show them: with their classes, who stands in for whom, and when. */
async function shownAssignments(
  store: Store,
  schoolId: string,
  rows: readonly AssignmentRow[],
): Promise<Assignment[]> {
  const classes = new Map((await allClasses(store, schoolId)).map((found) => [found.id, found]));
  const awayIds = rows.flatMap(({ standsInForId }) => standsInForId ?? []);
  const away = new Map(
    (await assignmentsIn(store, schoolId, { ids: awayIds })).map(({ id, teacherName }) => [id, teacherName]),
  );
  const substitutes = Map.groupBy(
    await assignmentsIn(store, schoolId, { standsInFor: rows.map(({ id }) => id) }),
    ({ standsInForId }) => standsInForId,
  );
  return rows.flatMap((row) => {
    const found = classes.get(row.classId);
    if (!found) return [];
    return {
      id: row.id,
      class: classRef(found),
      teacher: { id: row.membershipId, name: row.teacherName },
      subject: row.subject,
      isHomeroom: row.isHomeroom,
      from: row.startsOn,
      until: row.endsOn,
      standsInFor: row.standsInForId === null ? null : (away.get(row.standsInForId) ?? ""),
      substitutes: (substitutes.get(row.id) ?? []).map((s) => ({
        id: s.id,
        teacher: { id: s.membershipId, name: s.teacherName },
        from: s.startsOn,
        until: s.endsOn,
        publishesSummaries: s.publishesSummaries,
      })),
    };
  });
}

/** All classes of the school, in its own order, and which of them are this year's. */
async function classBook(store: Store, schoolId: string, today: string) {
  const all = await allClasses(store, schoolId);
  const year = yearAround(await yearsIn(store, schoolId), today);
  const places = new Map(all.map((found, place) => [found.id, { found, place }]));
  const thisYears = all.filter(({ academicYearId }) => academicYearId === year?.id);
  return {
    thisYears,
    order: (classId: string) => places.get(classId)?.place ?? all.length,
    fits: (classId: string, of: Pick<PeopleFilter, "grade" | "classId">) =>
      (of.classId === undefined || of.classId === classId) &&
      (of.grade === undefined || places.get(classId)?.found.grade === of.grade),
    refs: (others: readonly string[] = []): ClassRef[] => {
      const wanted = new Set([...thisYears.map(({ id }) => id), ...others]);
      return all.filter(({ id }) => wanted.has(id)).map(classRef);
    },
  };
}

function classRef({ id, name, grade }: Pick<ListedClass, "id" | "name" | "grade">): ClassRef {
  return { id, name, grade };
}

/** The year of a day; between years the next one, else the last. */
function yearAround(years: readonly ListedYear[], day: string): ListedYear | undefined {
  return years.findLast(({ endsOn }) => day <= endsOn) ?? years[0];
}

function dayWithin({ startsOn, endsOn }: ListedYear, day: string): string {
  return day < startsOn ? startsOn : day > endsOn ? endsOn : day;
}

async function todayOf(deps: Deps, schoolId: string): Promise<string> {
  const { timeZone } = await deps.frames.of(schoolId);
  return localDayOf(deps.now().getTime(), timeZone);
}
