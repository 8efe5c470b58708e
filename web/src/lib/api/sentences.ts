/** The sentence to show for a failed call. Never a code, never a stack. */
import { m } from "#lib/paraglide/messages.js";
import { ProblemError } from "./problem.ts";
import { OfflineError } from "./request.ts";

/** For a problem the server's own words, which are in the reader's language; else ours. */
export function sentenceFor(failure: unknown): string {
  if (failure instanceof OfflineError) return m.error_unreachable();
  if (failure instanceof ProblemError && failure.title !== "") return failure.title;
  return m.error_fault();
}
