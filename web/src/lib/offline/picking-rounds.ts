/**
 * How far the rounds of the random picker have come: kept on this device, for each account and class, so that they go on
 * tomorrow, without a network, and after a sign-out, as a shared tablet sees one with every lesson. Ids only: they name
 * nobody without the answers that a sign-out does let go of, and are read for their own account alone. Let go when nobody
 * has picked for a month.
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

/** Lets go of what is too old, whoever's it is. */
export async function forgetOldRounds(now: number): Promise<void> {
  await unlessRefused(async (database) => {
    const transaction = database.transaction("rounds", "readwrite");
    for await (const cursor of transaction.store) {
      if (!isAlive(cursor.value.pickedAt, now)) await cursor.delete();
    }
    await transaction.done;
  });
}

/** A clock that was turned back makes nothing last longer. */
function isAlive(pickedAt: number, now: number): boolean {
  return now - pickedAt < MONTH_MS && pickedAt - now < MONTH_MS;
}
