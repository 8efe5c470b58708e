/** A seating plan as it is looked at, which the class page does with every plan. Pure; changes are made in seating.ts. */
import type { Seating } from "./seating.ts";

/** The children of a class who have no seat, in the class's order. */
export function unseated(plan: Seating, childIds: readonly string[]): string[] {
  const seated = new Set(plan.seats);
  return childIds.filter((id) => !seated.has(id));
}

/** The plan as seen from the other side: turned by half. */
export function turned({ rows, columns, aisles, seats }: Seating): Seating {
  return {
    rows,
    columns,
    aisles: aisles.map((column) => columns - 2 - column).reverse(),
    seats: [...seats].reverse(),
  };
}
