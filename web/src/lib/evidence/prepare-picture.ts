/**
 * Makes a photo fit to be kept and sent: drawn anew on this device, upright and no larger than needed. What the camera
 * wrote beside it, such as where it was taken, never leaves the tablet.
 */
import { fittedSize } from "./fitted-size.ts";

/** Somewhat above what the server keeps, so that nobody sees that it was made smaller twice. */
const LONGEST_SIDE = 2048;
const QUALITY = 0.85;

/** Why a file cannot be taken as a photo: what an iPhone writes and other devices cannot open, no picture, or a broken one. */
export type PictureObstacle = "heic" | "no-picture" | "unreadable";

export class PictureError extends Error {
  readonly obstacle: PictureObstacle;

  constructor(obstacle: PictureObstacle) {
    super(obstacle);
    this.name = "PictureError";
    this.obstacle = obstacle;
  }
}

/** @returns a JPEG @throws PictureError */
export async function preparePicture(file: File): Promise<Blob> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new PictureError(await obstacleOf(file));
  }
  const canvas = document.createElement("canvas");
  const size = fittedSize(picture, LONGEST_SIDE);
  canvas.width = size.width;
  canvas.height = size.height;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new PictureError("unreadable");
  pen.fillStyle = "white"; // behind what is see-through
  pen.fillRect(0, 0, size.width, size.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, size.width, size.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (blob === null) throw new PictureError("unreadable");
  return blob;
}

const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "mif1", "msf1"]);

async function obstacleOf(file: File): Promise<PictureObstacle> {
  const head = new TextDecoder("latin1").decode(await file.slice(0, 12).arrayBuffer());
  if (head.slice(4, 8) === "ftyp" && HEIC_BRANDS.has(head.slice(8, 12))) return "heic";
  const isSaidToBe = file.type.startsWith("image/") && file.type !== "image/svg+xml";
  return isSaidToBe ? "unreadable" : "no-picture";
}
