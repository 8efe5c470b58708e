/** The calls about what somebody is told of, typed by the contract. Nothing kept, nothing decided. */
import type { Inbox, InboxCount } from "@doudou/shared/contract/inbox.ts";
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
