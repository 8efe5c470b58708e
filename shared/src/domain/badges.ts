/**
 * What earns a badge: how awards of one child add up to a standing. Pure, and of one child alone: nothing here takes
 * figures of two children. An award or void is folded into a tally as it lands; a recount of what stands gives the same.
 *
 * No standing falls because time goes by: where weeks are looked at, the best stretch counts.
 */
import type { BadgeRule, BadgeScope } from "../contract/badge-rules.ts";
import { type DayExceptions, weekStartOf } from "./days.ts";
import { weekIndex, schoolWeeksOf, type TermSpan, termOn, weeksElapsed } from "./terms.ts";
import { trendOf } from "./trend.ts";
import type { Dimension } from "./words.ts";

/** What a badge looks at in an award. Codes outlive versions of the scheme. */
export interface BadgeFact {
  readonly day: string;
  readonly point: string;
  readonly indicator: string;
  readonly dimension: Dimension;
  readonly recorderId: string;
}

/** How often each thing was met that the rule tells apart: weeks, codes, people. Never negative; what is at 0 is not in it. */
export type BadgeTally = Readonly<Record<string, number>>;

export interface Standing {
  readonly step: number;
  readonly of: number;
  readonly isMet: boolean;
}

/** The days a child strives within: `startsOn` to `endsOn`; growth also looks back, from `countsFrom`. */
export interface BadgeSpan {
  readonly countsFrom: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The school weeks of a span as they are on a day. */
export interface BadgeWeeks {
  /** Mondays, oldest first, from `countsFrom` on. */
  readonly weeks: readonly string[];
  /** The first week of the window itself. */
  readonly windowAt: number;
  /** Weeks passed by now, the running one as the share of it. */
  readonly elapsed: number;
}

/** A term with the school year it is in. */
export interface YearTerm extends TermSpan {
  readonly academicYearId: string;
}

const FIRST_DAY = "0001-01-01";
const LAST_DAY = "9999-12-31";
const BY = "by ";

/** How many levels a rule has. */
export function levelsOf(rule: BadgeRule): number {
  return rule.kind === "growth" ? 1 : rule.levels.length;
}

/** Whether what a tally is worth depends on the school's weeks, so that another calendar may make less of it. */
export function hangsOnCalendar({ kind, window }: BadgeRule): boolean {
  return kind === "streak" || kind === "growth" || window.span === "weeks";
}

/** Whether an award of this day is one of those that count. */
export function counts({ scope }: BadgeRule, span: BadgeSpan, fact: BadgeFact): boolean {
  return span.countsFrom <= fact.day && fact.day <= span.endsOn && isIn(scope, fact);
}

function isIn({ of, codes }: BadgeScope, { dimension, indicator, point }: BadgeFact): boolean {
  switch (of) {
    case "any":
      return true;
    case "dimension":
      return codes.includes(dimension);
    case "indicator":
      return codes.includes(indicator);
    case "point":
      return codes.includes(point);
  }
}

/** The tally after one more award that counts, or after one of them was voided. */
export function fold(rule: BadgeRule, tally: BadgeTally, fact: BadgeFact, by: 1 | -1): BadgeTally {
  const next: Record<string, number> = { ...tally };
  for (const key of keysOf(rule, fact)) {
    const count = (next[key] ?? 0) + by;
    if (count > 0) next[key] = count;
    else delete next[key];
  }
  return next;
}

/** The tally of all the awards that stand: what folding them one by one, voids and all, has come to. */
export function recount(rule: BadgeRule, span: BadgeSpan, facts: readonly BadgeFact[]): BadgeTally {
  const tally: Record<string, number> = {};
  for (const fact of facts) {
    if (!counts(rule, span, fact)) continue;
    for (const key of keysOf(rule, fact)) tally[key] = (tally[key] ?? 0) + 1;
  }
  return tally;
}

function keysOf(rule: BadgeRule, fact: BadgeFact): string[] {
  const week = weekStartOf(fact.day);
  switch (rule.kind) {
    case "count":
      return rule.window.span === "weeks" ? [week] : ["all"];
    case "streak":
      return [week];
    case "variety":
      return [rule.window.span === "weeks" ? `${week} ${fact[rule.among]}` : fact[rule.among]];
    case "growth":
      return [week, `${BY}${fact.recorderId}`];
  }
}

/** How far a child has come. @param level from 1; one the rule does not have counts as its last */
export function standing(rule: BadgeRule, level: number, tally: BadgeTally, weeks: BadgeWeeks): Standing {
  if (rule.kind === "growth") {
    const isMet = hasGrown(rule.window, tally, weeks);
    return { step: isMet ? 1 : 0, of: 1, isMet };
  }
  const of = rule.levels[Math.min(level, rule.levels.length) - 1] ?? 1;
  const reached = reachedBy(rule, tally, weeks.weeks);
  return { step: Math.min(reached, of), of, isMet: reached >= of };
}

function reachedBy(
  rule: Exclude<BadgeRule, { kind: "growth" }>,
  tally: BadgeTally,
  weeks: readonly string[],
): number {
  if (rule.kind === "streak") return longestRun(countsByWeek(tally, weeks), rule.perWeek);
  if (rule.window.span === "weeks") {
    return rule.kind === "count"
      ? bestStretch(countsByWeek(tally, weeks), rule.window.weeks, sum)
      : bestStretch(codesByWeek(tally, weeks), rule.window.weeks, different);
  }
  return rule.kind === "count" ? (tally["all"] ?? 0) : Object.keys(tally).length;
}

/** Counts by school week; what was in a week without school belongs to the one before. */
function countsByWeek(tally: BadgeTally, weeks: readonly string[]): number[] {
  const counted = new Array<number>(Math.max(1, weeks.length)).fill(0);
  for (const [key, count] of Object.entries(tally)) {
    if (key.startsWith(BY)) continue;
    const at = weekIndex(weeks, key);
    counted[at] = (counted[at] ?? 0) + count;
  }
  return counted;
}

/** What was met in each school week, for tallies of what is different. */
function codesByWeek(tally: BadgeTally, weeks: readonly string[]): string[][] {
  const met = Array.from({ length: Math.max(1, weeks.length) }, (): string[] => []);
  for (const key of Object.keys(tally)) {
    const [week = "", code = ""] = key.split(" ", 2);
    met[weekIndex(weeks, week)]?.push(code);
  }
  return met;
}

function longestRun(counted: readonly number[], least: number): number {
  let best = 0;
  let run = 0;
  for (const count of counted) best = Math.max(best, (run = count >= least ? run + 1 : 0));
  return best;
}

/** The most that so many weeks in a row are worth. */
function bestStretch<T>(
  byWeek: readonly T[],
  length: number,
  worth: (weeks: readonly T[]) => number,
): number {
  return byWeek.reduce((best, _, from) => Math.max(best, worth(byWeek.slice(from, from + length))), 0);
}

function different(met: readonly (readonly string[])[]): number {
  return new Set(met.flat()).size;
}

/** Against the child's own earlier weeks, as many as there are of the recent ones; silent where records are too few. */
function hasGrown(
  window: Extract<BadgeRule, { kind: "growth" }>["window"],
  tally: BadgeTally,
  { weeks, windowAt, elapsed }: BadgeWeeks,
): boolean {
  const counted = countsByWeek(tally, weeks);
  const begun = Math.ceil(elapsed);
  const recentAt = window.span === "weeks" ? Math.max(0, begun - window.weeks) : windowAt;
  const earlierAt = window.span === "weeks" ? Math.max(0, recentAt - window.weeks) : 0;
  const recorders = Object.keys(tally).filter((key) => key.startsWith(BY)).length;
  const { change } = trendOf({
    recent: { records: sum(counted.slice(recentAt)), weeks: Math.max(0, elapsed - recentAt) },
    earlier: { records: sum(counted.slice(earlierAt, recentAt)), weeks: recentAt - earlierAt },
    recorders,
  });
  return change === "more";
}

/**
 * The days within which a child strives that begins on a day.
 * @returns undefined outside terms
 */
export function spanFrom(
  { kind, window }: BadgeRule,
  day: string,
  terms: readonly YearTerm[],
): BadgeSpan | undefined {
  const term = termOn(day, terms);
  if (!term) return undefined;
  if (window.span === "ever") return { countsFrom: FIRST_DAY, startsOn: FIRST_DAY, endsOn: LAST_DAY };
  const own = window.span === "term" ? [term] : terms.filter((t) => t.academicYearId === term.academicYearId);
  const startsOn = own[0]?.startsOn ?? term.startsOn;
  const endsOn = own.at(-1)?.endsOn ?? term.endsOn;
  if (kind !== "growth" || window.span === "weeks") return { countsFrom: startsOn, startsOn, endsOn };
  const before = terms.filter((t) => t.endsOn < startsOn);
  const last = before.at(-1);
  const earlier =
    window.span === "term" ? last : before.find((t) => t.academicYearId === last?.academicYearId);
  return { countsFrom: earlier?.startsOn ?? startsOn, startsOn, endsOn };
}

/** The school weeks of a span by the school's calendar, as of a day. @param terms oldest first */
export function weeksOfSpan(
  { countsFrom, startsOn, endsOn }: BadgeSpan,
  day: string,
  terms: readonly TermSpan[],
  exceptions: DayExceptions,
): BadgeWeeks {
  const weeks: string[] = [];
  let windowAt = 0;
  let elapsed = 0;
  for (const term of terms) {
    if (term.endsOn < countsFrom || term.startsOn > endsOn) continue;
    if (term.endsOn < startsOn) windowAt += schoolWeeksOf(term, exceptions).length;
    weeks.push(...schoolWeeksOf(term, exceptions));
    if (day >= term.startsOn) elapsed += weeksElapsed(term, day, exceptions);
  }
  return { weeks, windowAt, elapsed: Math.min(elapsed, weeks.length) };
}

/** What is wrong with a rule whose shape is right. */
export type RuleFault = "levels-not-growing" | "scope-empty" | "scope-unknown" | "more-than-there-are";

/** @param known codes there are, by what they are of */
export function faultsOfRule(
  rule: BadgeRule,
  known: Readonly<Record<"dimension" | "indicator" | "point", ReadonlySet<string>>>,
): RuleFault[] {
  const faults: RuleFault[] = [];
  const { of, codes } = rule.scope;
  if ((of === "any") !== (codes.length === 0)) faults.push("scope-empty");
  if (of !== "any" && codes.some((code) => !known[of].has(code))) faults.push("scope-unknown");
  if (rule.kind === "growth") return faults;
  if (rule.levels.some((steps, at) => at > 0 && steps <= (rule.levels[at - 1] ?? 0)))
    faults.push("levels-not-growing");
  if (rule.kind === "variety") {
    const most = of === rule.among ? codes.length : known[rule.among].size;
    if ((rule.levels.at(-1) ?? 0) > most) faults.push("more-than-there-are");
  }
  return faults;
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
