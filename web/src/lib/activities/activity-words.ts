/** The words for activities. Reactive to the language: call them in markup or in `$derived`. */
import type { ChildActivity } from "@doudou/shared/contract/activities.ts";
import { type ActivitySort, hoursOf } from "@doudou/shared/domain/activities.ts";
import { dayInFull } from "#lib/growth/days-in-full.ts";
import { m } from "#lib/paraglide/messages.js";

export function sortName(sort: ActivitySort): string {
  return m.activity_sort({ sort });
}

type Facts = Pick<ChildActivity, "startsOn" | "endsOn" | "place" | "minutes">;

/** When, where and for how long, as far as somebody said so. */
export function factWords({ startsOn, endsOn, place, minutes }: Facts): string {
  const days =
    startsOn === endsOn
      ? dayInFull(startsOn)
      : m.activity_days({ from: dayInFull(startsOn), to: dayInFull(endsOn) });
  const hours = minutes === null ? "" : m.activity_hours({ hours: hoursOf(minutes) });
  return [whole(days), place, whole(hours)].filter((word) => word !== "").join(" · ");
}

/** Words that stay on one line. */
const whole = (words: string) => words.replaceAll(" ", "\u{A0}");
