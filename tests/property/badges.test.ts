/** Badges: what is folded award by award and void by void is what a recount of the ledger gives, of one child alone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BadgeRule, BadgeScope } from "@doudou/shared/contract/badge-rules.ts";
import {
  type BadgeFact,
  type BadgeTally,
  counts,
  faultsOfRule,
  fold,
  recount,
  spanFrom,
  standing,
  weeksOfSpan,
} from "@doudou/shared/domain/badges.ts";
import { addDays, weekStartOf } from "@doudou/shared/domain/days.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";

const SPRING = { id: "1", academicYearId: "a", startsOn: "2026-02-23", endsOn: "2026-07-10" };
const AUTUMN = { id: "2", academicYearId: "b", startsOn: "2026-09-01", endsOn: "2027-01-22" };
const TERMS = [SPRING, AUTUMN];
const HOLIDAYS = new Map(
  ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09"].map(
    (day) => [day, "holiday"] as const,
  ),
);
const TODAY = "2026-11-11";

const fact = fc.record({
  day: fc.integer({ min: 0, max: 330 }).map((days) => addDays("2026-02-20", days)),
  point: fc.constantFrom("p1", "p2", "p3", "p4"),
  indicator: fc.constantFrom("i1", "i2"),
  dimension: fc.constantFrom(...DIMENSIONS),
  recorderId: fc.constantFrom("t1", "t2", "t3"),
});
const scope = fc.constantFrom<BadgeScope>(
  { of: "any", codes: [] },
  { of: "dimension", codes: ["moral", "labour"] },
  { of: "indicator", codes: ["i1"] },
  { of: "point", codes: ["p1", "p3"] },
);
const whole = fc.constantFrom(
  { span: "term" as const },
  { span: "year" as const },
  { span: "ever" as const },
);
const some = fc.integer({ min: 1, max: 8 }).map((weeks) => ({ span: "weeks" as const, weeks }));
const levels = fc
  .uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 })
  .map((all) => all.toSorted((a, b) => a - b));
const anyRule: fc.Arbitrary<BadgeRule> = fc.oneof(
  fc.record({ kind: fc.constant("count" as const), scope, window: fc.oneof(whole, some), levels }),
  fc.record({
    kind: fc.constant("streak" as const),
    scope,
    window: whole,
    perWeek: fc.integer({ min: 1, max: 3 }),
    levels,
  }),
  fc.record({
    kind: fc.constant("variety" as const),
    scope,
    window: fc.oneof(whole, some),
    among: fc.constantFrom("point" as const, "indicator" as const, "dimension" as const),
    levels,
  }),
  fc.record({
    kind: fc.constant("growth" as const),
    scope,
    window: fc.oneof(fc.constantFrom({ span: "term" as const }, { span: "year" as const }), some),
  }),
);
/** Awards in the order they land, and after some of them, at any later moment, their voids. */
const history = fc
  .array(fc.record({ fact, order: fc.nat(1_000), voidedAfter: fc.option(fc.nat(1_000)) }), { maxLength: 60 })
  .map((awards) =>
    awards
      .flatMap(({ fact: of, order, voidedAfter }) => [
        { of, by: 1 as const, at: order },
        ...(voidedAfter === null ? [] : [{ of, by: -1 as const, at: order + voidedAfter + 0.5 }]),
      ])
      .sort((a, b) => a.at - b.at),
  );

function spanOf(rule: BadgeRule) {
  const span = spanFrom(rule, TODAY, TERMS);
  if (!span) throw new Error("a day within a term");
  return span;
}
const standingOf = (rule: BadgeRule, level: number, tally: BadgeTally) =>
  standing(rule, level, tally, weeksOfSpan(spanOf(rule), TODAY, TERMS, HOLIDAYS));

describe("a badge's progress", () => {
  test("folded award by award, void by void, is what a recount of what stands gives, whatever the order", () => {
    fc.assert(
      fc.property(anyRule, history, fc.integer({ min: 1, max: 3 }), (rule, events, level) => {
        const span = spanOf(rule);
        let tally: BadgeTally = {};
        const left = new Map<BadgeFact, number>();
        for (const { of, by } of events) {
          left.set(of, (left.get(of) ?? 0) + by);
          if (counts(rule, span, of)) tally = fold(rule, tally, of, by);
        }
        const stands = [...left].filter(([, is]) => is > 0).map(([of]) => of);
        const recounted = recount(rule, span, stands);
        expect(tally).toEqual(recounted);
        expect(recount(rule, span, stands.toReversed())).toEqual(recounted);
        expect(standingOf(rule, level, tally)).toEqual(standingOf(rule, level, recounted));
      }),
      { numRuns: 400 },
    );
  });

  test("is nothing once everything is voided, and no step is ever missing or too many", () => {
    fc.assert(
      fc.property(anyRule, fc.array(fact, { maxLength: 50 }), (rule, facts) => {
        const span = spanOf(rule);
        const counted = facts.filter((each) => counts(rule, span, each));
        const full = counted.reduce<BadgeTally>((tally, each) => fold(rule, tally, each, 1), {});
        const { step, of, isMet } = standingOf(rule, 1, full);
        expect(step).toBeLessThanOrEqual(of);
        expect(step === of).toBe(isMet);
        const none = counted.reduce((tally, each) => fold(rule, tally, each, -1), full);
        expect(none).toEqual({});
        expect(standingOf(rule, 1, none)).toMatchObject({ step: 0, isMet: false });
      }),
    );
  });

  test("but for growth, never falls with a further award, nor with a day that goes by", () => {
    fc.assert(
      fc.property(anyRule, fc.array(fact, { maxLength: 40 }), fact, (rule, facts, further) => {
        if (rule.kind === "growth") return;
        const span = spanOf(rule);
        const tally = recount(rule, span, facts);
        const before = standingOf(rule, 1, tally);
        expect(standingOf(rule, 1, recount(rule, span, [...facts, further])).step).toBeGreaterThanOrEqual(
          before.step,
        );
        const later = weeksOfSpan(span, AUTUMN.endsOn, TERMS, HOLIDAYS);
        expect(standing(rule, 1, tally, later).step).toBe(before.step);
      }),
    );
  });

  test("of a count or variety is what one counts by hand", () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 40 }), some, (facts, window) => {
        const inTerm = facts.filter(({ day }) => AUTUMN.startsOn <= day && day <= AUTUMN.endsOn);
        const all = { of: "any" as const, codes: [] };
        const term = { span: "term" as const };
        const many = { scope: all, levels: [60] };
        const stepOf = (rule: BadgeRule) => standingOf(rule, 1, recount(rule, spanOf(rule), facts)).step;
        expect(stepOf({ ...many, kind: "count", window: term })).toBe(inTerm.length);
        expect(stepOf({ ...many, kind: "variety", window: term, among: "point" })).toBe(
          new Set(inTerm.map(({ point }) => point)).size,
        );
        // In weeks without a holiday between them, a stretch of n school weeks is one of 7 n days from a Monday.
        const late = inTerm.filter(({ day }) => day >= "2026-10-12");
        const best = Math.max(
          0,
          ...late.map(({ day: first }) => {
            const from = weekStartOf(first);
            return late.filter(({ day }) => from <= day && day < addDays(from, 7 * window.weeks)).length;
          }),
        );
        const rule: BadgeRule = { ...many, kind: "count", window };
        expect(standingOf(rule, 1, recount(rule, spanOf(rule), late)).step).toBe(best);
      }),
    );
  });
});

const on = (...days: string[]): BadgeFact[] =>
  days.map((day) => ({ day, point: "p1", indicator: "i1", dimension: "labour", recorderId: "t1" }));

test("weeks in a row go on over the holidays, and a week missed lets the longest run stand", () => {
  const rule: BadgeRule = {
    kind: "streak",
    scope: { of: "any", codes: [] },
    window: { span: "term" },
    perWeek: 1,
    levels: [3, 5],
  };
  const stepOf = (level: number, ...days: string[]) =>
    standingOf(rule, level, recount(rule, spanOf(rule), on(...days)));
  // The week of 5 October is a holiday.
  expect(stepOf(1, "2026-09-23", "2026-09-30", "2026-10-12")).toEqual({ step: 3, of: 3, isMet: true });
  expect(stepOf(2, "2026-09-16", "2026-09-30", "2026-10-12")).toEqual({ step: 2, of: 5, isMet: false });
});

test("growth is against the child's own term before, and only with enough records of two people", () => {
  const rule: BadgeRule = {
    kind: "growth",
    scope: { of: "dimension", codes: ["labour"] },
    window: { span: "term" },
  };
  const span = spanOf(rule);
  expect(span).toEqual({ countsFrom: SPRING.startsOn, startsOn: AUTUMN.startsOn, endsOn: AUTUMN.endsOn });
  const now = Array.from({ length: 12 }, (_, week) => addDays("2026-09-02", week * 5));
  const of = (facts: BadgeFact[]) => standingOf(rule, 1, recount(rule, span, facts));
  const two = [...on("2026-03-04"), ...on(...now)].map((each, at) => ({ ...each, recorderId: `t${at % 2}` }));
  expect(of(two).isMet).toBe(true);
  expect(of(on("2026-03-04", ...now)).isMet).toBe(false);
  expect(of(on(...now.slice(0, 2))).isMet).toBe(false);
});

test("a rule asks for what there is, and for more at each level", () => {
  const known = {
    dimension: new Set<string>(DIMENSIONS),
    indicator: new Set(["i1"]),
    point: new Set(["p1", "p2"]),
  };
  const rule = (over: object): BadgeRule => ({
    kind: "count",
    scope: { of: "point", codes: ["p1"] },
    window: { span: "term" },
    levels: [3, 5],
    ...over,
  });
  expect(faultsOfRule(rule({}), known)).toEqual([]);
  expect(faultsOfRule(rule({ levels: [5, 5] }), known)).toEqual(["levels-not-growing"]);
  expect(faultsOfRule(rule({ scope: { of: "point", codes: [] } }), known)).toEqual(["scope-empty"]);
  expect(faultsOfRule(rule({ scope: { of: "point", codes: ["gone"] } }), known)).toEqual(["scope-unknown"]);
  const variety = { kind: "variety", among: "dimension", scope: { of: "any", codes: [] }, levels: [6] };
  expect(faultsOfRule(rule(variety), known)).toEqual(["more-than-there-are"]);
});
