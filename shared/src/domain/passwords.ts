/**
 * How long a password has to be. Length is what counts: nothing forces letters, digits or signs into it. Whether it is
 * easily guessed the server says, which has the list of common ones.
 * @source NIST SP 800-63B, 3.1.1.2
 */
export const SHORTEST_PASSWORD = 10;
/** What signing in takes. */
export const LONGEST_PASSWORD = 500;

/** Counted as people count: a rare character or an emoji is one, a full-width letter is the letter. */
export function isLongEnough(password: string): boolean {
  return Array.from(password.normalize("NFKC")).length >= SHORTEST_PASSWORD;
}
