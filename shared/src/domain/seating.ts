/**
 * A seating plan: desks in rows and columns with aisles between, and who sits where. Pure: each change gives a new plan.
 * Row 0 is next to the board, column 0 at the left of whoever looks at the board. Knows nothing of what children did.
 */
import { inAnyOrder } from "./groups.ts";
import { unseated } from "./seating-view.ts";

export const MOST_ROWS = 9;
export const MOST_COLUMNS = 10;

export interface Seating {
  readonly rows: number;
  readonly columns: number;
  /** Columns that have an aisle behind them, ascending; never the last. */
  readonly aisles: readonly number[];
  /** Row by row; null for a desk that nobody sits at. As many as there are desks. */
  readonly seats: readonly (string | null)[];
}

/** Desks for a class without anybody at them: two and two with aisles, as most classrooms have them. */
export function emptySeating(children: number): Seating {
  const columns = children > 48 ? 10 : children > 24 ? 8 : 6;
  const rows = Math.min(MOST_ROWS, Math.max(2, Math.ceil(children / columns)));
  const aisles = Array.from({ length: columns / 2 - 1 }, (_, index) => index * 2 + 1);
  return { rows, columns, aisles, seats: Array.from({ length: rows * columns }, () => null) };
}

/** Whether a plan is one: as many seats as desks, nobody twice, aisles between columns. */
export function isSeating({ rows, columns, aisles, seats }: Seating): boolean {
  const seated = seats.filter((id) => id !== null);
  return (
    seats.length === rows * columns &&
    new Set(seated).size === seated.length &&
    aisles.every((column, index) => column < columns - 1 && column > (aisles[index - 1] ?? -1))
  );
}

/** A child takes a desk; who sat there takes the child's, or stands up where the child had none. */
export function seatedAt(plan: Seating, childId: string, desk: number): Seating {
  if (plan.seats[desk] === undefined) return plan;
  const from = plan.seats.indexOf(childId);
  const seats = [...plan.seats];
  if (from >= 0) seats[from] = seats[desk] ?? null;
  seats[desk] = childId;
  return { ...plan, seats };
}

/** A child stands up. */
export function stoodUp(plan: Seating, childId: string): Seating {
  return { ...plan, seats: plan.seats.map((id) => (id === childId ? null : id)) };
}

/** Those who have left the class are gone from their desks. */
export function withOnly(plan: Seating, childIds: readonly string[]): Seating {
  const here = new Set(childIds);
  return { ...plan, seats: plan.seats.map((id) => (id !== null && here.has(id) ? id : null)) };
}

/** More or fewer desks; who sat at one that is gone has no seat. */
export function resized(plan: Seating, rows: number, columns: number): Seating {
  const seats = Array.from({ length: rows * columns }, (_, desk) => {
    const [row, column] = [Math.floor(desk / columns), desk % columns];
    return row < plan.rows && column < plan.columns
      ? (plan.seats[row * plan.columns + column] ?? null)
      : null;
  });
  return { rows, columns, aisles: plan.aisles.filter((column) => column < columns - 1), seats };
}

/** An aisle behind a column, or none any more. */
export function aisleTurned(plan: Seating, column: number): Seating {
  const aisles = plan.aisles.includes(column)
    ? plan.aisles.filter((other) => other !== column)
    : [...plan.aisles, column].sort((one, other) => one - other);
  return { ...plan, aisles: aisles.filter((each) => each < plan.columns - 1) };
}

/** Those without a seat take the free desks from the front, in the class's order. */
export function filledUp(plan: Seating, childIds: readonly string[]): Seating {
  const waiting = unseated(plan, childIds);
  return { ...plan, seats: plan.seats.map((id) => id ?? waiting.shift() ?? null) };
}

/** Everybody changes desks by chance: the desks that are taken stay the same, filled up from the front. @param random in [0, 1) */
export function shuffledSeats(plan: Seating, childIds: readonly string[], random: () => number): Seating {
  const taken = filledUp(plan, childIds);
  const order = inAnyOrder(
    taken.seats.filter((id) => id !== null),
    random,
  );
  return { ...taken, seats: taken.seats.map((id) => (id === null ? null : (order.shift() ?? null))) };
}
