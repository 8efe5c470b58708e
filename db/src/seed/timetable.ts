/**
 * A school's week: which class has which lesson when. No class and no teacher is in two places at once; a lesson that
 * finds no place is left out.
 */
import type { Draw } from "./draw.ts";
import { lessonsAWeek, type Post, type SubjectCode } from "./staff.ts";

/** When a teacher is with a class: minutes after midnight, on a weekday from 0 for Monday. */
export interface Occasion {
  readonly weekday: number;
  readonly from: number;
  readonly minutes: number;
  readonly teacher: number;
  /** What is taught; undefined for the homeroom teacher's time with the class around the lessons. */
  readonly subject: SubjectCode | undefined;
}

export interface ClassOfWeek {
  readonly grade: number;
  readonly posts: readonly Post[];
}

const WEEKDAYS = [0, 1, 2, 3, 4] as const;
const LESSON_MINUTES = 40;
/** 8:30, 9:20, 10:30, 11:20, 14:00, 14:50. */
const LESSONS = [510, 560, 630, 680, 840, 890] as const;
/** Morning round, lunch and midday, going home. */
const HOMEROOM = [
  { from: 485, minutes: 20 },
  { from: 725, minutes: 75 },
  { from: 935, minutes: 25 },
] as const;

/** The week of each class, in the order of the classes. */
export function timetableOf(classes: readonly ClassOfWeek[], draw: Draw): Occasion[][] {
  const teacherIsBusy = new Set<string>();
  return classes.map((ofClass) => {
    const lessons = lessonsOf(ofClass, teacherIsBusy, draw);
    const homeroom = ofClass.posts.find((post) => post.isHomeroom);
    if (!homeroom) return lessons;
    const around = WEEKDAYS.flatMap((weekday) =>
      HOMEROOM.map((span) => ({ weekday, ...span, teacher: homeroom.teacher, subject: undefined })),
    );
    return [...lessons, ...around];
  });
}

function lessonsOf({ grade, posts }: ClassOfWeek, teacherIsBusy: Set<string>, draw: Draw): Occasion[] {
  const free = WEEKDAYS.flatMap((weekday) => LESSONS.map((from) => ({ weekday, from })));
  const placed: Occasion[] = [];
  const wanted = posts.flatMap((post) =>
    Array.from({ length: lessonsAWeek(post.subject, grade) }, () => post),
  );
  // Those who teach many classes first: they have the fewest free hours.
  for (const { teacher, subject } of wanted.sort((a, b) => b.teacher - a.teacher)) {
    const sameDay = (weekday: number) =>
      placed.filter((of) => of.weekday === weekday && of.subject === subject).length;
    const fitting = free.filter(({ weekday, from }) => !teacherIsBusy.has(`${teacher}/${weekday}/${from}`));
    const [slot] = draw.shuffled(fitting).sort((a, b) => sameDay(a.weekday) - sameDay(b.weekday));
    if (!slot) continue;
    free.splice(free.indexOf(slot), 1);
    teacherIsBusy.add(`${teacher}/${slot.weekday}/${slot.from}`);
    placed.push({ ...slot, minutes: LESSON_MINUTES, teacher, subject });
  }
  return placed;
}
