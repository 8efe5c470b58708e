/** The calls about a class's growth; apart from client.ts, so that the class page does not carry them. */
import type { ClassGrowth, NewWatchPlan } from "@doudou/shared/contract/class-growth.ts";
import { request } from "./request.ts";

/** @param termId the term now, if left out */
export function readClassGrowth(
  classId: string,
  termId: string | undefined,
  signal?: AbortSignal,
): Promise<ClassGrowth> {
  return request(`/classes/${classId}/growth${queryOf(termId)}`, { signal });
}

/** Where the browser finds one of the two tables. */
export function growthTable(classId: string, table: "children" | "weeks", termId: string): string {
  return `/api/v1/classes/${classId}/growth/${table}.xlsx${queryOf(termId)}`;
}

export function makeWatchPlan(classId: string, id: string, plan: NewWatchPlan): Promise<void> {
  return request(`/classes/${classId}/watch-plans/${id}`, { method: "PUT", body: plan });
}

export function endWatchPlan(classId: string, id: string): Promise<void> {
  return request(`/classes/${classId}/watch-plans/${id}`, { method: "DELETE" });
}

function queryOf(termId: string | undefined): string {
  return termId === undefined ? "" : `?termId=${termId}`;
}
