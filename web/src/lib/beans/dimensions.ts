/**
 * The words for dimensions and stages. Reactive to the language and to who is signed in: call them in markup or in
 * `$derived`.
 */
import { DIMENSION_NAMES } from "@doudou/shared/domain/dimension-names.ts";
import type { Bilingual, Dimension, PerDimension, Stage } from "@doudou/shared/domain/words.ts";
import { inLocale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

/** The school's own names, where it has any; `session.svelte.ts` answers. */
let namesOfSchool: () => PerDimension<Bilingual> | undefined = () => undefined;

export function askForDimensionNames(ask: typeof namesOfSchool): void {
  namesOfSchool = ask;
}

/** As the school of whoever is signed in calls it this term, or as the product does. */
export function dimensionName(dimension: Dimension): string {
  return inLocale((namesOfSchool() ?? DIMENSION_NAMES)[dimension]);
}

/** The character that goes with the colour and the bean: 德 智 体 美 劳. */
export function dimensionCharacter(dimension: Dimension): string {
  switch (dimension) {
    case "moral":
      return m.dimension_moral_char();
    case "academic":
      return m.dimension_academic_char();
    case "physical":
      return m.dimension_physical_char();
    case "arts":
      return m.dimension_arts_char();
    case "labour":
      return m.dimension_labour_char();
  }
}

export function stageName(stage: Stage): string {
  switch (stage) {
    case "seed":
      return m.stage_seed();
    case "sprout":
      return m.stage_sprout();
    case "leaf":
      return m.stage_leaf();
    case "bloom":
      return m.stage_bloom();
    case "fruit":
      return m.stage_fruit();
  }
}
