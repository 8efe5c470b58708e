/** A teacher's own sets of tiles: kept for one membership and shown to nobody else. */
import { putTileSet, removeTileSet } from "@doudou/db/repositories/tile-sets.ts";
import type { TileSetInput } from "@doudou/shared/contract/tile-sets.ts";
import type { Grant } from "../../access/caller.ts";
import type { Deps } from "../../deps.ts";
import { Problem } from "../../http/problem.ts";

const MOST_SETS = 20;

/**
 * Keeps a set as the teacher wants it, new or written over. Codes that no point has now may be among it: they are shown
 * again should the scheme bring them back.
 * @throws Problem tile-sets-full; not-found for a set of somebody else
 */
export async function keepTileSet(
  { database }: Deps,
  { schoolId, membershipId }: Grant,
  id: string,
  { name, subjectCode, pointCodes }: TileSetInput,
): Promise<void> {
  const set = { id, name: name.trim().toWellFormed(), subjectCode, pointCodes };
  const outcome = await database.write(schoolId, (store) =>
    putTileSet(store, schoolId, membershipId, set, MOST_SETS),
  );
  if (outcome === "full") throw new Problem("tile-sets-full");
  if (outcome === "taken") throw new Problem("not-found");
}

/** Takes a set away, if it is the caller's. */
export async function dropTileSet(deps: Deps, { schoolId, membershipId }: Grant, id: string): Promise<void> {
  await deps.database.write(schoolId, (store) => removeTileSet(store, schoolId, membershipId, id));
}
