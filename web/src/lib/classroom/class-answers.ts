/**
 * What the server knows of a class, read for the class page and kept on the device for times without a network. A
 * teacher's own classes are kept before they are first opened: the network may be gone by then.
 */
import type { AwardablePoints, Roster, TaughtClass } from "@doudou/shared/contract/classes.ts";
import { readAwardablePoints, readRoster } from "#lib/api/client.ts";
import { OfflineError } from "#lib/api/request.ts";
import { hasLately, keepAnswer, pointsOf, rosterOf } from "#lib/offline/answers.ts";
import { session } from "#lib/session.svelte.ts";

export interface ClassAnswers {
  readonly roster: Roster;
  readonly awardable: AwardablePoints;
  /** Puts them on the device. */
  keep(): Promise<void>;
}

/** @throws ProblemError, OfflineError */
export async function readClass(classId: string): Promise<ClassAnswers> {
  const accountId = session.account?.id ?? "";
  const askedAt = Date.now();
  const [roster, awardable] = await Promise.all([readRoster(classId), readAwardablePoints(classId)]);
  return {
    roster,
    awardable,
    async keep() {
      // What a teacher was let read for a while is not to lie on the device when that is over.
      if (!roster.canAward && session.membership?.role === "teacher") return;
      await keepAnswer(accountId, rosterOf(classId), roster, askedAt);
      await keepAnswer(accountId, pointsOf(classId), awardable, askedAt);
    },
  };
}

/** More than a teacher has; who sees a whole school opens classes one by one. */
const MOST_KEPT = 20;

/** Keeps the classes somebody teaches, one after the other, where that has not been done in the last hour. */
export async function keepClasses(classes: readonly TaughtClass[], signal: AbortSignal): Promise<void> {
  const accountId = session.account?.id ?? "";
  const taught = classes.filter(({ isHomeroom, subjects }) => isHomeroom || subjects.length > 0);
  for (const { id } of taught.slice(0, MOST_KEPT)) {
    if (await hasLately(accountId, rosterOf(id), Date.now())) continue;
    if (signal.aborted) return;
    try {
      await (await readClass(id)).keep();
    } catch (failure) {
      if (failure instanceof OfflineError) return; // done when the list is opened the next time
      throw failure;
    }
  }
}
