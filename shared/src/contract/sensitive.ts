/** Sensitive facts of a child's record: masked, and one of them whole for who has a reason to see it. */
import Type, { type Static } from "typebox";
import { SENSITIVE_FIELDS } from "../domain/sensitive.ts";
import { Id, oneOf } from "./common.ts";

const FieldName = oneOf(SENSITIVE_FIELDS);

export const SensitiveFact = Type.Object({
  field: FieldName,
  guardian: Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()], {
    description: "whose phone it is",
  }),
  masked: Type.String(),
});
export type SensitiveFact = Static<typeof SensitiveFact>;

export const SensitiveFacts = Type.Object({ facts: Type.Array(SensitiveFact) });
export type SensitiveFacts = Static<typeof SensitiveFacts>;

export const Reveal = Type.Object(
  { field: FieldName, guardianId: Type.Optional(Id) },
  { additionalProperties: false },
);
export type Reveal = Static<typeof Reveal>;

export const Revealed = Type.Object({ value: Type.String() });
export type Revealed = Static<typeof Revealed>;
