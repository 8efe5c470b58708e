/** How large a picture is to be kept: no longer than allowed, in the same proportions, never larger than it was. Pure. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** @param longest of the longer side, in pixels @returns whole pixels, at least one each way */
export function fittedSize({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  const fitted = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: fitted(width), height: fitted(height) };
}
