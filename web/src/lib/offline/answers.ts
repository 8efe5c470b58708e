/**
 * Answers of the server kept for times without a network: classes, rosters, points, seats, groups, latest awards, one's
 * own attention, the summaries a teacher writes and what a term says beside them. Each belongs to the account that asked,
 * is shown to no other, and is let go after a school day or when that account signs out.
 */
import { type KeptAnswer, unlessRefused } from "./database.ts";

/** When accounts signed out on this page: what was still on its way then is not kept. */
const leftAt = new Map<string, number>();

/** How long children's names may lie on a tablet that nobody has signed in on again: a school day. */
const SCHOOL_DAY_MS = 14 * 3_600_000;
const LATELY_MS = 3_600_000;

export const CLASSES = "classes";
export const rosterOf = (classId: string): string => `roster ${classId}`;
export const pointsOf = (classId: string): string => `points ${classId}`;
export const seatingIn = (classId: string): string => `seating ${classId}`;
export const groupsIn = (classId: string): string => `groups ${classId}`;
export const attentionTo = (classId: string): string => `attention ${classId}`;
export const summariesIn = (classId: string, termId: string | undefined): string =>
  `summaries ${classId} ${termId ?? "now"}`;
export const evidenceOf = (studentId: string, termId: string): string => `evidence ${studentId} ${termId}`;
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

/** Whether it was asked for so lately that it need not be asked for again in passing. */
export async function hasLately(accountId: string, name: string, now: number): Promise<boolean> {
  const kept = await unlessRefused((database) => database.get("kept", [accountId, name]));
  return kept !== undefined && isFresh(kept, now) && now - kept.askedAt < LATELY_MS;
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
  await keepAnswers(accountId, [[name, value]], askedAt);
}

/** Keeps what one answer said of many, each under its own name: all of them, or none, as after signing out. */
export async function keepAnswers(
  accountId: string,
  answers: Iterable<readonly [name: string, value: unknown]>,
  askedAt: number,
): Promise<void> {
  await unlessRefused(async (database) => {
    if (askedAt <= (leftAt.get(accountId) ?? -Infinity)) return;
    const transaction = database.transaction("kept", "readwrite");
    for (const [name, value] of answers) await transaction.store.put({ accountId, name, value, askedAt });
    await transaction.done;
  });
}

/** Changes what is kept, and makes it last no longer: the server has not been asked. */
export async function amendAnswer<Answer>(
  accountId: string,
  name: string,
  change: (kept: Answer) => Answer,
): Promise<void> {
  await unlessRefused(async (database) => {
    const transaction = database.transaction("kept", "readwrite");
    const kept = await transaction.store.get([accountId, name]);
    if (kept !== undefined) await transaction.store.put({ ...kept, value: change(kept.value as Answer) });
    await transaction.done;
  });
}

/** Lets go of what is too old, whoever's it is; all of it for an account that signs out. Never touches an outbox. */
export async function forgetAnswers(now: number, signedOut?: string): Promise<void> {
  if (signedOut !== undefined) leftAt.set(signedOut, now);
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
