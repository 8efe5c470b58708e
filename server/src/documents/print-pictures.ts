/**
 * Pictures made small enough for paper, so that a book of them can be sent by mail. Takes only pictures as the product
 * keeps them, which it has made itself; never the file of a stranger.
 */

/** From good print to what is still a picture: the first at which all of them together are small enough. */
const SIZES = [
  { side: 1400, quality: 82 },
  { side: 1100, quality: 74 },
  { side: 800, quality: 66 },
  { side: 560, quality: 56 },
] as const;

/**
 * @param kept WebP by name; one that cannot be read is left out
 * @param most bytes, of all together
 * @returns JPEG by the same names
 */
export async function forPrint(
  kept: ReadonlyMap<string, Uint8Array>,
  most: number,
): Promise<Map<string, Uint8Array>> {
  let made = new Map<string, Uint8Array>();
  for (const size of SIZES) {
    made = new Map();
    let bytes = 0;
    for (const [name, picture] of kept) {
      const jpeg = await scaled(picture, size);
      if (jpeg === undefined) continue;
      made.set(name, jpeg);
      bytes += jpeg.length;
      if (bytes > most) break;
    }
    if (bytes <= most) break;
  }
  return made;
}

async function scaled(
  picture: Uint8Array,
  { side, quality }: (typeof SIZES)[number],
): Promise<Uint8Array | undefined> {
  const { default: sharp } = await import("sharp");
  try {
    return await sharp(picture, { failOn: "error" })
      .resize(side, side, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality })
      .toBuffer();
  } catch {
    // A damaged file: its place in the book says that the picture is no longer there.
    return undefined;
  }
}
