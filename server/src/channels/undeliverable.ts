/** It will never arrive, however often it is tried. */
export class Undeliverable extends Error {
  override readonly name = "Undeliverable";
}
