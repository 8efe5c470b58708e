/** What every paper of a school may carry. Types only. */

export interface SchoolPaper {
  /** The school's, WebP as it is kept; undefined where it has none. */
  readonly logo?: Uint8Array | undefined;
}
