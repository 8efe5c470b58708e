/** The calls about the turn of the school year, typed by the contract; apart from client.ts, so that no class page carries them. */
import type { RollOver, RollOverDraft as SentDraft } from "@doudou/shared/contract/roll-over.ts";
import type { RollOverDraft } from "@doudou/shared/domain/roll-over/draft.ts";
import { request } from "./request.ts";

export function readRollOver(signal?: AbortSignal): Promise<RollOver> {
  return request("/office/roll-over", { signal });
}

/** @param version of the draft it was made from */
export function saveRollOver(version: number, draft: RollOverDraft): Promise<RollOver> {
  return request("/office/roll-over/draft", { method: "PUT", body: { version, draft: draft as SentDraft } });
}

/** @param seal of the preview that was looked at */
export function applyRollOver(seal: string): Promise<RollOver> {
  return request("/office/roll-over/apply", { method: "POST", body: { seal } });
}

export function undoRollOver(): Promise<RollOver> {
  return request("/office/roll-over/undo", { method: "POST" });
}
