/** The calls about what families answer to a term summary, typed by the contract. Nothing kept, nothing decided. */
import type {
  EarlierAnswers,
  MessageInput,
  SignatureInput,
  SummaryAnswers,
  SummaryReading,
} from "@doudou/shared/contract/summary-answers.ts";
import type { TermSummary, Verification } from "@doudou/shared/contract/summaries.ts";
import { request } from "./request.ts";

export interface OfSummary {
  readonly studentId: string;
  readonly termId: string;
}

const at = ({ studentId, termId }: OfSummary) => `/students/${studentId}/summaries/${termId}`;

/** A summary as it was published once, before it was corrected. */
export function readRevision(of: OfSummary, revision: number, signal?: AbortSignal): Promise<TermSummary> {
  return request(at(of), { query: { revision: String(revision) }, signal });
}

/** A guardian's own answer; of every guardian for who publishes. */
export function readSummaryAnswers(of: OfSummary, signal?: AbortSignal): Promise<SummaryAnswers> {
  return request(`${at(of)}/answers`, { signal });
}

/** What families of children now in a class wrote about summaries of earlier classes. */
export function readEarlierAnswers(classId: string, signal?: AbortSignal): Promise<EarlierAnswers> {
  return request(`/classes/${classId}/summaries/earlier-answers`, { signal });
}

export function tellReading(of: OfSummary, reading: SummaryReading): Promise<void> {
  return request(`${at(of)}/reading`, { method: "PUT", body: reading });
}

export function signSummary(of: OfSummary, signature: SignatureInput): Promise<SummaryAnswers> {
  return request(`${at(of)}/signature`, { method: "PUT", body: signature });
}

/** Sending it again under the same id changes nothing. */
export function writeMessage(of: OfSummary, message: MessageInput): Promise<SummaryAnswers> {
  return request(`${at(of)}/messages`, { method: "POST", body: message });
}

/** @param code as it was typed */
export function verifySummary(code: string): Promise<Verification> {
  return request("/summary-verification", { query: { code } });
}

export function tellSeen(of: OfSummary): Promise<void> {
  return request(`${at(of)}/messages/seen`, { method: "POST" });
}
