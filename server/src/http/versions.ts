/**
 * Two who change the same thing never overwrite each other unseen: whoever changes it says what stood when it was looked
 * at, by its version, or whole where it is small.
 */
import { createHash } from "node:crypto";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import type { ProblemCode } from "./problem-codes.ts";
import { Problem } from "./problem.ts";

/** The version of what has none of its own: another for whatever is written differently. */
export function versionOf(saved: object): string {
  return createHash("sha256").update(canonicalJson(saved)).digest("hex");
}

/**
 * What says the same as what stands is never refused, since it may have been sent twice.
 * @throws Problem with the code, where what stands is neither what was looked at nor what is wanted
 */
export function refuseUnseen<Value>(
  code: ProblemCode,
  { stands, was, wanted }: { readonly stands: Value; readonly was: Value; readonly wanted: Value },
): void {
  const now = canonicalJson(stands);
  if (now !== canonicalJson(was) && now !== canonicalJson(wanted)) throw new Problem(code);
}
