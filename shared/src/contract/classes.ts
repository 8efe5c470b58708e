/** Classes, their rosters, and what may be awarded there. */
import Type, { type Static } from "typebox";
import { GROUP_SYMBOLS } from "../domain/groups.ts";
import { POINT_ORIGINS } from "../domain/school-scheme.ts";
import { EVIDENCE_NEEDS } from "../domain/words.ts";
import { LivePosition } from "./live.ts";
import { TileSet } from "./tile-sets.ts";
import {
  Beans,
  Bilingual,
  ClassRef,
  DimensionName,
  Id,
  Instant,
  KindName,
  LocalDate,
  oneOf,
  TermRef,
} from "./common.ts";

export const TaughtClass = Type.Object({
  id: Id,
  schoolId: Id,
  name: Type.String(),
  grade: Type.Integer({ minimum: 1, maximum: 9 }),
  studentCount: Type.Integer({ minimum: 0 }),
  isHomeroom: Type.Boolean({ description: "the caller is this class's homeroom teacher" }),
  subjects: Type.Array(Bilingual, { description: "what the caller teaches there" }),
});
export type TaughtClass = Static<typeof TaughtClass>;
export const ClassList = Type.Object({ classes: Type.Array(TaughtClass) });
export type ClassList = Static<typeof ClassList>;

export const RosterStudent = Type.Object({
  id: Id,
  name: Type.String(),
  studentNo: Type.String(),
  pinyin: Type.String({ description: "full pinyin, spaces between syllables, for search" }),
  today: Beans,
  term: Beans,
  isUnnoticed: Type.Boolean({ description: "no award in the last 5 school days" }),
  mayBePhotographed: Type.Boolean({ description: "the family agrees to photos as evidence" }),
  isUnnoticedThisWeek: Type.Boolean({ description: "no award of any teacher since Monday" }),
  isAbsent: Type.Boolean({ description: "marked absent today by a teacher of the class" }),
});
export type RosterStudent = Static<typeof RosterStudent>;

export const Roster = Type.Object({
  class: ClassRef,
  term: Type.Union([TermRef, Type.Null()], {
    description: "null outside terms: nothing can be awarded then",
  }),
  today: LocalDate,
  todayStartsAt: Instant,
  todayEndsAt: Instant,
  timeZone: Type.String({ description: "the school's, such as `Asia/Shanghai`: tells which day it is then" }),
  canAward: Type.Boolean({ description: "the caller teaches the class; whoever does not looks on" }),
  canWriteSummaries: Type.Boolean(),
  canTestFitness: Type.Boolean({ description: "the caller teaches the class physical education" }),
  canKeepShop: Type.Boolean({
    description: "the caller answers for the class, and the school has a reward shop",
  }),
  waitingProposals: Type.Integer({
    minimum: 0,
    description: "what children told and waits for the caller; 0 for who does not answer it",
  }),
  waitingActivities: Type.Integer({
    minimum: 0,
    description: "what families told of activities and waits for the caller; 0 for who does not answer it",
  }),
  students: Type.Array(RosterStudent),
  position: LivePosition,
});
export type Roster = Static<typeof Roster>;

export const AwardablePoint = Type.Object({
  id: Id,
  code: Type.String(),
  dimension: DimensionName,
  indicator: Bilingual,
  name: Bilingual,
  kind: KindName,
  beans: Type.Integer({ minimum: 0, description: "what one tap gives" }),
  minBeans: Type.Integer({ minimum: 0 }),
  maxBeans: Type.Integer({ minimum: 0 }),
  weeklyCap: Type.Integer({ minimum: 1, description: "awards per student and week that carry beans" }),
  evidence: oneOf(EVIDENCE_NEEDS),
  origin: oneOf(POINT_ORIGINS, {
    description:
      "of the scheme's core, added by the school, this class's own, or one child's (individual plan)",
  }),
  icon: Type.Union([oneOf(GROUP_SYMBOLS), Type.Null()], {
    description: "what the school chose to know it by; null for none",
  }),
  isFavourite: Type.Boolean(),
  recentUses: Type.Integer({
    minimum: 0,
    description: "by the caller, among the latest awards of the class",
  }),
});
export type AwardablePoint = Static<typeof AwardablePoint>;

export const AwardablePoints = Type.Object({
  schemeId: Type.Union([Id, Type.Null()]),
  dimensions: Type.Array(Type.Object({ dimension: DimensionName, name: Bilingual })),
  points: Type.Array(AwardablePoint),
  ownPoints: Type.Array(Type.Object({ studentId: Id, points: Type.Array(AwardablePoint) }), {
    description:
      "of individual plans, each for that child alone; only for who teaches the class, on a device that is theirs",
  }),
  sets: Type.Array(TileSet, { description: "the caller's own, oldest first" }),
  subjects: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Bilingual,
      isTaughtHere: Type.Boolean({ description: "by the caller, in this class" }),
    }),
    { description: "what the caller teaches in this school now" },
  ),
});
export type AwardablePoints = Static<typeof AwardablePoints>;
