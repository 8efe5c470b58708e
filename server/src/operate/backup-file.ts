/**
 * The file a backup is: a tar archive, compressed with gzip, encrypted by a passphrase in the format of `age`
 * (age-encryption.org/v1), so that `age --decrypt … | tar xz` opens it without this software. Inside, `manifest.json`
 * comes first and names every other part with its size and SHA-256. Never holds more than a few chunks in memory.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import { create, extract } from "tar";
import { ENDINGS } from "../pictures/picture-files.ts";
import { Refused } from "./refused.ts";

export const MANIFEST = "manifest.json";
export const DATABASE = "doudou.sqlite";
export const EVIDENCE = "evidence";

const FORMAT = "doudou-backup";
const VERSION = 1;
/** scrypt with N = 2^18, r = 8, p = 1: what `age` itself takes; 256 MiB for each guess. */
const WORK_FACTOR = 18;
/** Most of what is left after the database is pictures, which do not get any smaller. */
const GZIP_LEVEL = 3;
const PART = new RegExp(
  `^(?:${DATABASE.replace(".", "\\.")}|${EVIDENCE}/[0-9a-f-]{36}/[0-9a-f]{2}/[0-9a-f]{62}\\.(?:webp|${ENDINGS.join("|")}))$`,
);
const FOLDER = new RegExp(`^${EVIDENCE}(?:/[0-9a-f-]{36}(?:/[0-9a-f]{2})?)?/?$`);

export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** When what is in it was so, as an ISO instant. */
  readonly takenAt: string;
  /** The engine it was taken from; what is in it is a SQLite file either way. */
  readonly engine: "sqlite" | "postgres";
  /** Migrations the database has been through, in their order. */
  readonly migrations: readonly string[];
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly parts: readonly Part[];
}

interface Part {
  /** Within the archive, with `/` between folders. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** Told the share that is done, from 0 to 1. */
export type OnShare = (share: number) => void;

/** What a folder with a database and pictures holds, written down. */
export async function manifestOf(
  folder: string,
  facts: Pick<Manifest, "takenAt" | "engine" | "migrations" | "rows">,
): Promise<Manifest> {
  return { format: FORMAT, version: VERSION, ...facts, parts: await partsIn(folder) };
}

/**
 * Writes a folder with its manifest as an encrypted file; on the disk when this returns.
 * @param workFactor less is for tests alone
 */
export async function writeBackupFile(
  file: string,
  {
    folder,
    passphrase,
    total,
    onShare,
    workFactor = WORK_FACTOR,
  }: {
    folder: string;
    passphrase: string;
    /** Bytes of all parts. */
    total: number;
    onShare: OnShare;
    workFactor?: number | undefined;
  },
): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  const archive = create({ cwd: folder, portable: true }, [MANIFEST, DATABASE, EVIDENCE]);
  const zipped = createGzip({ level: GZIP_LEVEL });
  const encrypted = await encrypter.encrypt(asWebStream(zipped));
  await Promise.all([
    pipeline(archive, counting(total, onShare), zipped),
    pipeline(asNodeStream(encrypted), createWriteStream(file, { flags: "wx", mode: 0o600, flush: true })),
  ]);
}

/**
 * Decrypts and unpacks a file into an empty folder and holds every part against the manifest.
 * @throws Refused when the passphrase is another, or the file is not whole, altered, or of a later format
 */
export async function readBackupFile(
  file: string,
  { into, passphrase, onShare }: { into: string; passphrase: string; onShare: OnShare },
): Promise<Manifest> {
  const { size } = await stat(file);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const source = createReadStream(file);
  const strangers: string[] = [];
  try {
    const counted = Readable.from(counting(size, onShare)(source));
    const archive = await decrypter.decrypt(asWebStream(counted));
    await pipeline(
      asNodeStream(archive),
      extract({
        cwd: into,
        strict: true,
        preserveOwner: false,
        filter: (path, entry) => {
          const isWanted = path === MANIFEST || PART.test(path) || FOLDER.test(path);
          const isPlain = "type" in entry && (entry.type === "File" || entry.type === "Directory");
          if (!isWanted || !isPlain) strangers.push(path);
          return isWanted && isPlain;
        },
      }),
    );
  } catch (error) {
    throw asRefusal(error);
  } finally {
    source.destroy();
  }
  const [stranger] = strangers;
  if (stranger !== undefined) throw new Refused(`The backup holds ${stranger}, which belongs to no backup.`);
  const manifest = await readManifest(into);
  await compareParts(into, manifest);
  return manifest;
}

/** Passes chunks on and tells how much of a total they are so far. */
function counting(total: number, onShare: OnShare) {
  return async function* (chunks: AsyncIterable<Buffer>) {
    let passed = 0;
    for await (const chunk of chunks) {
      passed += chunk.length;
      onShare(Math.min(1, passed / Math.max(1, total)));
      yield chunk;
    }
  };
}

/** Node's types and those of the browser name the same streams differently. */
function asWebStream(stream: Readable): ReadableStream<Uint8Array> {
  const web: unknown = Readable.toWeb(stream);
  return web as ReadableStream<Uint8Array>;
}

function asNodeStream(stream: ReadableStream<Uint8Array>): Readable {
  return Readable.from(stream);
}

function asRefusal(error: unknown): unknown {
  if (error instanceof Refused) return error;
  const { message, code } = error as { message?: unknown; code?: unknown };
  if (typeof code === "string" && /^E[A-Z]+$/.test(code)) return error; // the disk's, not the file's
  if (String(message).includes("no identity matched"))
    return new Refused("The passphrase does not open this backup. Nothing was changed.");
  return new Refused(
    `This file is not a backup, or it is damaged or cut off (${String(message)}). Nothing was changed.`,
  );
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => "{}");
  const manifest = JSON.parse(text) as Partial<Manifest>;
  if (manifest.format !== FORMAT || manifest.version === undefined)
    throw new Refused("This file opens, but it is not a backup of 豆豆成长.");
  if (manifest.version > VERSION)
    throw new Refused("This backup was made by a newer version of 豆豆成长. Install that one to restore it.");
  return manifest as Manifest;
}

async function compareParts(folder: string, { parts }: Manifest): Promise<void> {
  const found = new Map((await partsIn(folder)).map((part) => [part.path, part]));
  for (const { path, size, sha256 } of parts) {
    const part = found.get(path);
    if (part?.size !== size || part.sha256 !== sha256)
      throw new Refused(`${path} is not in the backup as its manifest says. Nothing was changed.`);
    found.delete(path);
  }
  for (const path of found.keys())
    throw new Refused(`The backup holds ${path}, which its manifest does not name.`);
}

/** Every file of a folder but the manifest, in the order of their paths. */
async function partsIn(folder: string): Promise<Part[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const parts: Part[] = [];
  for (const file of files.sort()) {
    const path = relative(folder, file).split(sep).join("/");
    if (path === MANIFEST) continue;
    const hash = createHash("sha256");
    await pipeline(createReadStream(file), hash);
    parts.push({ path, size: (await stat(file)).size, sha256: hash.digest("hex") });
  }
  return parts;
}

/** Every file below a folder is on the disk when this returns, and so are the folders. */
export async function flushEverything(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    await (entry.isFile() ? flush(path) : flushFolder(path));
  }
  await flushFolder(folder);
}

/** A renamed or new file is there after a power cut only once its folder is on the disk. Windows does so by itself. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform !== "win32") await flush(folder);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r+").catch(() => open(path, "r"));
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
