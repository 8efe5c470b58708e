/** What a child's own goal keeps to: few, in steps one can see the end of. Pure. */

export const PERSONAL_GOAL_RULES = {
  /** At a time, in a term. */
  most: 3,
  fewestSteps: 3,
  mostSteps: 10,
  /** Characters. */
  longest: 40,
} as const;

/** Whether so many ticks may become so many: a step at a time, either way, within the goal. */
export function isTick(before: number, after: number, steps: number): boolean {
  return Math.abs(after - before) <= 1 && after >= 0 && after <= steps;
}
