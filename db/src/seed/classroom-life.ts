/**
 * What a class's term looks like in the ledger: who is noticed for what, when, by whom, as the days go by.
 * Decides beans by the product's own rule; writes nothing.
 */
import { daysBetween, startOfDay, weekStartOf } from "@doudou/shared/domain/calendar.ts";
import { decideBeans } from "@doudou/shared/domain/scoring.ts";
import { type Dimension, DIMENSIONS, perDimension, type PerDimension } from "@doudou/shared/domain/words.ts";
import type { DecidedAward } from "../repositories/awards.ts";
import type { FramePoint } from "../repositories/schools.ts";
import type { Draw } from "./draw.ts";
import { NOTES, VOID_REASONS } from "./notes.ts";
import type { UsedPoint } from "./points-in-use.ts";
import type { Occasion } from "./timetable.ts";

/** What makes a child be noticed, and for what. Lasts over the years. */
export interface Nature {
  /** Around 1; quiet children far below. */
  readonly presence: number;
  readonly leaning: PerDimension<number>;
  /** How the term's end compares with its beginning: 0 for as often, 1 for far more often. */
  readonly growth: PerDimension<number>;
}

export interface ChildInClass {
  readonly studentId: string;
  readonly nature: Nature;
  /** Days in this class: from the first, and up to but not including the day nobody notices the child any more. */
  readonly from: string;
  readonly unnoticedFrom: string | undefined;
}

export interface ClassTerm {
  readonly classId: string;
  readonly termId: string;
  readonly timeZone: string;
  /** Up to today. */
  readonly schoolDays: readonly string[];
  /** Of the whole term, for how far it has gone. */
  readonly termEndsOn: string;
  readonly termStartsOn: string;
  readonly now: Date;
  readonly children: readonly ChildInClass[];
  readonly occasions: readonly (Occasion & OccasionInUse)[];
  readonly homeroomId: string;
  /** The day whose lessons left the homeroom teacher no time: all of it was entered in the evening. */
  readonly caughtUpOn?: string | undefined;
  readonly awardsPerChildAndWeek: number;
}

export interface OccasionInUse {
  readonly recorderId: string;
  /** How much this teacher uses the product, around 1. */
  readonly zeal: number;
  readonly points: readonly UsedPoint[];
}

type Given = Omit<DecidedAward, "beans" | "voided"> & { readonly weeklyCap: number };

const MINUTE = 60_000;
/** Chances of life in class. */
const NOTED = { usually: 0.02, growth: 0.08 };
const VOIDED = 0.005;
const OFFLINE = 0.02;
const ONE_MORE_BEAN = 0.06;
const ONE_BEAN_LESS = 0.18;
/** Group sizes of one tap, and how likely each is. */
const GROUPS = [
  { size: 1, chance: 0.58 },
  { size: 2, chance: 0.18 },
  { size: 3, chance: 0.11 },
  { size: 4, chance: 0.07 },
  { size: 6, chance: 0.055 },
  { size: 100, chance: 0.005 },
] as const;

/** A nature at random: one child in eight is quiet, one in four grows in something. */
export function drawNature(draw: Draw): Nature {
  const growing = draw.happens(0.25) ? draw.one(DIMENSIONS) : undefined;
  const alsoGrowing = draw.happens(0.08) ? draw.one(DIMENSIONS) : undefined;
  return {
    presence: (draw.happens(0.12) ? 0.3 : 1) * draw.factor(0.48),
    leaning: perDimension(() => draw.factor(0.35)),
    growth: perDimension((dimension) =>
      dimension === growing || dimension === alsoGrowing ? draw.share() * 0.5 + 0.7 : 0,
    ),
  };
}

/** The awards of a class in a term up to now, in the order they were recorded. */
export function awardsOfClass(term: ClassTerm, draw: Draw): DecidedAward[] {
  const given = term.schoolDays.flatMap((day) => awardsOfDay(day, term, draw));
  given.sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
  return decided(given, term, draw);
}

function awardsOfDay(day: string, term: ClassTerm, draw: Draw): Given[] {
  const midnight = startOfDay(day, term.timeZone);
  const weekday = Math.min((new Date(day).getUTCDay() + 6) % 7, 4);
  const occasions = term.occasions.filter(
    (occasion) => occasion.weekday === weekday && occasion.points.length > 0,
  );
  const gone = goneBy(day, term);
  const attention = attentionOn(day, gone, term);
  // Some days are livelier than others, and a teacher sees more of a class the longer it is known.
  const mood = draw.factor(0.2) * (0.92 + 0.3 * gone);
  const present = term.children.filter((child) => child.from <= day).length;
  const zealOfWeek = term.occasions.reduce((sum, { zeal }) => sum + zeal, 0);
  const given: Given[] = [];
  for (const occasion of occasions) {
    const awards = term.awardsPerChildAndWeek * present * (occasion.zeal / zealOfWeek) * mood;
    const isCaughtUp = day === term.caughtUpOn && occasion.recorderId === term.homeroomId;
    // Who enters a day in the evening has something to enter.
    const seen = Math.max(draw.times(awards / MEAN_GROUP), isCaughtUp ? 1 : 0);
    for (let moments = seen; moments > 0; moments -= 1) {
      const inLesson = occasion.from + draw.share() * occasion.minutes;
      const at = midnight + Math.floor((isCaughtUp ? evening(inLesson) : inLesson) * MINUTE);
      const { point } = draw.weighted(occasion.points, ({ weight }) => weight);
      const { size } = draw.weighted(GROUPS, ({ chance }) => chance);
      const noticed = drawChildren(attention[point.dimension], size, draw);
      noticed.forEach((index, place) => {
        const child = term.children[index];
        const award = child && awardOf(child, point, occasion.recorderId, day, at + place * 40, term, draw);
        if (award && award.recordedAt <= term.now) given.push(award);
      });
    }
  }
  return given;
}

/** 21:40 and a little later for what happened later, in minutes after midnight. */
function evening(minutes: number): number {
  return 1300 + minutes / 100;
}

const MEAN_GROUP = GROUPS.reduce((mean, { size, chance }) => mean + Math.min(size, 40) * chance, 0);

/** How likely each child is to be noticed that day for something of a dimension, summed up from the first to the last. */
function attentionOn(day: string, gone: number, term: ClassTerm): PerDimension<number[]> {
  return perDimension((dimension) => {
    let sum = 0;
    return term.children.map((child) => {
      const isThere = child.from <= day && (child.unnoticedFrom === undefined || day < child.unnoticedFrom);
      return isThere ? (sum += liveliness(child.nature, dimension, gone)) : sum;
    });
  });
}

function liveliness({ presence, leaning, growth }: Nature, dimension: Dimension, gone: number): number {
  return presence * leaning[dimension] * (1 + growth[dimension] * (2.2 * gone - 1));
}

/** How much of the term has gone by, from 0 to 1. */
function goneBy(day: string, { termStartsOn, termEndsOn }: ClassTerm): number {
  return daysBetween(termStartsOn, day) / Math.max(1, daysBetween(termStartsOn, termEndsOn));
}

/** So many different children, each as likely as the sums tell; fewer where there are no more. */
function drawChildren(sums: readonly number[], size: number, draw: Draw): number[] {
  const whole = sums.at(-1) ?? 0;
  if (whole === 0) return [];
  if (size >= sums.length) return sums.flatMap((sum, index) => (sum > (sums[index - 1] ?? 0) ? [index] : []));
  const drawn = new Set<number>();
  for (let tries = 0; drawn.size < size && tries < size * 3; tries += 1) {
    const at = draw.share() * whole;
    drawn.add(sums.findIndex((sum) => at < sum));
  }
  return [...drawn];
}

function awardOf(
  { studentId }: ChildInClass,
  point: FramePoint,
  recorderId: string,
  day: string,
  at: number,
  { classId, termId }: ClassTerm,
  draw: Draw,
): Given {
  const delay = draw.happens(OFFLINE) ? draw.whole(5, 40) * MINUTE : draw.whole(180, 2200);
  return {
    id: draw.id(at),
    studentId,
    classId,
    termId,
    recorderId,
    day,
    observationPointId: point.id,
    dimension: point.dimension,
    points: pointsFor(point, draw),
    note: noteFor(point, draw),
    occurredAt: new Date(at),
    recordedAt: new Date(at + delay),
    weeklyCap: point.weeklyCap,
  };
}

function pointsFor({ beans, minBeans, maxBeans }: FramePoint, draw: Draw): number {
  const chance = draw.share();
  if (chance < ONE_MORE_BEAN) return Math.min(beans + 1, maxBeans);
  return chance < ONE_MORE_BEAN + ONE_BEAN_LESS ? Math.max(beans - 1, minBeans) : beans;
}

function noteFor({ code, kind }: FramePoint, draw: Draw): string | null {
  const notes = NOTES[code];
  return notes && draw.happens(kind === "growth" ? NOTED.growth : NOTED.usually) ? draw.one(notes) : null;
}

/** Beans by the weekly cap, each award knowing those recorded before it and not voided by then; a few are voided. */
function decided(given: readonly Given[], { now, homeroomId }: ClassTerm, draw: Draw): DecidedAward[] {
  const mondays = new Map([...new Set(given.map(({ day }) => day))].map((day) => [day, weekStartOf(day)]));
  const voidsOfWeek = new Map<string, (Date | undefined)[]>();
  return given.map(({ weeklyCap, ...award }) => {
    const key = `${award.studentId}/${award.observationPointId}/${mondays.get(award.day)}`;
    const earlier = voidsOfWeek.get(key) ?? [];
    const countThisWeek = earlier.filter(
      (voidedAt) => voidedAt === undefined || voidedAt > award.recordedAt,
    ).length;
    const { beans } = decideBeans({ asked: award.points, weeklyCap, countThisWeek });
    const voided = draw.happens(VOIDED) ? voidOf(award, homeroomId, draw) : null;
    const kept = { ...award, beans, voided: voided && voided.at <= now ? voided : null };
    voidsOfWeek.set(key, [...earlier, kept.voided?.at]);
    return kept;
  });
}

/** Most mistakes are seen at once by who made them; some later by the homeroom teacher. */
function voidOf(award: { recordedAt: Date; recorderId: string }, homeroomId: string, draw: Draw) {
  const isAtOnce = draw.happens(0.8);
  const after = isAtOnce ? draw.whole(3, 120) * 1000 : draw.whole(20, 300) * MINUTE;
  return {
    by: isAtOnce ? award.recorderId : homeroomId,
    reason: draw.one(VOID_REASONS),
    at: new Date(award.recordedAt.getTime() + after),
  };
}

/** The day from which a child goes unnoticed so that the class page marks it; undefined early in a term. */
export function unnoticedSince(schoolDays: readonly string[], draw: Draw): string | undefined {
  return schoolDays.at(-draw.whole(7, 10));
}
