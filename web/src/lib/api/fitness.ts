/** The calls about fitness tests; apart from client.ts, so that no class page carries them. */
import type {
  FitnessDesk,
  FitnessExemptionInput,
  FitnessInput,
  FitnessKept,
  FitnessReading,
  FitnessRecord,
  FitnessTest,
} from "@doudou/shared/contract/fitness.ts";
import { addressOf, request } from "./request.ts";

export function readFitnessTest(signal?: AbortSignal): Promise<FitnessTest> {
  return request("/fitness-test", { signal });
}

export function openFitnessTest(): Promise<FitnessTest> {
  return request("/fitness-test", { method: "PUT" });
}

export function readFitnessDesk(classId: string, signal?: AbortSignal): Promise<FitnessDesk> {
  return request(`/classes/${classId}/fitness`, { signal });
}

export function saveFitness(classId: string, body: FitnessInput): Promise<FitnessKept> {
  return request(`/classes/${classId}/fitness`, { method: "PUT", body });
}

export function saveExemption(classId: string, body: FitnessExemptionInput): Promise<FitnessKept> {
  return request(`/classes/${classId}/fitness/exemption`, { method: "PUT", body });
}

export function fitnessTableAddress(classId: string): string {
  return addressOf(`/classes/${classId}/fitness/sheet.xlsx`);
}

/** What a filled-in sheet says; saves nothing. */
export function readFitnessFile(classId: string, file: File): Promise<FitnessReading> {
  return request(`/classes/${classId}/fitness/sheet`, { method: "POST", body: file });
}

export function readFitnessRecord(studentId: string, signal?: AbortSignal): Promise<FitnessRecord> {
  return request(`/students/${studentId}/fitness`, { signal });
}
