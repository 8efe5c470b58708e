/** The growth portfolio: a child against its own past, never against another. */
import Type, { type Static } from "typebox";
import {
  Beans,
  Bilingual,
  ChangeName,
  ClassRef,
  DimensionName,
  Id,
  LevelName,
  LocalDate,
  StageName,
  TermRef,
} from "./common.ts";

/** A change against the child's own earlier school weeks, with the evidence it stands on. */
export const Trend = Type.Object({
  change: ChangeName,
  records: Type.Integer({ minimum: 0, description: "records compared" }),
  recorders: Type.Integer({ minimum: 0, description: "people who made them" }),
});
export type Trend = Static<typeof Trend>;

export const DimensionGrowth = Type.Object({
  dimension: DimensionName,
  name: Bilingual,
  stage: StageName,
  progress: Type.Number({
    minimum: 0,
    maximum: 1,
    description: "way from this stage to the next; 1 at fruit",
  }),
  beans: Type.Integer({ minimum: 0 }),
  records: Type.Integer({ minimum: 0 }),
  recorders: Type.Integer({ minimum: 0 }),
  trend: Trend,
  sentence: Bilingual,
  indicators: Type.Array(Type.Object({ id: Id, name: Bilingual, level: LevelName, records: Type.Integer() })),
});
export type DimensionGrowth = Static<typeof DimensionGrowth>;

export const Portfolio = Type.Object({
  student: Type.Object({
    id: Id,
    name: Type.String(),
    class: Type.Union([ClassRef, Type.Null()]),
    schoolName: Type.String(),
  }),
  term: TermRef,
  terms: Type.Array(TermRef, { description: "terms with something to show, newest first" }),
  dimensions: Type.Array(DimensionGrowth, { description: "the five, in order" }),
  today: Beans,
  week: Beans,
  weeks: Type.Array(Type.Object({ startsOn: LocalDate, beans: Beans }), {
    description: "school weeks of the term, oldest first",
  }),
  earlier: Type.Union(
    [
      Type.Object({
        term: TermRef,
        stages: Type.Array(
          Type.Object({ dimension: DimensionName, stage: StageName, progress: Type.Number() }),
        ),
      }),
      Type.Null(),
    ],
    { description: "the child's own previous term, for the radar" },
  ),
});
export type Portfolio = Static<typeof Portfolio>;

/** One term of a child, told in stages, levels and how often it was noticed in a school week; never what it amounts to. */
export const TermOfYears = Type.Object({
  term: TermRef,
  yearId: Id,
  class: ClassRef,
  dimensions: Type.Array(
    Type.Object({
      dimension: DimensionName,
      name: Bilingual,
      stage: StageName,
      progress: Type.Number({ minimum: 0, maximum: 1 }),
      perWeek: Type.Union([Type.Number({ minimum: 0 }), Type.Null()], {
        description:
          "how often the child was noticed in a school week; null while the term is too young to say",
      }),
      change: Type.Union([ChangeName, Type.Null()], {
        description: "against the child's own term before in this list; null for the first",
      }),
      indicators: Type.Array(Type.Object({ id: Id, name: Bilingual, level: LevelName })),
    }),
    { description: "the five, in order" },
  ),
});
export type TermOfYears = Static<typeof TermOfYears>;

/** All a child's terms here, each for itself: to be held against its own earlier ones, and no other child's. */
export const Years = Type.Object({
  terms: Type.Array(TermOfYears, { description: "those with something to show, oldest first" }),
});
export type Years = Static<typeof Years>;
