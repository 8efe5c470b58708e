/** The shape of what absences.svelte.ts keeps on the device. */

/** A mark as it lies on the device. */
export interface WaitingMark {
  readonly accountId: string;
  readonly classId: string;
  readonly studentId: string;
  /** The school's local day. */
  readonly day: string;
  readonly isAbsent: boolean;
  /** By the tablet's clock, ms. */
  readonly markedAt: number;
  readonly clockOffset?: number | undefined;
}
