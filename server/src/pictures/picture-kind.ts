/** What kind of picture a file is, by its first bytes: never by its name, nor by what the sender says. */

export type PictureKind = "jpeg" | "png" | "webp" | "heic" | "broken" | "other";

/** So many bytes at the beginning tell. */
export const TELLING_BYTES = 16;

/** Brands of the ISO base media format that phones write photos in. */
const HEIC_BRANDS = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"];

/** @param head the first TELLING_BYTES; fewer are no picture of any kind */
export function pictureKindOf(head: Buffer): PictureKind {
  if (head.length < TELLING_BYTES) return "broken";
  if (head.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))) return "jpeg";
  if (head.subarray(0, 8).equals(Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))) return "png";
  const text = head.toString("latin1");
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.slice(4, 8) === "ftyp" && HEIC_BRANDS.includes(text.slice(8, 12))) return "heic";
  return "other";
}
