/**
 * Transfer files (转学档案): the portfolio as one school writes it and another reads it, those that were brought for a child,
 * and what is shown of them once a guardian has said yes. Stages and words, never a figure of beans.
 */
import Type, { type Static } from "typebox";
import { ACTIVITY_SORTS } from "../domain/activities.ts";
import { SEXES } from "../domain/roster-import/fields.ts";
import {
  FILE_NAME_PATTERN,
  MOST_TRANSFER_FILES,
  TRANSFER_ANSWERS,
  TRANSFER_STATES,
} from "../domain/transfer.ts";
import { FILE_KINDS, HONOUR_LEVELS } from "../domain/works.ts";
import { DimensionName, Id, Instant, LocalDate, oneOf, StageName, WrittenText } from "./common.ts";
import { PortfolioFileRef } from "./works.ts";

const closed = { additionalProperties: false } as const;
const Line = WrittenText({ maxLength: 200 });
const Words = WrittenText({ maxLength: 4000 });
const Said = Type.Object({ zh: Line, en: Line }, closed);
const orNull = <T extends Type.TSchema>(of: T) => Type.Union([of, Type.Null()]);
const listOf = <T extends Type.TSchema>(of: T, maxItems = 500) => Type.Array(of, { maxItems });
const FileName = Type.String({ pattern: FILE_NAME_PATTERN });

const Growth = Type.Object({ dimension: DimensionName, name: Said, stage: StageName }, closed);

const PublishedSummary = Type.Object(
  {
    term: Said,
    comment: Words,
    by: orNull(Line),
    remarks: listOf(Type.Object({ subject: Said, by: Line, text: Words }, closed), 30),
    publishedAt: Instant,
    sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    verificationCode: Line,
    paper: orNull(FileName),
  },
  closed,
);

const Moment = Type.Object(
  {
    dimension: DimensionName,
    point: Said,
    note: orNull(Words),
    day: LocalDate,
    isHighlight: Type.Boolean({ description: "the child chose to show it first" }),
    pictures: listOf(FileName, 20),
  },
  closed,
);

const KeptBadge = Type.Object(
  {
    name: Said,
    dimension: orNull(DimensionName),
    level: Type.Integer({ minimum: 1, maximum: 20 }),
    day: LocalDate,
    by: orNull(Line),
    said: orNull(Words),
  },
  closed,
);

const KeptHonour = Type.Object(
  {
    title: Line,
    level: oneOf(HONOUR_LEVELS),
    givenBy: Line,
    day: LocalDate,
    dimension: DimensionName,
    isHighlight: Type.Boolean(),
    certificate: orNull(FileName),
  },
  closed,
);

const KeptWork = Type.Object(
  {
    title: Line,
    dimension: DimensionName,
    reflection: Words,
    day: LocalDate,
    word: orNull(Type.Object({ text: Words, by: Line }, closed)),
    isHighlight: Type.Boolean(),
    files: listOf(FileName, 20),
  },
  closed,
);

const KeptActivity = Type.Object(
  {
    title: Line,
    sort: oneOf(ACTIVITY_SORTS),
    startsOn: LocalDate,
    endsOn: LocalDate,
    place: Line,
    dimensions: listOf(DimensionName, 5),
    part: Type.String({ maxLength: 200, description: "what the child did in it; may be empty" }),
    reflection: orNull(Words),
  },
  closed,
);

const KeptVoice = Type.Object(
  {
    from: oneOf(["self", "peer", "guardian"] as const, { description: "never who" }),
    about: Said,
    level: orNull(Said),
    words: Words,
  },
  closed,
);

/** One school year, as the family saw it. */
export const TransferredYear = Type.Object(
  {
    name: Line,
    className: Line,
    grade: Type.Integer({ minimum: 1, maximum: 9 }),
    terms: listOf(Type.Object({ name: Said, dimensions: listOf(Growth, 5) }, closed), 6),
    summaries: listOf(PublishedSummary, 6),
    moments: listOf(Moment),
    badges: listOf(KeptBadge),
    honours: listOf(KeptHonour),
    works: listOf(KeptWork),
    activities: Type.Optional(
      Type.Array(KeptActivity, { maxItems: 500, description: "files of before have none" }),
    ),
    goals: listOf(Type.Object({ text: Words, isReached: Type.Boolean() }, closed)),
    voices: listOf(KeptVoice),
  },
  closed,
);
export type TransferredYear = Static<typeof TransferredYear>;

/** `portfolio.json`: all that a transfer file says, in the first version of its format. */
export const TransferredPortfolio = Type.Object(
  {
    format: Type.String({ maxLength: 40 }),
    madeAt: Instant,
    school: Type.Object({ id: Id, name: Line }, closed),
    child: Type.Object({ name: Line, sex: orNull(oneOf(SEXES)), bornOn: orNull(LocalDate) }, closed),
    years: listOf(TransferredYear, 20),
    files: listOf(
      Type.Object({ name: FileName, kind: oneOf(FILE_KINDS), bytes: Type.Integer({ minimum: 1 }) }, closed),
      MOST_TRANSFER_FILES,
    ),
    leftOut: Type.Integer({
      minimum: 0,
      description: "files there was no room for, or that are lost or damaged at the school",
    }),
  },
  closed,
);
export type TransferredPortfolio = Static<typeof TransferredPortfolio>;

/** What the school signs: the SHA-256 of every other file in the archive, by its name. */
export const TransferManifest = Type.Object(
  {
    format: Type.String({ maxLength: 40 }),
    school: Type.Object({ id: Id, name: Line }, closed),
    madeAt: Instant,
    files: Type.Record(Type.String({ maxLength: 100 }), Type.String({ pattern: "^[0-9a-f]{64}$" })),
  },
  closed,
);
export type TransferManifest = Static<typeof TransferManifest>;

const Signature = Type.Object({
  isKnown: Type.Boolean({
    description: "by a key of a school here; else only that nothing changed since somebody signed it",
  }),
  fingerprint: Type.String({ description: "RFC 7638 thumbprint of the key, to be compared with the school" }),
});

const Differing = Type.Object({ there: Type.String(), here: Type.String() });

/** A transfer file that was brought for a child: what may be known of it before a guardian's yes. */
export const Transfer = Type.Object({
  id: Id,
  state: oneOf(TRANSFER_STATES),
  school: Type.String({ description: "as the file calls it" }),
  madeAt: Instant,
  signature: Signature,
  broughtBy: Type.String(),
  broughtAt: Instant,
  answeredBy: Type.Union([Type.String(), Type.Null()]),
  answeredAt: Type.Union([Instant, Type.Null()]),
  expiresOn: LocalDate,
  differing: Type.Object(
    { name: orNull(Differing), bornOn: orNull(Differing) },
    { description: "where the file speaks of another child than the roster" },
  ),
  contents: Type.Union([
    Type.Object({
      name: Type.String(),
      years: Type.Array(Type.Object({ name: Type.String(), className: Type.String() })),
      summaries: Type.Integer(),
      badges: Type.Integer(),
      honours: Type.Integer(),
      works: Type.Integer(),
      moments: Type.Integer(),
      activities: Type.Integer(),
      voices: Type.Integer(),
      files: Type.Integer(),
      leftOut: Type.Integer(),
    }),
    Type.Null(),
  ]),
});
export type Transfer = Static<typeof Transfer>;

export const Transfers = Type.Object({
  transfers: Type.Array(Transfer, { description: "the latest first" }),
  mayMake: Type.Boolean({ description: "a guardian always; the office for a child that left or is leaving" }),
  mayBring: Type.Boolean(),
  mayAnswer: Type.Boolean(),
});
export type Transfers = Static<typeof Transfers>;

export const TransferReply = Type.Object({ answer: oneOf(TRANSFER_ANSWERS) }, closed);
export type TransferReply = Static<typeof TransferReply>;

/** What a guardian has let in: as the other school wrote it, beside what is kept here. */
export const EarlierSchool = Type.Object({
  id: Id,
  school: Type.String(),
  madeAt: Instant,
  takenAt: Instant,
  signature: Signature,
  years: Type.Array(TransferredYear, { description: "the latest first" }),
  files: Type.Array(Type.Object({ name: Type.String(), ...PortfolioFileRef.properties })),
});
export type EarlierSchool = Static<typeof EarlierSchool>;

export const EarlierSchools = Type.Object({ schools: Type.Array(EarlierSchool) });
export type EarlierSchools = Static<typeof EarlierSchools>;
