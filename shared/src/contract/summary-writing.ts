/** What helps to write term summaries: the evidence of a child's term, and the sentences of subject teachers. */
import Type, { type Static } from "typebox";
import { REMARK_LENGTH } from "../domain/summary-remarks.ts";
import {
  Bilingual,
  ChangeName,
  ClassRef,
  DimensionName,
  Id,
  Instant,
  LocalDate,
  TermRef,
  WrittenText,
} from "./common.ts";

export const SummaryRemark = Type.Object({
  subject: Bilingual,
  by: Type.String(),
  text: Type.String({ description: "a sentence, in the teacher's own words" }),
});
export type SummaryRemark = Static<typeof SummaryRemark>;

/** What a child's term says, for who writes about it: from tallies and the newest of what was noted. */
export const SummaryEvidence = Type.Object({
  studentId: Id,
  termId: Id,
  dimensions: Type.Array(
    Type.Object({
      dimension: DimensionName,
      name: Bilingual,
      records: Type.Integer({ minimum: 0 }),
      change: ChangeName,
      points: Type.Array(Bilingual, { description: "seen most, most first" }),
    }),
    { description: "the five, in order" },
  ),
  moments: Type.Array(
    Type.Object({
      day: LocalDate,
      dimension: DimensionName,
      point: Bilingual,
      by: Type.String(),
      note: Type.Union([Type.String(), Type.Null()]),
    }),
    { description: "worth telling, most telling first" },
  ),
  grewMost: Type.Union([Type.Object({ dimension: DimensionName, name: Bilingual }), Type.Null()]),
  remarks: Type.Array(SummaryRemark),
});
export type SummaryEvidence = Static<typeof SummaryEvidence>;

/** The same of every child of a class, to be kept where there may be no network when the comments are written. */
export const ClassEvidence = Type.Object({
  termId: Id,
  students: Type.Array(SummaryEvidence, { description: "in class-list order" }),
});
export type ClassEvidence = Static<typeof ClassEvidence>;

export const RemarkDraft = Type.Object(
  {
    subject: Type.String({ maxLength: 40, description: "code of a subject the caller teaches in the class" }),
    text: WrittenText({ maxLength: REMARK_LENGTH }),
    version: Type.Integer({ minimum: 0, description: "the one that was read; 0 where there was none" }),
  },
  { additionalProperties: false },
);
export type RemarkDraft = Static<typeof RemarkDraft>;
export const RemarkSaved = Type.Object({ version: Type.Integer({ minimum: 1 }), savedAt: Instant });
export type RemarkSaved = Static<typeof RemarkSaved>;

/** A subject teacher's own sentences about the children of a class. */
export const OwnRemarks = Type.Object({
  class: ClassRef,
  term: TermRef,
  subjects: Type.Array(Type.Object({ code: Type.String(), name: Bilingual })),
  students: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      isPublished: Type.Boolean({ description: "what is written now is read only in a correction" }),
      remarks: Type.Array(
        Type.Object({
          subject: Type.String(),
          text: Type.String({ description: "empty where it was taken away" }),
          version: Type.Integer({ minimum: 1 }),
        }),
      ),
    }),
  ),
});
export type OwnRemarks = Static<typeof OwnRemarks>;
