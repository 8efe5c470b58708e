/**
 * A plan that is being written, as its form holds it, and what was begun and not saved. Begun words are kept while the app
 * is open, for the account that wrote them, and never written to the device: they are about one child's difficulties.
 */
import { v7 } from "uuid";
import type {
  IndividualPlan,
  IndividualPlans,
  OwnPointInput,
  SaveIndividualPlan,
} from "@doudou/shared/contract/individual-plans.ts";
import { addDays } from "@doudou/shared/domain/days.ts";
import { INDIVIDUAL_PLAN_RULES } from "@doudou/shared/domain/individual-plans.ts";

export interface PlanDraft {
  /** Made once, so that sending it again makes no other plan. */
  readonly planId: string;
  readonly plan: SaveIndividualPlan;
}

/** Six weeks: long enough to see whether something helps. */
const REVIEW_DAYS = 42;
const begun = new Map<string, PlanDraft>();
const keyOf = (accountId: string, studentId: string) => `${accountId} ${studentId}`;

/** What was begun for a child; else the plan that runs, or an empty one for the term. */
export function planDraftFor(accountId: string, studentId: string, list: IndividualPlans): PlanDraft {
  const kept = begun.get(keyOf(accountId, studentId));
  const { current } = list;
  if (kept && (current === null || kept.planId === current.id)) return kept;
  return current ? { planId: current.id, plan: inputOf(current) } : { planId: v7(), plan: blankPlan(list) };
}

/** @param opened as the form was opened: where nothing differs from it, nothing was begun */
export function keepPlanDraft(
  accountId: string,
  studentId: string,
  draft: PlanDraft,
  opened: PlanDraft,
): void {
  if (JSON.stringify(draft) !== JSON.stringify(opened)) begun.set(keyOf(accountId, studentId), draft);
}

export function dropPlanDraft(accountId: string, studentId: string): void {
  begun.delete(keyOf(accountId, studentId));
}

export function blankPoint({ indicators }: Pick<IndividualPlans, "indicators">): OwnPointInput {
  return {
    id: v7(),
    name: "",
    nameEn: null,
    indicatorCode: indicators[0]?.code ?? "",
    kind: "growth",
    beans: INDIVIDUAL_PLAN_RULES.minBeans,
    icon: null,
  };
}

function blankPlan(list: IndividualPlans): SaveIndividualPlan {
  const { today, term } = list;
  const endsOn = term?.endsOn ?? today;
  const inSixWeeks = addDays(today, REVIEW_DAYS);
  const reviewOn = inSixWeeks < endsOn ? inSixWeeks : endsOn;
  return {
    version: 0,
    focus: "",
    supports: "",
    startsOn: today,
    endsOn,
    reviewOn,
    points: [blankPoint(list)],
  };
}

function inputOf(plan: IndividualPlan): SaveIndividualPlan {
  const { version, focus, supports, startsOn, endsOn, reviewOn } = plan;
  const points = plan.points
    .filter(({ isRetired }) => !isRetired)
    .map(({ id, name, indicatorCode, kind, beans, icon }) => {
      return {
        id,
        name: name.zh,
        nameEn: name.en === name.zh ? null : name.en,
        indicatorCode,
        kind,
        beans,
        icon,
      };
    });
  return { version, focus, supports, startsOn, endsOn, reviewOn, points };
}

/** Whether it can be sent: it says what is worked on, and every point has a name. */
export function isWritten({ focus, points }: SaveIndividualPlan): boolean {
  return focus.trim() !== "" && points.length > 0 && points.every(({ name }) => name.trim() !== "");
}
