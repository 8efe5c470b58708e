/** The calls of the office's pages about people, typed by the contract. One function a call, nothing kept, nothing decided. */
import type {
  ClassPage,
  GuardianList,
  GuardianPage,
  MovedPupils,
  NewAssignment,
  NewLeadership,
  NewPupil,
  NewSubstitute,
  PupilFilter,
  PupilList,
  PupilMoves,
  PupilPage,
  SchoolClassList,
  StaffFilter,
  StaffList,
  StaffPage,
} from "@doudou/shared/contract/people.ts";
import { addressOf, request } from "./request.ts";

type Query = Readonly<Record<string, string | undefined>>;

export function readPupils(state: PupilFilter["state"], signal?: AbortSignal): Promise<PupilList> {
  return request("/people/pupils", { query: { state }, signal });
}

export function readStaff(state: StaffFilter["state"], signal?: AbortSignal): Promise<StaffList> {
  return request("/people/staff", { query: { state }, signal });
}

export function readGuardians(query: Query, signal?: AbortSignal): Promise<GuardianList> {
  return request("/people/guardians", { query, signal });
}

export function readSchoolClasses(yearId?: string, signal?: AbortSignal): Promise<SchoolClassList> {
  return request("/people/classes", { query: { yearId }, signal });
}

export function readPupil(id: string, signal?: AbortSignal): Promise<PupilPage> {
  return request(`/people/pupils/${id}`, { signal });
}

export function readStaffMember(id: string, signal?: AbortSignal): Promise<StaffPage> {
  return request(`/people/staff/${id}`, { signal });
}

export function readGuardian(id: string, signal?: AbortSignal): Promise<GuardianPage> {
  return request(`/people/guardians/${id}`, { signal });
}

export function readSchoolClass(id: string, signal?: AbortSignal): Promise<ClassPage> {
  return request(`/people/classes/${id}`, { signal });
}

export function movePupils(moves: PupilMoves): Promise<MovedPupils> {
  return request("/people/pupils/moves", { method: "POST", body: moves });
}

export function addPupil(pupil: NewPupil): Promise<void> {
  return request("/people/pupils", { method: "POST", body: pupil });
}

export function assignTeacher(classId: string, assignment: NewAssignment): Promise<void> {
  return request(`/people/classes/${classId}/assignments`, { method: "POST", body: assignment });
}

export function addSubstitute(substitute: NewSubstitute): Promise<void> {
  return request("/people/substitutes", { method: "POST", body: substitute });
}

/** @param until the last day */
export function endAssignment(assignmentId: string, until: string): Promise<void> {
  return request(`/people/assignments/${assignmentId}/end`, { method: "PUT", body: { until } });
}

export function leadGrade(membershipId: string, leadership: NewLeadership): Promise<void> {
  return request(`/people/staff/${membershipId}/leaderships`, { method: "POST", body: leadership });
}

/** @param until the last day */
export function endLeadership(leadershipId: string, until: string): Promise<void> {
  return request(`/people/leaderships/${leadershipId}/end`, { method: "PUT", body: { until } });
}

/** Of a list as it is filtered. */
export function peopleFileAddress(
  list: "pupils" | "staff" | "guardians" | "classes",
  kind: "xlsx" | "csv",
  query: Query,
): string {
  return addressOf(`/people/${list}.${kind}`, query);
}
