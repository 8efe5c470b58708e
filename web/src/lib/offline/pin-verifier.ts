/**
 * Tells without the server whether a PIN is the right one: PBKDF2 of the PIN under a salt of the device, with tries
 * counted before they are compared. Slows down whoever copies the browser's profile, and no more: six digits are few
 * (docs/adr). Pure but for WebCrypto.
 */
export interface PinVerifier {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly digest: Uint8Array<ArrayBuffer>;
  /** Since the last right one. */
  readonly tries: number;
}

/** As on the server. */
export const PIN_TRIES = 5;
/** OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256. */
const ITERATIONS = 600_000;
const BITS = 256;

export async function makeVerifier(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations = ITERATIONS,
): Promise<PinVerifier> {
  return { salt, iterations, digest: await derive(pin, salt, iterations), tries: 0 };
}

/**
 * Counts a try before anybody knows whether it is right, so that neither closing the browser nor a second tab gives one
 * more.
 * @returns what is kept from now on, and what the PIN may be compared with; both undefined once the tries are used up
 */
export function takeTry(verifier: PinVerifier | undefined): PinVerifier | undefined {
  if (verifier === undefined || verifier.tries >= PIN_TRIES) return undefined;
  return { ...verifier, tries: verifier.tries + 1 };
}

export async function isPinOf({ salt, iterations, digest }: PinVerifier, pin: string): Promise<boolean> {
  const given = await derive(pin, salt, iterations);
  return given.every((byte, at) => byte === digest[at]);
}

async function derive(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    key,
    BITS,
  );
  return new Uint8Array(bits);
}
