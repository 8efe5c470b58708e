/** Honours of a child, with the certificate where there is one: entered by the homeroom teacher, or proposed by a guardian. */
import Type, { type Static } from "typebox";
import { GIVER_LENGTH, HONOUR_LEVELS, HONOUR_STATES, TITLE_LENGTH } from "../domain/works.ts";
import { DimensionName, Id, LocalDate, oneOf, RoleName, WrittenText } from "./common.ts";
import { PortfolioFileRef } from "./works.ts";

const HonourLevelName = oneOf(HONOUR_LEVELS, { description: "where it comes from" });

export const Honour = Type.Object({
  id: Id,
  student: Type.Object({ id: Id, name: Type.String() }),
  termId: Id,
  title: Type.String(),
  level: HonourLevelName,
  givenBy: Type.String(),
  day: LocalDate,
  dimension: DimensionName,
  by: Type.String({ description: "name of who entered or proposed it" }),
  byRole: RoleName,
  state: oneOf(HONOUR_STATES, {
    description:
      "proposed and declined ones are shown to guardians and to staff who answer for the child only",
  }),
  canDelete: Type.Boolean(),
  certificate: Type.Union([PortfolioFileRef, Type.Null()]),
});
export type Honour = Static<typeof Honour>;

export const HonourInput = Type.Object(
  {
    title: WrittenText({ minLength: 1, maxLength: TITLE_LENGTH }),
    level: HonourLevelName,
    givenBy: WrittenText({ minLength: 1, maxLength: GIVER_LENGTH }),
    day: LocalDate,
    dimension: DimensionName,
    certificateId: Type.Optional(
      Type.String({ format: "uuid", description: "a picture or PDF uploaded before" }),
    ),
  },
  { additionalProperties: false },
);
export type HonourInput = Static<typeof HonourInput>;

export const HonourSaved = Type.Object({
  id: Id,
  status: oneOf(["recorded", "duplicate"] as const),
  state: oneOf(HONOUR_STATES),
});
export type HonourSaved = Static<typeof HonourSaved>;

export const HonourAnswer = Type.Object(
  { answer: oneOf(["confirm", "decline"] as const) },
  { additionalProperties: false },
);
export type HonourAnswer = Static<typeof HonourAnswer>;
