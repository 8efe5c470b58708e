/**
 * The picture files of a school, in `DATA_DIR/evidence/<school>/ab/cdef….webp`, each named by the SHA-256 of its bytes,
 * and beside them the few that are no pictures, whose names end as their kind does, such as `abcdef….pdf`.
 * A file that has its name is whole and on the disk. What comes in is first received under `incoming`, and never shown.
 * Several server processes share the folder, as they share the database.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { inTime } from "../http/incoming.ts";
import { Problem } from "../http/problem.ts";
import type { ProblemCode } from "../http/problem-codes.ts";
import { type PictureKind, pictureKindOf, TELLING_BYTES } from "./picture-kind.ts";
import { createPictureMaker, type PictureMaker } from "./picture-maker.ts";

const PICTURE_LIMIT: SizeLimit = { largest: 10 * 1024 * 1024, beyond: "picture-too-large" };
/** What lies under `incoming` or without a row for so long belongs to nothing that is still going on. */
const LEFT_OVER_AFTER_MS = 3_600_000;

/** A picture as it came in, not yet looked at beyond its first bytes. */
export interface ReceivedPicture {
  readonly path: string;
  readonly sha256: string;
  readonly kind: PictureKind;
  /** In bytes. */
  readonly size: number;
}

/** A picture as it is kept. */
export interface KeptPicture {
  readonly largeSha256: string;
  readonly smallSha256: string;
  readonly width: number;
  readonly height: number;
}

/** How the names of files end that are kept as they came. */
export const ENDINGS = ["pdf", "m4a", "mp3", "ogg", "webm", "wav", "mp4"] as const;
export type Ending = (typeof ENDINGS)[number];

/** The most that is taken in, in bytes, and what is said beyond. */
export interface SizeLimit {
  readonly largest: number;
  readonly beyond: ProblemCode;
}

export interface PictureFiles {
  /**
   * Writes what comes in to a file of its own, nothing of it into memory; `discard` it in the end, whatever happens.
   * @param limit of what may be more than a picture; a picture's own if left out
   * @throws Problem picture-too-large or the limit's, upload-stalled; the file is gone then
   */
  receive(incoming: Readable, limit?: SizeLimit): Promise<ReceivedPicture>;
  discard(received: ReceivedPicture): Promise<void>;
  /**
   * Makes the two sizes and keeps them: on the disk when this returns.
   * @throws Problem picture-heic, picture-kind-not-taken, picture-unreadable, picture-too-many-pixels
   */
  keep(schoolId: string, received: ReceivedPicture): Promise<KeptPicture>;
  /**
   * Keeps a file as it came: on the disk when this returns. What it is has been looked at before.
   * @param ending one of ENDINGS
   * @returns the name it is kept under
   */
  keepAsIs(schoolId: string, received: ReceivedPicture, ending: Ending): Promise<string>;
  /** Keeps bytes that were made here. @returns as keepAsIs does */
  keepBytes(schoolId: string, bytes: Uint8Array, ending: Ending): Promise<string>;
  /** Whether both files are still there: see `removeUnneeded`. */
  hasAll(schoolId: string, kept: Pick<KeptPicture, "largeSha256" | "smallSha256">): Promise<boolean>;
  /** @returns undefined where there is no such file */
  read(schoolId: string, sha256: string): Promise<Buffer | undefined>;
  /** How large a file is, in bytes. @returns undefined where there is no such file */
  sizeOf(schoolId: string, name: string): Promise<number | undefined>;
  /** Where a file lies, for who sends it piece by piece. It may be gone. */
  locate(schoolId: string, name: string): { readonly root: string; readonly path: string };
  /** Whether a file is there and is what its name says. */
  check(schoolId: string, sha256: string): Promise<"whole" | "missing" | "altered">;
  /**
   * Removes files that nothing needs. Asks again once they are out of sight: who uploads the same picture meanwhile is
   * either found needing it, or finds with `hasAll`, after writing that down, that it has to be kept anew.
   */
  removeUnneeded(
    schoolId: string,
    hashes: readonly string[],
    neededOf: (hashes: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<void>;
  /** The older files in one of the 256 folders of a school. */
  namesIn(schoolId: string, folder: string): Promise<string[]>;
  /** Removes what was left under `incoming` by a process that ended. */
  clearIncoming(): Promise<void>;
  /** Ends what decodes pictures. */
  close(): Promise<void>;
}

/**
 * @param dataDir the folder of the database and files
 * @param stalledAfterMs an upload that sends nothing for so long is cut off
 * @param lateAfterMs nor may it take longer than this in all
 */
export function createPictureFiles({
  dataDir,
  maker = createPictureMaker(),
  stalledAfterMs = 20_000,
  lateAfterMs = 180_000,
}: {
  dataDir: string;
  maker?: PictureMaker;
  stalledAfterMs?: number;
  lateAfterMs?: number;
}): PictureFiles {
  const root = join(dataDir, "evidence");
  const incomingFolder = join(root, "incoming");
  const pathOf = (schoolId: string, sha256: string) => join(dataDir, picturePath(schoolId, sha256));
  const newIncoming = async () => {
    await mkdir(incomingFolder, { recursive: true });
    return join(incomingFolder, randomUUID());
  };

  const flushedFolders = new Set<string>();

  async function put(schoolId: string, from: string, ending?: Ending): Promise<string> {
    const sha256 = await sha256Of(from);
    const name = ending === undefined ? sha256 : `${sha256}.${ending}`;
    const folder = dirname(pathOf(schoolId, name));
    await mkdir(folder, { recursive: true });
    await flush(from);
    await rename(from, pathOf(schoolId, name));
    await flushFolder(folder);
    if (!flushedFolders.has(folder)) {
      for (const parent of [join(root, schoolId), root]) await flushFolder(parent);
      flushedFolders.add(folder);
    }
    return name;
  }

  return {
    async receive(incoming, { largest, beyond } = PICTURE_LIMIT) {
      const path = await newIncoming();
      const hash = createHash("sha256");
      let head = Buffer.alloc(0);
      let size = 0;
      const file = await open(path, "wx");
      try {
        for await (const chunk of inTime(incoming, { stalledAfterMs, lateAfterMs })) {
          size += chunk.length;
          if (size > largest) throw new Problem(beyond);
          if (head.length < TELLING_BYTES) head = Buffer.concat([head, chunk.subarray(0, TELLING_BYTES)]);
          hash.update(chunk);
          await file.writeFile(chunk);
        }
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      } finally {
        await file.close();
      }
      return { path, sha256: hash.digest("hex"), kind: pictureKindOf(head), size };
    },

    discard: ({ path }) => rm(path, { force: true }),

    async keep(schoolId, { path, kind }) {
      if (kind === "heic") throw new Problem("picture-heic");
      if (kind === "broken") throw new Problem("picture-unreadable");
      if (kind === "other") throw new Problem("picture-kind-not-taken");
      const [large, small] = [await newIncoming(), await newIncoming()];
      try {
        const outcome = await maker.make({ from: path, large, small });
        if ("refusal" in outcome) throw new Problem(outcome.refusal);
        return {
          ...outcome,
          largeSha256: await put(schoolId, large),
          smallSha256: await put(schoolId, small),
        };
      } finally {
        await rm(large, { force: true });
        await rm(small, { force: true });
      }
    },

    async keepAsIs(schoolId, { path }, ending) {
      const copy = await newIncoming();
      try {
        await copyFile(path, copy);
        return await put(schoolId, copy, ending);
      } finally {
        await rm(copy, { force: true });
      }
    },

    async keepBytes(schoolId, bytes, ending) {
      const made = await newIncoming();
      try {
        await writeFile(made, bytes);
        return await put(schoolId, made, ending);
      } finally {
        await rm(made, { force: true });
      }
    },

    async hasAll(schoolId, { largeSha256, smallSha256 }) {
      for (const sha256 of [largeSha256, smallSha256]) {
        if ((await orMissing(stat(pathOf(schoolId, sha256)))) === undefined) return false;
      }
      return true;
    },

    read: (schoolId, sha256) => orMissing(readFile(pathOf(schoolId, sha256))),

    sizeOf: async (schoolId, name) => (await orMissing(stat(pathOf(schoolId, name))))?.size,

    locate: (schoolId, name) => ({ root: dataDir, path: picturePath(schoolId, name) }),

    async check(schoolId, sha256) {
      const found = await orMissing(sha256Of(pathOf(schoolId, sha256)));
      if (found === undefined) return "missing";
      return sha256.startsWith(found) ? "whole" : "altered";
    },

    async removeUnneeded(schoolId, hashes, neededOf) {
      const needed = await neededOf(hashes);
      const aside = new Map<string, string>();
      for (const sha256 of hashes) {
        if (needed.has(sha256)) continue;
        const path = await newIncoming();
        const moved = await orMissing(rename(pathOf(schoolId, sha256), path).then(() => true));
        if (moved) aside.set(sha256, path);
      }
      const neededAfterAll = await neededOf([...aside.keys()]);
      for (const [sha256, path] of aside) {
        if (neededAfterAll.has(sha256)) await rename(path, pathOf(schoolId, sha256));
        else await rm(path, { force: true });
      }
    },

    async namesIn(schoolId, folder) {
      const path = join(root, schoolId, folder);
      const old: string[] = [];
      for (const name of (await orMissing(readdir(path))) ?? []) {
        const found = await orMissing(stat(join(path, name)));
        const isOld = found !== undefined && found.mtimeMs < Date.now() - LEFT_OVER_AFTER_MS;
        const [stem, ending] = name.split(".");
        const isKept = ending === "webp" || ENDINGS.some((known) => known === ending);
        if (isOld && isKept) old.push(folder + (ending === "webp" ? stem : name));
      }
      return old;
    },

    async clearIncoming() {
      for (const name of (await orMissing(readdir(incomingFolder))) ?? []) {
        const path = join(incomingFolder, name);
        const found = await orMissing(stat(path));
        if (found && found.mtimeMs < Date.now() - LEFT_OVER_AFTER_MS) await rm(path, { force: true });
      }
    },

    close: () => maker.close(),
  };
}

/**
 * Where a file lies within the data folder, with `/` between folders.
 * @param name the SHA-256 of a picture; of anything else with its ending
 */
export function picturePath(schoolId: string, name: string): string {
  const file = name.includes(".") ? name : `${name}.webp`;
  return `evidence/${schoolId}/${file.slice(0, 2)}/${file.slice(2)}`;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** What is there, as it is now, is on the disk when this returns. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows flushes folders by itself, and cannot open one. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform !== "win32") await flush(path);
}

async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return undefined;
    throw error;
  }
}
