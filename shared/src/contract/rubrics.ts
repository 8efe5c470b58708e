/** Rubrics (等级描述), rounds in which teachers rate by them, and how far they agree. Levels and words, never scores. */
import Type, { type Static } from "typebox";
import { AGREEMENTS } from "../domain/agreement.ts";
import {
  FEWEST_LEVELS,
  LEVEL_DESCRIPTION_LENGTH,
  LEVEL_WORD_LENGTH,
  MOST_LEVELS,
  type RubricLevel,
} from "../domain/rubrics.ts";
import {
  Bilingual,
  ClassRef,
  DimensionName,
  Id,
  Instant,
  LocalDate,
  oneOf,
  RoundWas,
  WrittenText,
} from "./common.ts";

const Level = Type.Unsafe<RubricLevel>(
  Type.Integer({ minimum: 1, maximum: MOST_LEVELS, description: "a place in the rubric, never shown" }),
);
const LevelDescription = Type.Object({ word: Bilingual, description: Bilingual });
const Child = Type.Object({ id: Id, name: Type.String() });

const Words = (maxLength: number) =>
  Type.Object(
    { zh: WrittenText({ maxLength }), en: WrittenText({ maxLength: maxLength * 2 }) },
    { additionalProperties: false },
  );

/** The rubrics of the indicators of the scheme in force, dimension by dimension. */
export const Rubrics = Type.Object({
  rubrics: Type.Array(
    Type.Object({
      code: Type.String({ description: "of the indicator" }),
      dimension: DimensionName,
      name: Bilingual,
      version: Type.Integer({
        minimum: 0,
        description: "to be named by who saves next; 0: the product's own",
      }),
      levels: Type.Array(LevelDescription),
      builtIn: Type.Array(LevelDescription, { description: "the product's own words" }),
    }),
  ),
});
export type Rubrics = Static<typeof Rubrics>;

export const RubricInput = Type.Object(
  {
    version: Type.Integer({ minimum: 0, description: "the one it was made from" }),
    levels: Type.Array(
      Type.Object(
        { word: Words(LEVEL_WORD_LENGTH), description: Words(LEVEL_DESCRIPTION_LENGTH) },
        { additionalProperties: false },
      ),
      { minItems: FEWEST_LEVELS, maxItems: MOST_LEVELS },
    ),
  },
  { additionalProperties: false },
);
export type RubricInput = Static<typeof RubricInput>;

export const RubricSaved = Type.Object({ version: Type.Integer() });
export type RubricSaved = Static<typeof RubricSaved>;

/** A round as the office opens it, or opens it again until a later day. */
export const RatingRoundInput = Type.Object(
  { opensOn: LocalDate, closesOn: LocalDate, was: RoundWas },
  { additionalProperties: false },
);
export type RatingRoundInput = Static<typeof RatingRoundInput>;

export const RatingRound = Type.Object({
  id: Id,
  opensOn: LocalDate,
  closesOn: LocalDate,
  isOpen: Type.Boolean(),
});
export type RatingRound = Static<typeof RatingRound>;

/** The running term's rounds, and in the latest of them how many children of each class somebody has rated. */
export const RatingRounds = Type.Object({
  today: LocalDate,
  termEndsOn: Type.Union([LocalDate, Type.Null()], { description: "null outside terms" }),
  rounds: Type.Array(RatingRound, { description: "latest first" }),
  classes: Type.Array(
    Type.Object({
      class: ClassRef,
      children: Type.Integer({ minimum: 0 }),
      rated: Type.Integer({ minimum: 0, description: "children somebody has chosen something for" }),
      farApart: Type.Integer({
        minimum: 0,
        description:
          "children, counted for each indicator on which their raters are two levels or more apart",
      }),
    }),
    { description: "empty while there is no round" },
  ),
});
export type RatingRounds = Static<typeof RatingRounds>;

/** A choice: a level; `unseen`, which is an honest answer; or null, nothing yet. */
const Choice = Type.Union([Level, Type.Literal("unseen"), Type.Null()]);

/** What the caller rates in a class, and what the caller has chosen; nobody else's choices. */
export const RatingDesk = Type.Object({
  class: ClassRef,
  round: Type.Union([RatingRound, Type.Null()], {
    description: "the open one, or else the latest of the term; null where there is none",
  }),
  children: Type.Array(Child, { description: "in class-list order" }),
  indicators: Type.Array(
    Type.Object({
      code: Type.String(),
      dimension: DimensionName,
      name: Bilingual,
      levels: Type.Array(LevelDescription),
      chosen: Type.Array(Type.Object({ studentId: Id, level: Choice })),
    }),
    { description: "those that concern the caller" },
  ),
  mayCompare: Type.Boolean({ description: "the caller may see how far the class's raters agree" }),
});
export type RatingDesk = Static<typeof RatingDesk>;

export const RatingsInput = Type.Object(
  {
    indicator: WrittenText({ maxLength: 40 }),
    ratings: Type.Array(Type.Object({ studentId: Id, level: Choice }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 100,
    }),
  },
  { additionalProperties: false },
);
export type RatingsInput = Static<typeof RatingsInput>;

export const RatingsKept = Type.Object({ savedAt: Instant });
export type RatingsKept = Static<typeof RatingsKept>;

/** How far the raters of a class agree, indicator by indicator. No rater is named. */
export const ClassAgreement = Type.Object({
  class: ClassRef,
  round: Type.Union([RatingRound, Type.Null()]),
  indicators: Type.Array(
    Type.Object({
      code: Type.String(),
      dimension: DimensionName,
      name: Bilingual,
      agreement: oneOf(AGREEMENTS),
      children: Type.Integer({ minimum: 0, description: "rated by two or more" }),
      alpha: Type.Union([Type.Number(), Type.Null()], {
        description: "Krippendorff's alpha, ordinal; for the office alone",
      }),
      toTalkAbout: Type.Array(
        Type.Object({
          student: Child,
          words: Type.Array(Bilingual, { description: "from the first level on" }),
        }),
        { description: "children seen two or more levels apart" },
      ),
    }),
    { description: "those somebody has rated" },
  ),
});
export type ClassAgreement = Static<typeof ClassAgreement>;
