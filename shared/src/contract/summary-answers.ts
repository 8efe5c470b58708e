/** What guardians answer to a published term summary: that they have read it, their signature, words to the teacher. */
import Type, { type Static } from "typebox";
import { MOST_POINTS, MOST_STROKES, SIGNATURE_WIDTH } from "../domain/signature.ts";
import { ClassRef, Id, Instant, NewId, oneOf, TermRef, WrittenText } from "./common.ts";

const SignatureStrokes = Type.Array(
  Type.Array(Type.Integer({ minimum: 0, maximum: SIGNATURE_WIDTH }), {
    minItems: 2,
    maxItems: 2 * MOST_POINTS,
  }),
  { minItems: 1, maxItems: MOST_STROKES, description: "x, y, x, y … of each stroke on a sheet of 600 × 240" },
);

const Revision = Type.Integer({ minimum: 1, description: "the revision that the guardian has before it" });

/** That a guardian has the summary open, or has come to its end. */
export const SummaryReading = Type.Object(
  { revision: Revision, isAtEnd: Type.Boolean() },
  { additionalProperties: false },
);
export type SummaryReading = Static<typeof SummaryReading>;

/** Drawn, or the name written by whoever cannot draw: one of the two. */
export const SignatureInput = Type.Object(
  {
    revision: Revision,
    strokes: Type.Optional(SignatureStrokes),
    name: Type.Optional(WrittenText({ minLength: 1, maxLength: 40 })),
  },
  { additionalProperties: false },
);
export type SignatureInput = Static<typeof SignatureInput>;

/** A message's id is made once; sending it again changes nothing. */
export const MessageInput = Type.Object(
  {
    id: NewId,
    text: WrittenText({ minLength: 1, maxLength: 500 }),
    guardianId: Type.Optional(
      Type.String({ format: "uuid", description: "teachers: whom they answer; guardians leave it out" }),
    ),
  },
  { additionalProperties: false },
);
export type MessageInput = Static<typeof MessageInput>;

const GuardianAnswer = Type.Object({
  guardianId: Id,
  name: Type.String(),
  isOwn: Type.Boolean({ description: "the caller's" }),
  openedAt: Type.Union([Instant, Type.Null()]),
  finishedAt: Type.Union([Instant, Type.Null()]),
  signedAt: Type.Union([Instant, Type.Null()]),
  strokes: Type.Union([SignatureStrokes, Type.Null()]),
  signedName: Type.Union([Type.String(), Type.Null()]),
  messages: Type.Array(
    Type.Object({
      id: Id,
      by: Type.String(),
      from: oneOf(["guardian", "teacher"] as const),
      text: Type.String(),
      writtenAt: Instant,
      isSeen: Type.Boolean({ description: "by the other side" }),
    }),
  ),
});
export type GuardianAnswer = Static<typeof GuardianAnswer>;

/** For a guardian its own answer alone; for who publishes, that of every guardian. */
export const SummaryAnswers = Type.Object({
  revision: Type.Integer({ minimum: 1, description: "the latest; readings and signatures are of this one" }),
  answers: Type.Array(GuardianAnswer),
  earlier: Type.Array(
    Type.Object({
      revision: Type.Integer({ minimum: 1 }),
      publishedAt: Instant,
      signatures: Type.Array(Type.Object({ name: Type.String(), isOwn: Type.Boolean(), signedAt: Instant }), {
        description: "a signature stands for what was signed; a guardian finds its own alone",
      }),
    }),
    { description: "revisions that a correction has replaced, latest first" },
  ),
});
export type SummaryAnswers = Static<typeof SummaryAnswers>;

/**
 * What families of children now in a class wrote about summaries that are not on its desk: of an earlier year, or of a
 * class the child has left. Latest first.
 */
export const EarlierAnswers = Type.Object({
  class: ClassRef,
  talks: Type.Array(
    Type.Object({
      studentId: Id,
      name: Type.String(),
      term: TermRef,
      unseen: Type.Integer({ minimum: 0, description: "messages of guardians that no teacher has read" }),
      lastWrittenAt: Instant,
    }),
  ),
});
export type EarlierAnswers = Static<typeof EarlierAnswers>;
