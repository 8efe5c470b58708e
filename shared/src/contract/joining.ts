/** How a guardian comes in with the code of a letter: looks whose child it is, opens an account or adds the child to one. */
import Type, { type Static } from "typebox";
import { JOINING_RELATIONS } from "../domain/guardians.ts";
import { Instant, oneOf, WrittenText } from "./common.ts";

const LetterCode = WrittenText({ minLength: 1, maxLength: 60 });

export const ShownLetter = Type.Object({ code: LetterCode }, { additionalProperties: false });
export type ShownLetter = Static<typeof ShownLetter>;

/** What whoever holds the letter is told: no more than the paper says. */
export const LetterView = Type.Object({
  schoolName: Type.String(),
  child: Type.String({ description: "the family name; the rest is hidden: 林○○" }),
  expiresAt: Instant,
  noticeVersion: Type.String({ description: "of the notice that is agreed to when joining" }),
});
export type LetterView = Static<typeof LetterView>;

const common = {
  code: LetterCode,
  relation: oneOf(JOINING_RELATIONS),
  phone: WrittenText({ minLength: 5, maxLength: 30 }),
  agreesTo: WrittenText({ minLength: 1, maxLength: 20 }),
};

/** `agreesTo` is the version of the notice that was shown: without it nobody joins. */
export const NewGuardian = Type.Object(
  {
    ...common,
    name: WrittenText({ minLength: 1, maxLength: 50 }),
    login: WrittenText({ minLength: 1, maxLength: 200 }),
    password: WrittenText({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false },
);
export type NewGuardian = Static<typeof NewGuardian>;

/** For somebody who is signed in: another child. */
export const AnotherChild = Type.Object(common, { additionalProperties: false });
export type AnotherChild = Static<typeof AnotherChild>;
