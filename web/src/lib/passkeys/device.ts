/**
 * What the device itself does with a passkey. The library that speaks to the browser comes only when somebody taps, so
 * that no page is the heavier for it.
 */
import type {
  NewPasskey,
  PasskeyCreation,
  PasskeyRequest,
  PasskeySignIn,
} from "@doudou/shared/contract/passkeys.ts";

/** Whether there can be passkeys at all: the browser knows them, and this address has a name. */
export function canHavePasskeys(): boolean {
  const isNumeric = /^[\d.]+$|:/.test(location.hostname);
  return "PublicKeyCredential" in window && isSecureContext && !isNumeric;
}

/** Lets the device make a passkey. @returns undefined where its owner has thought better of it, or it has one already */
export async function makePasskey(asked: PasskeyCreation, name: string): Promise<NewPasskey | undefined> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  try {
    const { id, response } = await startRegistration({ optionsJSON: asked });
    const { clientDataJSON, attestationObject, transports = [] } = response;
    return { name, id, clientDataJSON, attestationObject, transports };
  } catch (failure) {
    return unlessGivenUp(failure);
  }
}

/** Lets the person choose a passkey and prove to the device who it is. @returns undefined where it was given up */
export async function answerWithPasskey(asked: PasskeyRequest): Promise<PasskeySignIn | undefined> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  try {
    const { id, response } = await startAuthentication({ optionsJSON: asked });
    const { clientDataJSON, authenticatorData, signature } = response;
    return { id, clientDataJSON, authenticatorData, signature };
  } catch (failure) {
    return unlessGivenUp(failure);
  }
}

/** Browsers say the same of "no", of "too late" and of "none here", so that no page learns which. */
function unlessGivenUp(failure: unknown): undefined {
  const isGivenUp =
    failure instanceof Error && ["NotAllowedError", "AbortError", "InvalidStateError"].includes(failure.name);
  if (!isGivenUp) throw failure;
  return undefined;
}
