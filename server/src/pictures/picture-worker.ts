/**
 * Runs in a process of its own: turns one picture file at a time into two WebP files without anything but the pixels.
 * Whatever a hostile file does here, it does not do to the server. Reads no database and no name of a person.
 */
import sharp from "sharp";

/** One picture to make over: where it lies, and where the two sizes go. */
export interface PictureTask {
  readonly from: string;
  readonly large: string;
  readonly small: string;
}

export type PictureOutcome =
  | { readonly width: number; readonly height: number }
  | { readonly refusal: "picture-too-many-pixels" | "picture-unreadable" };

const LARGE = { side: 1600, quality: 80 } as const;
const SMALL = { side: 320, quality: 72 } as const;
/** Beyond what phones take by themselves; a picture of so many pixels is decoded in pieces. */
const MOST_PIXELS = 64_000_000;
const LONGEST_SIDE = 16_000;
const SECONDS = 15;

// Only these three kinds, only from files: libvips knows many more, and each is one more thing to break.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpegFile", "VipsForeignLoadPngFile", "VipsForeignLoadWebpFile"],
});
sharp.concurrency(1);
sharp.cache(false);

process.on("message", (task: PictureTask) => {
  void madeOver(task).then((outcome) => process.send?.(outcome));
});
process.on("disconnect", () => process.exit(0));

async function madeOver({ from, large, small }: PictureTask): Promise<PictureOutcome> {
  try {
    const { width, height } = await sharp(from, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE)
      return { refusal: "picture-too-many-pixels" };
    const made = await scaled(from, LARGE, large);
    await scaled(large, SMALL, small);
    return { width: made.width, height: made.height };
  } catch {
    return { refusal: "picture-unreadable" };
  }
}

/** Turned upright, in sRGB, and without any metadata: sharp keeps none unless told to. */
async function scaled(from: string, { side, quality }: { side: number; quality: number }, to: string) {
  return await sharp(from, { limitInputPixels: MOST_PIXELS, sequentialRead: true, failOn: "error" })
    .autoOrient()
    .resize(side, side, { fit: "inside", withoutEnlargement: true })
    .timeout({ seconds: SECONDS })
    .webp({ quality })
    .toFile(to);
}
