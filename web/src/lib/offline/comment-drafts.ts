/**
 * Comments that the server has not saved yet, kept on this device for the account that wrote them until it has: neither a
 * closed tab nor an evening without a network loses a word. What somebody else saved meanwhile is never overwritten: each
 * is kept with the version it was written on. They go as other drafts do: see kept-drafts.ts.
 */
import { type deviceDatabase, unlessRefused } from "./database.ts";
import { isTooOld } from "./kept-drafts.ts";

export interface KeptComment {
  readonly text: string;
  /** The version it was written on. */
  readonly version: number;
}

export interface CommentDrafts {
  find(studentId: string): KeptComment | undefined;
  keep(studentId: string, comment: KeptComment): void;
  drop(studentId: string): void;
}

/** What an account has unsaved in a term. Where the browser keeps nothing, they last as long as the page. */
export async function commentDraftsOf(accountId: string, termId: string): Promise<CommentDrafts> {
  const found = await unlessRefused((database) =>
    database.getAll("comments", IDBKeyRange.bound([accountId, termId], [accountId, termId, []])),
  );
  const now = Date.now();
  const fresh = found?.filter(({ keptAt = now }) => !isTooOld({ keptAt }, now));
  const kept = new Map(fresh?.map(({ studentId, text, version }) => [studentId, { text, version }]));
  // One after the other, so that the latest word is the one that stays.
  let underWay: Promise<unknown> = Promise.resolve();
  const then = (work: (database: Awaited<ReturnType<typeof deviceDatabase>>) => Promise<unknown>) => {
    underWay = underWay.then(() => unlessRefused(work));
  };
  return {
    find: (studentId) => kept.get(studentId),
    keep(studentId, comment) {
      kept.set(studentId, comment);
      const unsaved = { accountId, termId, studentId, keptAt: Date.now(), ...comment };
      then((database) => database.put("comments", unsaved));
    },
    drop(studentId) {
      if (!kept.delete(studentId)) return;
      then((database) => database.delete("comments", [accountId, termId, studentId]));
    },
  };
}

/** Lets go of what is too old, whoever's it is. What an earlier version kept without a date begins its week now. */
export async function forgetOldComments(now: number): Promise<void> {
  await unlessRefused(async (database) => {
    const transaction = database.transaction("comments", "readwrite");
    for await (const cursor of transaction.store) {
      const { keptAt } = cursor.value;
      if (keptAt === undefined) await cursor.update({ ...cursor.value, keptAt: now });
      else if (isTooOld({ keptAt }, now)) await cursor.delete();
    }
    await transaction.done;
  });
}

/** How many of an account are here and saved nowhere else. */
export async function countComments(accountId: string): Promise<number> {
  const ofAccount = IDBKeyRange.bound([accountId], [accountId, []]);
  return (await unlessRefused((database) => database.count("comments", ofAccount))) ?? 0;
}
