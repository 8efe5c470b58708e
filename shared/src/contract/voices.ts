/** Voices: rounds in which children speak of themselves and of group mates, what guardians see at home, teachers' notes. */
import Type, { type Static } from "typebox";
import {
  HOME_LENGTH,
  HOME_TOPICS,
  NOTE_LENGTH,
  PEER_STARTERS,
  ROUND_KINDS,
  SELF_QUESTIONS,
  VOICE_LENGTH,
  type VoiceLevel,
} from "../domain/voices.ts";
import {
  Bilingual,
  ClassRef,
  DimensionName,
  Id,
  Instant,
  LocalDate,
  NewId,
  oneOf,
  RoundWas,
  WrittenText,
} from "./common.ts";

const Level = Type.Unsafe<VoiceLevel>(
  Type.Integer({
    minimum: 1,
    maximum: 3,
    description: "1 still growing, 2 growing well, 3 growing very well",
  }),
);
const LevelOrNot = Type.Union([Level, Type.Null()]);
const Question = oneOf(SELF_QUESTIONS);
const Topic = oneOf(HOME_TOPICS);
const Starter = oneOf(PEER_STARTERS);
const Child = Type.Object({ id: Id, name: Type.String() });

/** A round as a teacher opens it, or opens it again until a later day. */
export const VoiceRoundInput = Type.Object(
  {
    kind: oneOf(ROUND_KINDS),
    opensOn: LocalDate,
    closesOn: LocalDate,
    was: RoundWas,
    groupSetId: Type.Optional(Type.String({ format: "uuid", description: "peer: the groups to speak in" })),
  },
  { additionalProperties: false },
);
export type VoiceRoundInput = Static<typeof VoiceRoundInput>;

export const VoiceRound = Type.Object({
  id: Id,
  kind: oneOf(ROUND_KINDS),
  opensOn: LocalDate,
  closesOn: LocalDate,
  isOpen: Type.Boolean(),
});
export type VoiceRound = Static<typeof VoiceRound>;

/** What a group mate said, as its teacher reads it before it is passed on. */
const PeerLine = Type.Object({
  id: Id,
  roundId: Id,
  from: Child,
  student: Child,
  dimension: DimensionName,
  strength: Bilingual,
  starter: Starter,
  words: Type.String(),
  state: oneOf(["waiting", "released", "kept-back"] as const),
  keptBackFor: Type.Union([Type.String(), Type.Null()]),
});
export type PeerLine = Static<typeof PeerLine>;

/** The rounds of a class in its running term, and what was said in them. For its homeroom teacher. */
export const ClassVoices = Type.Object({
  class: ClassRef,
  today: LocalDate,
  termEndsOn: Type.Union([LocalDate, Type.Null()], { description: "null outside terms" }),
  sets: Type.Array(Type.Object({ id: Id, name: Type.String() }), { description: "groups there are" }),
  rounds: Type.Array(VoiceRound, { description: "latest first" }),
  children: Type.Array(Child, { description: "in class-list order" }),
  self: Type.Array(
    Type.Object({
      roundId: Id,
      studentId: Id,
      about: Question,
      level: LevelOrNot,
      words: Type.String(),
    }),
  ),
  peer: Type.Array(PeerLine, { description: "oldest first" }),
});
export type ClassVoices = Static<typeof ClassVoices>;

export const SettleVoices = Type.Object(
  {
    ids: Type.Array(Id, { minItems: 1, maxItems: 500 }),
    answer: oneOf(["release", "keep-back"] as const),
    reason: Type.Optional(WrittenText({ maxLength: 120 })),
  },
  { additionalProperties: false },
);
export type SettleVoices = Static<typeof SettleVoices>;

export const SelfAnswer = Type.Object(
  { level: Type.Optional(Level), words: Type.Optional(WrittenText({ maxLength: VOICE_LENGTH })) },
  { additionalProperties: false, description: "a level, or words for a sentence to finish" },
);
export type SelfAnswer = Static<typeof SelfAnswer>;

export const PeerAnswer = Type.Object(
  {
    observationPointId: Type.String({ format: "uuid", description: "the strength" }),
    starter: Starter,
    words: WrittenText({ minLength: 1, maxLength: VOICE_LENGTH }),
  },
  { additionalProperties: false },
);
export type PeerAnswer = Static<typeof PeerAnswer>;

/** What a child is asked today; of its group mates it is told the name and nothing else. */
export const VoiceDesk = Type.Object({
  grade: Type.Integer({ minimum: 1, maximum: 9 }),
  self: Type.Union([
    Type.Object({
      closesOn: LocalDate,
      given: Type.Array(Type.Object({ about: Question, level: LevelOrNot, words: Type.String() })),
    }),
    Type.Null(),
  ]),
  peer: Type.Union([
    Type.Object({
      closesOn: LocalDate,
      strengths: Type.Array(Type.Object({ id: Id, dimension: DimensionName, name: Bilingual })),
      mates: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          given: Type.Union([
            Type.Object({
              observationPointId: Id,
              starter: Starter,
              words: Type.String(),
              isSettled: Type.Boolean({ description: "a teacher has read it: it stays as it is" }),
            }),
            Type.Null(),
          ]),
        }),
      ),
    }),
    Type.Null(),
  ]),
});
export type VoiceDesk = Static<typeof VoiceDesk>;

/** What a guardian saw at home. The id is made once; sending it again changes nothing. */
export const HomeVoiceInput = Type.Object(
  {
    id: NewId,
    about: Topic,
    level: Level,
    day: LocalDate,
    words: WrittenText({ maxLength: HOME_LENGTH }),
  },
  { additionalProperties: false },
);
export type HomeVoiceInput = Static<typeof HomeVoiceInput>;

export const NoteInput = Type.Object(
  { words: WrittenText({ minLength: 1, maxLength: NOTE_LENGTH }), guardianMaySee: Type.Boolean() },
  { additionalProperties: false },
);
export type NoteInput = Static<typeof NoteInput>;

export const VoiceKept = Type.Object({ id: Id, status: oneOf(["recorded", "duplicate"] as const) });
export type VoiceKept = Static<typeof VoiceKept>;

const TeacherNote = Type.Object({
  id: Id,
  words: Type.String(),
  by: Type.String(),
  guardianMaySee: Type.Boolean(),
  canChange: Type.Boolean({ description: "its author, for a week" }),
  createdAt: Instant,
  earlier: Type.Array(Type.Object({ words: Type.String(), until: Instant }), {
    description: "what it said before, oldest first; staff only",
  }),
});
export type TeacherNote = Static<typeof TeacherNote>;

/** The voices section of a portfolio, as far as the reader may read it. */
export const StudentVoices = Type.Object({
  grade: Type.Integer({ minimum: 1, maximum: 9 }),
  today: LocalDate,
  self: Type.Array(
    Type.Object({ about: Question, level: LevelOrNot, words: Type.String(), day: LocalDate }),
    { description: "the latest answer to each question" },
  ),
  peer: Type.Array(
    Type.Object({
      id: Id,
      from: Type.Union([Type.String(), Type.Null()], {
        description: "null where the school does not tell names, for the child and its guardians",
      }),
      dimension: DimensionName,
      strength: Bilingual,
      starter: Starter,
      words: Type.String(),
      day: LocalDate,
    }),
    { description: "what a teacher has passed on, in no order but time" },
  ),
  home: Type.Array(
    Type.Object({
      id: Id,
      about: Topic,
      level: LevelOrNot,
      words: Type.String(),
      day: LocalDate,
      by: Type.String(),
    }),
    { description: "a guardian's own for that guardian, all for staff, none for the child" },
  ),
  notes: Type.Array(TeacherNote, { description: "latest first" }),
  canObserve: Type.Boolean({ description: "the reader may tell of home" }),
  canNote: Type.Boolean({ description: "the reader may write a note" }),
});
export type StudentVoices = Static<typeof StudentVoices>;
