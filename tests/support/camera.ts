/**
 * A camera for the browser to look through: shows what the test puts before it, as a hand would hold it: a little turned
 * and tilted, on a desk, with noise.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import encodeQR from "qr";

const WIDTH = 640;
const HEIGHT = 480;
const QUIET = 4;
const CARD_PX = 300;
/** The farther, the flatter the card is held. */
const TILT_PX = 1400;

export interface Camera {
  /** For the browser to start with. */
  readonly args: readonly string[];
  /** What the camera sees from the next time it is opened. */
  show(text: string): Promise<void>;
  close(): Promise<void>;
}

export async function createCamera(): Promise<Camera> {
  const folder = await mkdtemp(join(tmpdir(), "doudou-camera-"));
  const file = join(folder, "seen.y4m");
  const show = (text: string) => writeFile(file, videoOf(pictureOf(text)));
  await show("nothing yet");
  return {
    args: ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${file}`],
    show,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Grey values of a desk with a card on it. */
export function pictureOf(text: string): {
  readonly width: number;
  readonly height: number;
  data: Uint8Array;
} {
  const modules = encodeQR(text, "raw", { ecc: "high", border: QUIET });
  const size = modules.length;
  const data = new Uint8Array(WIDTH * HEIGHT);
  let noise = 7;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      noise = (noise * 1_103_515_245 + 12_345) % 2 ** 31;
      const [u, v] = onCard(x - WIDTH / 2, y - HEIGHT / 2);
      const isOnCard = u >= 0 && u < 1 && v >= 0 && v < 1;
      const isDark = isOnCard && modules[Math.floor(v * size)]?.[Math.floor(u * size)];
      const grey = isOnCard ? (isDark ? 52 : 208) : 120;
      data[y * WIDTH + x] = grey + (noise % 24) - 12;
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

/** Where a point of the picture, seen from its middle, lies on the card: turned by 12°, its far edge smaller. */
function onCard(x: number, y: number): [number, number] {
  const turn = (12 * Math.PI) / 180;
  const [rx, ry] = [x * Math.cos(turn) + y * Math.sin(turn), y * Math.cos(turn) - x * Math.sin(turn)];
  const near = CARD_PX * (1 + ry / TILT_PX);
  return [rx / near + 0.5, ry / near + 0.5];
}

/** One frame of uncompressed video; the browser plays it again and again. */
function videoOf({ width, height, data }: ReturnType<typeof pictureOf>): Uint8Array {
  const colourless = new Uint8Array((width / 2) * (height / 2) * 2).fill(128);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), data, colourless]);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    frame,
    frame,
  ]);
}
