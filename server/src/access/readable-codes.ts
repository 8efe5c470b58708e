/** Secrets that a person copies from a screen or a sheet of paper. */
import { randomInt } from "node:crypto";

/** No 0/o, 1/i/l. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
const LOOKS_LIKE_ONE = new RegExp(`^[${LETTERS}]{16}$`);

/** Four groups of four: 79 bits. */
export function newReadableCode(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

/** The code as it was made, however it is typed; undefined for what cannot be one. */
export function readReadableCode(typed: string): string | undefined {
  const letters = typed.normalize("NFKC").toLowerCase().replaceAll(/[\s-]/g, "");
  if (!LOOKS_LIKE_ONE.test(letters)) return undefined;
  return letters.replaceAll(/(.{4})(?!$)/g, "$1-");
}
