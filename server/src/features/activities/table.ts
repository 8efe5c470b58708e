/** A class's activities as a table to take away: what, when, where and who, in words. Nothing in it adds up children. */
import type { ClassActivity } from "@doudou/shared/contract/activities.ts";
import { hoursOf } from "@doudou/shared/domain/activities.ts";
import type { Locale } from "@doudou/shared/domain/words.ts";
import { wordsIn, type WrittenTable } from "../../spreadsheets/written.ts";
import { SORT_WORDS } from "../../documents/activity-words.ts";

/** A row for each activity, newest first, with those who took part by name. */
export function activitiesTable(activities: readonly ClassActivity[], locale: Locale): WrittenTable {
  const say = wordsIn(locale);
  return {
    name: say("活动", "Activities"),
    headings: [
      say("日期", "Date"),
      say("到", "Until"),
      say("活动", "Activity"),
      say("类别", "Sort"),
      say("地点", "Place"),
      say("时长（小时）", "Hours"),
      say("简介", "About"),
      say("参加的孩子", "Children"),
      say("记录人", "Recorded by"),
    ],
    rows: activities.map(({ title, sort, startsOn, endsOn, place, minutes, about, students, by }) => [
      startsOn,
      endsOn,
      title,
      SORT_WORDS[locale][sort],
      place,
      minutes === null ? "" : String(hoursOf(minutes)),
      about,
      students
        .map(({ name, part }) => (part === "" ? name : say(`${name}（${part}）`, `${name} (${part})`)))
        .join(say("、", ", ")),
      by,
    ]),
  };
}
