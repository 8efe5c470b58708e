/** The short code that a hand types at the projector. Chance alone; says nothing about class or school. */

/** Crockford's alphabet: no I, L, O and U, which hands and eyes take for others. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE = /^[0-9A-HJKMNP-TV-Z]{8}$/;

/** How many random bytes a code takes: 40 bits, for some minutes and a few tries. */
export const BOARD_CODE_BYTES = 5;

/** @param bytes BOARD_CODE_BYTES of them */
export function boardCodeOf(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: bits.length / 5 }, (_, at) =>
    ALPHABET.charAt(parseInt(bits.slice(at * 5, at * 5 + 5), 2)),
  ).join("");
}

/** A code as it was typed: small letters, spaces and hyphens do no harm, nor do letters taken for figures. */
export function readBoardCode(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\-–—]/gu, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return CODE.test(code) ? code : undefined;
}
