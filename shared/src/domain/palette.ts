/**
 * Which of the product's five colours stands for which dimension. Each dimension has one of its own; a school may deal them
 * out otherwise, every one of them once. What a colour looks like is the web app's tokens and the papers' theme.
 */
import { type Dimension, DIMENSIONS, type PerDimension, perDimension } from "./words.ts";

/** In the order of the dimensions whose own they are. */
export const PALETTE = ["red", "gold", "green", "violet", "brown"] as const;
export type PaletteColour = (typeof PALETTE)[number];

/** The colour a dimension has where its school says nothing. */
export function ownColour(dimension: Dimension): PaletteColour {
  return PALETTE[DIMENSIONS.indexOf(dimension)] ?? PALETTE[0];
}

/** Which colour each dimension has. @param chosen what the school says of a dimension, if anything */
export function dealtColours(
  chosen: (dimension: Dimension) => PaletteColour | undefined,
): PerDimension<PaletteColour> {
  return perDimension((dimension) => chosen(dimension) ?? ownColour(dimension));
}

/**
 * The colours with one of them given to a dimension; who had it takes what that one leaves, so that each is still there once.
 */
export function withColour(
  colours: PerDimension<PaletteColour>,
  to: Dimension,
  colour: PaletteColour,
): PerDimension<PaletteColour> {
  const left = colours[to];
  return perDimension((dimension) => {
    if (dimension === to) return colour;
    return colours[dimension] === colour ? left : colours[dimension];
  });
}
