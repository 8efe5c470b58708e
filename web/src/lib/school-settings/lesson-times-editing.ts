/** The changes an editor of lesson times makes, each a new list of plans. Pure; what is wrong is for the domain to say. */
import {
  clockTime,
  type DayPlan,
  isClockTime,
  type LessonSpan,
  minutesOf,
  usualDay,
} from "@doudou/shared/domain/lesson-times.ts";

export type Plans = readonly DayPlan[];

const LESSON_MINUTES = 40;
const PAUSE_MINUTES = 10;
const FIRST_LESSON = "08:30";

/** With a change to one plan. */
function withPlan(plans: Plans, at: number, change: (plan: DayPlan) => DayPlan): Plans {
  return plans.map((plan, place) => (place === at ? change(plan) : plan));
}

/** With a day of the week in a plan, and so in no other; or no longer in it. */
export function withWeekday(plans: Plans, at: number, weekday: number, isIn: boolean): Plans {
  return plans.map((plan, place) => {
    const others = plan.weekdays.filter((other) => other !== weekday);
    if (place === at && isIn) return { ...plan, weekdays: [...others, weekday].sort((a, b) => a - b) };
    return place === at || isIn ? { ...plan, weekdays: others } : plan;
  });
}

export function withSpan(plans: Plans, at: number, place: number, change: Partial<LessonSpan>): Plans {
  return withPlan(plans, at, (plan) => ({
    ...plan,
    spans: plan.spans.map((span, index) => (index === place ? { ...span, ...change } : span)),
  }));
}

export function withoutSpan(plans: Plans, at: number, place: number): Plans {
  return withPlan(plans, at, (plan) => ({
    ...plan,
    spans: plan.spans.filter((_, index) => index !== place),
  }));
}

/** With one more at the end of the day: a lesson after a short pause, or a break that begins where the last span ends. */
export function withAnother(plans: Plans, at: number, kind: LessonSpan["kind"]): Plans {
  return withPlan(plans, at, ({ spans, ...plan }) => {
    const last = spans.at(-1);
    const end = last && isClockTime(last.endsAt) ? minutesOf(last.endsAt) : undefined;
    const pause = kind === "lesson" && last?.kind === "lesson" ? PAUSE_MINUTES : 0;
    const from = end === undefined ? minutesOf(FIRST_LESSON) : end + pause;
    const lessons = spans.filter((span) => span.kind === "lesson").length;
    const name = kind === "lesson" ? `第${lessons + 1}节` : "大课间";
    const length = kind === "lesson" ? LESSON_MINUTES : 3 * PAUSE_MINUTES;
    const span = { kind, name, startsAt: clockTime(from), endsAt: clockTime(from + length) };
    return { ...plan, spans: [...spans, span] };
  });
}

/** With a plan for the days of Monday to Friday that have none: a usual day, or a copy of the first plan. */
export function withAnotherPlan(plans: Plans): Plans {
  const usual = usualDay();
  const free = usual.weekdays.filter((day) => !plans.some(({ weekdays }) => weekdays.includes(day)));
  return [...plans, { weekdays: free, spans: plans[0]?.spans ?? usual.spans }];
}
