/** Observation points that a class has of its own, beside those of the school's scheme. */
import Type, { type Static } from "typebox";
import { CLASS_POINT_RULES } from "../domain/class-points.ts";
import { Bilingual, ClassRef, DimensionName, Id, Instant, KindName } from "./common.ts";

/** A point as the homeroom teacher wants it; its id is made once, so that sending it again changes nothing. */
export const NewClassPoint = Type.Object(
  {
    indicatorCode: Type.String({ minLength: 1, maxLength: 40, pattern: "^[^\\u0000]*$" }),
    name: Type.String({ maxLength: 20, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" }),
    kind: KindName,
    beans: Type.Integer({ minimum: CLASS_POINT_RULES.minBeans, maximum: CLASS_POINT_RULES.maxBeans }),
    weeklyCap: Type.Integer({ minimum: 1, maximum: CLASS_POINT_RULES.mostWeekly }),
  },
  { additionalProperties: false },
);
export type NewClassPoint = Static<typeof NewClassPoint>;

export const ClassPoint = Type.Object({
  id: Id,
  name: Bilingual,
  dimension: DimensionName,
  indicator: Bilingual,
  kind: KindName,
  beans: Type.Integer({ minimum: 1 }),
  weeklyCap: Type.Integer({ minimum: 1 }),
  addedBy: Type.String({ description: "a name" }),
  addedAt: Instant,
  retiredAt: Type.Union([Instant, Type.Null()], {
    description: "from then on it is not offered any more; what was awarded stays",
  }),
});
export type ClassPoint = Static<typeof ClassPoint>;

export const ClassPoints = Type.Object({
  class: ClassRef,
  points: Type.Array(ClassPoint, { description: "oldest first" }),
  indicators: Type.Array(Type.Object({ code: Type.String(), name: Bilingual, dimension: DimensionName }), {
    description: "of the version in force, that have points for the class's grade; none outside terms",
  }),
  mayAdd: Type.Boolean(),
});
export type ClassPoints = Static<typeof ClassPoints>;

export const SchoolClassPoints = Type.Object({
  classes: Type.Array(Type.Object({ class: ClassRef, points: Type.Array(ClassPoint) }), {
    description: "this year's classes that have points of their own",
  }),
});
export type SchoolClassPoints = Static<typeof SchoolClassPoints>;
