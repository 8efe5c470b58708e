/** Weeks as stacked bars. Pure. Of one child, class or school only: the scale is its own best week. */
import { DIMENSIONS, type Dimension, type PerDimension } from "@doudou/shared/domain/words.ts";

export const BARS_HEIGHT = 200;
/** Room under the bars for week numbers, and above for totals. */
export const FOOT = 24;
const HEAD = 22;

export interface Week {
  /** Local date, YYYY-MM-DD. */
  readonly startsOn: string;
  readonly beans: PerDimension<number> & { readonly total: number };
}

export interface Segment {
  readonly dimension: Dimension;
  readonly beans: number;
  readonly y: number;
  readonly height: number;
}

export interface Bar {
  readonly startsOn: string;
  /** 1-based. */
  readonly week: number;
  readonly x: number;
  readonly width: number;
  readonly total: number;
  /** Top edge of the whole bar. */
  readonly top: number;
  /** From the ground up, only what there is. */
  readonly segments: readonly Segment[];
}

/** Lays the bars out over a width. @returns one bar a week, oldest first; a week without beans has no segments */
export function weekBars(weeks: readonly Week[], width: number): Bar[] {
  const slot = width / Math.max(weeks.length, 6);
  const barWidth = Math.min(34, slot * 0.72);
  const ground = BARS_HEIGHT - FOOT;
  const best = Math.max(1, ...weeks.map(({ beans }) => beans.total));
  const unit = (ground - HEAD) / best;
  return weeks.map(({ startsOn, beans }, at) => {
    let y = ground;
    const segments = DIMENSIONS.filter((dimension) => beans[dimension] > 0).map((dimension): Segment => {
      const height = beans[dimension] * unit;
      y -= height;
      return { dimension, beans: beans[dimension], y, height };
    });
    return {
      startsOn,
      week: at + 1,
      x: at * slot + (slot - barWidth) / 2,
      width: barWidth,
      total: beans.total,
      top: y,
      segments,
    };
  });
}
