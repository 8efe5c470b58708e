/** How far somebody has seen a class's ledger, as numbers and as the text that clients hand back. Pure. */

/** Its awards up to one number, its voids up to another. */
export interface FeedPosition {
  readonly awards: number;
  readonly voids: number;
}

export function positionText({ awards, voids }: FeedPosition): string {
  return `${awards}.${voids}`;
}

/** @returns undefined for what is no position */
export function readPosition(text: string | undefined): FeedPosition | undefined {
  const [, awards, voids] = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  return awards === undefined ? undefined : { awards: Number(awards), voids: Number(voids) };
}

/** Whether one position has seen all that the other has. */
export function hasSeen(one: FeedPosition, other: FeedPosition): boolean {
  return one.awards >= other.awards && one.voids >= other.voids;
}
