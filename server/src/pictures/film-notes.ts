/**
 * Films and sounds in MP4 carry notes of the phone that made them, such as where it stood. They are blanked in place:
 * their boxes become free space of the same size, so that nothing else in the file moves. Knows no other kind of file.
 */
import { type FileHandle, open } from "node:fs/promises";

/** Boxes that hold nothing but notes, wherever among the index they stand. */
const NOTES = new Set(["udta", "meta", "uuid"]);
/** Boxes to look into for notes. */
const FOLDERS = new Set(["moov", "trak"]);
const MOST_BOXES = 20_000;
const BLANK = Buffer.alloc(64 * 1024);

/**
 * @param path of a whole MP4 or M4A file of ours, which is changed
 * @param size in bytes
 */
export async function blankNotes(path: string, size: number): Promise<void> {
  const file = await open(path, "r+");
  try {
    await blankWithin(file, 0, size, { left: MOST_BOXES });
  } finally {
    await file.close();
  }
}

async function blankWithin(
  file: FileHandle,
  from: number,
  end: number,
  budget: { left: number },
): Promise<void> {
  for (let at = from; at + 8 <= end && budget.left > 0; budget.left -= 1) {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, at);
    const short = buffer.readUInt32BE();
    const name = buffer.toString("latin1", 4, 8);
    const head = short === 1 ? 16 : 8;
    const length = short === 0 ? end - at : short === 1 ? Number(buffer.readBigUInt64BE(8)) : short;
    if (length < head || at + length > end) return;
    if (NOTES.has(name)) await blank(file, at, head, length);
    else if (FOLDERS.has(name)) await blankWithin(file, at + head, at + length, budget);
    at += length;
  }
}

async function blank(file: FileHandle, at: number, head: number, length: number): Promise<void> {
  await file.write(Buffer.from("free", "latin1"), 0, 4, at + 4);
  for (let done = head; done < length; done += BLANK.length)
    await file.write(BLANK, 0, Math.min(BLANK.length, length - done), at + done);
}
