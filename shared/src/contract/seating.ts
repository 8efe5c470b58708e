/** Seating plans of a class, shared by its teachers. Never shown to pupils or guardians. */
import Type, { type Static } from "typebox";
import { MOST_COLUMNS, MOST_ROWS } from "../domain/seating.ts";
import { Bilingual, ClassRef, Id, Instant, WrittenText } from "./common.ts";

const plan = {
  name: WrittenText({ minLength: 1, maxLength: 30 }),
  subjectId: Type.Union([Id, Type.Null()], { description: "for the lessons of one subject, or for all" }),
  rows: Type.Integer({ minimum: 1, maximum: MOST_ROWS, description: "row 0 is next to the board" }),
  columns: Type.Integer({
    minimum: 1,
    maximum: MOST_COLUMNS,
    description: "column 0 is at the left of whoever looks at the board",
  }),
  aisles: Type.Array(Type.Integer({ minimum: 0 }), {
    maxItems: MOST_COLUMNS,
    description: "columns with an aisle behind them, ascending",
  }),
  seats: Type.Array(Type.Union([Id, Type.Null()]), {
    maxItems: MOST_ROWS * MOST_COLUMNS,
    description: "students row by row; null where nobody sits. A student of no such class is left out.",
  }),
};

/** A plan as it is saved. `version` is the one it was made from, 0 for a new one. */
export const SeatingPlanDraft = Type.Object(
  { ...plan, version: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);
export type SeatingPlanDraft = Static<typeof SeatingPlanDraft>;

export const SeatingPlan = Type.Object({
  id: Id,
  ...plan,
  version: Type.Integer({ minimum: 1 }),
  changedBy: Type.String({ description: "name of who changed it last" }),
  changedAt: Instant,
});
export type SeatingPlan = Static<typeof SeatingPlan>;

export const SeatingPlans = Type.Object({
  class: ClassRef,
  students: Type.Array(Type.Object({ id: Id, name: Type.String() }), { description: "in class-list order" }),
  subjects: Type.Array(
    Type.Object({
      id: Id,
      name: Bilingual,
      isOwn: Type.Boolean({ description: "taught in the class by the caller" }),
    }),
    { description: "taught in the class" },
  ),
  plans: Type.Array(SeatingPlan, { description: "oldest first" }),
});
export type SeatingPlans = Static<typeof SeatingPlans>;

export const VersionQuery = Type.Object({
  version: Type.Integer({ minimum: 1, description: "the version that is meant" }),
});
