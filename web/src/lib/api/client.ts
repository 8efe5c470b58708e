/**
 * Every call the pages make, typed by the contract. One function a call, nothing kept, nothing decided.
 * Imports types only: no schema reaches the browser.
 */
import type { Attention } from "@doudou/shared/contract/attention.ts";
import type {
  AwardInput,
  AwardResults,
  LedgerPage,
  VoidAwards,
  VoidResults,
} from "@doudou/shared/contract/awards.ts";
import type { AwardablePoints, ClassList, Roster } from "@doudou/shared/contract/classes.ts";
import type { PictureSize, UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import type { Portfolio } from "@doudou/shared/contract/growth.ts";
import type {
  ReminderInput,
  ReminderList,
  ReminderResult,
  WithdrawResult,
} from "@doudou/shared/contract/reminders.ts";
import type { Account, AccountChange, SessionView, SignIn } from "@doudou/shared/contract/session.ts";
import type {
  ClassSummaries,
  CommentDraft,
  CommentSaved,
  PublishedSummary,
  SummaryList,
  TermSummary,
} from "@doudou/shared/contract/summaries.ts";
import { ProblemError } from "./problem.ts";
import { addressOf, request } from "./request.ts";

type Signal = AbortSignal | undefined;

export function signIn(input: SignIn): Promise<SessionView> {
  return request("/session", { method: "POST", body: input });
}

/** Who is signed in; null where nobody is. */
export async function readSession(signal?: Signal): Promise<SessionView | null> {
  try {
    return await request<SessionView>("/session", { signal });
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status === 401) return null;
    throw failure;
  }
}

/** @param accountId who signs out, if not whose page it is */
export function signOut(accountId?: string): Promise<void> {
  return request("/session", { method: "DELETE", ...(accountId === undefined ? {} : { accountId }) });
}

export function changeAccount(change: AccountChange): Promise<Account> {
  return request("/account", { method: "PATCH", body: change });
}

export function readClasses(signal?: Signal): Promise<ClassList> {
  return request("/classes", { signal });
}

export function readRoster(classId: string, signal?: Signal): Promise<Roster> {
  return request(`/classes/${classId}/roster`, { signal });
}

export function readAwardablePoints(classId: string, signal?: Signal): Promise<AwardablePoints> {
  return request("/observation-points", { query: { classId }, signal });
}

/** The caller's own attention in a class; nobody can ask for another's. */
export function readAttention(classId: string, signal?: Signal): Promise<Attention> {
  return request(`/classes/${classId}/attention`, { signal });
}

export function readReminders(studentId: string, signal?: Signal): Promise<ReminderList> {
  return request(`/students/${studentId}/reminders`, { signal });
}

/** @param reminder with an id made once: sending it again changes nothing */
export function writeReminder(studentId: string, reminder: ReminderInput): Promise<ReminderResult> {
  return request(`/students/${studentId}/reminders`, { method: "POST", body: reminder });
}

export function withdrawReminder(studentId: string, id: string): Promise<WithdrawResult> {
  return request(`/students/${studentId}/reminders/${id}/withdraw`, { method: "POST" });
}

/** Keeps a point at hand for the caller, or no longer. */
export function changeFavourite(observationPointId: string, isFavourite: boolean): Promise<void> {
  return request(`/observation-points/${observationPointId}/favourite`, {
    method: isFavourite ? "PUT" : "DELETE",
  });
}

/** The latest awards of a class, newest first. @param limit 1–100 */
export function readClassAwards(classId: string, limit: number, signal?: Signal): Promise<LedgerPage> {
  return request(`/classes/${classId}/awards`, { query: { limit: String(limit) }, signal });
}

/**
 * @param awards 1–500, each with the id made at the tap: sending one again changes nothing
 * @param accountId whose awards they are: refused where somebody else is signed in
 */
export function recordAwards(
  awards: readonly AwardInput[],
  accountId: string,
  signal?: Signal,
): Promise<AwardResults> {
  return request("/awards", { method: "POST", body: { awards }, accountId, signal });
}

/** @param accountId whose voids they are: refused where somebody else is signed in */
export function voidAwards(input: VoidAwards, accountId: string, signal?: Signal): Promise<VoidResults> {
  return request("/awards/void", { method: "POST", body: input, accountId, signal });
}

/**
 * Uploads a picture before the awards that name it; sending it again changes nothing.
 * @param picture with an id made once, whose it is, and the children on it
 */
export function uploadEvidence(
  picture: {
    readonly id: string;
    readonly accountId: string;
    readonly studentIds: readonly string[];
    readonly blob: Blob;
  },
  signal?: Signal,
): Promise<UploadedEvidence> {
  const { id, accountId, studentIds, blob } = picture;
  const query = { studentIds: studentIds.join(",") };
  return request(`/evidence/${id}`, { method: "PUT", query, body: blob, accountId, signal });
}

export function evidenceAddress(studentId: string, evidenceId: string, size: PictureSize): string {
  return addressOf(`/students/${studentId}/evidence/${evidenceId}`, { size });
}

/** @param termId the current term if left out */
export function readPortfolio(studentId: string, termId?: string, signal?: Signal): Promise<Portfolio> {
  return request(`/students/${studentId}/portfolio`, { query: { termId }, signal });
}

export function readTimeline(studentId: string, cursor?: string, signal?: Signal): Promise<LedgerPage> {
  return request(`/students/${studentId}/timeline`, { query: { cursor }, signal });
}

export function readSummaryList(studentId: string, signal?: Signal): Promise<SummaryList> {
  return request(`/students/${studentId}/summaries`, { signal });
}

export function readTermSummary(studentId: string, termId: string, signal?: Signal): Promise<TermSummary> {
  return request(`/students/${studentId}/summaries/${termId}`, { signal });
}

export function termSummaryPdfAddress(studentId: string, termId: string): string {
  return addressOf(`/students/${studentId}/summaries/${termId}/pdf`);
}

/** @param termId the current term if left out */
export function readClassSummaries(
  classId: string,
  termId?: string,
  signal?: Signal,
): Promise<ClassSummaries> {
  return request(`/classes/${classId}/summaries`, { query: { termId }, signal });
}

export function classSummariesPdfAddress(classId: string, termId: string): string {
  return addressOf(`/classes/${classId}/summaries/pdf`, { termId });
}

export function saveComment(studentId: string, termId: string, draft: CommentDraft): Promise<CommentSaved> {
  return request(`/students/${studentId}/summaries/${termId}/comment`, { method: "PUT", body: draft });
}

export function publishSummary(studentId: string, termId: string): Promise<PublishedSummary> {
  return request(`/students/${studentId}/summaries/${termId}/publish`, { method: "POST" });
}
