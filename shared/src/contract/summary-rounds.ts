/** How a class's term summaries come to be published: handed in, returned or approved, published now or at a time. */
import Type, { type Static } from "typebox";
import { SUMMARY_PIECES } from "../domain/summary-pieces.ts";
import { LEFT_OUT_REASONS } from "../domain/summary-review.ts";
import { PREPARATION_STATES, PUBLICATION_STATES, REVIEW_STATES } from "../domain/words.ts";
import { ClassRef, DimensionName, Id, Instant, oneOf, TermRef, WrittenText } from "./common.ts";

const Remark = WrittenText({ maxLength: 300 });
const RoundState = oneOf(["writing", ...REVIEW_STATES] as const);

export const PlannedPublication = Type.Object({
  publishAt: Instant,
  by: Type.String({ description: "who planned it" }),
  state: oneOf(PUBLICATION_STATES),
  published: Type.Integer({ minimum: 0, description: "how many it has published so far" }),
});

/** Where a class's summaries stand. */
export const SummaryRound = Type.Object({
  isReviewed: Type.Boolean({ description: "whether the school approves before anything is published" }),
  state: RoundState,
  remark: Type.String({ description: "of who returned or approved them, about the class as a whole" }),
  by: Type.Union([Type.String(), Type.Null()], { description: "who brought it to this state" }),
  changedAt: Type.Union([Instant, Type.Null()]),
  publication: Type.Union([PlannedPublication, Type.Null()], { description: "the latest planned" }),
  mayHandIn: Type.Boolean(),
  mayReview: Type.Boolean(),
  mayPlan: Type.Boolean({ description: "to publish at a time" }),
  timeZone: Type.String({ description: "the school's: planned times are told and set by its clock" }),
  readAt: Instant,
});
export type SummaryRound = Static<typeof SummaryRound>;

export const OfTerm = Type.Object({ termId: Id }, { additionalProperties: false });

export const ReviewDecision = Type.Object(
  {
    termId: Id,
    decision: oneOf(["approve", "return"] as const),
    remark: Remark,
    remarks: Type.Array(Type.Object({ studentId: Id, text: Remark }, { additionalProperties: false }), {
      maxItems: 100,
      description: "about single children, where returned",
    }),
    readAt: Type.String({
      format: "date-time",
      description: "of the list that was read: what was written since is not approved unseen",
    }),
  },
  { additionalProperties: false },
);
export type ReviewDecision = Static<typeof ReviewDecision>;

export const PublicationPlan = Type.Object(
  { termId: Id, publishAt: Instant },
  { additionalProperties: false },
);
export type PublicationPlan = Static<typeof PublicationPlan>;

/** The same for many classes at once. */
export const SchoolPlan = Type.Object(
  {
    termId: Id,
    grade: Type.Union([Type.Integer({ minimum: 1, maximum: 9 }), Type.Null()], {
      description: "null for the whole school",
    }),
    publishAt: Instant,
  },
  { additionalProperties: false },
);
export type SchoolPlan = Static<typeof SchoolPlan>;

export const SchoolPlanned = Type.Object({
  planned: Type.Array(ClassRef),
  leftOut: Type.Array(Type.Object({ class: ClassRef, why: oneOf(LEFT_OUT_REASONS) })),
});
export type SchoolPlanned = Static<typeof SchoolPlanned>;

const Children = Type.Integer({ minimum: 0 });

export const PreparationStart = Type.Object(
  {
    termId: Id,
    classIds: Type.Array(Id, {
      minItems: 1,
      maxItems: 500,
      uniqueItems: true,
      description: "of the term's year",
    }),
  },
  { additionalProperties: false },
);
export type PreparationStart = Static<typeof PreparationStart>;

/** A look through many classes' summaries in the background: what they still lack, as of when each had its turn. */
export const SummaryPreparation = Type.Object({
  state: oneOf(PREPARATION_STATES),
  by: Type.String(),
  startedAt: Instant,
  classes: Children,
  prepared: Type.Integer({ minimum: 0, description: "classes whose turn has come" }),
});
export type SummaryPreparation = Static<typeof SummaryPreparation>;

export const PreparedClass = Type.Object({
  preparedAt: Instant,
  ready: Type.Integer({ minimum: 0, description: "children who lack nothing, or are published" }),
  missing: Type.Object(
    {
      comment: Children,
      teacher: Children,
      rating: Children,
      fitness: Type.Optional(Children),
      records: Children,
      dimension: Children,
    },
    { description: "children who lack each piece" },
  ),
});
export type PreparedClass = Static<typeof PreparedClass>;

/** Who of a class still lacks something; whoever is published or lacks nothing is left out. */
export const ClassPieces = Type.Object({
  children: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      pieces: Type.Array(oneOf(SUMMARY_PIECES)),
      dimensions: Type.Array(DimensionName, { description: "without a record this term" }),
    }),
  ),
});
export type ClassPieces = Static<typeof ClassPieces>;

/** For the office: where every class of a year stands; figures of a class are never set against another's. */
export const SummaryRounds = Type.Object({
  term: TermRef,
  terms: Type.Array(TermRef),
  isReviewed: Type.Boolean(),
  timeZone: Type.String({ description: "the school's: planned times are told by its clock" }),
  preparation: Type.Union([SummaryPreparation, Type.Null()], { description: "under way, or the last" }),
  plans: Type.Array(
    Type.Object({
      id: Id,
      publishAt: Instant,
      by: Type.String(),
      classes: Type.Array(ClassRef),
      mayCancel: Type.Boolean({ description: "false from its hour on" }),
    }),
    { description: "of many classes at one time, that have not ended" },
  ),
  classes: Type.Array(
    Type.Object({
      class: ClassRef,
      state: RoundState,
      children: Type.Integer({ minimum: 0 }),
      written: Type.Integer({ minimum: 0, description: "children with a comment" }),
      published: Type.Integer({ minimum: 0 }),
      publishAt: Type.Union([Instant, Type.Null()], { description: "where it is to be published at a time" }),
      prepared: Type.Union([PreparedClass, Type.Null()], {
        description: "null where it was not looked through, or its turn has not come",
      }),
    }),
    { description: "by grade and class" },
  ),
});
export type SummaryRounds = Static<typeof SummaryRounds>;

/** For who leads a grade: where its classes stand in the current term. */
export const LedClasses = Type.Object({
  classes: Type.Array(
    Type.Object({
      class: ClassRef,
      term: TermRef,
      state: RoundState,
      children: Type.Integer({ minimum: 0 }),
      written: Type.Integer({ minimum: 0, description: "children with a comment" }),
      mayReview: Type.Boolean({ description: "false for one's own homeroom class: the office reviews it" }),
    }),
    { description: "by grade and class; none where summaries are not approved, or no grade is led" },
  ),
});
export type LedClasses = Static<typeof LedClasses>;
