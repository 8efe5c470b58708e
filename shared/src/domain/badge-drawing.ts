/**
 * How a badge is drawn: one outline a shape, in a box of 64, and as many stars beneath as it has levels. Pure geometry;
 * colours are the page's or the paper's. The web app and the certificate draw the same.
 */
import type { BadgeShape } from "./badge-words.ts";

/** The side of the box a badge is drawn in. */
export const BADGE_BOX = 64;

/** Closed SVG paths; every shape has room for a bean of 24 in its middle. */
export const BADGE_OUTLINES: Readonly<Record<BadgeShape, string>> = {
  sun: petals(12, 29, 23.5),
  flower: petals(6, 31, 19),
  star: petals(5, 31.5, 18.5),
  leaf: "M32 3C47 12 57 22 57 36 57 50 46 59 32 61 18 59 7 50 7 36 7 22 17 12 32 3Z",
  shield: "M32 3C40 8 49 10 58 10 59 32 54 50 32 61 10 50 5 32 6 10 15 10 24 8 32 3Z",
  drop: "M32 2C38 13 56 24 56 40 56 53 45 62 32 62 19 62 8 53 8 40 8 24 26 13 32 2Z",
};

/** A wreath of round petals, the first one at the top. */
function petals(count: number, tip: number, dent: number): string {
  const at = (radius: number, turn: number) => {
    const angle = turn * 2 * Math.PI - Math.PI / 2;
    return `${round(32 + radius * Math.cos(angle))} ${round(32 + radius * Math.sin(angle))}`;
  };
  const half = 1 / (2 * count);
  let path = `M${at(dent, -half)}`;
  for (let petal = 0; petal < count; petal += 1) {
    const turn = petal / count;
    path += `C${at(tip * 1.04, turn - half * 0.8)} ${at(tip * 1.04, turn + half * 0.8)} ${at(dent, turn + half)}`;
  }
  return `${path}Z`;
}

/** Where the star of a level stands. @param level from 1 of `levels` */
export function starPlace(level: number, levels: number): { readonly x: number; readonly y: number } {
  const from = 32 - ((levels - 1) * STAR_GAP) / 2;
  return { x: round(from + (level - 1) * STAR_GAP), y: 46 };
}
const STAR_GAP = 9;

/** A small five-pointed star around a place. */
export function starPath({ x, y }: { readonly x: number; readonly y: number }): string {
  const corners = Array.from({ length: 10 }, (_, corner) => {
    const radius = corner % 2 === 0 ? 4 : 1.8;
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    return `${round(x + radius * Math.cos(angle))} ${round(y + radius * Math.sin(angle))}`;
  });
  return `M${corners.join("L")}Z`;
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}
