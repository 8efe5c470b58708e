/** The turn of the school year for the office: what becomes of each class, what that would do, doing it, taking it back. */
import Type, { type Static } from "typebox";
import { CLASS_FATES } from "../domain/roll-over/draft.ts";
import { ASSIGNMENT_FATES, PUPIL_FATES, ROLL_OVER_FAULTS } from "../domain/roll-over/plan.ts";
import { Bilingual, ClassRef, Id, Instant, LocalDate, oneOf, WrittenText } from "./common.ts";

const Count = Type.Integer({ minimum: 0 });
const OptionalId = Type.Union([Id, Type.Null()]);
const closed = { additionalProperties: false };

export const RollOverDraft = Type.Object(
  {
    classes: Type.Array(
      Type.Object(
        {
          classId: Id,
          becomes: oneOf(CLASS_FATES),
          nextId: Type.Union([Id, Type.Null()], {
            description: "next year's class that takes over its teachers, and its pupils unless it is mixed",
          }),
        },
        closed,
      ),
      { maxItems: 400, description: "this year's" },
    ),
    nextClasses: Type.Array(
      Type.Object(
        {
          id: Id,
          grade: Type.Integer({ minimum: 1, maximum: 9 }),
          name: WrittenText({ maxLength: 40 }),
        },
        closed,
      ),
      { maxItems: 400 },
    ),
    notCarried: Type.Array(Id, {
      maxItems: 4000,
      description: "assignments that end though their class goes on",
    }),
    choices: Type.Array(Type.Object({ studentId: Id, nextId: Id }, closed), {
      maxItems: 10_000,
      description: "pupils of mixed classes, and those who go elsewhere than their class",
    }),
  },
  closed,
);
export type RollOverDraft = Static<typeof RollOverDraft>;

export const RollOverPreview = Type.Object({
  seal: Type.String({ description: "of the draft and the school as it is now: to be named by who applies" }),
  isHindered: Type.Boolean({ description: "a problem stands against it" }),
  problems: Type.Array(
    Type.Object({
      fault: oneOf(ROLL_OVER_FAULTS),
      classId: Type.Optional(Id),
      pupils: Type.Optional(Count),
    }),
  ),
  counts: Type.Object({
    goOn: Type.Integer({ minimum: 0, description: "pupils who are in a class of the next year" }),
    graduate: Count,
    leave: Type.Integer({ minimum: 0, description: "pupils whose last day was set before" }),
    carried: Type.Integer({ minimum: 0, description: "assignments" }),
    ended: Type.Integer({ minimum: 0, description: "assignments" }),
  }),
  classes: Type.Array(
    Type.Interface([ClassRef], {
      pupils: Type.Integer({ minimum: 0, description: "on the first day" }),
      from: Type.Array(Type.Object({ classId: Id, pupils: Count }), {
        description: "where they come from; the others are new to the school",
      }),
      homeroomTeacher: Type.Union([Type.String(), Type.Null()]),
    }),
    { description: "of the next year" },
  ),
  assignments: Type.Array(Type.Object({ id: Id, fate: oneOf(ASSIGNMENT_FATES), nextId: OptionalId })),
});
export type RollOverPreview = Static<typeof RollOverPreview>;

const Year = Type.Object({ id: Id, name: Type.String(), startsOn: LocalDate, endsOn: LocalDate });

export const RollOver = Type.Object({
  state: oneOf(["draft", "applied"] as const),
  from: Year,
  to: Year,
  version: Type.Integer({ minimum: 0, description: "of the draft, to be named by who saves it; 0 for none" }),
  savedAt: Type.Union([Instant, Type.Null()]),
  appliedAt: Type.Union([Instant, Type.Null()]),
  appliedBy: Type.Union([Type.String(), Type.Null()], { description: "a name" }),
  mayUndo: Type.Boolean({ description: "it is applied, and nothing is recorded in the next year yet" }),
  classes: Type.Array(Type.Interface([ClassRef], { pupils: Count }), { description: "this year's" }),
  pupils: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      studentNo: Type.String(),
      classId: OptionalId,
      nextId: OptionalId,
      fate: oneOf(PUPIL_FATES, { description: "by the draft, why it will be where it will be" }),
      group: Type.Integer({
        minimum: 0,
        maximum: 2,
        description: "pupils of one group are spread evenly by themselves",
      }),
    }),
    { description: "whom it is about, by number" },
  ),
  assignments: Type.Array(
    Type.Object({
      id: Id,
      classId: Id,
      teacher: Type.String(),
      subject: Type.Union([Bilingual, Type.Null()]),
      isHomeroom: Type.Boolean(),
    }),
  ),
  draft: RollOverDraft,
  preview: RollOverPreview,
});
export type RollOver = Static<typeof RollOver>;

export const SaveRollOver = Type.Object(
  { version: Type.Integer({ minimum: 0 }), draft: RollOverDraft },
  closed,
);
export type SaveRollOver = Static<typeof SaveRollOver>;

export const ApplyRollOver = Type.Object({ seal: Type.String({ maxLength: 64 }) }, closed);
