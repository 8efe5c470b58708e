/** The calls about what somebody is told of, typed by the contract. Nothing kept, nothing decided. */
import type { Inbox, InboxCount } from "@doudou/shared/contract/inbox.ts";
import type { OwnMail } from "@doudou/shared/contract/mail-address.ts";
import type { Nudged, WaitingFamilies } from "@doudou/shared/contract/summary-nudges.ts";
import { request } from "./request.ts";

/** @param cursor of what is older, from an earlier answer */
export function readInbox(cursor: string | undefined): Promise<Inbox> {
  return request("/inbox", { query: { cursor } });
}

export function readInboxCount(): Promise<InboxCount> {
  return request("/inbox/count");
}

/** The first time stands; telling it again changes nothing. */
export function tellOpened(noticeId: string): Promise<void> {
  return request(`/inbox/${noticeId}/opened`, { method: "PUT" });
}

/** @param until when the latest notice on show happened */
export function tellAllOpened(until: string): Promise<void> {
  return request("/inbox/opened", { method: "POST", body: { until } });
}

/** One's own address for mail. */
export function readOwnMail(signal?: AbortSignal): Promise<OwnMail> {
  return request("/inbox/mail", { signal });
}

/** A code is sent there. */
export function enterMailAddress(address: string): Promise<OwnMail> {
  return request("/inbox/mail", { method: "PUT", body: { address } });
}

export function confirmMailAddress(code: string): Promise<OwnMail> {
  return request("/inbox/mail/confirm", { method: "POST", body: { code } });
}

export function switchMail(isOn: boolean): Promise<OwnMail> {
  return request("/inbox/mail/switch", { method: "PUT", body: { isOn } });
}

export function dropMailAddress(): Promise<void> {
  return request("/inbox/mail", { method: "DELETE" });
}

/** @param token of the link in a mail */
export function stopMail(token: string): Promise<void> {
  return request("/mail-stop", { method: "POST", query: { token } });
}

/** Families of a class that have not signed. */
export function readWaitingFamilies(classId: string, termId: string): Promise<WaitingFamilies> {
  return request(`/classes/${classId}/summaries/nudges`, { query: { termId } });
}

export function nudgeFamilies(
  classId: string,
  termId: string,
  studentIds: readonly string[],
): Promise<Nudged> {
  return request(`/classes/${classId}/summaries/nudges`, { method: "POST", body: { termId, studentIds } });
}
