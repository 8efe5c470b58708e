/** Individual plans (个别化支持计划): what one child is helped with, for the teachers it has now. Never read by anybody else. */
import Type, { type Static } from "typebox";
import { GROUP_SYMBOLS } from "../domain/groups.ts";
import { INDIVIDUAL_PLAN_RULES as RULES } from "../domain/individual-plans.ts";
import { Bilingual, ChangeName, DimensionName, Id, KindName, LocalDate, oneOf } from "./common.ts";

/** Words that say something. */
const Written = (maxLength: number) =>
  Type.String({ maxLength, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" });
const Icon = Type.Union([oneOf(GROUP_SYMBOLS), Type.Null()]);

/** A point of the child's own; its id is made once. What was awarded stands, so that only its words can change later. */
export const OwnPointInput = Type.Object(
  {
    id: Id,
    name: Written(RULES.longestName),
    nameEn: Type.Union([Written(40), Type.Null()]),
    indicatorCode: Type.String({ minLength: 1, maxLength: 40, pattern: "^[^\\u0000]*$" }),
    kind: KindName,
    beans: Type.Integer({ minimum: RULES.minBeans, maximum: RULES.maxBeans }),
    icon: Icon,
  },
  { additionalProperties: false },
);
export type OwnPointInput = Static<typeof OwnPointInput>;

export const SaveIndividualPlan = Type.Object(
  {
    version: Type.Integer({ minimum: 0, description: "the one it was made from; 0 for a new plan" }),
    focus: Written(RULES.longestFocus),
    supports: Type.String({ maxLength: RULES.longestSupports, pattern: "^[^\\u0000]*$" }),
    startsOn: LocalDate,
    endsOn: LocalDate,
    reviewOn: LocalDate,
    points: Type.Array(OwnPointInput, {
      minItems: RULES.fewestPoints,
      maxItems: RULES.mostPoints,
      description: "those in use, in their order; others the plan had are retired",
    }),
  },
  { additionalProperties: false },
);
export type SaveIndividualPlan = Static<typeof SaveIndividualPlan>;

export const PlanNoteInput = Type.Object(
  { text: Written(RULES.longestNote) },
  { additionalProperties: false },
);
export type PlanNoteInput = Static<typeof PlanNoteInput>;

export const EndIndividualPlan = Type.Object(
  { whatHelped: Written(RULES.longestReview) },
  { additionalProperties: false },
);
export type EndIndividualPlan = Static<typeof EndIndividualPlan>;

export const PlanPoint = Type.Object({
  id: Id,
  name: Bilingual,
  icon: Icon,
  dimension: DimensionName,
  indicatorCode: Type.String(),
  indicator: Bilingual,
  kind: KindName,
  beans: Type.Integer({ minimum: 1 }),
  isRetired: Type.Boolean(),
  records: Type.Integer({ minimum: 0, description: "of the weeks shown" }),
  weeks: Type.Array(Type.Object({ startsOn: LocalDate, records: Type.Integer({ minimum: 0 }) }), {
    description: "school weeks of the term since the plan began, oldest first",
  }),
  change: Type.Unsafe<Static<typeof ChangeName>>({
    ...ChangeName,
    description: "the recent weeks against the child's own earlier ones",
  }),
});
export type PlanPoint = Static<typeof PlanPoint>;

export const IndividualPlan = Type.Object({
  id: Id,
  version: Type.Integer({ minimum: 1 }),
  focus: Type.String(),
  supports: Type.String(),
  startsOn: LocalDate,
  endsOn: LocalDate,
  reviewOn: LocalDate,
  isReviewDue: Type.Boolean(),
  madeBy: Type.String({ description: "a name" }),
  points: Type.Array(PlanPoint),
  notes: Type.Array(
    Type.Object({ id: Id, text: Type.String(), day: LocalDate, by: Type.String({ description: "a name" }) }),
    { description: "latest first" },
  ),
  ended: Type.Union([Type.Object({ on: LocalDate, whatHelped: Type.String() }), Type.Null()]),
});
export type IndividualPlan = Static<typeof IndividualPlan>;

export const IndividualPlans = Type.Object({
  current: Type.Union([IndividualPlan, Type.Null()]),
  earlier: Type.Array(IndividualPlan, { description: "ended, the latest first" }),
  indicators: Type.Array(Type.Object({ code: Type.String(), name: Bilingual, dimension: DimensionName }), {
    description: "under which a point of the child's own may hang now; none outside terms",
  }),
  today: LocalDate,
  term: Type.Union([Type.Object({ startsOn: LocalDate, endsOn: LocalDate }), Type.Null()]),
  maySave: Type.Boolean(),
  mayNote: Type.Boolean(),
});
export type IndividualPlans = Static<typeof IndividualPlans>;
