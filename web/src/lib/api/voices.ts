/** The calls about voices; apart from client.ts, so that no class page carries them. */
import type {
  ClassVoices,
  HomeVoiceInput,
  NoteInput,
  PeerAnswer,
  SelfAnswer,
  SettleVoices,
  StudentVoices,
  VoiceDesk,
  VoiceRound,
  VoiceRoundInput,
} from "@doudou/shared/contract/voices.ts";
import type { SelfQuestion } from "@doudou/shared/domain/voices.ts";
import { request } from "./request.ts";

export function readClassVoices(classId: string, signal?: AbortSignal): Promise<ClassVoices> {
  return request(`/classes/${classId}/voice-rounds`, { signal });
}

export function putVoiceRound(classId: string, id: string, round: VoiceRoundInput): Promise<VoiceRound> {
  return request(`/classes/${classId}/voice-rounds/${id}`, { method: "PUT", body: round });
}

export function settlePeerVoices(classId: string, body: SettleVoices): Promise<void> {
  return request(`/classes/${classId}/peer-voices/answers`, { method: "POST", body });
}

export function readVoiceDesk(studentId: string, signal?: AbortSignal): Promise<VoiceDesk> {
  return request(`/students/${studentId}/voice-desk`, { signal });
}

export function saySelf(studentId: string, about: SelfQuestion, body: SelfAnswer): Promise<void> {
  return request(`/students/${studentId}/self-voices/${about}`, { method: "PUT", body });
}

export function sayOfMate(studentId: string, mateId: string, body: PeerAnswer): Promise<void> {
  return request(`/students/${studentId}/peer-voices/${mateId}`, { method: "PUT", body });
}

export function readVoices(studentId: string, termId: string, signal?: AbortSignal): Promise<StudentVoices> {
  return request(`/students/${studentId}/voices`, { query: { termId }, signal });
}

export function tellOfHome(studentId: string, body: HomeVoiceInput): Promise<void> {
  return request(`/students/${studentId}/home-voices`, { method: "POST", body });
}

export function writeNote(studentId: string, id: string, body: NoteInput): Promise<void> {
  return request(`/students/${studentId}/notes/${id}`, { method: "PUT", body });
}
