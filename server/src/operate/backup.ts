/**
 * Backs everything up into one encrypted file, while the product goes on: a copy of the database at one moment and the
 * pictures it names. The file gets its name only after it was read back, unpacked and proven; one that fails is removed.
 */
import { copyFile, link, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Database, Store } from "@doudou/db/engines/database.ts";
import { takeTurn } from "@doudou/db/engines/file-use.ts";
import { contentsOf, readingFile } from "@doudou/db/engines/sqlite-file.ts";
import { keptEvidence } from "@doudou/db/repositories/evidence.ts";
import { keptPortfolioFiles } from "@doudou/db/repositories/portfolio-files.ts";
import { keptPapers, paperFile } from "@doudou/db/repositories/summary-papers.ts";
import { keptTransferFiles } from "@doudou/db/repositories/transfers.ts";
import { schoolLogo } from "@doudou/db/repositories/school-settings.ts";
import { schoolIds } from "@doudou/db/repositories/schools.ts";
import { picturePath } from "../pictures/picture-files.ts";
import { backupName, backupsIn, PARTIAL, removePartialBackups } from "./backup-folder.ts";
import {
  DATABASE,
  EVIDENCE,
  flushFolder,
  MANIFEST,
  type Manifest,
  manifestOf,
  writeBackupFile,
} from "./backup-file.ts";
import type { OnStep } from "./progress.ts";
import { Refused } from "./refused.ts";
import { onStage } from "./stage.ts";
import { unpackAndProve } from "./unpack.ts";

const STAGE = ".backup-";
const PAGE = 500;
const SHORTEST_PASSPHRASE = 12;

export interface BackupOrder {
  readonly dataDir: string;
  /** The folder it is put into; made when missing. */
  readonly to: string;
  readonly passphrase: string;
  readonly now: () => Date;
  readonly onStep: OnStep;
  /** Nothing to do where the folder has a backup from then or later. */
  readonly unlessSince?: Date | undefined;
  /** Of scrypt; less is for tests alone. */
  readonly workFactor?: number | undefined;
}

export interface MadeBackup {
  readonly file: string;
  readonly takenAt: string;
  readonly bytes: number;
  readonly schools: number;
  readonly awards: number;
  readonly pictures: number;
}

/**
 * Makes one backup; only one at a time is made of a data folder.
 * @returns undefined where the order leaves nothing to do
 * @throws Refused when it cannot be made, another is being made, or what was written does not stand up to the proof
 */
export async function makeBackup(database: Database, order: BackupOrder): Promise<MadeBackup | undefined> {
  const { dataDir, to, passphrase } = order;
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new Refused(`The passphrase is too short: take ${SHORTEST_PASSPHRASE} characters or more.`);
  await mkdir(to, { recursive: true });
  const turn = takeTurn(join(dataDir, "backup"));
  if (!turn) {
    if (order.unlessSince) return undefined; // whoever is at it has the same in mind
    throw new Refused("Another backup is being made at this moment.");
  }
  try {
    const { unlessSince } = order;
    if (unlessSince && (await backupsIn(to)).some(({ takenAt }) => takenAt >= unlessSince)) return undefined;
    await removePartialBackups(to);
    return await onStage(dataDir, STAGE, (stage) => makeOn(stage, database, order));
  } finally {
    turn.end();
  }
}

async function makeOn(stage: string, database: Database, order: BackupOrder): Promise<MadeBackup> {
  const { to, passphrase, now, onStep, workFactor } = order;
  const folder = join(stage, "parts");
  const manifest = await gather(folder, database, order);
  const file = join(to, backupName(new Date(manifest.takenAt)));
  const partial = `${file}${PARTIAL}`;
  try {
    const total = manifest.parts.reduce((sum, { size }) => sum + size, 0);
    const onShare = (share: number) => onStep({ step: "writing the backup", share });
    await writeBackupFile(partial, { folder, passphrase, total, onShare, workFactor });
    await rm(folder, { recursive: true });
    const into = join(stage, "proof");
    await mkdir(into);
    const { verification } = await unpackAndProve({ file: partial, into, passphrase, now, onStep });
    await rename(partial, file);
    await flushFolder(dirname(file));
    const { schools } = verification;
    const sum = (count: "awards" | "pictures") =>
      schools.reduce((total_, school) => total_ + school[count], 0);
    return {
      file,
      takenAt: manifest.takenAt,
      bytes: (await stat(file)).size,
      schools: schools.length,
      awards: sum("awards"),
      pictures: sum("pictures"),
    };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Puts the parts and their manifest into a folder. */
async function gather(
  folder: string,
  database: Database,
  { dataDir, now, onStep }: BackupOrder,
): Promise<Manifest> {
  onStep({ step: "copying the database", share: 0 });
  await mkdir(join(folder, EVIDENCE), { recursive: true });
  const takenAt = now().toISOString();
  const copy = join(folder, DATABASE);
  await database.snapshotInto(copy);
  const { rows, migrations } = contentsOf(copy);
  onStep({ step: "gathering the pictures", share: 0 });
  await readingFile(copy, async (store) => {
    for (const schoolId of await schoolIds(store)) {
      for await (const name of namesOf(store, schoolId)) {
        const path = picturePath(schoolId, name);
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await linkOrCopy(join(dataDir, path), join(folder, path));
      }
    }
  });
  const manifest = await manifestOf(folder, { takenAt, engine: database.engine, migrations, rows });
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest, undefined, 1));
  return manifest;
}

async function* namesOf(store: Store, schoolId: string): AsyncGenerator<string> {
  yield* picturesOf(store, schoolId);
  yield* papersOf(store, schoolId);
  for (const keptFiles of [keptPortfolioFiles, keptTransferFiles]) {
    for (let after = ""; ;) {
      const page = await keptFiles(store, schoolId, { after, limit: PAGE });
      for (const { names } of page) yield* names;
      const last = page.at(-1);
      if (!last) break;
      after = last.id;
    }
  }
}

async function* picturesOf(store: Store, schoolId: string): AsyncGenerator<string> {
  const logo = await schoolLogo(store, schoolId);
  if (logo) yield* [logo.largeSha256, logo.smallSha256];
  for (let after = ""; ;) {
    const page = await keptEvidence(store, schoolId, { after, limit: PAGE });
    for (const { largeSha256, smallSha256 } of page) yield* [largeSha256, smallSha256];
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function* papersOf(store: Store, schoolId: string): AsyncGenerator<string> {
  for (let after = ""; ;) {
    const page = await keptPapers(store, schoolId, { after, limit: PAGE });
    for (const { sha256 } of page) yield paperFile(sha256);
    const last = page.at(-1);
    if (!last) return;
    after = last.sha256;
  }
}

/** A picture that is there no more is found missing by the proof. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to).catch((error: unknown) => {
      const { code } = error as { code?: unknown };
      if (code === "EEXIST") return undefined; // two pictures with the very same file
      if (code === "ENOENT") throw error;
      return copyFile(from, to); // a file system without links
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
  }
}
