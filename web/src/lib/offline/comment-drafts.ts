/**
 * Comments that the server has not saved yet, kept on this device for the account that wrote them until it has: neither a
 * closed tab nor an evening without a network loses a word. What somebody else saved meanwhile is never overwritten: each
 * is kept with the version it was written on.
 */
import { type deviceDatabase, unlessRefused } from "./database.ts";

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
  const kept = new Map(found?.map(({ studentId, text, version }) => [studentId, { text, version }]));
  // One after the other, so that the latest word is the one that stays.
  let underWay: Promise<unknown> = Promise.resolve();
  const then = (work: (database: Awaited<ReturnType<typeof deviceDatabase>>) => Promise<unknown>) => {
    underWay = underWay.then(() => unlessRefused(work));
  };
  return {
    find: (studentId) => kept.get(studentId),
    keep(studentId, comment) {
      kept.set(studentId, comment);
      then((database) => database.put("comments", { accountId, termId, studentId, ...comment }));
    },
    drop(studentId) {
      if (!kept.delete(studentId)) return;
      then((database) => database.delete("comments", [accountId, termId, studentId]));
    },
  };
}
