/** The calls about activities: a class's and a child's own. Typed by the contract, nothing kept, nothing decided. */
import type {
  ActivitiesSaved,
  ActivityAnswer,
  ActivityInput,
  ActivityOfClassesInput,
  ActivitySaved,
  ChildActivities,
  ChildActivitiesQuery,
  ClassActivities,
  ClassChildren,
  ToldActivity,
} from "@doudou/shared/contract/activities.ts";
import { addressOf, request } from "./request.ts";

const ofClass = (classId: string) => `/classes/${classId}/activities`;
const ofChild = (studentId: string) => `/students/${studentId}/activities`;

/** @param month the month now if none is named */
export function readClassActivities(
  classId: string,
  month: string | undefined,
  signal?: AbortSignal,
): Promise<ClassActivities> {
  return request(ofClass(classId), { query: { month }, signal });
}

/** Sending it again under the same id changes nothing. */
export function saveActivity(classId: string, id: string, activity: ActivityInput): Promise<ActivitySaved> {
  return request(`${ofClass(classId)}/${id}`, { method: "PUT", body: activity });
}

/** For every class, or for none. Sending it again under the same ids changes nothing. */
export function saveActivityOfClasses(activity: ActivityOfClassesInput): Promise<ActivitiesSaved> {
  return request("/activities", { method: "POST", body: activity });
}

/** Who may be in an activity of a class. */
export function readClassChildren(classId: string): Promise<ClassChildren> {
  return request(`${ofClass(classId)}/children`);
}

/** @param isRemoved false brings it back */
export function removeActivity(classId: string, id: string, isRemoved: boolean): Promise<void> {
  return request(`${ofClass(classId)}/${id}/removal`, { method: "PUT", body: { isRemoved } });
}

export function activitiesTableAddress(classId: string): string {
  return addressOf(`${ofClass(classId)}.xlsx`);
}

export function readActivities(
  studentId: string,
  query: ChildActivitiesQuery,
  signal?: AbortSignal,
): Promise<ChildActivities> {
  return request(ofChild(studentId), { query, signal });
}

export function tellActivity(studentId: string, id: string, activity: ToldActivity): Promise<ActivitySaved> {
  return request(`${ofChild(studentId)}/${id}`, { method: "PUT", body: activity });
}

export function withdrawActivity(studentId: string, id: string): Promise<void> {
  return request(`${ofChild(studentId)}/${id}`, { method: "DELETE" });
}

export function answerActivity(
  studentId: string,
  id: string,
  answer: ActivityAnswer["answer"],
): Promise<void> {
  return request(`${ofChild(studentId)}/${id}/answer`, { method: "POST", body: { answer } });
}

/** @param reflection null takes it back */
export function reflectOnActivity(studentId: string, id: string, reflection: string | null): Promise<void> {
  return request(`${ofChild(studentId)}/${id}/reflection`, { method: "PUT", body: { reflection } });
}
