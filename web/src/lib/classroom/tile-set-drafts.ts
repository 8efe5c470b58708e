/** A set of tiles that was begun and not saved yet, kept on this device for the account that began it. */
import type { TileSet } from "@doudou/shared/contract/tile-sets.ts";

export function tileSetDraftsOf(
  accountId: string,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
) {
  const name = `doudou.tile-set ${accountId}`;
  return {
    find: (): TileSet | undefined => JSON.parse(storage.getItem(name) ?? "null") ?? undefined,
    keep: (draft: TileSet): void => storage.setItem(name, JSON.stringify(draft)),
    drop: (): void => storage.removeItem(name),
  };
}
