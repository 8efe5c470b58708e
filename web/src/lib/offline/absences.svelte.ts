/**
 * Who was marked absent, or here after all, and the server has not been told yet: kept on the device for the account
 * that marked, through sign-out and restart, and sent as soon as it can be. Of each child only the last word; of a day
 * that is over nothing, since it helps nobody then.
 */
import type { Roster } from "@doudou/shared/contract/classes.ts";
import { markAbsences } from "#lib/api/client.ts";
import { sentenceFor } from "#lib/api/sentences.ts";
import { m } from "#lib/paraglide/messages.js";
import { toast } from "#lib/ui/toasts.svelte.ts";
import { rosterWithMarks, type WaitingMark } from "./absence-marks.ts";
import { amendAnswer, rosterOf } from "./answers.ts";
import { alone } from "./browser.ts";
import { correctedTime, offsetAt } from "./clock.ts";
import { changeDeviceFact, deviceFact } from "./database.ts";
import { clockOffset, knownOffset } from "./device-clock.ts";
import { judge } from "./judge.ts";

/** What is older than this is of a day that is over everywhere. */
const OVER_AFTER_MS = 36 * 3_600_000;
const RETRY_MS = 15_000;
/** A network that takes longer than this to answer is none. */
const PATIENCE_MS = 30_000;
/** As many as one call takes. */
const AT_ONCE = 200;
const CONFINED = "session-confined";

let owner: string | undefined;
let waiting = $state.raw<readonly WaitingMark[]>([]);
let loading: Promise<void> | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const sentListeners = new Set<() => void>();

export const absences = {
  /** Marks that the server has not been told. */
  get waiting(): number {
    return waiting.length;
  },

  /** Takes up what this account has left here, and sends it. @returns once it is known */
  belongTo(accountId: string): Promise<void> {
    if (owner !== accountId || loading === undefined) {
      owner = accountId;
      waiting = [];
      loading = takeUp(accountId);
    } else this.nudge();
    return loading;
  },

  /** Nobody's any more; what waits stays kept. */
  leave(): void {
    clearTimeout(retry);
    owner = loading = undefined;
    waiting = [];
  },

  /** What this device knows of a class's day that the server does not. Complete once `belongTo` has come back. */
  waitingIn(classId: string, day: string): readonly WaitingMark[] {
    return waiting.filter((mark) => mark.classId === classId && mark.day === day);
  },

  /** @returns once it is kept, on the device where that keeps anything */
  async mark(
    as: { readonly classId: string; readonly day: string; readonly isAbsent: boolean },
    studentIds: readonly string[],
  ): Promise<void> {
    const accountId = owner;
    if (accountId === undefined) throw new Error("nobody is signed in");
    const markedAt = Date.now();
    const known = { markedAt, clockOffset: offsetAt(markedAt, knownOffset()) };
    const marks = studentIds.map((studentId) => ({ ...as, ...known, accountId, studentId }));
    waiting = withLast(waiting, marks);
    tellChange();
    await changeDeviceFact("absences", (kept = []) => withLast(kept.filter(isFresh), marks));
    void send();
  },

  /** Sends now what waits: the network or the session is back. */
  nudge(): void {
    void send();
  },

  /** A mark was made, or the server has taken some. @returns what stops listening */
  onChange(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** The server has taken all that waited. @returns what stops listening */
  onSent(listener: () => void): () => void {
    sentListeners.add(listener);
    return () => sentListeners.delete(listener);
  },
};

async function takeUp(accountId: string): Promise<void> {
  const kept = (await deviceFact("absences")) ?? [];
  if (owner !== accountId) return;
  // What was marked while this was being read is the later word.
  waiting = withLast(ownOf(kept, accountId), waiting);
  void send();
}

async function send(): Promise<void> {
  const accountId = owner;
  clearTimeout(retry);
  if (accountId === undefined || waiting.length === 0) return;
  await alone(`doudou-absences-${accountId}`, () => sendAll(accountId));
}

/** One class at a time. Another tab may have sent some of them, which changes nothing. */
async function sendAll(accountId: string): Promise<void> {
  while (owner === accountId && waiting.length > 0) {
    const classId = waiting[0]?.classId ?? "";
    const marks = waiting.filter((mark) => mark.classId === classId).slice(0, AT_ONCE);
    try {
      const clock = { now: Date.now(), offset: await clockOffset(AbortSignal.timeout(PATIENCE_MS)) };
      await markAbsences(
        classId,
        marks.map(({ studentId, day, isAbsent, markedAt, clockOffset: offsetThen }) => ({
          studentId,
          day,
          isAbsent,
          markedAt: correctedTime(markedAt, offsetThen, clock),
        })),
        accountId,
        AbortSignal.timeout(PATIENCE_MS),
      );
    } catch (error) {
      const failure = judge(error);
      const isForLater = failure.kind !== "refused" || failure.problem.code === CONFINED;
      if (failure.kind === "later") retry = setTimeout(() => void send(), failure.afterMs ?? RETRY_MS);
      if (isForLater) return;
      toast({ text: m.absence_refused({ reason: sentenceFor(error) }) });
      await letGo(marks);
      continue;
    }
    // Kept first: at no moment does this device know of it nowhere.
    await amendAnswer<Roster>(accountId, rosterOf(classId), (roster) => rosterWithMarks(roster, marks));
    await letGo(marks);
  }
  if (owner === accountId) for (const listener of sentListeners) listener();
}

async function letGo(marks: readonly WaitingMark[]): Promise<void> {
  const without = (from: readonly WaitingMark[]) =>
    from.filter((mark) => !marks.some((gone) => isAboutSame(mark, gone) && mark.markedAt === gone.markedAt));
  waiting = without(waiting);
  tellChange();
  await changeDeviceFact("absences", (kept = []) => without(kept));
}

function withLast(marks: readonly WaitingMark[], added: readonly WaitingMark[]): readonly WaitingMark[] {
  return [...marks.filter((mark) => !added.some((other) => isAboutSame(mark, other))), ...added];
}

function isAboutSame(one: WaitingMark, other: WaitingMark): boolean {
  return (
    one.accountId === other.accountId &&
    one.classId === other.classId &&
    one.studentId === other.studentId &&
    one.day === other.day
  );
}

function ownOf(marks: readonly WaitingMark[], accountId: string): readonly WaitingMark[] {
  return marks.filter((mark) => mark.accountId === accountId && isFresh(mark));
}

function isFresh({ markedAt }: WaitingMark): boolean {
  return Date.now() - markedAt < OVER_AFTER_MS;
}

function tellChange(): void {
  for (const listener of listeners) listener();
}
