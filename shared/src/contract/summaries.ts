/** Term summaries (学期成长报告): what a guardian reads. Levels and words, never scores or ranks. */
import Type, { type Static } from "typebox";
import { BADGE_SHAPES } from "../domain/badge-words.ts";
import { ACTIVITY_SORTS } from "../domain/activities.ts";
import { FITNESS_ITEMS, FITNESS_WORDS } from "../domain/fitness.ts";
import { SUMMARY_PARTS } from "../domain/words.ts";
import {
  Bilingual,
  ChangeName,
  ClassRef,
  DimensionName,
  Id,
  Instant,
  LevelName,
  LocalDate,
  oneOf,
  StageName,
  TermRef,
  WrittenText,
} from "./common.ts";
import { SummaryRound } from "./summary-rounds.ts";
import { SummaryRemark } from "./summary-writing.ts";

export const SummaryDimension = Type.Object({
  dimension: DimensionName,
  name: Bilingual,
  stage: StageName,
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  sentence: Bilingual,
  records: Type.Integer({ minimum: 0 }),
  recorders: Type.Integer({ minimum: 0 }),
  change: ChangeName,
  indicators: Type.Array(Type.Object({ name: Bilingual, level: LevelName })),
});
export type SummaryDimension = Static<typeof SummaryDimension>;

/** How often the child was noticed against its own last term, and what that stands on. */
export const AgainstLastTerm = Type.Object({
  dimension: DimensionName,
  change: ChangeName,
  records: Type.Integer({ minimum: 0, description: "of both terms" }),
  recorders: Type.Integer({
    minimum: 0,
    description: "people who made them, at least: who noticed the child in both terms is one",
  }),
  sentence: Bilingual,
});
export type AgainstLastTerm = Static<typeof AgainstLastTerm>;

/** What the child's teachers saw of an indicator, in the words they had before them. */
const RatedIndicator = Type.Object({
  dimension: DimensionName,
  indicator: Bilingual,
  word: Bilingual,
  description: Bilingual,
});

export const SummaryHighlight = Type.Object({
  day: LocalDate,
  dimension: DimensionName,
  point: Bilingual,
  by: Type.String(),
  note: Type.Union([Type.String(), Type.Null()]),
});
export type SummaryHighlight = Static<typeof SummaryHighlight>;

/** A badge the child earned in the term, as it was drawn then. */
export const SummaryBadge = Type.Object({
  name: Bilingual,
  shape: oneOf(BADGE_SHAPES),
  dimension: Type.Union([DimensionName, Type.Null()]),
  level: Type.Integer({ minimum: 1 }),
  levels: Type.Integer({ minimum: 1 }),
});
export type SummaryBadge = Static<typeof SummaryBadge>;
/** An activity the child took part in, with its own part and its own sentence. */
export const SummaryActivity = Type.Object({
  title: Type.String(),
  sort: oneOf(ACTIVITY_SORTS),
  day: LocalDate,
  place: Type.String(),
  part: Type.String(),
  reflection: Type.Union([Type.String(), Type.Null()]),
});
export type SummaryActivity = Static<typeof SummaryActivity>;

/** The frozen content of a published summary. Self-contained: reads right years later. */
export const SummarySnapshot = Type.Object({
  version: Type.Literal(1),
  school: Type.Object({ name: Type.String() }),
  student: Type.Object({ id: Id, name: Type.String(), studentNo: Type.String() }),
  class: ClassRef,
  homeroomTeacher: Type.Union([Type.String(), Type.Null()]),
  term: Type.Object({ id: Id, name: Bilingual, startsOn: LocalDate, endsOn: LocalDate }),
  dimensions: Type.Array(SummaryDimension, { description: "the five, in order" }),
  grewMost: Type.Union([Type.Object({ dimension: DimensionName, sentence: Bilingual }), Type.Null()], {
    description: "against the child's own earlier weeks; null where records are too few to say",
  }),
  lastTerm: Type.Optional(
    Type.Array(AgainstLastTerm, {
      description: "the five dimensions against the child's own last term; left out where it has none here",
    }),
  ),
  highlights: Type.Array(SummaryHighlight),
  atHome: Type.Array(Bilingual, { description: "how to help at home" }),
  comment: Type.String(),
  remarks: Type.Optional(
    Type.Array(Type.Object({ subject: Bilingual, by: Type.String(), text: Type.String() }), {
      description: "sentences of subject teachers; left out where there are none",
    }),
  ),
  activities: Type.Optional(
    Type.Object(
      { count: Type.Integer({ minimum: 1 }), told: Type.Array(SummaryActivity) },
      { description: "what the child took part in; left out where there was nothing, or nothing was kept" },
    ),
  ),
  rated: Type.Optional(
    Type.Array(RatedIndicator, {
      description: "levels in words, dimension by dimension; left out where no teacher has chosen any",
    }),
  ),
  badges: Type.Optional(
    Type.Array(SummaryBadge, {
      description: "earned in the term, for the child's own version; left out where there are none",
    }),
  ),
  fitness: Type.Optional(
    Type.Object(
      { word: oneOf(FITNESS_WORDS), improved: Type.Array(oneOf(FITNESS_ITEMS)) },
      { description: "the year's fitness test in a word, and in what the child became better than before" },
    ),
  ),
});
export type SummarySnapshot = Static<typeof SummarySnapshot>;

export const SummaryStatus = oneOf(["draft", "published"] as const);

export const TermSummary = Type.Object({
  studentId: Id,
  termId: Id,
  status: SummaryStatus,
  revision: Type.Integer({ minimum: 1 }),
  commentVersion: Type.Integer({
    minimum: 0,
    description: "send it back with the next comment; guards against two editors",
  }),
  publishedAt: Type.Union([Instant, Type.Null()]),
  sha256: Type.Union([Type.String(), Type.Null()], {
    description: "of the frozen snapshot's canonical JSON",
  }),
  verificationCode: Type.Union([Type.String(), Type.Null()]),
  changes: Type.Array(oneOf(SUMMARY_PARTS), {
    description: "a correction: what reads differently from the revision before",
  }),
  commentBefore: Type.Union([Type.String(), Type.Null()], {
    description: "a correction of the comment: as it was in the revision before",
  }),
  replacedAt: Type.Union([Instant, Type.Null()], {
    description: "when a correction took the place of this revision; null for the latest",
  }),
  terms: Type.Array(TermRef, { description: "terms of this child that the caller may read a summary of" }),
  snapshot: SummarySnapshot,
});
export type TermSummary = Static<typeof TermSummary>;

/** The published summaries of one child, newest term first. */
export const SummaryList = Type.Object({
  summaries: Type.Array(
    Type.Object({
      term: TermRef,
      revision: Type.Integer({ minimum: 1 }),
      publishedAt: Instant,
      waitsFor: oneOf(["reading", "signature", "answer", "nothing"] as const, {
        description:
          "what the summary waits for from a guardian: to be read, to be signed, to see what the teacher answered; nothing for everybody else",
      }),
    }),
  ),
});
export type SummaryList = Static<typeof SummaryList>;

export const CommentDraft = Type.Object(
  {
    comment: WrittenText({ maxLength: 1000 }),
    commentVersion: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type CommentDraft = Static<typeof CommentDraft>;
export const CommentSaved = Type.Object({ commentVersion: Type.Integer(), savedAt: Instant });
export type CommentSaved = Static<typeof CommentSaved>;

export const PublishedSummary = Type.Object({
  revision: Type.Integer(),
  publishedAt: Instant,
  sha256: Type.String(),
  verificationCode: Type.String(),
});
export type PublishedSummary = Static<typeof PublishedSummary>;

/** What a code printed on a summary proves, to whoever holds the paper: that it is genuine and when. Nothing it says. */
export const Verification = Type.Object({
  publishedAt: Instant,
  isLatest: Type.Boolean({ description: "false: it has been corrected since; the family has the newer one" }),
  papers: Type.Array(Type.String(), {
    description:
      "the SHA-256 of each of its PDFs that is kept, for whoever holds a file; nothing of what it says",
  }),
});
export type Verification = Static<typeof Verification>;

/**
 * The list of who writes or approves: who has a comment, who is published. What is approved stands here whole, the comment
 * and the subject teachers' sentences, and nothing else of the child.
 */
export const ClassSummaries = Type.Object({
  class: ClassRef,
  term: TermRef,
  terms: Type.Array(TermRef),
  mayNudge: Type.Boolean({ description: "remind families that a summary waits" }),
  mayPublish: Type.Boolean({ description: "not who only stands in for the homeroom teacher" }),
  round: SummaryRound,
  students: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      studentNo: Type.String(),
      status: oneOf(["none", "draft", "published"] as const),
      comment: Type.String(),
      remarks: Type.Array(SummaryRemark, { description: "sentences of subject teachers" }),
      commentVersion: Type.Integer({ minimum: 0 }),
      publishedAt: Type.Union([Instant, Type.Null()]),
      isApproved: Type.Boolean({ description: "or needs no approval" }),
      returned: Type.Union([Type.String(), Type.Null()], {
        description: "what the reviewer remarked about this child's summary",
      }),
      guardians: Type.Integer({ minimum: 0 }),
      opened: Type.Integer({ minimum: 0, description: "guardians who have opened the latest revision" }),
      signed: Type.Integer({ minimum: 0, description: "guardians who have signed it" }),
      nudgedAt: Type.Union([Instant, Type.Null()], { description: "when the family was last reminded" }),
      unseen: Type.Integer({ minimum: 0, description: "messages of guardians that wait to be read" }),
    }),
  ),
});
export type ClassSummaries = Static<typeof ClassSummaries>;
