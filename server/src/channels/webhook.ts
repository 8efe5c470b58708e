/**
 * Signed calls to the school's own messenger, in the manner of Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256
 * over id, time and body. Follows no redirect, and says nothing of any person.
 */
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Config, ConfigError } from "../config.ts";

export interface Call {
  /** The same for every attempt. */
  readonly id: string;
  readonly sentAt: Date;
  /** JSON. */
  readonly body: string;
}

export interface Messenger {
  /** @throws where it was not taken: later perhaps */
  call(call: Call): Promise<void>;
}

const ANSWER_WITHIN_MS = 15_000;
const SHORTEST_SECRET = 24;

/** @returns undefined where no address is configured. @throws ConfigError where the secret cannot be read or is too short */
export async function messengerOf({ webhookUrl, webhookSecretFile }: Config): Promise<Messenger | undefined> {
  if (webhookUrl === undefined || webhookSecretFile === undefined) return undefined;
  const key = await keyOf(webhookSecretFile);
  return {
    async call({ id, sentAt, body }) {
      const timestamp = String(Math.floor(sentAt.getTime() / 1000));
      const answer = await fetch(webhookUrl, {
        method: "POST",
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          "webhook-signature": signatureOf(key, `${id}.${timestamp}.${body}`),
        },
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the messenger answered ${answer.status}`);
    },
  };
}

function signatureOf(key: Buffer, signed: string): string {
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

/** `whsec_` and base64, as Standard Webhooks has it; anything else is the key as it stands. */
async function keyOf(file: string): Promise<Buffer> {
  const mistake = (what: string) => new ConfigError(`DOUDOU_WEBHOOK_SECRET_FILE ${what}`);
  const [line = ""] = await readFile(file, "utf8").then(
    (text) => text.split(/\r?\n/, 1),
    (error: unknown) => {
      throw mistake(`cannot be read: ${(error as Error).message}`);
    },
  );
  const key = line.startsWith("whsec_") ? Buffer.from(line.slice(6), "base64") : Buffer.from(line);
  if (key.length < SHORTEST_SECRET) throw mistake(`must hold ${SHORTEST_SECRET} bytes or more`);
  return key;
}
