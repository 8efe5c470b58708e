/** The yearly report on children's data, and the draft of an assessment, as files. */
import Type, { type Static } from "typebox";
import { LocaleName } from "./common.ts";

export const ReportQuery = Type.Object({
  year: Type.Integer({ minimum: 2020, maximum: 2200 }),
  locale: Type.Optional(LocaleName),
});
export type ReportQuery = Static<typeof ReportQuery>;

export const AssessmentQuery = Type.Object({ locale: Type.Optional(LocaleName) });
export type AssessmentQuery = Static<typeof AssessmentQuery>;
