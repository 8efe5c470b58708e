/** Paints in the colours that a school gives the dimensions: by name, what they look like is for tokens.css. */
import type { PaletteColour } from "@doudou/shared/domain/palette.ts";
import type { PerDimension } from "@doudou/shared/domain/words.ts";

const PARTS = ["text", "fill", "tint"] as const;

/** @param on whatever is within it; left out, the whole page */
export function paintDimensions(
  colours: PerDimension<PaletteColour>,
  on: HTMLElement = document.documentElement,
): void {
  for (const [dimension, colour] of Object.entries(colours))
    for (const part of PARTS) on.style.setProperty(`--${dimension}-${part}`, `var(--${colour}-${part})`);
}
