/**
 * Cards on paper: which stand on which sheet, and where to cut. A card is as large as a bank card, so that it fits a
 * wallet; ten of them fit a sheet of A4. Millimetres throughout.
 */

const CARD = { width: 85.6, height: 54 } as const;
export const SHEET = { width: 210, height: 297 } as const;
const COLUMNS = 2;
const ROWS = 5;
const CARDS_A_SHEET = COLUMNS * ROWS;
/** How long a cut mark is, and how far it stays away from the cards. */
const MARK = { length: 6, gap: 2 } as const;

const LEFT = (SHEET.width - COLUMNS * CARD.width) / 2;
const TOP = (SHEET.height - ROWS * CARD.height) / 2;

export function onSheets<Card>(cards: readonly Card[]): Card[][] {
  const sheets: Card[][] = [];
  for (let at = 0; at < cards.length; at += CARDS_A_SHEET) sheets.push(cards.slice(at, at + CARDS_A_SHEET));
  return sheets;
}

/** The marks along the four edges of a sheet, as an SVG path in millimetres. */
export function cutMarks(): string {
  const marks: string[] = [];
  const right = SHEET.width - LEFT;
  const bottom = SHEET.height - TOP;
  for (let column = 0; column <= COLUMNS; column++) {
    const x = LEFT + column * CARD.width;
    marks.push(`M${x} ${TOP - MARK.gap}v${-MARK.length}`, `M${x} ${bottom + MARK.gap}v${MARK.length}`);
  }
  for (let row = 0; row <= ROWS; row++) {
    const y = TOP + row * CARD.height;
    marks.push(`M${LEFT - MARK.gap} ${y}h${-MARK.length}`, `M${right + MARK.gap} ${y}h${MARK.length}`);
  }
  return marks.join("");
}

/** A QR code's dark modules as one SVG path; a module is one unit. */
export function modulesPath(modules: readonly (readonly boolean[])[]): string {
  return modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
}
