/** What a failed sending means: try later, sign in again, or a no for good. The outbox and the comments ask here. */
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import { ProblemError } from "#lib/api/problem.ts";

export type Failure =
  | { readonly kind: "later"; readonly afterMs?: number | undefined }
  /** Nobody is signed in, or somebody else: it waits for its own account. */
  | { readonly kind: "signed-out" | "other-account" }
  | { readonly kind: "refused"; readonly problem: ProblemBody };

/** Statuses that say "not now" rather than "no". */
const NOT_NOW = new Set([408, 425, 429]);

export function judge(error: unknown): Failure {
  if (!(error instanceof ProblemError)) return { kind: "later" };
  if (error.status === 401) return { kind: "signed-out" };
  if (error.code === "other-account") return { kind: "other-account" };
  if (error.status >= 500 || NOT_NOW.has(error.status)) {
    return { kind: "later", afterMs: error.retryAfter === undefined ? undefined : error.retryAfter * 1000 };
  }
  const { title, status, code } = error;
  return { kind: "refused", problem: { type: "about:blank", title, status, code } };
}
