/** PINs that open this device without a network: a verifier each, never the PIN. Wiped once its tries are used up. */
import { tablet } from "#lib/tablet/device.svelte.ts";
import { changeDeviceFact, noteDeviceFact } from "./database.ts";
import { isPinOf, makeVerifier, PIN_TRIES, takeTry } from "./pin-verifier.ts";

export type PinCheck =
  | { readonly is: "right" }
  | { readonly is: "wrong"; readonly triesLeft: number }
  /** None is kept here, or its tries are used up: only the password helps, and that takes a network. */
  | { readonly is: "exhausted" };

/** The server has taken this PIN just now. Does nothing where the browser has no WebCrypto: the page came without TLS. */
export async function keepPin(accountId: string, pin: string): Promise<void> {
  if (globalThis.crypto?.subtle === undefined) return;
  const verifier = await makeVerifier(pin, crypto.getRandomValues(new Uint8Array(16)));
  await noteDeviceFact(`pin ${accountId}`, verifier);
  tablet.notePinKept(accountId, true);
}

export async function forgetPin(accountId: string): Promise<void> {
  await noteDeviceFact(`pin ${accountId}`, undefined);
  tablet.notePinKept(accountId, false);
}

export async function checkPin(accountId: string, pin: string): Promise<PinCheck> {
  const verifier = await changeDeviceFact(`pin ${accountId}`, takeTry);
  if (verifier === undefined) {
    tablet.notePinKept(accountId, false);
    return { is: "exhausted" };
  }
  if (await isPinOf(verifier, pin)) {
    await noteDeviceFact(`pin ${accountId}`, { ...verifier, tries: 0 });
    return { is: "right" };
  }
  if (verifier.tries < PIN_TRIES) return { is: "wrong", triesLeft: PIN_TRIES - verifier.tries };
  await forgetPin(accountId);
  return { is: "exhausted" };
}
