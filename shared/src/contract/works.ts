/** Works of a child: what it made, with its own words about it, its files, and the homeroom teacher's word. */
import Type, { type Static } from "typebox";
import {
  FILE_KINDS,
  HIDING_REASON_LENGTH,
  MOST_FILES_OF_WORK,
  REFLECTION_LENGTH,
  TITLE_LENGTH,
  WORD_LENGTH,
} from "../domain/works.ts";
import { Bilingual, DimensionName, Id, Instant, LocalDate, oneOf, RoleName, WrittenText } from "./common.ts";

const FileKindName = oneOf(FILE_KINDS);

/** A file of a work or an honour. The id is made once by the client; sending it again changes nothing. */
export const PortfolioFileRef = Type.Object({
  id: Id,
  kind: FileKindName,
  width: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
    description: "picture: of the large size, in pixels",
  }),
  height: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  bytes: Type.Integer({ minimum: 0 }),
  isRemoved: Type.Boolean({
    description: "consent was withdrawn: there was a file, and it is no longer shown",
  }),
});
export type PortfolioFileRef = Static<typeof PortfolioFileRef>;

export const Work = Type.Object({
  id: Id,
  student: Type.Object({ id: Id, name: Type.String() }),
  termId: Id,
  title: Type.String(),
  dimension: DimensionName,
  indicator: Type.Union([Bilingual, Type.Null()]),
  reflection: Type.String({ description: "the child's own words; may be empty" }),
  day: LocalDate,
  by: Type.String({ description: "name of who added it" }),
  byRole: RoleName,
  canDelete: Type.Boolean({ description: "the caller added it, and its term goes on" }),
  word: Type.Union([Type.Object({ text: Type.String(), by: Type.String() }), Type.Null()], {
    description: "the homeroom teacher's",
  }),
  hidden: Type.Union([Type.Object({ at: Instant, by: Type.String(), reason: Type.String() }), Type.Null()], {
    description: "out of sight; shown to staff who answer for the child only",
  }),
  files: Type.Array(PortfolioFileRef),
});
export type Work = Static<typeof Work>;

/** A work to keep. Files are uploaded before. */
export const WorkInput = Type.Object(
  {
    title: WrittenText({ minLength: 1, maxLength: TITLE_LENGTH }),
    dimension: DimensionName,
    indicatorId: Type.Optional(Id),
    reflection: WrittenText({ maxLength: REFLECTION_LENGTH }),
    fileIds: Type.Array(Id, {
      maxItems: MOST_FILES_OF_WORK,
      uniqueItems: true,
      description: "none only where there are words",
    }),
  },
  { additionalProperties: false },
);
export type WorkInput = Static<typeof WorkInput>;

export const WorkSaved = Type.Object({ id: Id, status: oneOf(["recorded", "duplicate"] as const) });
export type WorkSaved = Static<typeof WorkSaved>;

export const WorkWord = Type.Object(
  {
    word: Type.Union([WrittenText({ minLength: 1, maxLength: WORD_LENGTH }), Type.Null()], {
      description: "null takes it back",
    }),
  },
  { additionalProperties: false },
);
export type WorkWord = Static<typeof WorkWord>;

export const WorkHiding = Type.Object(
  {
    reason: Type.Union([WrittenText({ minLength: 1, maxLength: HIDING_REASON_LENGTH }), Type.Null()], {
      description: "for staff alone; null shows the work again",
    }),
  },
  { additionalProperties: false },
);
export type WorkHiding = Static<typeof WorkHiding>;
