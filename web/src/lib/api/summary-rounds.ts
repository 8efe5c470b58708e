/** The calls about a class's summaries on their way to be published, typed by the contract; apart from client.ts, so that no class page carries them. */
import type {
  ClassPieces,
  LedClasses,
  ReviewDecision,
  SchoolPlan,
  SchoolPlanned,
  SummaryRounds,
} from "@doudou/shared/contract/summary-rounds.ts";
import { request } from "./request.ts";

const at = (classId: string) => `/classes/${classId}/summaries`;

export function handInSummaries(classId: string, termId: string): Promise<void> {
  return request(`${at(classId)}/hand-in`, { method: "POST", body: { termId } });
}

export function reviewSummaries(classId: string, decision: ReviewDecision): Promise<void> {
  return request(`${at(classId)}/review`, { method: "POST", body: decision });
}

/** @param publishAt an instant to come */
export function planPublication(classId: string, termId: string, publishAt: string): Promise<void> {
  return request(`${at(classId)}/publication`, { method: "PUT", body: { termId, publishAt } });
}

export function cancelPublication(classId: string, termId: string): Promise<void> {
  return request(`${at(classId)}/publication`, { method: "DELETE", query: { termId } });
}

/** Plans every class of a grade or of the school that is ready, at one time. */
export function planSchool(plan: SchoolPlan): Promise<SchoolPlanned> {
  return request("/summary-rounds/plans", { method: "POST", body: plan });
}

/** Cancels such a plan as a whole. */
export function cancelSchoolPlan(planId: string): Promise<void> {
  return request(`/summary-rounds/plans/${planId}`, { method: "DELETE" });
}

/** @param termId the current term if left out */
export function readSummaryRounds(termId?: string, signal?: AbortSignal): Promise<SummaryRounds> {
  return request("/summary-rounds", { query: { termId }, signal });
}

/** The classes of the grades one leads. */
export function readLedClasses(signal?: AbortSignal): Promise<LedClasses> {
  return request("/summary-rounds/led", { signal });
}

/** Begins to look through these classes for what their summaries lack; the server goes on with it by itself. */
export function startPreparation(termId: string, classIds: readonly string[]): Promise<void> {
  return request("/summary-preparations", { method: "POST", body: { termId, classIds } });
}

export function stopPreparation(termId: string): Promise<void> {
  return request("/summary-preparations", { method: "DELETE", query: { termId } });
}

export function readClassPieces(classId: string, termId: string, signal?: AbortSignal): Promise<ClassPieces> {
  return request(`${at(classId)}/pieces`, { query: { termId }, signal });
}
