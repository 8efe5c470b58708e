/** How a class is laid out: how many columns, how large a cell. Pure. */

/** The cell a child looks best in, px; cells keep near its proportion. */
const BEST = { width: 112, height: 100 };
/** The smallest cell that still holds a face, a name and a finger, px. */
const LEAST = { width: 84, height: 84 };
/** Beyond this a cell gains nothing by growing: a small class then stands in fewer rows. */
const LARGEST = 1.6;

export interface GridShape {
  readonly columns: number;
  /** px */
  readonly cellWidth: number;
  /** px */
  readonly cellHeight: number;
  /** Every child is in sight without scrolling. */
  readonly fits: boolean;
}

/**
 * The columns that give the largest cells without scrolling; where the class does not fit, as many columns as
 * the width holds, and the rest is scrolled to.
 * @param width of the room for the cells, px
 * @param gap between cells, px
 */
export function gridShape(children: number, width: number, height: number, gap: number): GridShape {
  const most = Math.max(1, Math.floor((width + gap) / (LEAST.width + gap)));
  let best: GridShape | undefined;
  let bestScale = 0;
  for (let columns = 1; columns <= Math.min(most, Math.max(1, children)); columns += 1) {
    const rows = Math.max(1, Math.ceil(children / columns));
    const cellWidth = Math.min(share(width, columns, gap), BEST.width * LARGEST);
    const cellHeight = Math.min(share(height, rows, gap), BEST.height * LARGEST);
    if (cellHeight < LEAST.height) continue;
    const scale = Math.min(cellWidth / BEST.width, cellHeight / BEST.height);
    if (scale >= bestScale) [best, bestScale] = [{ columns, cellWidth, cellHeight, fits: true }, scale];
  }
  return best ?? { columns: most, cellWidth: share(width, most, gap), cellHeight: BEST.height, fits: false };
}

/** A desk that still holds a face, a name and a finger: seats are not moved about to save room, px. */
const LEAST_SEAT = { width: 56, height: 60 };
/** px */
export const AISLE = 10;

/** The same for children shown as they sit: columns and aisles are the classroom's. */
export function seatShape(
  { columns, rows, aisles }: { readonly columns: number; readonly rows: number; readonly aisles: number },
  width: number,
  height: number,
  gap: number,
): GridShape {
  const free = {
    width: share(width - aisles * (AISLE + gap), columns, gap),
    height: share(height, rows, gap),
  };
  return {
    columns,
    cellWidth: Math.min(Math.max(LEAST_SEAT.width, free.width), BEST.width * LARGEST),
    cellHeight: Math.min(Math.max(LEAST_SEAT.height, free.height), BEST.height * LARGEST),
    fits: free.width >= LEAST_SEAT.width && free.height >= LEAST_SEAT.height,
  };
}

/** Whole pixels, so that cells are drawn sharp. */
function share(room: number, parts: number, gap: number): number {
  return Math.max(0, Math.floor((room - gap * (parts - 1)) / parts));
}
