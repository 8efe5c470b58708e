/** The calls with which term summaries are written, typed by the contract; apart from client.ts, so that no class page carries them. */
import type {
  ClassEvidence,
  OwnRemarks,
  RemarkDraft,
  RemarkSaved,
  SummaryEvidence,
} from "@doudou/shared/contract/summary-writing.ts";
import { request } from "./request.ts";

/** What a child's term says, for who writes about it. */
export function readSummaryEvidence(
  studentId: string,
  termId: string,
  signal?: AbortSignal,
): Promise<SummaryEvidence> {
  return request(`/students/${studentId}/summaries/${termId}/evidence`, { signal });
}

/** The same of every child of a class, in one answer. */
export function readClassEvidence(
  classId: string,
  termId: string,
  signal?: AbortSignal,
): Promise<ClassEvidence> {
  return request(`/classes/${classId}/summary-evidence`, { query: { termId }, signal });
}

/** @param termId the current term if left out */
export function readOwnRemarks(classId: string, termId?: string, signal?: AbortSignal): Promise<OwnRemarks> {
  return request(`/classes/${classId}/summary-remarks`, { query: { termId }, signal });
}

export function saveRemark(studentId: string, termId: string, draft: RemarkDraft): Promise<RemarkSaved> {
  return request(`/students/${studentId}/summaries/${termId}/remark`, { method: "PUT", body: draft });
}
