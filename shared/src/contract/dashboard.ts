/**
 * The school's dashboard: whether every child is noticed, in what, and what may be worth a question. Counts of records by
 * class, in the order of classes; no figure of any child, none of any teacher beside another's.
 */
import Type, { type Static } from "typebox";
import { PATTERN_KINDS } from "../domain/patterns.ts";
import { Bilingual, ClassRef, DimensionName, Id, Instant, LocalDate, oneOf, TermRef } from "./common.ts";

const Records = Type.Integer({ minimum: 0, description: "standing awards" });
const RecordsByDimension = Type.Object({
  moral: Records,
  academic: Records,
  physical: Records,
  arts: Records,
  labour: Records,
});

const PersonRef = Type.Object({ id: Id, name: Type.String() });

export const SchoolWeek = Type.Object({
  startsOn: LocalDate,
  endsOn: LocalDate,
  isRunning: Type.Boolean(),
  schoolDays: Type.Integer({ minimum: 0 }),
  schoolDaysBegun: Type.Integer({ minimum: 0, description: "today's among them" }),
});
export type SchoolWeek = Static<typeof SchoolWeek>;

export const PatternSeen = Type.Object({
  kind: oneOf(PATTERN_KINDS),
  class: ClassRef,
  teacher: PersonRef,
  from: LocalDate,
  to: LocalDate,
  firstAt: Instant,
  lastAt: Instant,
  records: Records,
  children: Type.Integer({ minimum: 1, description: "different children among them" }),
  dimension: Type.Union([DimensionName, Type.Null()]),
});
export type PatternSeen = Static<typeof PatternSeen>;

export const Dashboard = Type.Object({
  term: TermRef,
  timeZone: Type.String(),
  week: Type.Union([SchoolWeek, Type.Null()], {
    description: "the running school week, in the holidays the latest; null before the term's first",
  }),
  weeks: Type.Array(LocalDate, { description: "Mondays of the latest school weeks, oldest first" }),
  classes: Type.Array(
    Type.Object({
      class: ClassRef,
      studentCount: Type.Integer({ minimum: 0 }),
      noticed: Type.Integer({ minimum: 0, description: "children with at least one record this week" }),
      weeks: Type.Array(RecordsByDimension, { description: "one for each of `weeks`" }),
    }),
    { description: "in the school's own order of classes" },
  ),
  teachers: Type.Object({
    count: Type.Integer({ minimum: 0, description: "who teach here now" }),
    active: Type.Integer({ minimum: 0, description: "who recorded anything this week" }),
    newHere: Type.Array(PersonRef, { description: "by name" }),
    foundNoTime: Type.Array(PersonRef, { description: "by name" }),
  }),
  patterns: Type.Array(PatternSeen, { description: "latest first" }),
  furtherPatterns: Type.Integer({ minimum: 0, description: "how many more there are" }),
});
export type Dashboard = Static<typeof Dashboard>;

export const UnnoticedChildren = Type.Object({
  class: ClassRef,
  week: Type.Union([SchoolWeek, Type.Null()]),
  students: Type.Array(PersonRef, { description: "in class-list order" }),
});
export type UnnoticedChildren = Static<typeof UnnoticedChildren>;

export const PatternQuery = Type.Object({
  kind: oneOf(PATTERN_KINDS),
  recorderId: Id,
  from: LocalDate,
});
export type PatternQuery = Static<typeof PatternQuery>;

export const PatternRecords = Type.Object({
  pattern: PatternSeen,
  records: Type.Array(
    Type.Object({
      id: Id,
      occurredAt: Instant,
      recordedAt: Instant,
      student: PersonRef,
      dimension: DimensionName,
      point: Bilingual,
      note: Type.Union([Type.String(), Type.Null()]),
    }),
    { description: "the latest of them, latest first" },
  ),
});
export type PatternRecords = Static<typeof PatternRecords>;
