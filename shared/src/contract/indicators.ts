/** Indicator schemes: the published versions, and the draft that a school's office is writing. */
import Type, { type Static } from "typebox";
import { GROUP_SYMBOLS } from "../domain/groups.ts";
import { PALETTE } from "../domain/palette.ts";
import { ORIGINS } from "../domain/school-scheme.ts";
import { EVIDENCE_NEEDS, GIVERS, KINDS } from "../domain/words.ts";
import {
  Bilingual,
  DimensionName,
  Id,
  Instant,
  LocalDate,
  oneOf,
  PerDimension,
  StageName,
  WrittenText,
} from "./common.ts";

const Names = Type.Object(
  { zh: WrittenText({ maxLength: 60 }), en: WrittenText({ maxLength: 120 }) },
  { additionalProperties: false },
);
const Code = WrittenText({ maxLength: 40 });
const Grade = Type.Integer({ minimum: 1, maximum: 9 });
const Count = Type.Integer({ minimum: 0, maximum: 100 });
const Beans = Type.Integer({ minimum: 0, maximum: 9 });

export const StageThresholds = Type.Object(
  {
    sprout: Type.Integer({ minimum: 0, maximum: 999 }),
    leaf: Type.Integer({ minimum: 0, maximum: 999 }),
    bloom: Type.Integer({ minimum: 0, maximum: 999 }),
    fruit: Type.Integer({ minimum: 0, maximum: 999 }),
  },
  { additionalProperties: false, description: "beans of a child in grade 3 at the end of 20 school weeks" },
);

const SchemePoint = Type.Object(
  {
    code: Code,
    name: Names,
    kind: oneOf(KINDS),
    beans: Beans,
    minBeans: Beans,
    maxBeans: Beans,
    weeklyCap: Count,
    who: Type.Array(oneOf(GIVERS), { maxItems: GIVERS.length, uniqueItems: true }),
    gradeFrom: Grade,
    gradeTo: Grade,
    subjects: Type.Array(Code, { maxItems: 40, uniqueItems: true }),
    evidence: oneOf(EVIDENCE_NEEDS),
    origin: oneOf(ORIGINS),
    icon: Type.Union([oneOf(GROUP_SYMBOLS), Type.Null()]),
  },
  { additionalProperties: false },
);

const SchemeIndicator = Type.Object(
  {
    code: Code,
    dimension: DimensionName,
    name: Names,
    origin: oneOf(ORIGINS),
    points: Type.Array(SchemePoint, { maxItems: 60 }),
  },
  { additionalProperties: false },
);

const DimensionWords = Type.Object(
  {
    name: Names,
    colour: Type.Optional(
      oneOf(PALETTE, { description: "each of the five once; left out: the dimension's own" }),
    ),
    weight: Count,
    thresholds: StageThresholds,
  },
  { additionalProperties: false },
);

/** A whole scheme; one that is being written may be unfinished. */
export const SchoolScheme = Type.Object(
  {
    dimensions: PerDimension(DimensionWords),
    indicators: Type.Array(SchemeIndicator, { maxItems: 80 }),
  },
  { additionalProperties: false },
);
export type SchoolScheme = Static<typeof SchoolScheme>;

export const SchemeDraft = Type.Object({
  version: Type.Integer({ minimum: 1, description: "to be named by who saves next" }),
  startedFrom: Type.Union([Id, Type.Null()], {
    description: "the published version it started from; null for the product's own scheme",
  }),
  savedAt: Instant,
  savedBy: Type.String({ description: "a name" }),
  scheme: SchoolScheme,
  /** What it started from: the core nodes of it stay as they are. */
  core: SchoolScheme,
});
export type SchemeDraft = Static<typeof SchemeDraft>;

export const SchemeOverview = Type.Object({
  versions: Type.Array(
    Type.Object({
      id: Id,
      version: Type.Integer(),
      year: Type.String(),
      publishedAt: Type.Union([Instant, Type.Null()]),
    }),
    { description: "latest first" },
  ),
  terms: Type.Array(
    Type.Object({
      id: Id,
      name: Bilingual,
      startsOn: LocalDate,
      endsOn: LocalDate,
      schemeId: Type.Union([Id, Type.Null()]),
      state: oneOf(["past", "running", "coming"] as const),
    }),
    { description: "oldest first" },
  ),
  inForce: Type.Union([Id, Type.Null()], { description: "the version of the term now, or of the next one" }),
  subjects: Type.Array(Type.Object({ code: Type.String(), name: Bilingual })),
  draft: Type.Union([SchemeDraft, Type.Null()]),
});
export type SchemeOverview = Static<typeof SchemeOverview>;

export const PublishedScheme = Type.Object({ id: Id, scheme: SchoolScheme });
export type PublishedScheme = Static<typeof PublishedScheme>;

/** Begin a draft as a copy of a published version, or of the product's own scheme. */
export const BeginDraft = Type.Object(
  { from: Type.Union([Id, Type.Literal("built-in")]) },
  { additionalProperties: false },
);
export type BeginDraft = Static<typeof BeginDraft>;

export const SaveDraft = Type.Object(
  { version: Type.Integer({ minimum: 1, description: "the one it was made from" }), scheme: SchoolScheme },
  { additionalProperties: false },
);
export type SaveDraft = Static<typeof SaveDraft>;

export const DraftSaved = Type.Object({ version: Type.Integer(), savedAt: Instant });
export type DraftSaved = Static<typeof DraftSaved>;

export const PublishDraft = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: "of the draft, as it was looked at" }),
    termId: Type.String({
      format: "uuid",
      description: "from this term on: from its first day, or from today where it has begun",
    }),
  },
  { additionalProperties: false },
);
export type PublishDraft = Static<typeof PublishDraft>;

export const SchemePublished = Type.Object({ schemeId: Id, version: Type.Integer(), from: LocalDate });
export type SchemePublished = Static<typeof SchemePublished>;

/** What a file holds, and what keeps it from being taken: nothing is changed by asking. */
export const SchemeFileCheck = Type.Object({
  scheme: Type.Union([SchoolScheme, Type.Null()]),
  problems: Type.Array(
    Type.Object({
      cell: Type.String({ description: "as a spreadsheet calls it, such as C5; or a JSON pointer" }),
      column: Type.String(),
      problem: Type.String(),
      found: Type.String(),
    }),
  ),
});
export type SchemeFileCheck = Static<typeof SchemeFileCheck>;

export const PreviewStages = Type.Object(
  { thresholds: PerDimension(StageThresholds) },
  { additionalProperties: false },
);
export type PreviewStages = Static<typeof PreviewStages>;

export const StageShares = Type.Array(
  Type.Object({
    stages: Type.Array(StageName, { description: "neighbours told as one where a group would be too small" }),
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
  }),
);

/** How the school's children would stand today: shares of all of them, no child and no class. */
export const StagePreview = Type.Object({
  children: Type.Integer({ minimum: 0 }),
  dimensions: Type.Union([PerDimension(StageShares), Type.Null()], {
    description: "null where there is no term, or where there are too few children to say so",
  }),
});
export type StagePreview = Static<typeof StagePreview>;
