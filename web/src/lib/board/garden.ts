/**
 * How a class grows on its board. All plants grow together with what the class has gathered this week; a plant's own
 * flowers say in which dimensions its child was noticed, once each. So no plant can run ahead of another by counting,
 * and none ever withers. Pure. See docs/adr/0010-class-board.md.
 */
import { callName } from "@doudou/shared/domain/child-name.ts";
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import type { BranchGrowth } from "#lib/beans/plant-geometry.ts";

/** From one pair of leaves on Monday to a full bush: few steps, the same for all. */
const STEPS: readonly Pick<BranchGrowth, "stage" | "progress">[] = [
  { stage: "sprout", progress: 0.3 },
  { stage: "sprout", progress: 1 },
  { stage: "leaf", progress: 0.3 },
  { stage: "leaf", progress: 1 },
];
const FLOWER = { stage: "bloom", progress: 0.7 } as const;

/** @param share what the class has gathered, 0–1 */
export function gardenGrowth(noticed: readonly Dimension[], share: number): BranchGrowth[] {
  const step = STEPS[Math.min(STEPS.length - 1, Math.floor(share * STEPS.length))] ?? FLOWER;
  return DIMENSIONS.map((dimension) => ({ dimension, ...(noticed.includes(dimension) ? FLOWER : step) }));
}

export interface GardenShape {
  readonly columns: number;
  /** Height of a plant with its name, px. */
  readonly row: number;
}

/** How many Chinese characters a line holds; a longer name is in two. */
const LINE = 5;
/** Of a Chinese character's width, on the safe side. */
const LETTER = 0.65;
/** Of the place's height: a character of a name, in a garden of short names and in one where some are in two lines. */
const IN_ONE_LINE = 0.175;
const IN_TWO_LINES = 0.165;
/** Of the place's width, at most: names do not touch. */
const FILLED = 0.97;
/** Larger than this a name says no more, and its plant has the room. In px. */
const LARGEST = 64;

/** Whether a name is in two lines: one such name, and every place of the garden keeps room for them. */
export function isLongName(name: string): boolean {
  return nameLines(name).length > 1;
}

/** A name in one line or in two. Breaks after what the child is called by, where a name has parts; else in the middle. */
export function nameLines(name: string): readonly string[] {
  if (widthOf(name) <= LINE) return [name];
  const called = callName(name);
  const rest = name.slice(called.length).replace(/^[·•・\s]+/u, "");
  if (name.startsWith(called) && rest !== "") return [called, rest];
  const characters = Array.from(name);
  const middle = Math.ceil(characters.length / 2);
  return [characters.slice(0, middle).join(""), characters.slice(middle).join("")];
}

/**
 * How large a name is written, px: as the others, or a little smaller where a line of it would not fit.
 * @param place its width and height, px
 */
export function nameSize(
  name: string,
  place: { readonly width: number; readonly height: number },
  hasLongNames: boolean,
): number {
  const usual = Math.min(LARGEST, place.height * (hasLongNames ? IN_TWO_LINES : IN_ONE_LINE));
  const line = Math.max(1, ...nameLines(name).map(widthOf));
  return Math.min(usual, (place.width * FILLED) / line);
}

function widthOf(name: string): number {
  return Array.from(name).reduce(
    (sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 1 : LETTER),
    0,
  );
}

/** Width of a plant's place to its height: a name of four characters needs it. */
const PLACE = 0.92;

/** As large as they can be without scrolling. */
export function gardenShape(plants: number, width: number, height: number): GardenShape {
  let best: GardenShape = { columns: 1, row: 0 };
  for (let columns = 1; columns <= Math.max(1, plants); columns += 1) {
    const rows = Math.max(1, Math.ceil(plants / columns));
    const row = Math.min(height / rows, width / columns / PLACE);
    if (row > best.row) best = { columns, row: Math.floor(row) };
  }
  return best;
}
