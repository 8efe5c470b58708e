/**
 * What the next award carries beyond its beans: a note and photos, gathered before the tile is tapped, or in the opened
 * point. Lives as long as the page; nothing of it leaves the device before it is given.
 */
import type { PictureObstacle } from "#lib/evidence/prepare-picture.ts";
import { m } from "#lib/paraglide/messages.js";

export interface TakenPicture {
  readonly key: number;
  readonly blob: Blob;
}

export const MOST_PICTURES = 3;
export const LONGEST_NOTE = 500;

/** Reactive to the language. */
export const OBSTACLE_SENTENCES: Readonly<Record<PictureObstacle, () => string>> = {
  heic: m.picture_heic,
  "no-picture": m.picture_none,
  unreadable: m.picture_unreadable,
};

let note = $state("");
let isNoting = $state(false);
let pictures = $state.raw<readonly TakenPicture[]>([]);
let preparing = $state(0);
let obstacles = $state.raw<readonly PictureObstacle[]>([]);
let keys = 0;
/** Counts what has been given, or let go of. */
let turn = 0;

export const nextAward = {
  get note(): string {
    return note;
  },
  set note(text: string) {
    note = text;
  },
  /** The field for the note is open. */
  get isNoting(): boolean {
    return isNoting;
  },
  set isNoting(is: boolean) {
    isNoting = is;
    if (!is) note = "";
  },
  get pictures(): readonly TakenPicture[] {
    return pictures;
  },
  /** Photos are still being made ready. */
  get isPreparing(): boolean {
    return preparing > 0;
  },
  /** Why files of the last choice could not be taken. */
  get obstacles(): readonly PictureObstacle[] {
    return obstacles;
  },
  get isPlain(): boolean {
    return !isNoting && pictures.length === 0 && preparing === 0 && obstacles.length === 0;
  },

  /** Makes files ready, as many as there is room for. What is ready too late for this award goes into no other. */
  async addPictures(files: readonly File[]): Promise<void> {
    obstacles = [];
    const own = turn;
    const taken = files.slice(0, MOST_PICTURES - pictures.length - preparing);
    preparing += taken.length;
    let left = taken.length;
    try {
      const { PictureError, preparePicture } = await import("#lib/evidence/prepare-picture.ts");
      for (const file of taken) {
        try {
          const blob = await preparePicture(file);
          if (turn === own) pictures = [...pictures, { key: (keys += 1), blob }];
        } catch (failure) {
          if (!(failure instanceof PictureError)) throw failure;
          if (turn === own) obstacles = [...obstacles, failure.obstacle];
        }
        preparing -= 1;
        left -= 1;
      }
    } finally {
      preparing -= left;
    }
  },

  removePicture(picture: TakenPicture): void {
    pictures = pictures.filter((other) => other !== picture);
  },

  forgetObstacles(): void {
    obstacles = [];
  },

  /** It has been given. @param picturesStay where none of the children could have them */
  given({ picturesStay = false } = {}): void {
    turn += 1;
    note = "";
    isNoting = false;
    obstacles = [];
    if (!picturesStay) pictures = [];
  },
};
