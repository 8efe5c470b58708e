/** A card under a finger: to the right is yes, to the left is not yet, anything shorter or rather up and down is nothing. */

export type Swipe = "accept" | "decline";

/** How far a finger goes until it means it, in px. */
const FAR_ENOUGH = 96;

/** @param dx and `dy`: how far the finger has gone since it touched, in px */
export function swipeOf(dx: number, dy: number): Swipe | undefined {
  if (Math.abs(dx) < FAR_ENOUGH || Math.abs(dx) <= Math.abs(dy) * 1.5) return undefined;
  return dx > 0 ? "accept" : "decline";
}
