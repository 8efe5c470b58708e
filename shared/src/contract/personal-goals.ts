/** A child's own small goals: one to three a term, in steps. */
import Type, { type Static } from "typebox";
import { PERSONAL_GOAL_RULES } from "../domain/personal-goals.ts";
import { Bilingual, DimensionName, Id, LocalDate } from "./common.ts";

/** A goal as child and teacher set it; its id is made once, so that sending it again changes nothing. */
export const NewPersonalGoal = Type.Object(
  {
    text: Type.String({
      maxLength: PERSONAL_GOAL_RULES.longest,
      pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$",
    }),
    pointCode: Type.Union(
      [Type.String({ minLength: 1, maxLength: 40, pattern: "^[^\\u0000]*$" }), Type.Null()],
      {
        description: "measured by the awards of this point from today on; by ticking where null",
      },
    ),
    steps: Type.Integer({ minimum: PERSONAL_GOAL_RULES.fewestSteps, maximum: PERSONAL_GOAL_RULES.mostSteps }),
    reviewOn: LocalDate,
  },
  { additionalProperties: false },
);
export type NewPersonalGoal = Static<typeof NewPersonalGoal>;

export const PersonalGoal = Type.Object({
  id: Id,
  text: Type.String(),
  point: Type.Union([Type.Object({ name: Bilingual, dimension: DimensionName }), Type.Null()]),
  steps: Type.Integer({ minimum: 1 }),
  done: Type.Integer({ minimum: 0, description: "at most `steps`" }),
  reviewOn: LocalDate,
  isDue: Type.Boolean({ description: "the day to look at it together has come" }),
  setOn: LocalDate,
  setBy: Type.String({ description: "a name" }),
  isReached: Type.Boolean(),
  isCelebrated: Type.Boolean(),
  mayTick: Type.Boolean(),
});
export type PersonalGoal = Static<typeof PersonalGoal>;

export const PersonalGoals = Type.Object({
  goals: Type.Array(PersonalGoal, { description: "of the running term, latest first; none outside terms" }),
  reached: Type.Array(Type.Object({ id: Id, text: Type.String(), setOn: LocalDate }), {
    description: "of earlier terms, and celebrated",
  }),
  points: Type.Array(Type.Object({ code: Type.String(), name: Bilingual, dimension: DimensionName }), {
    description: "by which a goal may be measured",
  }),
  left: Type.Integer({ minimum: 0 }),
  mayChange: Type.Boolean(),
  today: LocalDate,
  termEndsOn: Type.Union([LocalDate, Type.Null()]),
});
export type PersonalGoals = Static<typeof PersonalGoals>;

/** How many steps are ticked: one more than there were, or one fewer. */
export const GoalTicks = Type.Object(
  { done: Type.Integer({ minimum: 0, maximum: PERSONAL_GOAL_RULES.mostSteps }) },
  { additionalProperties: false },
);
export type GoalTicks = Static<typeof GoalTicks>;
