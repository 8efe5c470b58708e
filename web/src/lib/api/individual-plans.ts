/** The calls about children's individual plans; apart from client.ts, so that no class page carries them. */
import type { IndividualPlans, SaveIndividualPlan } from "@doudou/shared/contract/individual-plans.ts";
import { request } from "./request.ts";

export function readPlans(studentId: string, signal?: AbortSignal): Promise<IndividualPlans> {
  return request(`/students/${studentId}/individual-plans`, { signal });
}

export function savePlan(studentId: string, planId: string, plan: SaveIndividualPlan): Promise<void> {
  return request(`/students/${studentId}/individual-plans/${planId}`, { method: "PUT", body: plan });
}

export function addPlanNote(
  { studentId, planId }: { readonly studentId: string; readonly planId: string },
  noteId: string,
  text: string,
): Promise<void> {
  const url = `/students/${studentId}/individual-plans/${planId}/notes/${noteId}`;
  return request(url, { method: "PUT", body: { text } });
}

export function endPlan(studentId: string, planId: string, whatHelped: string): Promise<void> {
  return request(`/students/${studentId}/individual-plans/${planId}/end`, {
    method: "POST",
    body: { whatHelped },
  });
}
