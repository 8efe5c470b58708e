/**
 * Comments that the server has not saved yet, kept on this device for the account that wrote them, so that neither a
 * reload nor an expired session loses a word. Pure but for the storage that comes in.
 */
export interface KeptComment {
  readonly text: string;
  /** The version it was written on. */
  readonly version: number;
}

export interface CommentDrafts {
  find(termId: string, studentId: string): KeptComment | undefined;
  keep(termId: string, studentId: string, comment: KeptComment): void;
  drop(termId: string, studentId: string): void;
}

export function commentDraftsOf(accountId: string, storage: Storage): CommentDrafts {
  const storedAs = (termId: string, studentId: string) =>
    `doudou.comment.${accountId}.${termId}.${studentId}`;
  return {
    find(termId, studentId) {
      const stored = storage.getItem(storedAs(termId, studentId));
      return stored === null ? undefined : (JSON.parse(stored) as KeptComment);
    },
    keep(termId, studentId, comment) {
      storage.setItem(storedAs(termId, studentId), JSON.stringify(comment));
    },
    drop(termId, studentId) {
      storage.removeItem(storedAs(termId, studentId));
    },
  };
}
