/** The calls about words that hurt; apart from client.ts, so that no class page carries them. */
import type {
  ChildWordReports,
  WordReportAnswer,
  WordReportCount,
  WordReportInput,
  WordReports,
} from "@doudou/shared/contract/word-reports.ts";
import type { ReportableWords } from "@doudou/shared/domain/word-reports.ts";
import { request } from "./request.ts";

export function readChildWordReports(studentId: string, signal?: AbortSignal): Promise<ChildWordReports> {
  return request(`/students/${studentId}/word-reports`, { signal });
}

/** Saying it again changes nothing. */
export function reportWords(
  studentId: string,
  { kind, wordsId }: { kind: ReportableWords; wordsId: string },
  body: WordReportInput,
): Promise<ChildWordReports> {
  return request(`/students/${studentId}/word-reports/${kind}/${wordsId}`, { method: "PUT", body });
}

export function closeWordReportAnswer(studentId: string, id: string): Promise<void> {
  return request(`/students/${studentId}/word-reports/${id}/seen`, { method: "POST" });
}

/** @param classId whose leader reads it; the office's where there is none */
export function readWordReports(classId: string | undefined, signal?: AbortSignal): Promise<WordReports> {
  return request(deskOf(classId), { signal });
}

export function answerWordReport(
  classId: string | undefined,
  id: string,
  body: WordReportAnswer,
): Promise<WordReports> {
  return request(`${deskOf(classId)}/${id}/answer`, { method: "POST", body });
}

export function countWordReports(signal?: AbortSignal): Promise<WordReportCount> {
  return request("/word-reports/count", { signal });
}

function deskOf(classId: string | undefined): string {
  return classId === undefined ? "/word-reports" : `/classes/${classId}/word-reports`;
}
