/** The calls about a class's own observation points; apart from client.ts, so that no class page carries them. */
import type { ClassPoints, NewClassPoint, SchoolClassPoints } from "@doudou/shared/contract/class-points.ts";
import { request } from "./request.ts";

export function readClassPoints(classId: string, signal?: AbortSignal): Promise<ClassPoints> {
  return request(`/classes/${classId}/class-points`, { signal });
}

export function addClassPoint(classId: string, id: string, point: NewClassPoint): Promise<void> {
  return request(`/classes/${classId}/class-points/${id}`, { method: "PUT", body: point });
}

export function retireClassPoint(classId: string, id: string): Promise<void> {
  return request(`/classes/${classId}/class-points/${id}`, { method: "DELETE" });
}

export function readSchoolClassPoints(signal?: AbortSignal): Promise<SchoolClassPoints> {
  return request("/class-points", { signal });
}
