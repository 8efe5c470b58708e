/** Children's cards: signing in by one, and what the homeroom teacher does with them. */
import Type, { type Static } from "typebox";
import { PIN_KINDS } from "../domain/words.ts";
import { ClassRef, Id, Instant, oneOf, ProblemBody, WrittenText } from "./common.ts";

export const PinKindName = oneOf(PIN_KINDS);

const CardCode = WrittenText({ minLength: 1, maxLength: 60 });

/** What was scanned or typed. */
export const ShownCard = Type.Object({ code: CardCode }, { additionalProperties: false });
export type ShownCard = Static<typeof ShownCard>;

/** What the child is asked for next. */
export const CardView = Type.Object({
  name: Type.String({ description: "as it is written on the card" }),
  pinKind: PinKindName,
  hasPin: Type.Boolean({ description: "false at first use: the PIN given next is the child's from then on" }),
});
export type CardView = Static<typeof CardView>;

export const CardSignIn = Type.Object(
  {
    code: CardCode,
    pin: Type.String({ minLength: 1, maxLength: 20, description: "`0417`, or places of pictures: `3-0-11`" }),
  },
  { additionalProperties: false },
);
export type CardSignIn = Static<typeof CardSignIn>;

export const ClassCards = Type.Object({
  class: ClassRef,
  students: Type.Array(
    Type.Object({
      student: Type.Object({ id: Id, name: Type.String(), studentNo: Type.String() }),
      hasConsent: Type.Boolean({ description: "a guardian's consent to the account stands" }),
      card: Type.Union([
        Type.Object({ issuedAt: Instant, pinKind: PinKindName, hasPin: Type.Boolean() }),
        Type.Null(),
      ]),
    }),
  ),
});
export type ClassCards = Static<typeof ClassCards>;

export const IssueCards = Type.Object(
  { studentIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  { additionalProperties: false },
);
export type IssueCards = Static<typeof IssueCards>;

/** Cards that were issued just now, with their codes, which nobody else has any more. */
export const CardsToPrint = Type.Object(
  {
    cards: Type.Array(Type.Object({ studentId: Id, code: CardCode }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 100,
    }),
  },
  { additionalProperties: false },
);
export type CardsToPrint = Static<typeof CardsToPrint>;

/** The only time that a code is told: nobody can read it again, so a lost card is replaced by a new one. */
export const IssuedCards = Type.Object({
  cards: Type.Array(
    Type.Object({
      studentId: Id,
      code: Type.Optional(Type.String()),
      problem: Type.Optional(ProblemBody),
    }),
  ),
});
export type IssuedCards = Static<typeof IssuedCards>;
