/**
 * Tokens of links that open something without a password. A token carries the school and the link, so that no table is
 * searched for it, and a secret of which only the SHA-256 is kept.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { hashOfToken } from "./sessions.ts";

const ID_BYTES = 16;
const SECRET_BYTES = 24;

/** Which link of which school a token names. */
export interface LinkPlace {
  readonly schoolId: string;
  readonly linkId: string;
}

/** A new token for a link. */
export function newLinkToken({ schoolId, linkId }: LinkPlace): string {
  return Buffer.concat([bytesOf(schoolId), bytesOf(linkId), randomBytes(SECRET_BYTES)]).toString("base64url");
}

/** Undefined for what is no token at all. Says nothing about whether it opens anything. */
export function placeOfToken(token: string): LinkPlace | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 2 * ID_BYTES + SECRET_BYTES) return undefined;
  return {
    schoolId: idOf(bytes.subarray(0, ID_BYTES)),
    linkId: idOf(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
  };
}

/** Whether a token is the one of which this hash was kept; takes as long for any other. */
export function isTokenOf(tokenHash: string, token: string): boolean {
  const hash = hashOfToken(token);
  return tokenHash.length === hash.length && timingSafeEqual(Buffer.from(tokenHash), Buffer.from(hash));
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

function idOf(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
