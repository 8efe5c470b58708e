/** What every paper of a school may carry. */
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { PALETTE, type PaletteColour } from "@doudou/shared/domain/palette.ts";
import { DIMENSIONS, type PerDimension } from "@doudou/shared/domain/words.ts";
import type { PictureFiles } from "../pictures/picture-files.ts";

export interface SchoolPaper {
  /** The school's, WebP as it is kept; undefined where it has none. */
  readonly logo?: Uint8Array | undefined;
  /** Which colour each dimension has; left out: its own. */
  readonly colours?: PerDimension<PaletteColour> | undefined;
}

/** The large logo. @returns undefined where the school has none, or its file is gone */
export async function logoOnPaper(
  pictures: PictureFiles,
  { schoolId, logo }: SchoolFrame,
): Promise<Uint8Array | undefined> {
  return logo === null ? undefined : await pictures.read(schoolId, logo.largeSha256);
}

/** Of each dimension in its order, the place of its colour in the palette: what `typst/theme.typ` reads. */
export function placesInPalette({ colours }: Pick<SchoolPaper, "colours">): number[] {
  return DIMENSIONS.map((dimension, own) => (colours ? PALETTE.indexOf(colours[dimension]) : own));
}
