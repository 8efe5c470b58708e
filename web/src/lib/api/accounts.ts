/**
 * The calls about accounts, one's own and the staff's, typed by the contract; apart from client.ts, so that no class page
 * carries them. One function a call, nothing kept, nothing decided.
 */
import type {
  ChangePassword,
  EndedSessions,
  OwnSessions,
  ProposedSecondFactor,
  RecoveryCodes,
  SecondFactor,
} from "@doudou/shared/contract/account.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import type {
  InviteMember,
  InviteStaff,
  NewStaffLink,
  StaffAccounts,
  StaffLinkView,
  UseStaffLink,
} from "@doudou/shared/contract/staff-accounts.ts";
import { request } from "./request.ts";

export function readStaffAccounts(signal?: AbortSignal): Promise<StaffAccounts> {
  return request("/staff-accounts", { signal });
}

export function inviteStaff(invitation: InviteStaff): Promise<NewStaffLink> {
  return request("/staff-accounts/invitations", { method: "POST", body: invitation });
}

/** Somebody who works here already, without an account. */
export function inviteMember(membershipId: string, invitation: InviteMember): Promise<NewStaffLink> {
  return request(`/staff-accounts/${membershipId}/invitation`, { method: "POST", body: invitation });
}

export function resetStaff(membershipId: string, alsoSecondFactor: boolean): Promise<NewStaffLink> {
  return request(`/staff-accounts/${membershipId}/reset`, { method: "POST", body: { alsoSecondFactor } });
}

export function takeBackStaffLink(id: string): Promise<void> {
  return request(`/staff-accounts/links/${id}`, { method: "DELETE" });
}

/** What a link is for, for whoever holds it. @throws ProblemError staff-link-over */
export function lookAtStaffLink(token: string): Promise<StaffLinkView> {
  return request("/staff-links/look", { method: "POST", body: { token } });
}

export function useStaffLink(use: UseStaffLink): Promise<SessionView> {
  return request("/staff-links/use", { method: "POST", body: use });
}

/** With the account one is signed in with. @throws ProblemError staff-link-over, staff-joined, staff-join-alone */
export function acceptStaffLink(token: string): Promise<void> {
  return request("/staff-links/accept", { method: "POST", body: { token } });
}

/** @throws ProblemError wrong-credentials for the old one, password-too-short, password-guessable for the new one */
export function changePassword(change: ChangePassword): Promise<void> {
  return request("/account/password", { method: "PUT", body: change });
}

export function readOwnSessions(signal?: AbortSignal): Promise<OwnSessions> {
  return request("/account/sessions", { signal });
}

export function endOwnSession(handle: string): Promise<void> {
  return request(`/account/sessions/${handle}`, { method: "DELETE" });
}

export function endOtherSessions(): Promise<EndedSessions> {
  return request("/account/sessions", { method: "DELETE" });
}

export function readSecondFactor(signal?: AbortSignal): Promise<SecondFactor> {
  return request("/account/second-factor", { signal });
}

export function proposeSecondFactor(password: string): Promise<ProposedSecondFactor> {
  return request("/account/second-factor", { method: "POST", body: { password } });
}

export function confirmSecondFactor(code: string): Promise<RecoveryCodes> {
  return request("/account/second-factor/confirm", { method: "POST", body: { code } });
}

export function renewRecoveryCodes(password: string): Promise<RecoveryCodes> {
  return request("/account/second-factor/recovery-codes", { method: "POST", body: { password } });
}

export function dropSecondFactor(password: string): Promise<void> {
  return request("/account/second-factor/drop", { method: "POST", body: { password } });
}
