/** How long the lesson that is going on still lasts. Pure; the time comes in. */
import type { LessonsToday } from "@doudou/shared/contract/school-settings.ts";
import { minutesOf, spanAt } from "@doudou/shared/domain/lesson-times.ts";

export interface LessonEnd {
  readonly name: string;
  readonly endsAt: string;
  /** In ms. */
  readonly left: number;
}

/** @param now ms since 1970 @returns undefined where nothing is going on */
export function lessonEnd({ spans, timeZone }: LessonsToday, now: number): LessonEnd | undefined {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" }).format(now);
  const span = spanAt({ weekdays: [], spans }, clock.slice(0, 5));
  if (!span) return undefined;
  const seconds = minutesOf(clock) * 60 + Number(clock.slice(6, 8));
  return { name: span.name, endsAt: span.endsAt, left: (minutesOf(span.endsAt) * 60 - seconds) * 1000 };
}
