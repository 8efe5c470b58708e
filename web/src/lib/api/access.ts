/** The calls of the pages about reading whom one does not teach, typed by the contract. Nothing kept, nothing decided. */
import type {
  AccessAnswer,
  AccessCounts,
  AccessInput,
  AccessReview,
  EmergencyInput,
  OfficeAccesses,
  OwnAccesses,
} from "@doudou/shared/contract/access-grants.ts";
import { request } from "./request.ts";

type Signal = AbortSignal | undefined;

export function readAccessCounts(signal?: Signal): Promise<AccessCounts> {
  return request("/access/counts", { signal });
}

export function readOwnAccesses(signal?: Signal): Promise<OwnAccesses> {
  return request("/access", { signal });
}

/** Sending it again under the same id changes nothing. */
export function askForAccess(wish: AccessInput): Promise<OwnAccesses> {
  return request("/access", { method: "POST", body: wish });
}

export function openInEmergency(emergency: EmergencyInput): Promise<OwnAccesses> {
  return request("/access/emergency", { method: "POST", body: emergency });
}

export function endOwnAccess(id: string): Promise<OwnAccesses> {
  return request(`/access/${id}/end-own`, { method: "POST" });
}

export function readOfficeAccesses(signal?: Signal): Promise<OfficeAccesses> {
  return request("/access/office", { signal });
}

export function answerAccess(id: string, answer: AccessAnswer): Promise<OfficeAccesses> {
  return request(`/access/${id}/answer`, { method: "POST", body: answer });
}

export function endAccess(id: string): Promise<OfficeAccesses> {
  return request(`/access/${id}/end`, { method: "POST" });
}

export function reviewEmergency(id: string, review: AccessReview): Promise<OfficeAccesses> {
  return request(`/access/${id}/review`, { method: "POST", body: review });
}
