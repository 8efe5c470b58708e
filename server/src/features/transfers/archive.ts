/**
 * Reads an archive that lies on the disk by its list of names, file by file, and never more of it than was asked for. It
 * knows as much of ZIP as a transfer file needs: small texts may be packed, everything else lies in it as it is, so that
 * nothing can unpack to more than it says. Trusts no size, place or name that it has not held against the file itself.
 */
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { Problem } from "../../http/problem.ts";

const inflate = promisify(inflateRaw);

/** Signatures and lengths of the headers. @source APPNOTE 6.3.10, 4.3.7, 4.3.12 and 4.3.16 */
const LOCAL = { sign: 0x04034b50, length: 30 } as const;
const ENTRY = { sign: 0x02014b50, length: 46 } as const;
const END = { sign: 0x06054b50, length: 22 } as const;
const STORED = 0;
const DEFLATED = 8;
const LARGEST_LIST = 512 * 1024;

interface Entry {
  readonly method: number;
  /** In bytes, as it lies in the archive. */
  readonly size: number;
  readonly at: number;
}

export interface Archive {
  readonly names: readonly string[];
  /** A small file, unpacked. @throws Problem transfer-not-read where it is not there, or is larger */
  text(name: string, largest: number): Promise<Buffer>;
  /** A file that lies there as it is, piece by piece. @throws Problem transfer-not-read */
  piece(name: string): Promise<Readable>;
}

/**
 * @param size of the archive, in bytes
 * @throws Problem transfer-not-read for anything that is no archive of this kind
 */
export async function openArchive(path: string, size: number): Promise<Archive> {
  const entries = await reading(path, (file) => entriesOf(file, size));
  const entryOf = (name: string) => entries.get(name) ?? notRead();
  return {
    names: [...entries.keys()],
    async text(name, largest) {
      const entry = entryOf(name);
      if (entry.size > largest) return notRead();
      const packed = await reading(path, async (file) =>
        part(file, await startOf(file, entry, size), entry.size),
      );
      if (entry.method === STORED) return packed;
      try {
        return await inflate(packed, { maxOutputLength: largest });
      } catch {
        return notRead(); // it is broken, or unpacks to more than it may
      }
    },
    async piece(name) {
      const entry = entryOf(name);
      if (entry.method !== STORED || entry.size === 0) return notRead();
      const start = await reading(path, (file) => startOf(file, entry, size));
      return createReadStream(path, { start, end: start + entry.size - 1 });
    },
  };
}

async function entriesOf(file: FileHandle, size: number): Promise<Map<string, Entry>> {
  // Nothing is said after the end: an archive with a comment is not one of ours.
  const end = await part(file, size - END.length, END.length);
  const count = end.readUInt16LE(10);
  const [length, from] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  const isEnd = end.readUInt32LE(0) === END.sign && from + length === size - END.length;
  if (!isEnd || length > LARGEST_LIST) return notRead();
  const list = await part(file, from, length);
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + ENTRY.length > length || list.readUInt32LE(at) !== ENTRY.sign) return notRead();
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => list.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const name = list.toString("utf8", at + ENTRY.length, at + ENTRY.length + nameLength);
    const method = list.readUInt16LE(at + 10);
    const entry = { method, size: list.readUInt32LE(at + 20), at: list.readUInt32LE(at + 42) };
    if ((method !== STORED && method !== DEFLATED) || entries.has(name)) return notRead();
    entries.set(name, entry);
    at += ENTRY.length + nameLength + extra + comment;
  }
  return at === length ? entries : notRead();
}

/** Where the bytes of a file begin, which its own header tells. */
async function startOf(file: FileHandle, entry: Entry, size: number): Promise<number> {
  const head = await part(file, entry.at, LOCAL.length);
  if (head.readUInt32LE(0) !== LOCAL.sign) return notRead();
  const start = entry.at + LOCAL.length + head.readUInt16LE(26) + head.readUInt16LE(28);
  return start + entry.size <= size ? start : notRead();
}

async function part(file: FileHandle, from: number, length: number): Promise<Buffer> {
  if (from < 0) return notRead();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return bytesRead === length ? buffer : notRead();
}

async function reading<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

function notRead(): never {
  throw new Problem("transfer-not-read");
}
