/**
 * Answers of the server kept for times without a network: classes, rosters, points, latest awards. Each belongs to the
 * account that asked, is shown to no other, and is let go after a school day or when that account signs out.
 */
import { type KeptAnswer, unlessRefused } from "./database.ts";

/** How long children's names may lie on a tablet that nobody has signed in on again: a school day. */
const SCHOOL_DAY_MS = 14 * 3_600_000;

export const CLASSES = "classes";
export const rosterOf = (classId: string): string => `roster ${classId}`;
export const pointsOf = (classId: string): string => `points ${classId}`;
export const latestOf = (classId: string): string => `latest ${classId}`;

/** What was kept, if it is not too old. */
export async function keptAnswer<Answer>(
  accountId: string,
  name: string,
  now: number,
): Promise<Answer | undefined> {
  const kept = await unlessRefused((database) => database.get("kept", [accountId, name]));
  return kept !== undefined && isFresh(kept, now) ? (kept.value as Answer) : undefined;
}

/** Asks the server, and keeps its answer. @throws what asking throws */
export async function askAndKeep<Answer>(
  accountId: string,
  name: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const askedAt = Date.now();
  const answer = await ask();
  await keepAnswer(accountId, name, answer, askedAt);
  return answer;
}

/** @param askedAt when it was asked for, by the tablet's clock */
export async function keepAnswer(
  accountId: string,
  name: string,
  value: unknown,
  askedAt: number,
): Promise<void> {
  await unlessRefused((database) => database.put("kept", { accountId, name, value, askedAt }));
}

/** Lets go of what is too old, whoever's it is; all of it for an account that signs out. Never touches an outbox. */
export async function forgetAnswers(now: number, signedOut?: string): Promise<void> {
  await unlessRefused(async (database) => {
    const transaction = database.transaction("kept", "readwrite");
    for await (const cursor of transaction.store) {
      if (cursor.value.accountId === signedOut || !isFresh(cursor.value, now)) await cursor.delete();
    }
    await transaction.done;
  });
}

/** A clock that was turned back makes nothing last longer. */
function isFresh({ askedAt }: KeptAnswer, now: number): boolean {
  return askedAt <= now + 60_000 && now - askedAt < SCHOOL_DAY_MS;
}
