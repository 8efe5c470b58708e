/** What a password has to be when it is chosen. The only place that says so for guardians. */
import { Problem } from "../../http/problem.ts";

/** Length is what counts (NIST SP 800-63B). */
const MIN_LENGTH = 10;

/** @throws Problem password-too-short */
export function refuseUnfitPassword(password: string): void {
  if (password.normalize("NFKC").length < MIN_LENGTH) throw new Problem("password-too-short");
}
