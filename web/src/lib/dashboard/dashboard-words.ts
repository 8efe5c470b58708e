/** The dashboard's days, choices and questions in words. Reactive to the language; times are the school's. */
import type { Dashboard, PatternSeen } from "@doudou/shared/contract/dashboard.ts";
import { dimensionName } from "#lib/beans/dimensions.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

/** Whose records the charts show: the whole school's, a grade's, a class's. */
export interface Scope {
  readonly value: string;
  readonly label: string;
  readonly classes: Dashboard["classes"];
}

export function scopesOf({ classes }: Dashboard): Scope[] {
  const byGrade = Map.groupBy(classes, (one) => one.class.grade);
  const scopes: Scope[] = [{ value: "", label: m.dash_scope_school(), classes: [...classes] }];
  for (const [grade, ofGrade] of byGrade) {
    scopes.push({
      value: `grade ${grade}`,
      label: m.dash_scope_grade({ grade: m.teacher_classes_grade({ grade }) }),
      classes: ofGrade,
    });
    for (const one of ofGrade) scopes.push({ value: one.class.id, label: one.class.name, classes: [one] });
  }
  return scopes;
}

/** @param day YYYY-MM-DD */
export function dayInMonth(day: string): string {
  return inWords(new Date(day), "UTC", { month: "numeric", day: "numeric" });
}

/** Day, weekday and time of an instant, by the school's clock. */
export function momentWords(instant: string, timeZone: string): string {
  return `${dayOfWeek(instant, timeZone)} ${timeOf(instant, timeZone)}`;
}

export function patternQuestion(pattern: PatternSeen, timeZone: string): string {
  const { kind, firstAt, lastAt, records: count, children, dimension } = pattern;
  const [from, to] = [timeOf(firstAt, timeZone), timeOf(lastAt, timeZone)];
  const words = {
    teacher: pattern.teacher.name,
    class: pattern.class.name,
    day: dayOfWeek(firstAt, timeZone),
    time: from === to ? from : `${from}–${to}`,
    count,
  };
  switch (kind) {
    case "burst":
      return children === 1 ? m.dash_q_burst(words) : m.dash_q_bursts({ ...words, children });
    case "outside-hours":
      return m.dash_q_outside(words);
    case "one-dimension":
      return m.dash_q_dimension({
        ...words,
        until: dayOfWeek(lastAt, timeZone),
        dimension: dimension ? dimensionName(dimension) : "",
      });
  }
}

function dayOfWeek(instant: string, timeZone: string): string {
  return inWords(new Date(instant), timeZone, { month: "long", day: "numeric", weekday: "short" });
}

function timeOf(instant: string, timeZone: string): string {
  return inWords(new Date(instant), timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function inWords(moment: Date, timeZone: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale() === "en" ? "en-GB" : locale(), { ...parts, timeZone }).format(
    moment,
  );
}
