/**
 * How children stand, and how they are noticed against their own last term, as shares of all of them. A group so small that
 * somebody could be singled out is told together with its neighbours. Knows no child.
 */
import { bestStage, type StageThresholds } from "./stages.ts";
import { type Change, CHANGES, type Stage, STAGES } from "./words.ts";

/** Fewer children than this are never told apart from their neighbours, nor as a school of their own. */
export const SMALLEST_GROUP = 5;

/** One child's beans in one dimension, by school week, and the grade it is in. */
export interface GrowthSoFar {
  readonly grade: number;
  /** Beans of each school week of the term so far, oldest first; not cumulated. */
  readonly weeklyBeans: readonly number[];
}

export interface StageShare {
  /** Neighbours in their order; one where the group is large enough. */
  readonly stages: readonly Stage[];
  /** Of all children, whole. */
  readonly percent: number;
}

export interface ChangeShare {
  readonly changes: readonly Change[];
  /** Of all children, whole. */
  readonly percent: number;
}

/** @returns undefined where there are too few children to say anything */
export function stageShares(
  children: readonly GrowthSoFar[],
  thresholds: StageThresholds,
  termWeeks: number,
): StageShare[] | undefined {
  return sharesOfStages(
    children.map(({ grade, weeklyBeans }) => bestStage(weeklyBeans, thresholds, { grade, termWeeks }).stage),
  );
}

/** @param found one for each child @returns undefined where there are too few to say anything */
export function sharesOfStages(found: readonly Stage[]): StageShare[] | undefined {
  return sharesOf(found, STAGES)?.map(({ steps, percent }) => ({ stages: steps, percent }));
}

/** @param found one for each child @returns undefined where there are too few to say anything */
export function sharesOfChanges(found: readonly Change[]): ChangeShare[] | undefined {
  return sharesOf(found, CHANGES)?.map(({ steps, percent }) => ({ changes: steps, percent }));
}

interface Group<Step> {
  /** Neighbours in their order. */
  readonly steps: readonly Step[];
  readonly count: number;
}

function sharesOf<Step>(found: readonly Step[], order: readonly Step[]) {
  if (found.length < SMALLEST_GROUP) return undefined;
  const counts = new Map<Step, number>(order.map((step) => [step, 0]));
  for (const step of found) counts.set(step, (counts.get(step) ?? 0) + 1);
  return groupsLargeEnough(counts).map(({ steps, count }) => ({
    steps,
    percent: Math.round((count / found.length) * 100),
  }));
}

/** Steps in their order, each small group joined with what follows, and a small last one with what is before it. */
function groupsLargeEnough<Step>(counts: ReadonlyMap<Step, number>): Group<Step>[] {
  const groups: Group<Step>[] = [];
  let open: Group<Step> = { steps: [], count: 0 };
  for (const [step, count] of counts) {
    open = { steps: [...open.steps, step], count: open.count + count };
    if (isSmall(open.count)) continue;
    groups.push(open);
    open = { steps: [], count: 0 };
  }
  while (open.steps.length > 0) {
    const before = groups.pop() ?? { steps: [], count: 0 };
    open = { steps: [...before.steps, ...open.steps], count: before.count + open.count };
    if (isSmall(open.count) && groups.length > 0) continue;
    groups.push(open);
    break;
  }
  return groups;
}

/** Nobody is nobody in particular. */
function isSmall(count: number): boolean {
  return count > 0 && count < SMALLEST_GROUP;
}
