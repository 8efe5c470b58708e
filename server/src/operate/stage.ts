/** A folder within the data folder to work in, so that what is made there can be renamed into its place. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Works in a folder of its own and removes it afterwards, whatever came of it; and before, what an interrupted work of
 * the same kind left behind. To be called while no other of the kind is going on.
 * @param prefix names the kind of work, and begins the folder's name
 */
export async function onStage<T>(
  dataDir: string,
  prefix: string,
  work: (stage: string) => Promise<T>,
): Promise<T> {
  for (const name of await readdir(dataDir))
    if (name.startsWith(prefix)) await rm(join(dataDir, name), { recursive: true, force: true });
  const stage = await mkdtemp(join(dataDir, prefix));
  try {
    return await work(stage);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
