/** The calls about signed credentials; apart from client.ts, so that no class page carries them. Nothing kept, nothing decided. */
import type {
  CredentialInput,
  CredentialVerification,
  GivenCredentials,
  SchoolKeys,
  SignedCredential,
} from "@doudou/shared/contract/credentials.ts";
import { request } from "./request.ts";

export function readCredentials(studentId: string, signal?: AbortSignal): Promise<GivenCredentials> {
  return request(`/students/${studentId}/credentials`, { signal });
}

/** Asking for the same again under the same id gives the same. */
export function makeCredential(
  studentId: string,
  id: string,
  input: CredentialInput,
): Promise<SignedCredential> {
  return request(`/students/${studentId}/credentials/${id}`, { method: "PUT", body: input });
}

export function withdrawCredential(studentId: string, id: string): Promise<GivenCredentials> {
  return request(`/students/${studentId}/credentials/${id}/withdraw`, { method: "POST" });
}

/** @param jws the content of the file */
export function verifyCredential(jws: string): Promise<CredentialVerification> {
  return request("/credential-verification", { method: "POST", body: { jws } });
}

export function readSchoolKeys(signal?: AbortSignal): Promise<SchoolKeys> {
  return request("/school-keys", { signal });
}

export function renewSchoolKey(): Promise<SchoolKeys> {
  return request("/school-keys/renew", { method: "POST" });
}
