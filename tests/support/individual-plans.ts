/** A child's individual plan, made as its homeroom teacher makes it. */
import { v7 as uuidv7 } from "uuid";
import type { IndividualPlans, SaveIndividualPlan } from "@doudou/shared/contract/individual-plans.ts";
import type { Client } from "./client.ts";

export function planOf(over: Partial<SaveIndividualPlan> = {}): SaveIndividualPlan {
  return {
    version: 0,
    focus: "换活动时先看一眼流程卡",
    supports: "提前两分钟轻声提醒；座位靠前",
    startsOn: "2026-11-02",
    endsOn: "2027-01-15",
    reviewOn: "2026-12-18",
    points: [ownPoint()],
    ...over,
  };
}

export function ownPoint(over: Partial<SaveIndividualPlan["points"][number]> = {}) {
  return {
    id: uuidv7(),
    name: "自己换好活动",
    nameEn: null,
    indicatorCode: "moral",
    kind: "growth" as const,
    beans: 2,
    icon: null,
    ...over,
  };
}

/** Makes a plan for a child. @returns its id and that of its first point */
export async function makePlan(
  teacher: Client,
  studentId: string,
  over: Partial<SaveIndividualPlan> = {},
): Promise<{ readonly planId: string; readonly pointId: string; readonly plan: SaveIndividualPlan }> {
  const path = `/students/${studentId}/individual-plans`;
  const { indicators } = await teacher.get<IndividualPlans>(path);
  const [under] = indicators;
  const points = (over.points ?? [ownPoint()]).map((point) => ({
    ...point,
    indicatorCode: under?.code ?? point.indicatorCode,
  }));
  const plan = planOf({ ...over, points });
  const planId = uuidv7();
  const { status, body } = await teacher.ask("PUT", `${path}/${planId}`, plan);
  if (status !== 204) throw new Error(`no plan: ${status} ${body}`);
  return { planId, pointId: points[0]?.id ?? "", plan };
}
