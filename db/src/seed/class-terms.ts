/**
 * What a term is made of in each class of a demo school: its days, children, week, and who notices what. Writes nothing.
 */
import { schoolDaysBetween } from "@doudou/shared/domain/calendar.ts";
import type { FramePoint, SchoolFrame, SchoolTerm } from "../repositories/schools.ts";
import { type ClassTerm, unnoticedSince } from "./classroom-life.ts";
import type { Draw } from "./draw.ts";
import type { EnteredChild, EnteredClass } from "./enter-people.ts";
import { pointsInUse } from "./points-in-use.ts";
import type { SchoolSpec } from "./roster.ts";
import type { PlannedTerm, SchoolYears } from "./school-years.ts";
import type { SubjectCode } from "./staff.ts";
import { timetableOf } from "./timetable.ts";

/** Those who see a class all day have more to do than to note; those who come twice a week make the most of it. */
const ZEAL: Partial<Record<SubjectCode | "homeroom", number>> = {
  homeroom: 0.8,
  chinese: 0.6,
  maths: 0.6,
  english: 0.8,
};

export interface SchoolLife {
  readonly now: Date;
  readonly today: string;
  readonly years: SchoolYears;
  readonly frame: SchoolFrame;
  readonly classes: readonly EnteredClass[];
  readonly teacherIds: readonly string[];
  readonly draw: Draw;
}

export interface PlannedClassTerm {
  readonly ofClass: EnteredClass;
  readonly term: Omit<ClassTerm, "awardsPerChildAndWeek">;
}

/** A term in each class of its year, ready to be lived through. */
export function classTermsOf(planned: PlannedTerm, life: SchoolLife): PlannedClassTerm[] {
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
    const isLast = ofClass === ofYear.at(-1) && planned === years.current;
    return {
      ofClass,
      term: {
        ...span,
        classId: ofClass.id,
        termId: term.id,
        children,
        occasions,
        homeroomId,
        caughtUpOn: isLast ? schoolDays.at(-2) : undefined,
      },
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
export function awardsPerChildAndWeek(
  { aimedAwards, awardsPerChildAndWeek: [from, to] }: SchoolSpec,
  terms: readonly PlannedClassTerm[],
): number {
  const weeks = terms.reduce((sum, { term }) => sum + (term.children.length * term.schoolDays.length) / 5, 0);
  return Math.min(to, Math.max(from, aimedAwards / Math.max(1, weeks)));
}
