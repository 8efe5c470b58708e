/** How many columns a class is laid out in. Pure. */

/** The cell a child looks best in, px; only the proportion between both counts while everything fits. */
const BEST = { width: 112, height: 100 };
/** The smallest cell that still holds a face, a name and a finger, px. */
const LEAST = { width: 84, height: 84 };

/** Beyond this a cell gains nothing by growing: a small class then stands in fewer rows. */
const LARGEST = 1.6;

export interface GridShape {
  readonly columns: number;
  readonly rows: number;
  /** Every child is in sight without scrolling. */
  readonly fits: boolean;
}

/**
 * The columns that give the largest cells without scrolling; where the class does not fit, as many columns as
 * the width holds, and the rest is scrolled to.
 * @param gap between cells, px
 */
export function gridShape(children: number, width: number, height: number, gap: number): GridShape {
  const most = Math.max(1, Math.floor((width + gap) / (LEAST.width + gap)));
  let best: GridShape | undefined;
  let bestScale = 0;
  for (let columns = 1; columns <= Math.min(most, Math.max(1, children)); columns += 1) {
    const rows = Math.max(1, Math.ceil(children / columns));
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    if (cellHeight < LEAST.height) continue;
    const scale = Math.min(cellWidth / BEST.width, cellHeight / BEST.height, LARGEST);
    if (scale >= bestScale) [best, bestScale] = [{ columns, rows, fits: true }, scale];
  }
  return best ?? { columns: most, rows: Math.ceil(children / most), fits: false };
}
