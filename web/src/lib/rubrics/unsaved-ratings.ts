/**
 * Levels that were tapped and that the server has not saved yet, kept on this device for the account that tapped them: no
 * lost network and no reload takes a tap away. Ids only, and nothing once all is saved. Pure but for the storage.
 */
import type { RatingsInput } from "@doudou/shared/contract/rubrics.ts";

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
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): UnsavedRatings {
  const name = `doudou.ratings.${accountId}.${roundId}.${classId}`;
  return {
    find: () => JSON.parse(storage.getItem(name) ?? "{}") as Unsaved,
    keep(unsaved) {
      if (Object.values(unsaved).every((of) => Object.keys(of).length === 0)) storage.removeItem(name);
      else storage.setItem(name, JSON.stringify(unsaved));
    },
  };
}
