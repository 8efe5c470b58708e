/** What an operator asked for correctly and still cannot have; the message says why, and what to do about it. */
export class Refused extends Error {
  override readonly name = "Refused";
}
