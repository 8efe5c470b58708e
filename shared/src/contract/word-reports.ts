/** Words that hurt: a child or a guardian says so, whoever is asked to reads it, decides and answers. */
import Type, { type Static } from "typebox";
import { PEER_STARTERS } from "../domain/voices.ts";
import {
  REPORT_LENGTH,
  REPORT_READERS,
  REPORTABLE_WORDS,
  WORD_REPORT_STATES,
} from "../domain/word-reports.ts";
import { ClassRef, Id, Instant, oneOf, WrittenText } from "./common.ts";

const Reportable = oneOf(REPORTABLE_WORDS);
const Reader = oneOf(REPORT_READERS);
const State = oneOf(WORD_REPORT_STATES);

export const WordReportInput = Type.Object(
  {
    reader: Reader,
    said: WrittenText({ maxLength: REPORT_LENGTH }),
  },
  {
    additionalProperties: false,
    description:
      "who is to read it, and one's own words, if any; words of whoever leads the class go to the office",
  },
);
export type WordReportInput = Static<typeof WordReportInput>;

/** What was reported of the words a child reads. Nobody reads what another one said, or was answered. */
export const ChildWordReports = Type.Object({
  reports: Type.Array(
    Type.Object({
      id: Id,
      kind: Reportable,
      wordsId: Id,
      reader: Reader,
      isMine: Type.Boolean(),
      state: State,
      answer: Type.Union([Type.String(), Type.Null()], { description: "null for another's report" }),
      isAnswerSeen: Type.Boolean(),
    }),
    { description: "latest first" },
  ),
});
export type ChildWordReports = Static<typeof ChildWordReports>;

const WordReport = Type.Object({
  id: Id,
  student: Type.Object({ id: Id, name: Type.String() }),
  class: ClassRef,
  isByChild: Type.Boolean({ description: "false: a guardian reported it" }),
  by: Type.String({ description: "name of who reported it; its author is never told" }),
  said: Type.String(),
  kind: Reportable,
  starter: Type.Union([oneOf(PEER_STARTERS), Type.Null()]),
  words: Type.Union([Type.String(), Type.Null()], { description: "null where they are gone" }),
  author: Type.Union([Type.String(), Type.Null()]),
  reportedAt: Instant,
  state: State,
  answer: Type.Union([Type.String(), Type.Null()]),
  answeredAt: Type.Union([Instant, Type.Null()]),
});
export type WordReport = Static<typeof WordReport>;

/** What waits for somebody, and what was answered lately. */
export const WordReports = Type.Object({
  class: Type.Union([ClassRef, Type.Null()], { description: "null on the office's desk" }),
  open: Type.Array(WordReport, { description: "oldest first" }),
  settled: Type.Array(WordReport, { description: "latest first" }),
});
export type WordReports = Static<typeof WordReports>;

export const WordReportCount = Type.Object({ open: Type.Integer({ minimum: 0 }) });
export type WordReportCount = Static<typeof WordReportCount>;

export const WordReportAnswer = Type.Object(
  {
    state: oneOf(["kept", "taken-back"] as const),
    answer: WrittenText({ maxLength: REPORT_LENGTH }),
  },
  { additionalProperties: false },
);
export type WordReportAnswer = Static<typeof WordReportAnswer>;
