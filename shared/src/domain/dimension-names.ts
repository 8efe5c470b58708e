/**
 * What the five dimensions are called where a school has given them no names of its own: the one table that pages, papers
 * and a new school's scheme take them from.
 */
import type { Bilingual, PerDimension } from "./words.ts";

export const DIMENSION_NAMES: PerDimension<Bilingual> = {
  moral: { zh: "德育", en: "Moral" },
  academic: { zh: "智育", en: "Academic" },
  physical: { zh: "体育", en: "Physical" },
  arts: { zh: "美育", en: "Arts" },
  labour: { zh: "劳育", en: "Labour" },
};
