/** The award ledger: recording, voiding, and looking back. */
import Type, { type Static } from "typebox";
import {
  Bilingual,
  DimensionName,
  Id,
  Instant,
  KindName,
  LocalDate,
  NewId,
  oneOf,
  ProblemBody,
  WrittenText,
} from "./common.ts";
import { EvidenceRef } from "./evidence.ts";

/** One award as a tablet sends it. The id is made once, at the tap; sending it again changes nothing. */
export const AwardInput = Type.Object(
  {
    id: NewId,
    studentId: Id,
    observationPointId: Id,
    points: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "within the point's range; the point's own beans if left out",
      }),
    ),
    note: Type.Optional(WrittenText({ maxLength: 500 })),
    evidenceIds: Type.Optional(
      Type.Array(Id, { maxItems: 9, uniqueItems: true, description: "pictures uploaded before" }),
    ),
    occurredAt: Instant,
  },
  { additionalProperties: false },
);
export type AwardInput = Static<typeof AwardInput>;

export const RecordAwards = Type.Object(
  { awards: Type.Array(AwardInput, { minItems: 1, maxItems: 500 }) },
  { additionalProperties: false },
);
export type RecordAwards = Static<typeof RecordAwards>;

export const AwardResult = Type.Object({
  id: Type.String(),
  status: oneOf(["recorded", "duplicate", "rejected"] as const),
  beans: Type.Optional(Type.Integer({ minimum: 0, description: "beans given; 0 beyond the weekly cap" })),
  isCapped: Type.Optional(
    Type.Boolean({ description: "recorded beyond the weekly cap: counts, but carries no beans" }),
  ),
  problem: Type.Optional(ProblemBody),
});
export type AwardResult = Static<typeof AwardResult>;
export const AwardResults = Type.Object({ results: Type.Array(AwardResult) });
export type AwardResults = Static<typeof AwardResults>;

export const VoidAwards = Type.Object(
  {
    ids: Type.Array(Id, { minItems: 1, maxItems: 500 }),
    reason: WrittenText({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type VoidAwards = Static<typeof VoidAwards>;

export const VoidResult = Type.Object({
  id: Type.String(),
  status: oneOf(["voided", "duplicate", "rejected"] as const),
  problem: Type.Optional(ProblemBody),
});
export type VoidResult = Static<typeof VoidResult>;
export const VoidResults = Type.Object({ results: Type.Array(VoidResult) });
export type VoidResults = Static<typeof VoidResults>;

const Minutes = Type.Integer({ minimum: 1, maximum: 60 });

/** Which stretch of time: the last `minutes` before an instant within the last hour, or before now. */
export const RecentSpan = Type.Object({ minutes: Minutes, before: Type.Optional(Instant) });
export type RecentSpan = Static<typeof RecentSpan>;

/**
 * Voids as one act what the caller recorded in a class. `before` is that of the preview: sent again, it names the same
 * stretch of time and so the same awards.
 */
export const VoidRecent = Type.Object(
  {
    minutes: Minutes,
    before: Type.Optional(Instant),
    reason: WrittenText({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type VoidRecent = Static<typeof VoidRecent>;

/** One line of the ledger as people read it: what for, by whom, when. */
export const LedgerEntry = Type.Object({
  id: Id,
  student: Type.Object({ id: Id, name: Type.String() }),
  dimension: DimensionName,
  kind: KindName,
  point: Bilingual,
  beans: Type.Integer({ minimum: 0 }),
  note: Type.Union([Type.String(), Type.Null()]),
  evidence: Type.Array(EvidenceRef),
  by: Type.String({ description: "name of who awarded" }),
  thanksFrom: Type.Union([Type.String(), Type.Null()], {
    description: "the classmate whose thanks it is, where a teacher has passed them on",
  }),
  isMine: Type.Boolean({ description: "awarded by the caller" }),
  canVoid: Type.Boolean(),
  occurredAt: Instant,
  day: LocalDate,
  voided: Type.Union([Type.Object({ at: Instant, by: Type.String(), reason: Type.String() }), Type.Null()], {
    description: "voided entries are shown to staff only",
  }),
});
export type LedgerEntry = Static<typeof LedgerEntry>;

export const LedgerPage = Type.Object({
  entries: Type.Array(LedgerEntry),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type LedgerPage = Static<typeof LedgerPage>;

/** Which part of a student's ledger is asked for, and where the page before ended. */
export const TimelineQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 60 })),
  dimension: Type.Optional(DimensionName),
  kind: Type.Optional(KindName),
  termId: Type.Optional(Id),
  hasPicture: Type.Optional(Type.Boolean({ description: "only with a picture" })),
});
export type TimelineQuery = Static<typeof TimelineQuery>;

/** What the caller recorded in a class in a stretch of time and still stands, latest first. */
export const OwnRecent = Type.Object({ before: Instant, entries: Type.Array(LedgerEntry) });
export type OwnRecent = Static<typeof OwnRecent>;
