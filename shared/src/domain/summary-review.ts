/** The rule for when a summary counts as approved. Pure: knows no school and reads nothing. */
import type { ReviewState } from "./words.ts";

export interface Reviewed {
  readonly state: ReviewState;
  readonly changedAt: Date;
}

/**
 * Whether what was last written about a child at `writtenAt` has been approved: the class is, and nobody has written
 * since. A comment changed after it was approved waits for the next review, so that nothing is published unread.
 */
export function isApproved(review: Reviewed | undefined, writtenAt: Date): boolean {
  return review?.state === "approved" && writtenAt <= review.changedAt;
}
