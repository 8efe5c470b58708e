/** What every paper of a school may carry. */
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import type { PictureFiles } from "../pictures/picture-files.ts";

export interface SchoolPaper {
  /** The school's, WebP as it is kept; undefined where it has none. */
  readonly logo?: Uint8Array | undefined;
}

/** The large logo. @returns undefined where the school has none, or its file is gone */
export async function logoOnPaper(
  pictures: PictureFiles,
  { schoolId, logo }: SchoolFrame,
): Promise<Uint8Array | undefined> {
  return logo === null ? undefined : await pictures.read(schoolId, logo.largeSha256);
}
