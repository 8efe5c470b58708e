/**
 * Seals what the server must be able to read again and a copy of the database must not: secrets of second devices, and the
 * private halves of schools' keys. AES-256-GCM with a key that lives in a file outside the database; without such a file things are kept as they are.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ConfigError } from "../config.ts";

export interface Seal {
  /** @param of what it belongs to: sealed for one account it opens for no other */
  close(text: string, of: string): string;
  /** @throws when it was sealed with another key, or tampered with: a fault of the installation, not of a person */
  open(sealed: string, of: string): string;
}

const SHORTEST_KEY = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const OPEN = "0:";
const SEALED = "1:";

/** @throws ConfigError where the file cannot be read or holds too short a key */
export async function sealWithKeyOf(file: string | undefined): Promise<Seal> {
  if (file === undefined) return sealWith(undefined);
  const mistake = (what: string) => new ConfigError(`DOUDOU_SECRET_KEY_FILE ${what}`);
  const [line = ""] = await readFile(file, "utf8").then(
    (text) => text.split(/\r?\n/, 1),
    (error: unknown) => {
      throw mistake(`cannot be read: ${(error as Error).message}`);
    },
  );
  if (line.length < SHORTEST_KEY)
    throw mistake(`must hold ${SHORTEST_KEY} characters or more on its first line`);
  return sealWith(line);
}

/** @param secret undefined: nothing is sealed, and nothing sealed can be opened */
export function sealWith(secret: string | undefined): Seal {
  const key =
    secret === undefined
      ? undefined
      : Buffer.from(hkdfSync("sha256", secret, "doudou", "secrets of second devices", 32));
  return {
    close(text, of) {
      if (!key) return OPEN + text;
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(of));
      const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return SEALED + Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString("base64url");
    },
    open(sealed, of) {
      if (sealed.startsWith(OPEN)) return sealed.slice(OPEN.length);
      if (!key) throw new Error("This was sealed with a key that DOUDOU_SECRET_KEY_FILE no longer names.");
      const bytes = Buffer.from(sealed.slice(SEALED.length), "base64url");
      const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(of))
        .setAuthTag(tag);
      const hidden = bytes.subarray(IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(hidden), decipher.final()]).toString("utf8");
    },
  };
}
