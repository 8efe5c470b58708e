/**
 * How the children of a school, a grade or a class stand, and how each is noticed against its own last term, as shares of
 * all of them. Puts no child and no class beside another; of a handful of children it says nothing.
 */
import type { GrowingGroup } from "../contract/school-growth.ts";
import { type OwnTerm, rateOf, trendAgainst } from "./own-past.ts";
import { sharesOfChanges, sharesOfStages } from "./stage-shares.ts";
import { type Change, DIMENSIONS, perDimension, type PerDimension, type Stage } from "./words.ts";

interface OwnChange {
  readonly change: Change;
  /** Records in a school week. */
  readonly now: number;
  readonly before: number;
}

/** One child, reckoned once for every group it is counted in. */
export interface ChildInGroup {
  readonly stages: PerDimension<Stage>;
  /** Undefined where it was not noticed here in the term before. */
  readonly against: PerDimension<OwnChange> | undefined;
}

/** @param before the child's own last term, whole; undefined where it was not noticed in it */
export function ownChanges(now: OwnTerm, before: OwnTerm | undefined): ChildInGroup["against"] {
  if (!before) return undefined;
  return perDimension((dimension) => ({
    change: trendAgainst(dimension, now, before).change,
    now: rateOf(dimension, now),
    before: rateOf(dimension, before),
  }));
}

/** @param hasRates whether to say how often a child is noticed: not of classes, which would be ranked by it */
export function growthOfGroup(
  children: readonly ChildInGroup[],
  hasRates: boolean,
): Pick<GrowingGroup, "children" | "stages" | "against"> {
  const compared = children.flatMap(({ against }) => against ?? []);
  return {
    children: children.length,
    stages: allOrNone(
      DIMENSIONS.map((dimension) => {
        const shares = sharesOfStages(children.map(({ stages }) => stages[dimension]));
        return (
          shares && {
            dimension,
            shares: shares.map(({ stages, percent }) => ({ stages: [...stages], percent })),
          }
        );
      }),
    ),
    against: againstOf(compared, hasRates),
  };
}

function againstOf(compared: readonly PerDimension<OwnChange>[], hasRates: boolean): GrowingGroup["against"] {
  const dimensions = allOrNone(
    DIMENSIONS.map((dimension) => {
      const ofChildren = compared.map((child) => child[dimension]);
      const shares = sharesOfChanges(ofChildren.map(({ change }) => change));
      const mean = (term: "now" | "before") =>
        Math.round((ofChildren.reduce((sum, rates) => sum + rates[term], 0) / ofChildren.length) * 10) / 10;
      return (
        shares && {
          dimension,
          changes: shares.map(({ changes, percent }) => ({ changes: [...changes], percent })),
          rates: hasRates ? { now: mean("now"), before: mean("before") } : null,
        }
      );
    }),
  );
  return dimensions && { children: compared.length, dimensions };
}

/** What is said of all dimensions alike, or of none. */
function allOrNone<T>(things: readonly (T | undefined)[]): T[] | null {
  const there = things.filter((thing) => thing !== undefined);
  return there.length === things.length ? there : null;
}
