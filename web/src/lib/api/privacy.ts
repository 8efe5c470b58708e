/**
 * The calls of the pages about children's privacy, typed by the contract. One function a call, nothing kept, nothing
 * decided.
 */
import type {
  ChildConsents,
  ChildRequests,
  ClassConsents,
  ConsentAnswer,
  Erase,
  ErasedChild,
  NameOfficer,
  PaperConsents,
  PrivacyNotice,
  PrivacyOffice,
  PrivacyOfficer,
  RequestAnswer,
  RequestInput,
} from "@doudou/shared/contract/privacy.ts";
import type { Reveal, Revealed, SensitiveFacts } from "@doudou/shared/contract/sensitive.ts";
import { addressOf, request } from "./request.ts";

type Signal = AbortSignal | undefined;

/** @param school whose officer is named; on a server of one school it is that one's */
export function readNotice(
  version: string | undefined,
  school: string | undefined,
  signal?: Signal,
): Promise<PrivacyNotice> {
  return request("/privacy-notice", { query: { version, school }, signal });
}

export function readConsents(studentId: string, signal?: Signal): Promise<ChildConsents> {
  return request(`/students/${studentId}/consents`, { signal });
}

export function answerConsent(studentId: string, answer: ConsentAnswer): Promise<ChildConsents> {
  return request(`/students/${studentId}/consents`, { method: "POST", body: answer });
}

export function recordPaperConsents(studentId: string, said: PaperConsents): Promise<ChildConsents> {
  return request(`/students/${studentId}/consents/paper`, { method: "POST", body: said });
}

export function readClassConsents(classId: string, signal?: Signal): Promise<ClassConsents> {
  return request(`/classes/${classId}/consents`, { signal });
}

/** Where everything about a child is to be had as a ZIP. */
export function childExportAddress(studentId: string): string {
  return addressOf(`/students/${studentId}/export.zip`);
}

/** Where a year's report is to be had as PDF. */
export function yearlyReportAddress(year: number): string {
  return addressOf("/privacy/report.pdf", { year: String(year) });
}

/** Where the draft of an impact assessment is to be had. */
export function assessmentAddress(): string {
  return addressOf("/privacy/assessment.docx");
}

export function readRequests(studentId: string, signal?: Signal): Promise<ChildRequests> {
  return request(`/students/${studentId}/privacy-requests`, { signal });
}

/** Sending it again under the same id changes nothing. */
export function askFor(studentId: string, wish: RequestInput): Promise<ChildRequests> {
  return request(`/students/${studentId}/privacy-requests`, { method: "POST", body: wish });
}

export function takeBackRequest(studentId: string, id: string): Promise<ChildRequests> {
  return request(`/students/${studentId}/privacy-requests/${id}/withdraw`, { method: "POST" });
}

export function readPrivacyOffice(signal?: Signal): Promise<PrivacyOffice> {
  return request("/privacy", { signal });
}

/** @throws ProblemError officer-changed */
export function nameOfficer(body: NameOfficer): Promise<PrivacyOfficer> {
  return request("/privacy/officer", { method: "PUT", body });
}

export function answerRequest(id: string, answer: RequestAnswer): Promise<PrivacyOffice> {
  return request(`/privacy/requests/${id}/answer`, { method: "POST", body: answer });
}

export function eraseChild(studentId: string, erase: Erase): Promise<ErasedChild> {
  return request(`/students/${studentId}/erasure`, { method: "POST", body: erase });
}

/** Masked. */
export function readSensitiveFacts(studentId: string, signal?: Signal): Promise<SensitiveFacts> {
  return request(`/students/${studentId}/sensitive`, { signal });
}

/** One of them whole; that it was asked for is logged. */
export function revealFact(studentId: string, wanted: Reveal): Promise<Revealed> {
  return request(`/students/${studentId}/sensitive/reveal`, { method: "POST", body: wanted });
}
