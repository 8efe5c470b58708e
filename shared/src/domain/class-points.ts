/**
 * What a homeroom teacher may add to the school's scheme for the own class: a few observation points, each under an
 * indicator that is there, worth one to three beans. Pure. Never touches a point of the scheme itself.
 */
import type { Bilingual } from "./words.ts";

export const CLASS_POINT_RULES = {
  /** In use at a time. A class with many would have a scheme of its own. */
  most: 5,
  minBeans: 1,
  maxBeans: 3,
  /** Awards a child and week that carry beans, at most. */
  mostWeekly: 5,
} as const;

/** What stands in the way of another point. */
export type ClassPointObstacle = "full" | "name-taken";

/**
 * @param inUse names of the class's own points in use
 * @param ofScheme names of the points the class has from the scheme
 */
export function classPointObstacle(
  name: string,
  { inUse, ofScheme }: { readonly inUse: readonly Bilingual[]; readonly ofScheme: readonly Bilingual[] },
): ClassPointObstacle | undefined {
  const wanted = name.trim().toLowerCase();
  const isTaken = [...inUse, ...ofScheme].some(({ zh, en }) =>
    [zh, en].some((taken) => taken.trim().toLowerCase() === wanted),
  );
  if (isTaken) return "name-taken";
  return inUse.length >= CLASS_POINT_RULES.most ? "full" : undefined;
}

/** The code of a class's point: outlives versions of the scheme as other codes do, and clashes with none of theirs. */
export function classPointCode(id: string): string {
  return `BJ-${id.slice(-8)}`;
}
