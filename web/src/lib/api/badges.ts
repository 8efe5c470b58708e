/** The calls about badges and a child's own goals; apart from client.ts, so that no class page carries them. */
import type { BadgeRule } from "@doudou/shared/contract/badge-rules.ts";
import type {
  BadgeCatalogue,
  BadgeDraft,
  BadgePreview,
  ChildBadges,
  ClassBadgePreview,
  ClassBadges,
  ConfirmResults,
} from "@doudou/shared/contract/badges.ts";
import type { NewPersonalGoal, PersonalGoals } from "@doudou/shared/contract/personal-goals.ts";
import { addressOf, request } from "./request.ts";

export function readBadgeCatalogue(signal?: AbortSignal): Promise<BadgeCatalogue> {
  return request("/badges", { signal });
}

/** @param from the content it was made from; left out where it is new @throws ProblemError badge-draft-changed */
export function keepBadgeDraft(id: string, draft: BadgeDraft, from?: string): Promise<void> {
  return request(`/badges/${id}`, { method: "PUT", body: { ...draft, from } });
}

export function dropBadgeDraft(id: string): Promise<void> {
  return request(`/badges/${id}`, { method: "DELETE" });
}

/** @param from the content as it was read @throws ProblemError badge-draft-changed */
export function publishBadge(id: string, from: string): Promise<void> {
  return request(`/badges/${id}/publish`, { method: "POST", query: { from } });
}

export function retireBadge(id: string): Promise<void> {
  return request(`/badges/${id}/retire`, { method: "POST" });
}

export function previewBadge(rule: BadgeRule): Promise<BadgePreview> {
  return request("/badges/preview", { method: "POST", body: { rule } });
}

export function readClassBadges(classId: string, signal?: AbortSignal): Promise<ClassBadges> {
  return request(`/classes/${classId}/badges`, { signal });
}

export function previewInClass(classId: string, badgeId: string): Promise<ClassBadgePreview> {
  return request(`/classes/${classId}/badges/${badgeId}/preview`);
}

export function confirmBadges(classId: string, questIds: string[], words: string): Promise<ConfirmResults> {
  return request(`/classes/${classId}/badges/confirm`, { method: "POST", body: { questIds, words } });
}

export function takeBackBadges(classId: string, questIds: string[]): Promise<ConfirmResults> {
  return request(`/classes/${classId}/badges/take-back`, { method: "POST", body: { questIds } });
}

export function readBadges(studentId: string, signal?: AbortSignal): Promise<ChildBadges> {
  return request(`/students/${studentId}/badges`, { signal });
}

export function strive(studentId: string, questId: string, badgeId: string): Promise<void> {
  return request(`/students/${studentId}/badge-quests/${questId}`, { method: "PUT", body: { badgeId } });
}

export function layDown(studentId: string, questId: string): Promise<void> {
  return request(`/students/${studentId}/badge-quests/${questId}`, { method: "DELETE" });
}

export function badgesShown(studentId: string, ids: string[]): Promise<void> {
  return request(`/students/${studentId}/badges/shown`, { method: "POST", body: { ids } });
}

/** Where the certificate is. */
export function certificateAddress(studentId: string, questId: string): string {
  return addressOf(`/students/${studentId}/badges/${questId}/certificate`);
}

export function readGoals(studentId: string, signal?: AbortSignal): Promise<PersonalGoals> {
  return request(`/students/${studentId}/goals`, { signal });
}

export function setGoal(studentId: string, goalId: string, goal: NewPersonalGoal): Promise<void> {
  return request(`/students/${studentId}/goals/${goalId}`, { method: "PUT", body: goal });
}

export function tickGoal(studentId: string, goalId: string, done: number): Promise<void> {
  return request(`/students/${studentId}/goals/${goalId}/ticks`, { method: "PUT", body: { done } });
}

export function endGoal(studentId: string, goalId: string): Promise<void> {
  return request(`/students/${studentId}/goals/${goalId}`, { method: "DELETE" });
}

export function goalCelebrated(studentId: string, goalId: string): Promise<void> {
  return request(`/students/${studentId}/goals/${goalId}/celebrated`, { method: "POST" });
}
