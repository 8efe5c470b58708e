/**
 * How a school's children would stand by some thresholds, as shares of all of them. A group so small that somebody could be
 * singled out is told together with its neighbours. Knows no child.
 */
import { bestStage, type StageThresholds } from "./stages.ts";
import { type Stage, STAGES } from "./words.ts";

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

/** @returns undefined where there are too few children to say anything */
export function stageShares(
  children: readonly GrowthSoFar[],
  thresholds: StageThresholds,
  termWeeks: number,
): StageShare[] | undefined {
  if (children.length < SMALLEST_GROUP) return undefined;
  const counts = new Map<Stage, number>(STAGES.map((stage) => [stage, 0]));
  for (const { grade, weeklyBeans } of children) {
    const { stage } = bestStage(weeklyBeans, thresholds, { grade, termWeeks });
    counts.set(stage, (counts.get(stage) ?? 0) + 1);
  }
  return groupsLargeEnough(counts).map(({ stages, count }) => {
    return { stages, percent: Math.round((count / children.length) * 100) };
  });
}

interface Group {
  readonly stages: readonly Stage[];
  readonly count: number;
}

/** Stages in their order, each small group joined with what follows, and a small last one with what is before it. */
function groupsLargeEnough(counts: ReadonlyMap<Stage, number>): Group[] {
  const groups: Group[] = [];
  let open: Group = { stages: [], count: 0 };
  for (const [stage, count] of counts) {
    open = { stages: [...open.stages, stage], count: open.count + count };
    if (isSmall(open.count)) continue;
    groups.push(open);
    open = { stages: [], count: 0 };
  }
  while (open.stages.length > 0) {
    const before = groups.pop() ?? { stages: [], count: 0 };
    open = { stages: [...before.stages, ...open.stages], count: before.count + open.count };
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
