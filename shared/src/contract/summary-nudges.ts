/** Gentle reminders of a class's families that a summary waits: by hand, shown beforehand, and not again for some days. */
import Type, { type Static } from "typebox";
import { Id, Instant } from "./common.ts";

const WaitingFamily = Type.Object({
  studentId: Id,
  name: Type.String(),
  guardians: Type.Integer({
    minimum: 0,
    description: "with an account; with none, only paper reaches the family",
  }),
  byMail: Type.Integer({ minimum: 0, description: "of them, those who are told by e-mail as well" }),
  nudgedAt: Type.Union([Instant, Type.Null()], { description: "the last time" }),
  mayBeNudged: Type.Boolean(),
});
export type WaitingFamily = Static<typeof WaitingFamily>;

/** Families whose published summary nobody has signed, in class-list order. */
export const WaitingFamilies = Type.Object({
  families: Type.Array(WaitingFamily),
  nudgeAfterDays: Type.Integer({
    description: "a family is reminded again at the earliest so many days later",
  }),
});
export type WaitingFamilies = Static<typeof WaitingFamilies>;

/** Whose family is reminded. Who has signed meanwhile, or was reminded lately, is left out. */
export const NudgeInput = Type.Object(
  { termId: Id, studentIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  { additionalProperties: false },
);
export type NudgeInput = Static<typeof NudgeInput>;

export const Nudged = Type.Object({
  studentIds: Type.Array(Id, { description: "whose families were reminded now" }),
});
export type Nudged = Static<typeof Nudged>;
