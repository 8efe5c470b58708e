/**
 * How one teacher's own attention was spread over a class: over children in bands, over dimensions and kinds, week by
 * week, and against the teacher's own earlier weeks. Takes what one teacher recorded, never two; gives no figure of a
 * child, and no order among children.
 */
import { ownTrendOf, splitWeeks } from "./trend.ts";
import { type Change, type Dimension, KINDS, type Kind, perDimension, type PerDimension } from "./words.ts";

/** How often a child was noticed by this teacher, against what this teacher's average child was. */
export const BANDS = ["often", "sometimes", "rarely", "none"] as const;
export type Band = (typeof BANDS)[number];

/** What the teacher recorded for a child: `count` awards of the same dimension and kind. */
export interface OwnRecords {
  readonly studentId: string;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly count: number;
}

export interface Spread {
  readonly records: number;
  /** The children of the class by band, in each in the order they came in. */
  readonly bands: Readonly<Record<Band, readonly string[]>>;
  /** False with fewer records than children: then a child was noticed ("sometimes") or not yet, and no more is said. */
  readonly isTold: boolean;
  readonly dimensions: PerDimension<number>;
  readonly kinds: Readonly<Record<Kind, number>>;
}

const OFTEN_TIMES = 1.5;
const OFTEN_LEAST = 3;
const RARELY_TIMES = 0.5;

/** The spread over the children of a class. Records of children who are not in it are left out. */
export function spreadOf(studentIds: readonly string[], given: readonly OwnRecords[]): Spread {
  const counts = new Map(studentIds.map((id) => [id, 0]));
  const ofClass = given.filter(({ studentId }) => counts.has(studentId));
  for (const { studentId, count } of ofClass) counts.set(studentId, (counts.get(studentId) ?? 0) + count);
  const records = total(ofClass);
  const isTold = records > 0 && records >= studentIds.length;
  const bands: Record<Band, string[]> = { often: [], sometimes: [], rarely: [], none: [] };
  for (const [id, count] of counts)
    bands[isTold ? bandOf(count, records / studentIds.length) : count > 0 ? "sometimes" : "none"].push(id);
  const kinds = Object.fromEntries(
    KINDS.map((kind) => [kind, total(ofClass.filter((one) => one.kind === kind))]),
  ) as Record<Kind, number>;
  return { records, bands, isTold, dimensions: byDimension(ofClass), kinds };
}

function bandOf(count: number, average: number): Band {
  if (count === 0) return "none";
  if (count >= Math.max(OFTEN_LEAST, average * OFTEN_TIMES)) return "often";
  return count <= average * RARELY_TIMES ? "rarely" : "sometimes";
}

/** A school week of the teacher's own: how many different children were noticed, and in what. */
export interface OwnWeek {
  readonly children: number;
  readonly dimensions: PerDimension<number>;
}

export function weekOf(given: readonly OwnRecords[]): OwnWeek {
  const noticed = new Set(given.filter(({ count }) => count > 0).map(({ studentId }) => studentId));
  return { children: noticed.size, dimensions: byDimension(given) };
}

export interface OwnChange {
  /** In how many different children were noticed each week; only whole weeks are compared. */
  readonly children: Change;
  readonly dimensions: PerDimension<Change>;
}

/**
 * The recent of these weeks (half, at most six) against the earlier ones, by the rule of a child's own trend.
 * @param weeks school weeks without a gap, oldest first, the running one last
 * @param weeksElapsed how many they are, with the running one as the share of it that has passed
 */
export function changeOf(weeks: readonly OwnWeek[], weeksElapsed: number): OwnChange {
  const whole = weeks.slice(0, Math.floor(weeksElapsed));
  const children = whole.map((week) => week.children);
  return {
    children: ownTrendOf(splitWeeks(children, whole.length)),
    dimensions: perDimension((dimension) =>
      ownTrendOf(
        splitWeeks(
          weeks.map((week) => week.dimensions[dimension]),
          weeksElapsed,
        ),
      ),
    ),
  };
}

function byDimension(given: readonly OwnRecords[]): PerDimension<number> {
  return perDimension((dimension) => total(given.filter((one) => one.dimension === dimension)));
}

function total(given: readonly OwnRecords[]): number {
  return given.reduce((sum, { count }) => sum + count, 0);
}
