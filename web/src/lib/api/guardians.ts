/**
 * The calls about guardians: their letters, joining, being kept out. Apart from client.ts, so that no class page carries
 * them. One function a call, nothing kept, nothing decided.
 */
import type { ClassGuardians, GuardianRemoval } from "@doudou/shared/contract/guardians.ts";
import type { AnotherChild, LetterView, NewGuardian } from "@doudou/shared/contract/joining.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { type FileAnswer, requestFile } from "./file.ts";
import { addressOf, request } from "./request.ts";

export function readClassGuardians(classId: string, signal?: AbortSignal): Promise<ClassGuardians> {
  return request(`/classes/${classId}/guardians`, { signal });
}

/** Makes new letters: the former ones of these children are void. */
export function printLetters(classId: string, studentIds: readonly string[]): Promise<FileAnswer> {
  return requestFile(`/classes/${classId}/guardian-letters`, { method: "POST", body: { studentIds } });
}

export function revokeLetter(studentId: string): Promise<void> {
  return request(`/students/${studentId}/guardian-letter`, { method: "DELETE" });
}

export function removeGuardian(studentId: string, guardianId: string, why: GuardianRemoval): Promise<void> {
  return request(`/students/${studentId}/guardians/${guardianId}/removal`, { method: "POST", body: why });
}

/** A letter that takes a removal back. */
export function printReadmission(studentId: string, guardianId: string): Promise<FileAnswer> {
  return requestFile(`/students/${studentId}/guardians/${guardianId}/letter`, { method: "POST" });
}

export function lookAtLetter(code: string): Promise<LetterView> {
  return request("/join/look", { method: "POST", body: { code } });
}

export function joinAsGuardian(input: NewGuardian): Promise<SessionView> {
  return request("/join", { method: "POST", body: input });
}

export function addChild(input: AnotherChild): Promise<void> {
  return request("/join/child", { method: "POST", body: input });
}

/** A stream that ends with the session. */
export function sessionStreamAddress(): string {
  return addressOf("/session/live");
}
