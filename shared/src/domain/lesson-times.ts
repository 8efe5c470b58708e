/**
 * Lesson times (作息时间): when lessons and breaks begin and end on which days of the week, what is wrong with them, and
 * what follows for one day. Pure; never says that anybody has to be anywhere.
 */
import { type DayExceptions, isSchoolDay } from "./days.ts";

export const SPAN_KINDS = ["lesson", "break"] as const;

/** A lesson, or a break that has a name of its own (大课间, 午休); what lies between lessons is a break without one. */
export interface LessonSpan {
  readonly kind: (typeof SPAN_KINDS)[number];
  readonly name: string;
  /** School-local, `HH:MM`. */
  readonly startsAt: string;
  readonly endsAt: string;
}

/** What days of the week that go alike have. */
export interface DayPlan {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
  readonly spans: readonly LessonSpan[];
}

export const LESSON_TIMES_FAULTS = [
  "name-missing",
  "time-missing",
  "ends-before-start",
  "out-of-order",
  "weekday-missing",
  "weekday-twice",
  "no-lessons",
] as const;
export type LessonTimesFault = (typeof LESSON_TIMES_FAULTS)[number];

/** Where it is wrong: a JSON pointer into the plans. */
export interface LessonTimesProblem {
  readonly path: string;
  readonly fault: LessonTimesFault;
}

/** Everything that is wrong with lesson times; empty when all is well. No plan at all is well: a school need not say. */
export function problemsOfLessonTimes(plans: readonly DayPlan[]): LessonTimesProblem[] {
  const found: LessonTimesProblem[] = [];
  const say = (path: string, fault: LessonTimesFault) => found.push({ path, fault });
  const taken = new Set<number>();
  plans.forEach(({ weekdays, spans }, at) => {
    if (weekdays.length === 0) say(`/${at}/weekdays`, "weekday-missing");
    if (weekdays.some((weekday) => taken.has(weekday))) say(`/${at}/weekdays`, "weekday-twice");
    for (const weekday of weekdays) taken.add(weekday);
    if (!spans.some(({ kind }) => kind === "lesson")) say(`/${at}/spans`, "no-lessons");
    spans.forEach((span, place) => {
      const path = `/${at}/spans/${place}`;
      if (span.name.trim() === "") say(`${path}/name`, "name-missing");
      const before = spans[place - 1];
      if (!isClockTime(span.startsAt) || !isClockTime(span.endsAt)) say(`${path}/startsAt`, "time-missing");
      else if (span.endsAt <= span.startsAt) say(`${path}/endsAt`, "ends-before-start");
      else if (before && span.startsAt < before.endsAt) say(`${path}/startsAt`, "out-of-order");
    });
  });
  return found;
}

/** Whether a text is a time of day, `08:05`; as text such times sort as they pass. */
export function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** @param text `HH:MM` */
export function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

/** @param minutes of the day, kept within it */
export function clockTime(minutes: number): string {
  const within = Math.min(Math.max(minutes, 0), 24 * 60 - 1);
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

/** The plan of a day: none without school, and none on a worked weekend (调休), of which nobody has said whose day it follows. */
export function planOn(
  day: string,
  plans: readonly DayPlan[],
  exceptions: DayExceptions,
): DayPlan | undefined {
  if (!isSchoolDay(day, exceptions)) return undefined;
  return plans.find(({ weekdays }) => weekdays.includes(weekdayOf(day)));
}

/** From when to when somebody may be expected in school, `HH:MM`. */
export interface OpenHours {
  readonly from: string;
  readonly to: string;
}

/** Before the first lesson there is early reading and duty, after the last there is care (课后服务) and writing things up. */
const BEFORE_LESSONS_MINUTES = 60;
const AFTER_LESSONS_MINUTES = 120;
/** Of a school that has not said. */
const USUAL_HOURS: OpenHours = { from: "06:30", to: "19:00" };

/**
 * When the school is open on a day that has school. Where that day has no plan of its own, as a worked Saturday has not,
 * from the earliest to the latest of all plans.
 */
export function openHoursOn(day: string, plans: readonly DayPlan[]): OpenHours {
  const own = plans.filter(({ weekdays }) => weekdays.includes(weekdayOf(day)));
  const spans = (own.length > 0 ? own : plans).flatMap((plan) => plan.spans);
  const [first] = spans.map(({ startsAt }) => startsAt).sort();
  const last = spans
    .map(({ endsAt }) => endsAt)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return USUAL_HOURS;
  return {
    from: clockTime(minutesOf(first) - BEFORE_LESSONS_MINUTES),
    to: clockTime(minutesOf(last) + AFTER_LESSONS_MINUTES),
  };
}

/** The lesson or break that is going on; its end is no longer it. @param at `HH:MM` */
export function spanAt(plan: DayPlan, at: string): LessonSpan | undefined {
  return plan.spans.find(({ startsAt, endsAt }) => startsAt <= at && at < endsAt);
}

/** @param day `YYYY-MM-DD`; 1 is Monday, 7 is Sunday */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/**
 * A school day as many schools have it, for somebody to correct.
 * @source 教育部办公厅《关于进一步加强中小学生睡眠管理工作的通知》(2021): primary schools begin lessons at 8:20 at the earliest
 */
export function usualDay(): DayPlan {
  const lesson = (name: string, startsAt: string, endsAt: string): LessonSpan => {
    return { kind: "lesson", name, startsAt, endsAt };
  };
  const pause = (name: string, startsAt: string, endsAt: string): LessonSpan => {
    return { kind: "break", name, startsAt, endsAt };
  };
  return {
    weekdays: [1, 2, 3, 4, 5],
    spans: [
      lesson("第1节", "08:30", "09:10"),
      lesson("第2节", "09:20", "10:00"),
      pause("大课间", "10:00", "10:30"),
      lesson("第3节", "10:30", "11:10"),
      lesson("第4节", "11:20", "12:00"),
      pause("午休", "12:00", "14:00"),
      lesson("第5节", "14:00", "14:40"),
      lesson("第6节", "14:50", "15:30"),
      lesson("课后服务", "15:40", "17:30"),
    ],
  };
}
