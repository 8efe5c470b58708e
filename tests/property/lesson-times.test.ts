/** Lesson times: what is right, what is open when, and what is going on. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clockTime,
  type DayPlan,
  isClockTime,
  minutesOf,
  openHoursOn,
  planOn,
  problemsOfLessonTimes,
  spanAt,
  usualDay,
} from "@doudou/shared/domain/lesson-times.ts";
import { lessonEnd } from "../../web/src/lib/classroom/tools/lesson-end.ts";
import {
  withAnother,
  withAnotherPlan,
  withWeekday,
} from "../../web/src/lib/school-settings/lesson-times-editing.ts";

const lesson = (startsAt: string, endsAt: string, name = "第1节") => {
  return { kind: "lesson" as const, name, startsAt, endsAt };
};
const faultsOf = (plans: readonly DayPlan[]) => problemsOfLessonTimes(plans).map(({ fault }) => fault);
const on = (weekdays: number[], ...spans: DayPlan["spans"]) => [{ weekdays, spans }];

describe("lesson times", () => {
  test("are well where nobody has said, and as a usual day has them", () => {
    expect(faultsOf([])).toEqual([]);
    expect(faultsOf([usualDay()])).toEqual([]);
  });

  test("that overlap, run backwards, have no name, no day or no lesson are told with their places", () => {
    expect(faultsOf(on([1], lesson("08:00", "08:40"), lesson("08:39", "09:10")))).toEqual(["out-of-order"]);
    expect(faultsOf(on([1], lesson("09:00", "09:40"), lesson("08:00", "08:40")))).toEqual(["out-of-order"]);
    expect(faultsOf(on([1], lesson("08:40", "08:40")))).toEqual(["ends-before-start"]);
    expect(faultsOf(on([1], lesson("", "08:40")))).toEqual(["time-missing"]);
    expect(faultsOf(on([1], lesson("08:00", "08:40", " ")))).toEqual(["name-missing"]);
    expect(faultsOf(on([], lesson("08:00", "08:40")))).toEqual(["weekday-missing"]);
    expect(faultsOf(on([1]))).toEqual(["no-lessons"]);
    const twice = [...on([1, 2], lesson("08:00", "08:40")), ...on([2], lesson("08:00", "08:40"))];
    expect(problemsOfLessonTimes(twice)).toEqual([{ path: "/1/weekdays", fault: "weekday-twice" }]);
  });

  test("a lesson that begins when the one before ends does not overlap it, and is the one going on", () => {
    const [plan] = on([1], lesson("08:00", "08:40"), lesson("08:40", "09:20", "第2节"));
    expect(faultsOf([plan!])).toEqual([]);
    expect(spanAt(plan!, "08:40")?.name).toBe("第2节");
    expect(spanAt(plan!, "07:59")).toBeUndefined();
  });

  test("a holiday has no plan, a worked Saturday has none of its own, and is open from the earliest to the latest", () => {
    const plans = [...on([1, 2, 3, 4], lesson("08:30", "17:30")), ...on([5], lesson("08:00", "15:30"))];
    const exceptions = new Map([
      ["2026-11-10", "holiday" as const],
      ["2026-11-14", "workday" as const],
    ]);
    expect(planOn("2026-11-10", plans, exceptions)).toBeUndefined();
    expect(planOn("2026-11-14", plans, exceptions)).toBeUndefined();
    expect(planOn("2026-11-13", plans, exceptions)).toBe(plans[1]);
    expect(openHoursOn("2026-11-13", plans)).toEqual({ from: "07:00", to: "17:30" });
    expect(openHoursOn("2026-11-14", plans)).toEqual({ from: "07:00", to: "19:30" });
  });

  test("a time of day is the same as minutes, and nothing else is one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
        const text = clockTime(minutes);
        expect(isClockTime(text)).toBe(true);
        expect(minutesOf(text)).toBe(minutes);
      }),
    );
    for (const text of ["24:00", "8:00", "08:60", "", "08:00:00"]) expect(isClockTime(text)).toBe(false);
  });
});

describe("the editor of lesson times", () => {
  test("adds lesson after lesson without ever making what is not well, up to a long day", () => {
    const kind = fc.constantFrom("lesson" as const, "break" as const);
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 10 }), (kinds) => {
        const plans = kinds.reduce((made, next) => withAnother(made, 0, next), on([1]) as readonly DayPlan[]);
        const expected = kinds.includes("lesson") ? [] : ["no-lessons"];
        expect(faultsOf(plans)).toEqual(expected);
      }),
    );
  });

  test("a day of the week that is given to one plan is taken from the other", () => {
    const plans = withAnotherPlan(withWeekday([usualDay()], 0, 5, false));
    expect(plans.map(({ weekdays }) => weekdays)).toEqual([[1, 2, 3, 4], [5]]);
    const moved = withWeekday(plans, 1, 3, true);
    expect(moved.map(({ weekdays }) => weekdays)).toEqual([
      [1, 2, 4],
      [3, 5],
    ]);
    expect(faultsOf(moved)).toEqual([]);
  });
});

describe("a countdown to the end of the lesson", () => {
  test("is what is left of it by the school's own clock, and is not offered between lessons", () => {
    const today = { spans: [lesson("08:30", "09:10")], timeZone: "Asia/Shanghai" };
    const at = (time: string) => Date.parse(`2026-11-11T${time}+08:00`);
    expect(lessonEnd(today, at("08:59:30"))).toEqual({ name: "第1节", endsAt: "09:10", left: 630_000 });
    expect(lessonEnd(today, at("09:10:00"))).toBeUndefined();
    expect(lessonEnd({ ...today, spans: [] }, at("08:59:30"))).toBeUndefined();
  });
});
