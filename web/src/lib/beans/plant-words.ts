/** The plant in words, for those who do not see it. Reactive to the language. */
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { m } from "#lib/paraglide/messages.js";
import { dimensionName, stageName } from "./dimensions.ts";
import type { BranchGrowth } from "./plant-geometry.ts";

/** For example 「品德 开花,学业 长叶…」. */
export function growthInWords(growth: readonly BranchGrowth[]): string {
  return DIMENSIONS.map((dimension) => {
    const stage = growth.find((branch) => branch.dimension === dimension)?.stage ?? "seed";
    return m.plant_branch({ dimension: dimensionName(dimension), stage: stageName(stage) });
  }).join(m.plant_separator());
}
