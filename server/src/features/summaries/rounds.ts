/** Where a class's summaries stand on their way to be published, as its list tells it. Changes nothing. */
import type { Store } from "@doudou/db/engines/database.ts";
import type { SchoolFrame } from "@doudou/db/repositories/schools.ts";
import { type ClassRound, latestPublication, reviewsOf } from "@doudou/db/repositories/summary-rounds.ts";
import type { SummaryRound } from "@doudou/shared/contract/summary-rounds.ts";
import type { Grant } from "../../access/caller.ts";
import { isGranted } from "../../access/permissions.ts";

export async function roundOf(
  store: Store,
  frame: SchoolFrame,
  { standings }: Grant,
  of: ClassRound,
  now: Date,
): Promise<SummaryRound> {
  const [review] = await reviewsOf(store, frame.schoolId, of.termId, [of.classId]);
  const planned = await latestPublication(store, frame.schoolId, of);
  const isReviewed = frame.reviewsSummaries;
  const state = review?.state ?? "writing";
  return {
    isReviewed,
    state,
    remark: review?.remark ?? "",
    by: review?.by ?? null,
    changedAt: review?.changedAt.toISOString() ?? null,
    publication: planned
      ? {
          publishAt: planned.publishAt.toISOString(),
          by: planned.by,
          state: planned.state,
          published: planned.published ?? 0,
        }
      : null,
    mayHandIn: isReviewed && state !== "handed-in" && isGranted("summary.hand-in", standings),
    mayReview: isReviewed && state === "handed-in" && isGranted("summary.review", standings),
    mayPlan: (!isReviewed || state === "approved") && isGranted("summary.schedule", standings),
    timeZone: frame.timeZone,
    readAt: now.toISOString(),
  };
}
