/** How many of the classes one leads wait to be reviewed. */
import type { LedClasses } from "@doudou/shared/contract/summary-rounds.ts";

export function toReview(classes: LedClasses["classes"]): number {
  return classes.filter(({ state, mayReview }) => state === "handed-in" && mayReview).length;
}
