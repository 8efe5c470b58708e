/** When a summary counts as approved, and which classes may be planned together. Pure: knows no school and reads nothing. */
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

/** Why a class is left out where many are planned to be published at one time. */
export const LEFT_OUT_REASONS = ["published", "planned", "not-approved", "not-complete"] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

interface ClassToPlan {
  readonly state: ReviewState | "writing";
  readonly children: number;
  /** Children with a comment. */
  readonly written: number;
  readonly published: number;
  /** Whether it is planned already. */
  readonly isPlanned: boolean;
}

/**
 * Whether a class is ready to be planned with others: approved where the school reviews, else with a comment for every
 * child. @returns why not; undefined where it is
 */
export function leftOutOfPlan(
  { state, children, written, published, isPlanned }: ClassToPlan,
  isReviewed: boolean,
): LeftOutReason | undefined {
  if (published >= children) return "published";
  if (isPlanned) return "planned";
  if (isReviewed) return state === "approved" ? undefined : "not-approved";
  return written >= children ? undefined : "not-complete";
}
