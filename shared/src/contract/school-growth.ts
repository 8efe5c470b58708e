/** How a school's children grow, for who leads it: shares of the school, a grade, a class. No child, and nobody's figure. */
import Type, { type Static } from "typebox";
import { Bilingual, ChangeName, ClassRef, DimensionName, TermRef } from "./common.ts";
import { StageShares } from "./indicators.ts";

const PerWeek = Type.Number({ minimum: 0, description: "records of one child in a school week, on average" });

const AgainstOwnPast = Type.Object({
  children: Type.Integer({ minimum: 0, description: "noticed in the term before as well" }),
  dimensions: Type.Array(
    Type.Object({
      dimension: DimensionName,
      changes: Type.Array(
        Type.Object({
          changes: Type.Array(ChangeName, {
            description: "neighbours told as one where a group would be too small",
          }),
          percent: Type.Integer({ minimum: 0, maximum: 100 }),
        }),
      ),
      rates: Type.Union([Type.Object({ now: PerWeek, before: PerWeek }), Type.Null()], {
        description: "none of a class: put side by side, they would be a ranking of classes",
      }),
    }),
  ),
});

export const GrowingGroup = Type.Object({
  grade: Type.Union([Type.Integer(), Type.Null()], { description: "null for the whole school" }),
  class: Type.Union([ClassRef, Type.Null()], { description: "null for the school and for a grade" }),
  children: Type.Integer({ minimum: 0 }),
  stages: Type.Union(
    [Type.Array(Type.Object({ dimension: DimensionName, shares: StageShares })), Type.Null()],
    {
      description: "null where there are too few children to say so",
    },
  ),
  against: Type.Union([AgainstOwnPast, Type.Null()], {
    description: "null where too few of them were noticed in the term before",
  }),
});
export type GrowingGroup = Static<typeof GrowingGroup>;

export const SchoolGrowth = Type.Object({
  term: TermRef,
  before: Type.Union([TermRef, Type.Null()], { description: "the term before, where there was one" }),
  terms: Type.Array(TermRef, { description: "that have begun, latest first" }),
  dimensions: Type.Array(Type.Object({ dimension: DimensionName, name: Bilingual })),
  groups: Type.Array(GrowingGroup, {
    description: "the school, then each grade followed by its classes, in the school's own order of classes",
  }),
});
export type SchoolGrowth = Static<typeof SchoolGrowth>;
