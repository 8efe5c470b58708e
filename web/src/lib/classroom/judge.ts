/** What a failed sending means: try later, sign in again, or a no for good. The outbox and the comments ask here. */
import { ProblemError } from "#lib/api/problem.ts";
import type { Failure } from "./outbox.ts";

/** Statuses that say "not now" rather than "no". */
const NOT_NOW = new Set([408, 425, 429]);

export function judge(error: unknown): Failure {
  if (!(error instanceof ProblemError)) return { kind: "later" };
  if (error.status === 401) return { kind: "signed-out" };
  if (error.status >= 500 || NOT_NOW.has(error.status)) {
    return { kind: "later", afterMs: error.retryAfter === undefined ? undefined : error.retryAfter * 1000 };
  }
  const { title, status, code } = error;
  return { kind: "refused", problem: { type: "about:blank", title, status, code } };
}
