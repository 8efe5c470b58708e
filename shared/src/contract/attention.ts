/** A teacher's own attention in a class: for that teacher's eyes only. Names in bands, no figure of any child. */
import Type, { type Static } from "typebox";
import { BANDS } from "../domain/attention.ts";
import { ChangeName, ClassRef, DimensionName, Id, KindName, LocalDate, oneOf, TermRef } from "./common.ts";

/** The running week, the latest weeks with it, the whole term. */
export const ATTENTION_SPANS = ["week", "recent", "term"] as const;

const Records = Type.Integer({ minimum: 0, description: "awards of the caller's own" });
const ByDimension = Type.Array(Type.Object({ dimension: DimensionName, records: Records }));

export const AttentionSpread = Type.Object({
  span: oneOf(ATTENTION_SPANS),
  startsOn: LocalDate,
  records: Records,
  isTold: Type.Boolean({
    description: "false with fewer records than children: then only noticed, or not yet",
  }),
  bands: Type.Array(
    Type.Object({
      band: oneOf(BANDS),
      students: Type.Array(Type.Object({ id: Id, name: Type.String() }), { description: "by name" }),
    }),
  ),
  dimensions: ByDimension,
  kinds: Type.Array(Type.Object({ kind: KindName, records: Records })),
});
export type AttentionSpread = Static<typeof AttentionSpread>;

export const Attention = Type.Object({
  class: ClassRef,
  studentCount: Type.Integer({ minimum: 0 }),
  term: TermRef,
  spreads: Type.Array(AttentionSpread),
  weeks: Type.Array(
    Type.Object({
      startsOn: LocalDate,
      isRunning: Type.Boolean(),
      children: Type.Integer({ minimum: 0, description: "different children noticed by the caller" }),
      dimensions: ByDimension,
    }),
    { description: "the latest school weeks, oldest first" },
  ),
  change: Type.Object(
    {
      children: ChangeName,
      dimensions: Type.Array(Type.Object({ dimension: DimensionName, change: ChangeName })),
    },
    { description: "the later of these weeks against the caller's own earlier ones" },
  ),
});
export type Attention = Static<typeof Attention>;
