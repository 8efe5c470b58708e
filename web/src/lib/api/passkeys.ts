/** The calls about passkeys, typed by the contract. One function a call, nothing kept, nothing decided. */
import type {
  NewPasskey,
  PasskeyCreation,
  PasskeyRequest,
  Passkeys,
  PasskeySignIn,
  RemovePasskey,
} from "@doudou/shared/contract/passkeys.ts";
import type { SessionView } from "@doudou/shared/contract/session.ts";
import { request } from "./request.ts";

export function readPasskeys(signal?: AbortSignal): Promise<Passkeys> {
  return request("/account/passkeys", { signal });
}

/** @throws ProblemError wrong-credentials */
export function beginPasskey(password: string): Promise<PasskeyCreation> {
  return request("/account/passkeys/begin", { method: "POST", body: { password } });
}

/** @throws ProblemError passkey-unfit */
export function addPasskey(made: NewPasskey): Promise<void> {
  return request("/account/passkeys", { method: "POST", body: made });
}

/** @throws ProblemError wrong-credentials */
export function removePasskey(removed: RemovePasskey): Promise<void> {
  return request("/account/passkeys/remove", { method: "POST", body: removed });
}

export function beginPasskeySignIn(): Promise<PasskeyRequest> {
  return request("/session/passkey/begin", { method: "POST" });
}

/** @throws ProblemError passkey-refused */
export function signInByPasskey(answer: PasskeySignIn): Promise<SessionView> {
  return request("/session/passkey", { method: "POST", body: answer });
}
