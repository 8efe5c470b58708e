/**
 * What lies in the outbox: awards and voids that the server has not acknowledged, each bound to the account that made
 * it, each with what a teacher must be told should it be refused. Shapes only.
 *
 * Photos: awards may wait for attachments, each kept together with the awards that name it in their `attachmentIds`. A
 * photo of several children is one attachment, named by the award of each. The sender uploads it once, under its own id,
 * before these awards leave; from then on they name it in their `evidenceIds`, and the blob is let go. Awards without
 * attachments never wait for those with.
 */
import type { AwardInput } from "@doudou/shared/contract/awards.ts";
import type { ProblemBody } from "@doudou/shared/contract/common.ts";
import type { UploadedEvidence } from "@doudou/shared/contract/evidence.ts";
import type { Bilingual, Dimension, Kind } from "@doudou/shared/domain/words.ts";

interface Kept {
  /** Given by the store when first kept; tells the order of sending. */
  readonly order?: number;
  /** An award's own id; for a void an id of its own. */
  readonly id: string;
  /** Whose it is. Never leaves as anybody else's. */
  readonly accountId: string;
  /** Refused: the server said no, and the teacher has to mend or drop it. */
  readonly state: "waiting" | "refused";
  /** Why it was refused. */
  readonly problem?: ProblemBody;
}

export interface AwardItem extends Kept {
  readonly wanted: "award";
  /** `occurredAt` is the tablet's clock until it first leaves, then right, and the same ever after. */
  readonly award: AwardInput;
  /** How far the server's clock was ahead of the tablet's at the tap, in ms; left out where it was not known. */
  readonly clockOffset?: number;
  readonly classId: string;
  readonly studentName: string;
  readonly dimension: Dimension;
  readonly kind: Kind;
  readonly point: Bilingual;
  /** Shown for it until the server says what it gave. */
  readonly beans: number;
  /** The school's local day of the tap. */
  readonly day: string;
  /** By the tablet's clock. It has left at least once: the server may have it. */
  readonly leftAt?: number;
  /** Undone after it had left: to be voided once the server is known to have it. */
  readonly voidReason?: string;
  /** To be uploaded before it may leave. */
  readonly attachmentIds?: readonly string[];
  /** What of it has been uploaded. */
  readonly pictures?: readonly UploadedEvidence[];
}

/** An award of the ledger that is taken back, as the tallies and the teacher know it. */
export type VoidedAward = Pick<
  AwardItem,
  "classId" | "studentName" | "dimension" | "point" | "beans" | "day"
> & { readonly studentId: string };

export interface VoidItem extends Kept {
  readonly wanted: "void";
  readonly reason: string;
  /** What is taken back, by the award's id. */
  readonly about: Readonly<Record<string, VoidedAward>>;
}

export type OutboxItem = AwardItem | VoidItem;

/** A photo waiting to be uploaded. */
export interface Attachment {
  /** Made when it was given; the server knows it by the same. */
  readonly id: string;
  readonly accountId: string;
  readonly blob: Blob;
  /** The children on it. The same whenever it is sent, whatever becomes of the awards. */
  readonly studentIds: readonly string[];
}

/** What the server has taken: beans that count from now on, or no longer. */
export interface TakenTally {
  readonly item: AwardItem | VoidedAward;
  readonly studentId: string;
  readonly awardId: string;
  /** Below 0 for a void. */
  readonly beans: number;
  /** When it first left, by the tablet's clock: rosters read since then may hold it already. */
  readonly leftAt: number;
  /** Of a void. */
  readonly reason?: string;
}
