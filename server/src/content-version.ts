/** What is read to be changed is sent back with its version, so that nobody writes over what it has not seen. */
import { createHash } from "node:crypto";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";

/** The same for the same content, whoever saved it and when. */
export function versionOf(saved: object): string {
  return createHash("sha256").update(canonicalJson(saved)).digest("hex");
}
