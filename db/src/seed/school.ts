/**
 * One demo school from nothing to today: calendar, scheme, people, awards, comments. Runs inside one write, so that a
 * school is there altogether or not at all.
 */
import { addDays, localDayOf, schoolDaysBetween, startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { IndicatorScheme } from "@doudou/shared/domain/indicators.ts";
import type { Store } from "../engines/database.ts";
import { loadAwards } from "../repositories/awards.ts";
import { setFavourite } from "../repositories/favourites.ts";
import { addAcademicYears, addCalendarExceptions, addSchool, addTerms } from "../repositories/office.ts";
import { type FramePoint, schoolFrame, type SchoolFrame, type SchoolTerm } from "../repositories/schools.ts";
import { awardsOfClass, type ClassTerm, unnoticedSince } from "./classroom-life.ts";
import { Draw } from "./draw.ts";
import { type EnteredChild, type EnteredClass, enterPeople } from "./enter-people.ts";
import { holidaysBetween } from "./holidays.ts";
import { pointsInUse } from "./points-in-use.ts";
import { planRoster, type SchoolSpec } from "./roster.ts";
import { createDefaultScheme } from "./scheme.ts";
import { type PlannedTerm, schoolYearsAround, type SchoolYears } from "./school-years.ts";
import { staffFor, type SubjectCode } from "./staff.ts";
import { timetableOf } from "./timetable.ts";

const TIME_ZONE = "Asia/Shanghai";
const HOUR = 3_600_000;
/** Those who see a class all day have more to do than to note; those who come twice a week make the most of it. */
const ZEAL: Partial<Record<SubjectCode | "homeroom", number>> = {
  homeroom: 0.8,
  chinese: 0.6,
  maths: 0.6,
  english: 0.8,
};
const FAVOURITES = 4;

export interface SchoolSeed {
  readonly spec: SchoolSpec;
  readonly seed: number;
  readonly now: Date;
  readonly passwordHash: string;
  readonly scheme: IndicatorScheme;
  /** Told before each class's term, with the share of the work that is done. */
  readonly onProgress: (what: string, done: number) => void;
}

export interface SeededSchool {
  readonly schoolId: string;
  readonly code: string;
  readonly name: string;
  readonly awards: number;
}

/** Writes a school down. The same seed and moment give the same rows. */
export async function seedSchool(store: Store, job: SchoolSeed): Promise<SeededSchool> {
  const { spec, now, passwordHash, scheme, onProgress } = job;
  const draw = new Draw(`${job.seed}/${spec.code}`);
  const today = localDayOf(now.getTime(), TIME_ZONE);
  const years = schoolYearsAround(today);
  const openedOn = addDays(years.finished.startsOn, -10);
  const openedAt = startOfDay(openedOn, TIME_ZONE) + 9 * HOUR;
  const { name, code } = spec;
  const schoolId = draw.id(openedAt);
  await addSchool(store, {
    schoolId,
    code,
    name,
    timeZone: TIME_ZONE,
    locale: "zh-CN",
    createdAt: new Date(openedAt),
  });
  const yearIds = await enterCalendar(
    store,
    schoolId,
    years,
    scheme,
    new Draw(`${job.seed}/${code}/calendar`),
    openedAt,
  );

  const roster = planRoster(spec, years, today, draw.branch("roster"));
  const classesNow = roster.classes.filter(({ yearStart }) => yearStart === years.years.at(-1)?.start);
  const people = { schoolId, spec, years, yearIds, timeZone: TIME_ZONE, openedOn, passwordHash, draw };
  const { classes, teacherIds } = await enterPeople(store, roster, staffFor(classesNow), people);
  const frame = await schoolFrame(store, schoolId);
  if (!frame) throw new Error("the school is gone");

  const life = { spec, now, today, years, frame, classes, teacherIds, draw: draw.branch("life") };
  const terms = [years.finished, years.current].flatMap((term) => classTermsOf(term, life));
  const rate = awardsPerChildAndWeek(spec, terms);
  let awards = 0;
  for (const [index, { ofClass, term }] of terms.entries()) {
    onProgress(`${name} ${ofClass.name}`, index / terms.length);
    const given = awardsOfClass(
      { ...term, awardsPerChildAndWeek: rate },
      life.draw.branch(`${term.termId}/${ofClass.id}`),
    );
    await loadAwards(store, schoolId, given);
    awards += given.length;
  }
  await enterFavourites(store, schoolId, terms);
  return { schoolId, code, name, awards };
}

async function enterCalendar(
  store: Store,
  schoolId: string,
  { years }: SchoolYears,
  scheme: IndicatorScheme,
  draw: Draw,
  openedAt: number,
): Promise<Map<SchoolYears["years"][number], string>> {
  const newId = () => draw.id(openedAt);
  const yearIds = new Map(years.map((year) => [year, newId()]));
  const idOf = (year: SchoolYears["years"][number]) => yearIds.get(year) ?? "";
  await addAcademicYears(
    store,
    schoolId,
    years.map((year) => ({ id: idOf(year), name: year.name, startsOn: year.startsOn, endsOn: year.endsOn })),
  );
  for (const year of years) {
    const publishedAt = new Date(openedAt);
    const schemeId = await createDefaultScheme(store, schoolId, idOf(year), {
      scheme,
      version: 1,
      publishedAt,
      newId,
    });
    const terms = year.terms.map((term) => ({ ...term, id: newId(), academicYearId: idOf(year), schemeId }));
    await addTerms(store, schoolId, terms);
  }
  const [first, last] = [years.at(0), years.at(-1)];
  if (first && last)
    await addCalendarExceptions(store, schoolId, holidaysBetween(first.startsOn, last.endsOn));
  return yearIds;
}

interface SchoolLife {
  readonly spec: SchoolSpec;
  readonly now: Date;
  readonly today: string;
  readonly years: SchoolYears;
  readonly frame: SchoolFrame;
  readonly classes: readonly EnteredClass[];
  readonly teacherIds: readonly string[];
  readonly draw: Draw;
}

interface PlannedClassTerm {
  readonly ofClass: EnteredClass;
  readonly term: Omit<ClassTerm, "awardsPerChildAndWeek">;
}

/** A term in each class of its year, ready to be lived through. */
function classTermsOf(planned: PlannedTerm, life: SchoolLife): PlannedClassTerm[] {
  const { years, frame, classes, teacherIds, today, now } = life;
  const term = frame.terms.find(({ startsOn }) => startsOn === planned.startsOn);
  const year = years.years.find(({ terms }) => terms.includes(planned));
  if (!term || !year) throw new Error("the calendar lacks a term");
  const endsOn = today < term.endsOn ? today : term.endsOn;
  const schoolDays = schoolDaysBetween(term.startsOn, endsOn, frame.exceptions);
  const ofYear = classes.filter(({ yearStart }) => yearStart === year.start);
  const weeks = timetableOf(ofYear, life.draw.branch(`timetable/${year.start}`));
  const points = pointsByCode(frame, term);
  return ofYear.map((ofClass, index) => {
    const homeroomId = teacherIds[ofClass.posts.find(({ isHomeroom }) => isHomeroom)?.teacher ?? -1] ?? "";
    const occasions = (weeks[index] ?? []).map((occasion) => {
      const teacher = life.draw.branch(`teacher/${occasion.teacher}`);
      const posts = ofClass.posts.filter((post) => post.teacher === occasion.teacher);
      const place = {
        grade: ofClass.grade,
        subject: occasion.subject,
        isTeacher: true,
        isHomeroom: posts.some(({ isHomeroom }) => isHomeroom),
        subjects: posts.map(({ subject }) => subject),
      };
      const zeal = teacher.factor(0.35) * (ZEAL[occasion.subject ?? "homeroom"] ?? 1);
      const recorderId = teacherIds[occasion.teacher] ?? "";
      return { ...occasion, recorderId, zeal, points: pointsInUse(place, points, teacher) };
    });
    const children = childrenOf(ofClass, term, planned === years.current ? schoolDays : [], life);
    const span = {
      termStartsOn: term.startsOn,
      termEndsOn: term.endsOn,
      schoolDays,
      timeZone: frame.timeZone,
      now,
    };
    return {
      ofClass,
      term: { ...span, classId: ofClass.id, termId: term.id, children, occasions, homeroomId },
    };
  });
}

/** In the current term two or three of a big class go unnoticed of late: quiet ones, never the first on the list. */
function childrenOf(
  ofClass: EnteredClass,
  term: SchoolTerm,
  currentDays: readonly string[],
  { draw }: SchoolLife,
) {
  const own = draw.branch(`unnoticed/${ofClass.id}`);
  const quiet = ofClass.children.slice(1).sort((a, b) => a.nature.presence - b.nature.presence);
  const count = Math.ceil(quiet.length / 20);
  const unnoticed = new Set<EnteredChild>(own.shuffled(quiet.slice(0, count * 3)).slice(0, count));
  return ofClass.children.map((child) => ({
    studentId: child.id,
    nature: child.nature,
    from: child.joinedOn ?? term.startsOn,
    unnoticedFrom: unnoticed.has(child) ? unnoticedSince(currentDays, own) : undefined,
  }));
}

function pointsByCode(frame: SchoolFrame, term: SchoolTerm): Map<string, FramePoint> {
  const ofScheme = [...frame.points.values()].filter(({ schemeId }) => schemeId === term.schemeId);
  return new Map(ofScheme.map((point) => [point.code, point]));
}

/** The rate that gives about as many awards as the school is to have, as long as it stays lifelike. */
function awardsPerChildAndWeek(
  { aimedAwards, awardsPerChildAndWeek: [from, to] }: SchoolSpec,
  terms: readonly PlannedClassTerm[],
): number {
  const weeks = terms.reduce((sum, { term }) => sum + (term.children.length * term.schoolDays.length) / 5, 0);
  return Math.min(to, Math.max(from, aimedAwards / Math.max(1, weeks)));
}

/** Every teacher keeps the points used most at hand. */
async function enterFavourites(
  store: Store,
  schoolId: string,
  terms: readonly PlannedClassTerm[],
): Promise<void> {
  const uses = new Map<string, Map<string, number>>();
  const lastTerm = terms.at(-1)?.term.termId;
  for (const { term } of terms.filter(({ term: { termId } }) => termId === lastTerm)) {
    for (const { recorderId, points } of term.occasions) {
      const ofTeacher = uses.get(recorderId) ?? new Map<string, number>();
      uses.set(recorderId, ofTeacher);
      for (const { point, weight } of points)
        ofTeacher.set(point.id, (ofTeacher.get(point.id) ?? 0) + weight);
    }
  }
  for (const [membershipId, ofTeacher] of uses) {
    const most = [...ofTeacher].sort((a, b) => b[1] - a[1]).slice(0, FAVOURITES);
    for (const [pointId] of most) await setFavourite(store, schoolId, membershipId, pointId, true);
  }
}
