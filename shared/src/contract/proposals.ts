/** What children tell: awards they propose to themselves, thanks to classmates; and what the homeroom teacher answers. */
import Type, { type Static } from "typebox";
import { PROPOSAL_VOICES, DECLINE_PHRASE_NAMES, WORDS_LENGTH } from "../domain/proposals.ts";
import {
  Bilingual,
  ClassRef,
  DimensionName,
  Id,
  Instant,
  LocalDate,
  NewId,
  oneOf,
  ProblemBody,
  WrittenText,
} from "./common.ts";

const VoiceName = oneOf(PROPOSAL_VOICES);
const PhraseName = oneOf(DECLINE_PHRASE_NAMES);

/** What a child tells. The id is made once; sending it again changes nothing. */
export const Telling = Type.Object(
  {
    id: NewId,
    voice: VoiceName,
    toStudentId: Type.Optional(Type.String({ format: "uuid", description: "peer: the classmate it thanks" })),
    observationPointId: Id,
    words: WrittenText({ minLength: 1, maxLength: WORDS_LENGTH }),
  },
  { additionalProperties: false },
);
export type Telling = Static<typeof Telling>;

export const TellingResult = Type.Object({ id: Id, status: oneOf(["recorded", "duplicate"] as const) });
export type TellingResult = Static<typeof TellingResult>;

export const TellingWithdrawn = Type.Object({ id: Id, status: oneOf(["withdrawn", "duplicate"] as const) });
export type TellingWithdrawn = Static<typeof TellingWithdrawn>;

const TellingPoint = Type.Object({ id: Id, dimension: DimensionName, name: Bilingual });
export type TellingPoint = Static<typeof TellingPoint>;

/** What a child told and what came of it, as the child may know it. */
export const Told = Type.Object({
  id: Id,
  voice: VoiceName,
  to: Type.Union([Type.String(), Type.Null()], { description: "peer: the classmate's name" }),
  dimension: DimensionName,
  point: Bilingual,
  words: Type.String(),
  day: LocalDate,
  state: oneOf(["open", "accepted", "declined", "seen"] as const, {
    description: "seen: thanks that a teacher has read and kept; nobody else is told",
  }),
  answer: Type.Union([Bilingual, Type.Null()], { description: "declined: the teacher's kind word" }),
});
export type Told = Static<typeof Told>;

/** Everything a child's page needs to tell something. Of classmates it says a name and nothing else. */
export const TellingDesk = Type.Object({
  canTell: Type.Boolean({ description: "false outside terms and classes" }),
  left: Type.Object({
    self: Type.Integer({ minimum: 0, description: "how many more today" }),
    peer: Type.Integer({ minimum: 0 }),
    guardian: Type.Integer({ minimum: 0 }),
  }),
  points: Type.Object({
    self: Type.Array(TellingPoint),
    peer: Type.Array(TellingPoint),
    guardian: Type.Array(TellingPoint),
  }),
  classmates: Type.Array(Type.Object({ id: Id, name: Type.String(), isThankedToday: Type.Boolean() }), {
    description: "in class-list order; for a child alone",
  }),
  told: Type.Array(Told, { description: "of the last two weeks, newest first" }),
});
export type TellingDesk = Static<typeof TellingDesk>;

const Child = Type.Object({ id: Id, name: Type.String() });

/** One that waits for the homeroom teacher. */
export const Proposal = Type.Object({
  id: Id,
  voice: VoiceName,
  from: Child,
  student: Type.Object({ id: Id, name: Type.String() }, { description: "whom an award would go to" }),
  dimension: DimensionName,
  point: Bilingual,
  beans: Type.Integer({ minimum: 0 }),
  words: Type.String(),
  toldAt: Instant,
  day: LocalDate,
  isReturned: Type.Boolean({ description: "peer: the two thanked each other within two days" }),
});
export type Proposal = Static<typeof Proposal>;

export const ClassProposals = Type.Object({
  class: ClassRef,
  today: LocalDate,
  proposals: Type.Array(Proposal, { description: "oldest first" }),
});
export type ClassProposals = Static<typeof ClassProposals>;

export const AnswerProposals = Type.Object(
  {
    answers: Type.Array(
      Type.Object(
        {
          id: Id,
          answer: oneOf(["accept", "decline"] as const),
          phrase: Type.Optional(PhraseName),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { additionalProperties: false },
);
export type AnswerProposals = Static<typeof AnswerProposals>;

export const AnswerResults = Type.Object({
  results: Type.Array(
    Type.Object({
      id: Id,
      status: oneOf(["accepted", "declined", "duplicate", "rejected"] as const),
      beans: Type.Optional(Type.Integer({ minimum: 0, description: "accepted: beans given" })),
      isCapped: Type.Optional(Type.Boolean()),
      problem: Type.Optional(ProblemBody),
    }),
  ),
});
export type AnswerResults = Static<typeof AnswerResults>;
