/** A frozen summary as it is read and printed. Reads nothing. */
import type { PublishedRow } from "@doudou/db/repositories/summaries.ts";
import { changedParts } from "@doudou/shared/domain/summary-changes.ts";

/** With what this revision says differently from the one before. */
export function asReadBack({
  revision,
  snapshot,
  sha256,
  verificationCode,
  publishedAt,
  before,
}: PublishedRow) {
  return {
    revision,
    publishedAt: publishedAt.toISOString(),
    sha256,
    verificationCode,
    changes: before ? changedParts(before, snapshot) : [],
    snapshot,
  };
}
