/**
 * A PDF as it comes out of a printer: its pages drawn to pixels, and kept beside the test results for whoever wants to
 * look. Knows nothing of what a page should say.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createCanvas } from "@napi-rs/canvas";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** Dots per inch that pages are drawn at. */
const DPI = 100;
const POINTS_PER_INCH = 72;
const MM_PER_INCH = 25.4;
const FOLDER = resolve(import.meta.dirname, "../test-results");
/** How far a channel may be from a colour and still be it: edges are drawn softly, faces are not. */
const NEAR = 2;

/** Whole pixels for a length on paper. */
export const pixelsOf = (mm: number): number => Math.round((mm / MM_PER_INCH) * DPI);

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class DrawnPage {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, row by row: red, green, blue, and how opaque. */
  readonly pixels: Uint8ClampedArray;
  /** What stands on the page in letters: where its line begins, in pixels from the top left, how high it is and how wide. */
  readonly texts: readonly {
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly width: number;
  }[];

  constructor(page: Pick<DrawnPage, "width" | "height" | "pixels" | "texts">) {
    this.width = page.width;
    this.height = page.height;
    this.pixels = page.pixels;
    this.texts = page.texts;
  }

  /** How many pixels are of a colour. @param colour as `#d9534a` */
  countOf(colour: string): number {
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    return this.#count({ left: 0, top: 0, right: this.width, bottom: this.height }, (at) =>
      wanted.every((channel, nth) => Math.abs(this.#channel(at + nth) - channel) <= NEAR),
    );
  }

  /** The smallest box around all that is not white; undefined on a blank page. */
  inkBox(): Box | undefined {
    let [left, top, right, bottom] = [this.width, this.height, -1, -1];
    for (let y = 0; y < this.height; y++)
      for (let x = 0; x < this.width; x++) {
        if (this.#lightAt(x, y) > 250) continue;
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      }
    return right < 0 ? undefined : { left, top, right, bottom };
  }

  /**
   * The characters of a text as they are drawn, each a square of dark (true) and light; for Chinese, whose characters are
   * all as wide as they are high.
   */
  characters(text: string): boolean[][] {
    const found = this.texts.find((each) => each.text.startsWith(text));
    if (!found) throw new Error(`${text} does not stand on the page`);
    const { x, y, size } = found;
    const square = Math.round(size);
    return Array.from(text, (_, nth) => {
      const [left, top] = [Math.round(x + nth * size), Math.round(y - size * 0.88)];
      return Array.from(
        { length: square * square },
        (_unused, at) => this.#lightAt(left + (at % square), top + Math.floor(at / square)) < 160,
      );
    });
  }

  /** A part of the page, red, green and blue. */
  cut({ left, top, right, bottom }: Box): { width: number; height: number; data: Uint8Array } {
    const [width, height] = [right - left, bottom - top];
    const colours = new Uint8Array(width * height * 3);
    for (let at = 0; at < width * height; at++) {
      const from = ((top + Math.floor(at / width)) * this.width + left + (at % width)) * 4;
      colours.set(this.pixels.subarray(from, from + 3), at * 3);
    }
    return { width, height, data: colours };
  }

  #count({ left, top, right, bottom }: Box, is: (at: number) => boolean): number {
    let count = 0;
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) if (is((y * this.width + x) * 4)) count += 1;
    return count;
  }

  /** From 0, black, to 255, white. */
  #lightAt(x: number, y: number): number {
    const at = (y * this.width + x) * 4;
    return (this.#channel(at) + this.#channel(at + 1) + this.#channel(at + 2)) / 3;
  }

  #channel(at: number): number {
    return this.pixels[at] ?? 255;
  }
}

/** Draws the pages of a PDF, all or the first few, and keeps them as `name-1.png` and so on. */
export async function drawPages(pdf: Uint8Array, name: string, most = Infinity): Promise<DrawnPage[]> {
  const task = getDocument({ data: pdf.slice(), disableFontFace: true, useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  await mkdir(FOLDER, { recursive: true });
  const pages: DrawnPage[] = [];
  for (let number = 1; number <= Math.min(document.numPages, most); number++) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: DPI / POINTS_PER_INCH });
    const [width, height] = [Math.round(viewport.width), Math.round(viewport.height)];
    const canvas = createCanvas(width, height);
    await page.render({ canvas: canvas as never, viewport }).promise; // its types know the browser's canvas only
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) => {
      if (!("str" in item)) return [];
      const [x = 0, y = 0] = viewport.convertToViewportPoint(
        item.transform[4],
        item.transform[5],
      ) as number[];
      return [
        { text: item.str, x, y, size: item.height * viewport.scale, width: item.width * viewport.scale },
      ];
    });
    const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    pages.push(new DrawnPage({ width, height, pixels, texts }));
    await writeFile(join(FOLDER, `${name}-${number}.png`), await canvas.encode("png"));
  }
  await task.destroy();
  return pages;
}
