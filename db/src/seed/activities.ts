/**
 * Activities of a demo school's finished term, as its summaries tell of them: every class was out once and worked once, with
 * a few children missing, and some wrote down what they made of it.
 */
import type { ActivitySort } from "@doudou/shared/domain/activities.ts";
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { addActivity, setActivityReflection } from "../repositories/activities.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
const WAS_THERE = 0.95;
const HAD_A_PART = 0.2;
const REFLECTED = 0.3;

interface FinishedActivity {
  readonly title: string;
  readonly sort: ActivitySort;
  /** How far the term had gone. */
  readonly when: number;
  readonly place: string;
  readonly minutes: number;
  readonly dimensions: readonly Dimension[];
  readonly parts: readonly string[];
  readonly reflections: readonly string[];
}

const ACTIVITIES: readonly FinishedActivity[] = [
  {
    title: "走进自然博物馆",
    sort: "trip",
    when: 0.4,
    place: "市自然博物馆",
    minutes: 180,
    dimensions: ["academic", "moral"],
    parts: ["小组记录员", "路线小向导"],
    reflections: ["鲸的骨架比我们教室还长。", "我把不懂的三个问题写了下来，回家又查了。"],
  },
  {
    title: "校园菜地劳动日",
    sort: "labour",
    when: 0.7,
    place: "学校菜地",
    minutes: 80,
    dimensions: ["labour"],
    parts: ["工具管理员", "浇水组长"],
    reflections: ["原来拔草要连根一起拔。", "我们组的黄瓜藤又长高了一截。"],
  },
];

export async function enterActivities(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  draw: Draw,
): Promise<void> {
  for (const { when, parts, reflections, ...facts } of ACTIVITIES) {
    const day = term.schoolDays[Math.floor(term.schoolDays.length * when)];
    if (day === undefined) continue;
    const addedAt = new Date(startOfDay(day, term.timeZone) + 17 * HOUR);
    const id = draw.id(addedAt.getTime());
    const partakers = ofClass.children
      .filter((_, place) => draw.happens(WAS_THERE) || place === 0)
      .map(({ id: studentId }, place) => ({
        studentId,
        part: draw.happens(HAD_A_PART) || place === 0 ? draw.one(parts) : "",
      }));
    const of = { id, classId: ofClass.id, termId: term.termId, startsOn: day, endsOn: day };
    const made = { toldOfId: null, state: "recorded", makerId: term.homeroomId, addedAt, about: "" } as const;
    await addActivity(store, schoolId, { ...facts, ...of, ...made }, partakers);
    for (const [place, { studentId }] of partakers.entries()) {
      if (!draw.happens(REFLECTED) && place > 0) continue;
      await setActivityReflection(store, schoolId, { activityId: id, studentId }, draw.one(reflections));
    }
  }
}
