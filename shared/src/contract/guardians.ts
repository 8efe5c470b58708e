/** Guardians of the children of a class, the letters that let them in, and keeping one out again. */
import Type, { type Static } from "typebox";
import { JOINING_STATES, REMOVAL_REASONS } from "../domain/guardians.ts";
import { ClassRef, Id, Instant, oneOf, WrittenText } from "./common.ts";

/** How it was made sure who a guardian is; null where nobody has yet. */
export const Verified = Type.Union([
  Type.Object({ at: Instant, by: oneOf(["letter", "office"] as const) }),
  Type.Null(),
]);

export const OpenLetter = Type.Union([Type.Object({ createdAt: Instant, expiresAt: Instant }), Type.Null()], {
  description: "the one that still opens",
});

const Guardian = Type.Object({
  id: Id,
  name: Type.String(),
  relation: Type.String({ description: "mother, father, …; what the roster said" }),
  verified: Verified,
  hasAccount: Type.Boolean({ description: "with an account and verified: may see the child" }),
});

const RemovedGuardian = Type.Object({
  id: Id,
  name: Type.String(),
  relation: Type.String(),
  removedAt: Instant,
  removedBy: Type.String(),
  reason: oneOf(REMOVAL_REASONS),
  note: Type.Union([Type.String(), Type.Null()]),
});

export const ClassGuardians = Type.Object({
  class: ClassRef,
  mayRemove: Type.Boolean(),
  students: Type.Array(
    Type.Object({
      student: Type.Object({ id: Id, name: Type.String(), studentNo: Type.String() }),
      state: oneOf(JOINING_STATES),
      letter: OpenLetter,
      guardians: Type.Array(Guardian),
      removed: Type.Array(RemovedGuardian, { description: "for administrators; empty for anybody else" }),
    }),
  ),
});
export type ClassGuardians = Static<typeof ClassGuardians>;

/** Letters that these children had are worth nothing from then on. Children whose guardians have all joined get none. */
export const NewLetters = Type.Object(
  { studentIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  { additionalProperties: false },
);
export type NewLetters = Static<typeof NewLetters>;

export const GuardianRemoval = Type.Object(
  {
    reason: oneOf(REMOVAL_REASONS),
    note: Type.Optional(WrittenText({ maxLength: 300 })),
  },
  { additionalProperties: false },
);
export type GuardianRemoval = Static<typeof GuardianRemoval>;
