/**
 * What a file is that came for a work or an honour, by its bytes: never by its name. Of what the sender says only this is
 * believed: whether a container that may hold either is a sound or a film, and what too few bytes were to become. Runs nothing of it and unpacks nothing.
 */
import { open } from "node:fs/promises";
import type { FileKind } from "@doudou/shared/domain/works.ts";
import type { Ending } from "./picture-files.ts";

export interface KnownFile {
  readonly kind: Exclude<FileKind, "picture">;
  readonly ending: Ending;
}

/** A file that ends before it should, or begins as something it is not. */
export type FileObstacle = "unknown" | "broken";

const KINDS: Readonly<Record<string, KnownFile>> = {
  "application/pdf": { kind: "pdf", ending: "pdf" },
  "audio/mpeg": { kind: "audio", ending: "mp3" },
  "audio/x-m4a": { kind: "audio", ending: "m4a" },
  "audio/mp4": { kind: "audio", ending: "m4a" },
  "audio/ogg": { kind: "audio", ending: "ogg" },
  "audio/ogg; codecs=opus": { kind: "audio", ending: "ogg" },
  "audio/wav": { kind: "audio", ending: "wav" },
  "video/webm": { kind: "video", ending: "webm" },
  "video/mp4": { kind: "video", ending: "mp4" },
};

/** How each is served. */
const TYPES: Readonly<Record<Ending, string>> = {
  pdf: "application/pdf",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  ogg: "audio/ogg",
  wav: "audio/wav",
  webm: "video/webm",
  mp4: "video/mp4",
};

const PATIENCE_MS = 5_000;
/** In bytes; what is shorter tells nothing of itself. */
const SHORTEST = 16;

/**
 * @param said the sender's media type
 */
export async function kindOfFile(
  path: string,
  size: number,
  said: string,
): Promise<KnownFile | FileObstacle> {
  let found: { readonly mime: string } | undefined;
  const { fileTypeFromFile } = await import("file-type");
  try {
    found = await fileTypeFromFile(path, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return "broken"; // its first bytes promise more than there is
  }
  const known = KINDS[found?.mime ?? ""];
  if (!known) return size < SHORTEST && isTaken(said) ? "broken" : "unknown";
  if (!(await isWhole(path, size, known.ending))) return "broken";
  return known.kind === "video" && said.startsWith("audio/") ? { ...known, kind: "audio" } : known;
}

function isTaken(said: string): boolean {
  return said in KINDS || said.startsWith("image/");
}

/** How a file with a name is served, by its ending. */
export function mediaTypeOf(name: string): string {
  const ending = Object.keys(TYPES).find((each) => name.endsWith(`.${each}`)) as Ending | undefined;
  return ending === undefined ? "application/octet-stream" : TYPES[ending];
}

/** Whether the file goes on to its own end, for the kinds that say where that is. */
async function isWhole(path: string, size: number, ending: Ending): Promise<boolean> {
  if (ending !== "pdf" && ending !== "mp4" && ending !== "m4a" && ending !== "wav") return true;
  const file = await open(path);
  try {
    const read = async (from: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    if (ending === "pdf") {
      const tail = await read(Math.max(0, size - 2048), 2048);
      return tail.includes("%%EOF");
    }
    if (ending === "wav") return (await read(4, 4)).readUInt32LE() <= size - 8;
    return await hasWholeBoxes(read, size);
  } finally {
    await file.close();
  }
}

const MOST_BOXES = 10_000;

/** ISO base media: boxes one after the other, of which one tells what is in the others. */
async function hasWholeBoxes(
  read: (from: number, length: number) => Promise<Buffer>,
  size: number,
): Promise<boolean> {
  let hasIndex = false;
  let at = 0;
  for (let count = 0; at < size && count < MOST_BOXES; count += 1) {
    const head = await read(at, 16);
    if (head.length < 8) return false;
    const name = head.toString("latin1", 4, 8);
    hasIndex ||= name === "moov";
    const short = head.readUInt32BE();
    if (short === 0) return hasIndex; // to the end of the file
    if (short === 1 && head.length < 16) return false;
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8) return false;
    at += length;
  }
  return hasIndex && at === size;
}
