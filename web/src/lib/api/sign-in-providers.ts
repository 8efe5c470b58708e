/**
 * The calls about signing in by a provider, typed by the contract; apart from client.ts, so that no class page carries
 * them. One function a call, nothing kept, nothing decided.
 */
import type {
  DecideRule,
  OfferedProviders,
  OwnSignInLinks,
  ProviderRule,
  SchoolSignIn,
} from "@doudou/shared/contract/sign-in-providers.ts";
import { addressOf, request } from "./request.ts";

export function readOfferedProviders(signal?: AbortSignal): Promise<OfferedProviders> {
  return request("/sign-in-providers", { signal });
}

/** Where signing in by a provider begins: for a link, not for a call. @param how `next`, `school` and `shared` */
export function addressOfSignIn(
  providerId: string,
  how: Readonly<Record<string, string | undefined>>,
): string {
  return addressOf(`/sign-in/${providerId}`, how);
}

/** The code that signing in by a provider still takes. @throws ProblemError code-wrong, sign-in-interrupted */
export function giveCodeOfAttempt(code: string): Promise<{ goesTo: string }> {
  return request("/sign-in/code", { method: "POST", body: { code } });
}

export function readSchoolSignIn(signal?: AbortSignal): Promise<SchoolSignIn> {
  return request("/school-sign-in", { signal });
}

/** @throws ProblemError provider-rule-changed */
export function decideProviderRule(providerId: string, body: DecideRule): Promise<ProviderRule> {
  return request(`/school-sign-in/${providerId}`, { method: "PUT", body });
}

/** @param membershipId who it is; null: nobody of the school @throws ProblemError provider-link-elsewhere, provider-link-taken */
export function answerSignInLink(id: string, membershipId: string | null): Promise<void> {
  return request(`/school-sign-in/links/${id}`, { method: "POST", body: { membershipId } });
}

export function endSignInLink(id: string): Promise<void> {
  return request(`/school-sign-in/links/${id}`, { method: "DELETE" });
}

export function readOwnSignInLinks(signal?: AbortSignal): Promise<OwnSignInLinks> {
  return request("/account/sign-in-links", { signal });
}

export function endOwnSignInLink(id: string): Promise<void> {
  return request(`/account/sign-in-links/${id}`, { method: "DELETE" });
}
