/**
 * Sentences for term summaries that were typed and that the server has not saved yet, kept on this device for the account
 * that typed them: no lost network and no reload takes a word away. Nothing once all is saved. Go as other drafts do: see
 * kept-drafts.ts.
 */
import { type DraftStorage, keptDraftOf } from "#lib/offline/kept-drafts.ts";

/** A sentence, and which version of it the server had when it was written; 0 where it had none. */
export interface VersionedRemark {
  readonly text: string;
  readonly version: number;
}

/** By child and subject: see `remarkKey`. */
export type TypedRemarks = Readonly<Record<string, VersionedRemark>>;

export interface UnsavedRemarks {
  find(): TypedRemarks;
  keep(typed: TypedRemarks): void;
}

export function remarkKey(studentId: string, subject: string): string {
  return `${studentId} ${subject}`;
}

export function remarkOf(key: string): { readonly studentId: string; readonly subject: string } {
  const [studentId = "", subject = ""] = key.split(" ");
  return { studentId, subject };
}

export function unsavedRemarksOf(
  accountId: string,
  { classId, termId }: { readonly classId: string; readonly termId: string },
  storage: DraftStorage,
): UnsavedRemarks {
  // A page of before versions kept the words alone.
  const kept = keptDraftOf<Readonly<Record<string, VersionedRemark | string>>>(
    { kind: "remarks", accountId, about: `${termId}.${classId}` },
    storage,
  );
  return {
    find: () =>
      Object.fromEntries(
        Object.entries(kept.find() ?? {}).map(([key, draft]) => [
          key,
          typeof draft === "string" ? { text: draft, version: 0 } : draft,
        ]),
      ),
    keep(typed) {
      if (Object.keys(typed).length === 0) kept.drop();
      else kept.keep(typed);
    },
  };
}
