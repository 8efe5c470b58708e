/** How a class grows, for who leads it: names in bands and reasons to look, no figure of any child. */
import Type, { type Static } from "typebox";
import { NEED_REASONS } from "../domain/class-growth.ts";
import { Bilingual, ClassRef, DimensionName, Id, LocalDate, oneOf, StageName, TermRef } from "./common.ts";

const NamedStudent = Type.Object({ id: Id, name: Type.String() });
const MaybeDimension = Type.Union([DimensionName, Type.Null()], {
  description: "none where all of them are meant",
});
const Children = Type.Integer({ minimum: 0, description: "different children noticed by anybody" });

const HowMany = Type.Integer({ minimum: 0, description: "children" });
const PerWeek = Type.Number({ minimum: 0, description: "records of one child in a school week, on average" });

/** The children of a class against their own last term, each by itself; those who were here and noticed then. */
export const AgainstTermBefore = Type.Object({
  term: TermRef,
  children: HowMany,
  dimensions: Type.Array(
    Type.Object({
      dimension: DimensionName,
      more: HowMany,
      same: HowMany,
      fewer: HowMany,
      tooFew: Type.Integer({ minimum: 0, description: "children of whom too little is written down to say" }),
      perWeek: PerWeek,
      perWeekBefore: PerWeek,
    }),
  ),
});
export type AgainstTermBefore = Static<typeof AgainstTermBefore>;

/** What a teacher means to look out for in one child. */
export const NewWatchPlan = Type.Object(
  { studentId: Id, reason: oneOf(NEED_REASONS), dimension: MaybeDimension },
  { additionalProperties: false },
);
export type NewWatchPlan = Static<typeof NewWatchPlan>;

export const WatchPlan = Type.Object({
  id: Id,
  student: NamedStudent,
  reason: oneOf(NEED_REASONS),
  dimension: MaybeDimension,
  startsOn: LocalDate,
  endsOn: LocalDate,
  seen: Type.Integer({ minimum: 0, description: "records of what is looked out for, since it was planned" }),
});
export type WatchPlan = Static<typeof WatchPlan>;

export const ClassGrowth = Type.Object({
  class: ClassRef,
  studentCount: Type.Integer({ minimum: 0 }),
  term: TermRef,
  terms: Type.Array(TermRef, { description: "of the class's year that have begun, latest first" }),
  dimensions: Type.Array(
    Type.Object({
      dimension: DimensionName,
      name: Bilingual,
      bands: Type.Array(
        Type.Object({ stage: StageName, students: Type.Array(NamedStudent, { description: "by name" }) }),
        { description: "from seed to fruit; stages without a child are left out" },
      ),
    }),
  ),
  weeks: Type.Array(
    Type.Object({
      startsOn: LocalDate,
      isRunning: Type.Boolean(),
      children: Children,
      dimensions: Type.Array(Type.Object({ dimension: DimensionName, children: Children })),
    }),
    { description: "the term's school weeks so far, oldest first" },
  ),
  lastTerm: Type.Union([AgainstTermBefore, Type.Null()], {
    description: "none where none of its children was noticed in the term before",
  }),
  needs: Type.Array(
    Type.Object({
      student: NamedStudent,
      reasons: Type.Array(
        Type.Object({
          reason: oneOf(NEED_REASONS),
          dimension: MaybeDimension,
          planId: Type.Union([Id, Type.Null()], { description: "of the plan that runs for it" }),
        }),
      ),
    }),
    { description: "by name; none but in the term now" },
  ),
  tooEarlyFor: Type.Integer({
    minimum: 0,
    description: "children who are here for too short a time to say what they need",
  }),
  plans: Type.Array(WatchPlan, { description: "that run, by name" }),
  mayPlan: Type.Boolean(),
});
export type ClassGrowth = Static<typeof ClassGrowth>;
