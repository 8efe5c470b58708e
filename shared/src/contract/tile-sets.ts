/**
 * A teacher's own sets of tiles. Points are named by their codes, so that a set outlives the year's version of the scheme;
 * those that do not apply in a class are left out there.
 */
import Type, { type Static } from "typebox";
import { Id } from "./common.ts";

const Code = Type.String({ minLength: 1, maxLength: 40, pattern: "^[^\\u0000]*$" });

/** A set as the teacher wants it; its id is made once, so that saving again changes nothing. */
export const TileSetInput = Type.Object(
  {
    name: Type.String({ maxLength: 20, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" }),
    subjectCode: Type.Union([Code, Type.Null()], {
      description: "shown first where the teacher teaches this subject",
    }),
    pointCodes: Type.Array(Code, { minItems: 1, maxItems: 60, uniqueItems: true, description: "in order" }),
  },
  { additionalProperties: false },
);
export type TileSetInput = Static<typeof TileSetInput>;

export const TileSet = Type.Object({
  id: Id,
  name: Type.String(),
  subjectCode: Type.Union([Type.String(), Type.Null()]),
  pointCodes: Type.Array(Type.String(), { description: "in the teacher's order" }),
});
export type TileSet = Static<typeof TileSet>;
