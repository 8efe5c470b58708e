/**
 * Puts a backup in the place of a data folder's database and pictures. Everything is unpacked and proven beside them
 * first; what was there is moved aside, never deleted; an interruption in between is noticed by whoever comes next.
 */
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { replacementMark, takeFile } from "@doudou/db/engines/file-use.ts";
import { DATABASE, EVIDENCE, flushEverything, flushFolder } from "./backup-file.ts";
import type { OnStep } from "./progress.ts";
import { Refused } from "./refused.ts";
import { onStage } from "./stage.ts";
import { type Unpacked, unpackAndProve } from "./unpack.ts";

const STAGE = ".restore-";
/** Whatever belongs to the database and the pictures: these are replaced, everything else in the folder stays. */
const REPLACED = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, EVIDENCE];

export interface RestoreOrder {
  readonly file: string;
  readonly dataDir: string;
  readonly passphrase: string;
  /** What is there may be moved aside. */
  readonly overwrite: boolean;
  readonly now: () => Date;
  readonly onStep: OnStep;
}

export interface Restored extends Unpacked {
  /** Where what was there has been moved to; null where there was nothing. */
  readonly movedTo: string | null;
}

/**
 * Restores a backup into a data folder.
 * @throws Refused when a server or a command uses the folder, something is there and must not be moved, or the backup
 * does not open or stand up to the proof; nothing is changed then
 * @throws DatabaseTooNew when a newer version of the software made it; nothing is changed then
 */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const { dataDir, overwrite } = order;
  await mkdir(dataDir, { recursive: true });
  const database = join(dataDir, DATABASE);
  const use = takeFile(database);
  if (!use) {
    throw new Refused(`A server or another command is using ${dataDir}: stop it first. Nothing was changed.`);
  }
  try {
    if (!overwrite && (await whatIsThere(dataDir)).length > 0) {
      throw new Refused(
        `There is a database in ${dataDir} already. With --overwrite it is moved aside. Nothing was changed.`,
      );
    }
    return await onStage(dataDir, STAGE, async (stage) => {
      const unpacked = await unpackAndProve({ ...order, into: stage });
      return { ...unpacked, movedTo: await swap(dataDir, stage, order.now()) };
    });
  } finally {
    use.end();
  }
}

/** From the first move to the last a mark keeps everybody else from the folder. */
async function swap(dataDir: string, stage: string, now: Date): Promise<string | null> {
  const mark = replacementMark(join(dataDir, DATABASE));
  const there = await whatIsThere(dataDir);
  const moment = now.toISOString().slice(0, 19).replaceAll(":", "-");
  const aside = there.length > 0 ? await mkdtemp(join(dataDir, `replaced-${moment}Z-`)) : null;
  await flushEverything(stage);
  await writeFile(mark, `${aside ?? "There were none."}\n`, { flag: "a", flush: true });
  await flushFolder(dataDir);
  if (aside !== null) for (const name of there) await rename(join(dataDir, name), join(aside, name));
  for (const name of [EVIDENCE, DATABASE]) await rename(join(stage, name), join(dataDir, name));
  await flushFolder(dataDir);
  await rm(mark);
  await flushFolder(dataDir);
  return aside;
}

async function whatIsThere(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir);
  return REPLACED.filter((name) => names.includes(name));
}
