/**
 * The code on a child's card and the PIN beside it: how they are written, and which PIN fits which grade.
 * A code says nothing about the child: it is chance alone.
 */
import type { PinKind } from "./words.ts";

/** Crockford's alphabet: no I, L, O and U, which hands and eyes take for others. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 16 characters of 5 bits each: beyond guessing, and short enough to be typed where there is no camera. */
export const CODE_LENGTH = 16;
const GROUP_LENGTH = 4;
const LAST_GRADE_OF_PICTURES = 3;

/** How many random bytes a code takes. */
export const CODE_BYTES = 10;
/** Pictures to choose from; a PIN of pictures names three of them by their place in the list. */
export const PIN_PICTURES = [
  "sun",
  "moon",
  "star",
  "flower",
  "fish",
  "bird",
  "house",
  "boat",
  "apple",
  "umbrella",
  "kite",
  "bell",
] as const;
export type PinPicture = (typeof PIN_PICTURES)[number];
/** How many pictures, or digits, make a PIN. */
export const PIN_LENGTHS: Readonly<Record<PinKind, number>> = { pictures: 3, digits: 4 };

/** Writes random bytes as a card's code. @param bytes CODE_BYTES of them */
export function cardCodeOf(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: CODE_LENGTH }, (_, i) =>
    ALPHABET.charAt(parseInt(bits.slice(i * 5, i * 5 + 5), 2)),
  ).join("");
}

/** The code in what was scanned or typed, however it was spaced and whatever was mistaken; undefined where it is none. */
export function readCardCode(written: string): string | undefined {
  const code = unmistaken(written).replaceAll(/[\s-]/g, "");
  const isCode = code.length === CODE_LENGTH && code.split("").every((c) => ALPHABET.includes(c));
  return isCode ? code : undefined;
}

/** What has been typed of a code so far: nothing that no code has, and no more of it than a code has. */
export function partOfCardCode(typed: string): string {
  const characters = unmistaken(typed).split("");
  return characters
    .filter((c) => ALPHABET.includes(c))
    .slice(0, CODE_LENGTH)
    .join("");
}

/** A code, or the beginning of one, as people read it: four groups of four. */
export function inGroups(code: string): string {
  return code.replaceAll(new RegExp(`(.{${GROUP_LENGTH}})(?=.)`, "g"), "$1 ");
}

function unmistaken(written: string): string {
  return written.normalize("NFKC").toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
}

export function pinKindOfGrade(grade: number): PinKind {
  return grade <= LAST_GRADE_OF_PICTURES ? "pictures" : "digits";
}

/** A PIN as it is sent, from the places of pictures or the digits that were chosen. */
export function writePin(kind: PinKind, chosen: readonly number[]): string {
  return chosen.join(kind === "pictures" ? "-" : "");
}

/** Whether this can be a PIN of its kind: `3-0-11`, places in PIN_PICTURES, or `0417`. */
export function isPinOf(kind: PinKind, pin: string): boolean {
  if (kind === "digits") return /^\d{4}$/.test(pin);
  const places = pin.split("-");
  return (
    places.length === PIN_LENGTHS.pictures &&
    places.every((place) => /^(0|[1-9]\d?)$/.test(place) && Number(place) < PIN_PICTURES.length)
  );
}
