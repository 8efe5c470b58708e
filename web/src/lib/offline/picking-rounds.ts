/**
 * How far the rounds of the random picker have come: kept on this device, for each account and class, so that they go on
 * tomorrow and without a network. Ids only; let go when the account signs out, or when nobody has picked for a month.
 */
import type { Round } from "#lib/classroom/tools/picking.ts";
import { unlessRefused } from "./database.ts";

const MONTH_MS = 30 * 86_400_000;

export async function keptRound(accountId: string, classId: string, now: number): Promise<Round | undefined> {
  const kept = await unlessRefused((database) => database.get("rounds", [accountId, classId]));
  return kept !== undefined && isAlive(kept.pickedAt, now) ? kept.round : undefined;
}

/** @param now by the tablet's clock */
export async function keepRound(
  accountId: string,
  classId: string,
  round: Round,
  now: number,
): Promise<void> {
  const kept = { accountId, classId, round, pickedAt: now };
  await unlessRefused((database) => database.put("rounds", kept));
}

/** Lets go of what is too old, whoever's it is; all of it for an account that signs out. */
export async function forgetRounds(now: number, signedOut?: string): Promise<void> {
  await unlessRefused(async (database) => {
    const transaction = database.transaction("rounds", "readwrite");
    for await (const cursor of transaction.store) {
      const { accountId, pickedAt } = cursor.value;
      if (accountId === signedOut || !isAlive(pickedAt, now)) await cursor.delete();
    }
    await transaction.done;
  });
}

/** A clock that was turned back makes nothing last longer. */
function isAlive(pickedAt: number, now: number): boolean {
  return now - pickedAt < MONTH_MS && pickedAt - now < MONTH_MS;
}
