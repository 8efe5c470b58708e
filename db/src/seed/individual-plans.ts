/**
 * The individual plan of one child of a demo school's first class: two points of its own, some weeks of being seen, and
 * two notes. Some of what teachers gave the child becomes awards of these points: as many, of the same dimension, as before.
 */
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { addDays, weekStartOf } from "@doudou/shared/domain/days.ts";
import { INDIVIDUAL_PLAN_RULES, ownPointCode } from "@doudou/shared/domain/individual-plans.ts";
import type { Store } from "../engines/database.ts";
import type { DecidedAward } from "../repositories/awards.ts";
import { addIndividualPlan, addOwnPoint, addPlanNote } from "../repositories/individual-plans.ts";
import type { FramePoint, SchoolFrame } from "../repositories/schools.ts";
import type { PlannedClassTerm } from "./class-terms.ts";
import type { Draw } from "./draw.ts";

const HOUR = 3_600_000;
/** Not the child a demonstration shows, nor one the other stories are about. */
const PLACE = 5;
const SCHOOL_DAYS_AGO = 36;
const MOST_AWARDS = 12;
const POINTS = [
  { name: { zh: "自己换好下一项", en: "Changes over alone" }, icon: "leaf" },
  { name: { zh: "需要时举提示卡", en: "Holds up a card when in need" }, icon: "star" },
] as const;
const NOTES = [
  { after: 8, text: "把流程卡贴在桌角后，换活动顺利多了。" },
  { after: 20, text: "音乐课第一次自己举了提示卡。" },
];

/** Makes the plan. @returns the class's awards, some of the child's by points of its own; to be loaded next */
export async function enterIndividualPlan(
  store: Store,
  schoolId: string,
  { ofClass, term }: PlannedClassTerm,
  { frame, given, draw }: { frame: SchoolFrame; given: readonly DecidedAward[]; draw: Draw },
): Promise<readonly DecidedAward[]> {
  const startsOn = term.schoolDays.at(-SCHOOL_DAYS_AGO) ?? term.schoolDays[0];
  const child = ofClass.children[PLACE];
  const under = moralPoint(frame, term.termId, ofClass.grade);
  if (!child || !under || startsOn === undefined || (child.joinedOn ?? "") > startsOn) return given;

  const morning = (day: string) => startOfDay(day, term.timeZone) + 8 * HOUR;
  const madeAt = morning(startsOn);
  const planId = draw.id(madeAt);
  const inTenWeeks = addDays(startsOn, 70);
  await addIndividualPlan(store, schoolId, {
    id: planId,
    studentId: child.id,
    focus: "换活动时心里有数：先看流程卡，再收好东西。",
    supports: "换活动前两分钟轻声提醒；流程卡贴在桌角；任务分成两三小步，做完一步打一个勾。",
    startsOn,
    endsOn: term.termEndsOn,
    reviewOn: inTenWeeks < term.termEndsOn ? inTenWeeks : term.termEndsOn,
    madeBy: term.homeroomId,
    madeAt: new Date(madeAt),
  });
  const ids = POINTS.map(() => draw.id(madeAt));
  const { minBeans, maxBeans, weeklyCap } = INDIVIDUAL_PLAN_RULES;
  const { schemeId, indicatorId, indicator, dimension } = under;
  for (const [position, words] of POINTS.entries()) {
    const id = ids[position] ?? "";
    const bounds = { beans: 1, minBeans, maxBeans, weeklyCap };
    const place = { planId, schemeId, indicatorId, indicator, dimension, position };
    await addOwnPoint(store, schoolId, {
      id,
      code: ownPointCode(id),
      kind: "growth",
      ...place,
      ...words,
      ...bounds,
    });
  }
  const since = term.schoolDays.filter((day) => day >= startsOn);
  for (const { after, text } of NOTES) {
    const day = since[after];
    if (day === undefined) continue;
    const at = morning(day);
    const by = { authorId: term.homeroomId, writtenAt: new Date(at) };
    await addPlanNote(store, schoolId, { id: draw.id(at), planId, text, day, ...by });
  }
  const seen = seenOf(given, { studentId: child.id, dimension, after: startsOn });
  return given.map((award) => {
    const place = seen.indexOf(award.id);
    const observationPointId = ids[place % ids.length];
    return place < 0 || observationPointId === undefined ? award : { ...award, observationPointId };
  });
}

function moralPoint(frame: SchoolFrame, termId: string, grade: number): FramePoint | undefined {
  const schemeId = frame.terms.find(({ id }) => id === termId)?.schemeId;
  return [...frame.points.values()].find(
    (point) =>
      point.schemeId === schemeId &&
      point.dimension === "moral" &&
      point.gradeFrom <= grade &&
      point.gradeTo >= grade,
  );
}

/** Awards that can be told otherwise without any other counting for more: alone in their week, and worth what was asked. */
function seenOf(
  given: readonly DecidedAward[],
  of: { readonly studentId: string; readonly dimension: string; readonly after: string },
): string[] {
  const own = given.filter(({ studentId, day }) => studentId === of.studentId && day > of.after);
  const weeks = Map.groupBy(
    own,
    ({ observationPointId, day }) => `${observationPointId} ${weekStartOf(day)}`,
  );
  const { minBeans, maxBeans } = INDIVIDUAL_PLAN_RULES;
  return [...weeks.values()]
    .flatMap((ofWeek) => (ofWeek.length === 1 ? ofWeek : []))
    .filter(({ dimension, points, beans, note, voided }) => {
      const isPlain = dimension === of.dimension && note === null && voided === null;
      return isPlain && beans === points && points >= minBeans && points <= maxBeans;
    })
    .sort((one, other) => one.recordedAt.getTime() - other.recordedAt.getTime())
    .slice(-MOST_AWARDS)
    .map(({ id }) => id);
}
