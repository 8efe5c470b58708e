/**
 * The five beans as outlines, one silhouette a dimension, so that none is told by its colour alone.
 * Pure geometry in a 64 × 64 box with the bean in the middle; colours belong to the component.
 */
import type { Dimension } from "@doudou/shared/domain/words.ts";

/** The side of the box every bean is drawn in. */
export const BEAN_BOX = 64;

export interface BeanShape {
  /** Closed path of the silhouette. */
  readonly outline: string;
  /** The light spot where the bean hung in its pod; closed path. */
  readonly eye: string;
  /** Lines on the skin, drawn in the outline's colour. */
  readonly lines: readonly string[];
  /** Dots on the skin: x, y, radius. */
  readonly speckles: readonly (readonly [x: number, y: number, radius: number])[];
  /** Where light falls; open path. */
  readonly shine: string;
}

export const BEAN_SHAPES: Readonly<Record<Dimension, BeanShape>> = {
  // Adzuki: small and round, a long white eye on its side.
  moral: {
    outline: "M32 11C44 11 53 19.5 53 32 53 44.5 44 53 32 53 20 53 11 44.5 11 32 11 19.5 20 11 32 11Z",
    eye: "M18 22.500C20.8 21.5 22.3 26 22.3 32 22.3 38 20.8 42.5 18 41.5 15.8 40.7 15 36.5 15 32 15 27.5 15.8 23.3 18 22.500Z",
    lines: [],
    speckles: [],
    shine: "M33 17.500C40 17.8 45.5 22 47 28",
  },
  // Soy: a plump egg lying down, a short dark scar.
  academic: {
    outline:
      "M3.5 36C3 23.5 16 15.5 32 14 48.5 12.5 60.5 21 60.5 32.5 60.5 45 47.5 51.5 31 51.5 16 51.5 4 47.5 3.5 36Z",
    eye: "M25.5 42C29 40.3 36 40.3 39.5 42 38.5 45.5 26.5 45.5 25.5 42Z",
    lines: ["M27.5 42.700H37.5"],
    speckles: [],
    shine: "M15 25.500C21 20.8 29 19 37 19.2",
  },
  // Mung: a short cylinder standing a little askew, with a bright eye.
  physical: {
    outline:
      "M20.5 8.500C29.5 3.8 40 6.5 45 15L53.5 36C57.5 46 53.5 53.5 44.5 57 35.5 60.5 25.5 57.5 21 49L11 28.500C7 20 12 13 20.5 8.500Z",
    eye: "M15.5 25.500C18.5 24 21 27 22.8 31 24.6 35 24.8 38.8 21.8 40.200Z",
    lines: [],
    speckles: [],
    shine: "M35 13.500C39.5 15.5 42 20.5 45.5 30",
  },
  // Runner bean: a kidney with speckles.
  arts: {
    outline:
      "M4.5 30.5C5 17 17.5 8 33 9.5 49 11 60 22 59.5 36.5 59 49 50.5 56.5 42 54 36 52.2 36.5 45.5 30.5 44 24.5 42.5 22.5 47.5 16.5 47 8.5 46.3 4 39.5 4.5 30.5Z",
    eye: "M25.5 39.3C28.5 37.6 34 38.6 36.8 41.3 34.5 42.9 28 41.6 25.5 39.3Z",
    lines: [],
    speckles: [
      [15, 22.5, 2.8],
      [24.5, 17, 2.2],
      [42.5, 18.5, 3],
      [51, 29, 2.4],
      [12.5, 34, 2.4],
      [49, 43, 3],
      [35, 26.5, 2.4],
      [23.5, 29, 2],
      [18.5, 41, 1.8],
    ],
    shine: "M14 17.5C19 13.8 26 12.8 32.5 13.8",
  },
  // Black bean: a slim oval with one long seam.
  labour: {
    outline:
      "M49.5 7.500C58.5 14 55.5 30 45.5 42 35.5 54 21.5 61 13.5 55.5 5.5 50 8.5 34 18.5 21.5 28.5 9 41.5 1.7 49.5 7.500Z",
    eye: "",
    lines: ["M45.5 14.500C36 20.5 24.5 34 18 49"],
    speckles: [],
    shine: "M21 25.500C26.5 18.5 33 13.5 39 11.5",
  },
};

/** Stroke width inside the box that looks alike at every size. @param size side of the drawn bean, px */
export function outlineWidth(size: number): number {
  return Math.max(2, Math.min(6, (BEAN_BOX * 1.5) / size));
}
