/**
 * Taking back as one act what was given on this tablet in the last minutes, when somebody else had it: what has not left
 * is withdrawn, what the server has is voided there, now or once there is a network. Never touches what a colleague gave.
 */
import type { LedgerEntry } from "@doudou/shared/contract/awards.ts";
import { readOwnRecent, voidRecent } from "#lib/api/client.ts";
import { OfflineError } from "#lib/api/request.ts";
import { keptAnswer, latestOf } from "#lib/offline/answers.ts";
import { rightNow } from "#lib/offline/device-clock.ts";
import type { AwardItem, VoidedAward } from "#lib/offline/items.ts";
import { entryOf } from "#lib/offline/kept-tallies.ts";
import { outbox } from "#lib/offline/outbox.svelte.ts";
import { session } from "#lib/session.svelte.ts";
import { awarding } from "./awarding.svelte.ts";
import type { Classroom } from "./classroom.svelte.ts";

export const MINUTES = [5, 10, 30] as const;
export type Minutes = (typeof MINUTES)[number];

/** What would be taken back. */
export interface Undoing {
  readonly minutes: Minutes;
  /** Kept here, not acknowledged by the server. */
  readonly waiting: readonly LedgerEntry[];
  /** The server has them. */
  readonly sent: readonly LedgerEntry[];
  /** Names the stretch to the server; undefined where it could not be asked, and `sent` is what this device knows. */
  readonly before: string | undefined;
}

export interface Undone {
  readonly count: number;
  /** Of these, so many are voided once there is a network. */
  readonly owed: number;
}

const MINUTE = 60_000;
const MOST_IN_A_VOID = 500;

/** @throws ProblemError */
export async function lookBack(classId: string, minutes: Minutes): Promise<Undoing> {
  const waiting = outbox.items().filter((item): item is AwardItem => isOfStretch(item, classId, minutes));
  const ids = new Set(
    outbox.items().flatMap((item) => (item.wanted === "void" ? Object.keys(item.about) : item.id)),
  );
  const { before, entries } = await recentlySent(classId, minutes);
  return {
    minutes,
    waiting: waiting.map((item) => entryOf(item, item.beans)).reverse(),
    sent: entries.filter(({ id }) => !ids.has(id)),
    before,
  };
}

/** Sending it again after an error takes back nothing twice. @throws ProblemError */
export async function undoRecent(
  classroom: Classroom,
  { minutes, waiting, sent, before }: Undoing,
  reason: string,
): Promise<Undone> {
  const classId = classroom.roster.class.id;
  awarding.letGoOfActs();
  for (const entry of waiting) uncount(classroom, entry);
  takeBack(classId, waiting, reason);
  const isVoided = before !== undefined && (await isVoidedNow(classId, { minutes, before, reason }));
  for (const entry of sent) uncount(classroom, entry);
  if (isVoided) await lookAgain(classroom);
  else takeBack(classId, sent, reason);
  return { count: waiting.length + sent.length, owed: isVoided ? 0 : sent.length };
}

async function isVoidedNow(
  classId: string,
  act: { minutes: Minutes; before: string; reason: string },
): Promise<boolean> {
  try {
    await voidRecent(classId, act);
    return true;
  } catch (failure) {
    if (failure instanceof OfflineError) return false;
    throw failure;
  }
}

async function lookAgain(classroom: Classroom): Promise<void> {
  try {
    await classroom.refresh();
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
  }
}

async function recentlySent(
  classId: string,
  minutes: Minutes,
): Promise<{ before: string | undefined; entries: readonly LedgerEntry[] }> {
  try {
    return await readOwnRecent(classId, minutes);
  } catch (failure) {
    if (!(failure instanceof OfflineError)) throw failure;
  }
  const accountId = session.account?.id ?? "";
  const kept = (await keptAnswer<LedgerEntry[]>(accountId, latestOf(classId), Date.now())) ?? [];
  const since = rightNow() - minutes * MINUTE;
  const entries = kept.filter(
    ({ isMine, voided, occurredAt }) => isMine && voided === null && Date.parse(occurredAt) > since,
  );
  return { before: undefined, entries };
}

/** Its time is the tablet's until it first leaves, then right. */
function isOfStretch(
  item: ReturnType<typeof outbox.items>[number],
  classId: string,
  minutes: Minutes,
): boolean {
  if (item.wanted !== "award" || item.state !== "waiting" || item.classId !== classId) return false;
  if (item.voidReason !== undefined) return false;
  const now = item.leftAt === undefined ? Date.now() : rightNow();
  return Date.parse(item.award.occurredAt) > now - minutes * MINUTE;
}

function uncount(classroom: Classroom, { id, student, dimension, beans, day }: LedgerEntry): void {
  const classId = classroom.roster.class.id;
  const taken = { awardId: id, classId, day, studentId: student.id, dimension, beans };
  classroom.apply({ ...taken, isTakenBack: true, among: Infinity });
}

function takeBack(classId: string, entries: readonly LedgerEntry[], reason: string): void {
  for (let from = 0; from < entries.length; from += MOST_IN_A_VOID) {
    const about: Record<string, VoidedAward> = {};
    for (const { id, student, dimension, point, beans, day } of entries.slice(from, from + MOST_IN_A_VOID))
      about[id] = { classId, studentId: student.id, studentName: student.name, dimension, point, beans, day };
    awarding.takeBack(reason, about);
  }
}
