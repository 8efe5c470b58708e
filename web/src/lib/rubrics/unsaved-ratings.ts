/**
 * Levels that were tapped and that the server has not saved yet, kept on this device for the account that tapped them: no
 * lost network and no reload takes a tap away. Ids only, and nothing once all is saved. Go as other drafts
 * do: see kept-drafts.ts.
 */
import type { RatingsInput } from "@doudou/shared/contract/rubrics.ts";
import { type DraftStorage, keptDraftOf } from "#lib/offline/kept-drafts.ts";

export type Choice = RatingsInput["ratings"][number]["level"];
/** By indicator, by child. */
export type Unsaved = Readonly<Record<string, Readonly<Record<string, Choice>>>>;

export interface UnsavedRatings {
  find(): Unsaved;
  keep(unsaved: Unsaved): void;
}

export function unsavedRatingsOf(
  accountId: string,
  { classId, roundId }: { readonly classId: string; readonly roundId: string },
  storage: DraftStorage,
): UnsavedRatings {
  const kept = keptDraftOf<Unsaved>({ kind: "ratings", accountId, about: `${roundId}.${classId}` }, storage);
  return {
    find: () => kept.find() ?? {},
    keep(unsaved) {
      if (Object.values(unsaved).every((of) => Object.keys(of).length === 0)) kept.drop();
      else kept.keep(unsaved);
    },
  };
}
