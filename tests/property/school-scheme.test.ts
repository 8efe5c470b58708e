/** A school's scheme: what may be published, that the core stays, and that two versions differ by what was changed. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseIndicatorCsv } from "@doudou/shared/domain/indicator-csv.ts";
import { indicatorTableOf, parseIndicatorTable } from "@doudou/shared/domain/indicator-table.ts";
import { ownColour, PALETTE } from "@doudou/shared/domain/palette.ts";
import {
  coloursOf,
  coreProblemsOf,
  differencesOf,
  EVEN_WEIGHT,
  newCode,
  problemsOf,
  type SchemePoint,
  type SchoolScheme,
} from "@doudou/shared/domain/school-scheme.ts";
import { DEFAULT_THRESHOLDS } from "@doudou/shared/domain/stages.ts";
import { DIMENSIONS, GIVERS, perDimension } from "@doudou/shared/domain/words.ts";
import {
  withDimensionColour,
  withIndicator,
  withIndicatorBack,
  withNewIndicator,
  withNewPoint,
  withoutIndicator,
  withoutPoint,
  withPointBack,
} from "../../web/src/lib/scheme/editing.ts";

const csv = readFileSync(new URL("../../db/src/seed/indicators.csv", import.meta.url), "utf8");
const { scheme: parsed } = parseIndicatorCsv(csv);
const builtIn: SchoolScheme = {
  dimensions: perDimension((dimension) => ({
    name: { zh: dimension, en: dimension },
    weight: EVEN_WEIGHT,
    thresholds: DEFAULT_THRESHOLDS[dimension],
  })),
  indicators: parsed?.indicators ?? [],
};
const rules = { core: builtIn, subjects: new Set(["music", "pe"]) };

/** The scheme with one point after another, each as `change` has it. */
function withPoint(
  scheme: SchoolScheme,
  place: { readonly indicator: number; readonly point: number },
  change: (point: SchemePoint) => SchemePoint | undefined,
): SchoolScheme {
  const indicators = scheme.indicators.map((indicator, at) => {
    if (at !== place.indicator % scheme.indicators.length) return indicator;
    const points = indicator.points.flatMap((point, index) =>
      index === place.point % indicator.points.length ? (change(point) ?? []) : [point],
    );
    return { ...indicator, points };
  });
  return { ...scheme, indicators };
}

const somewhere = fc.record({ indicator: fc.nat(11), point: fc.nat(20) });
const words = fc.stringMatching(/^[一-龥a-zA-Z][一-龥a-zA-Z ]{0,10}[一-龥a-zA-Z]$/);
const ownPoint: fc.Arbitrary<SchemePoint> = fc.record({
  code: fc.stringMatching(/^S[0-9]{1,4}$/),
  name: fc.record({ zh: words, en: words }),
  kind: fc.constantFrom("behaviour" as const, "participation" as const, "growth" as const),
  beans: fc.integer({ min: 1, max: 3 }),
  minBeans: fc.constant(1),
  maxBeans: fc.integer({ min: 3, max: 5 }),
  weeklyCap: fc.integer({ min: 1, max: 9 }),
  who: fc.subarray([...GIVERS], { minLength: 1 }),
  gradeFrom: fc.integer({ min: 1, max: 4 }),
  gradeTo: fc.integer({ min: 4, max: 9 }),
  subjects: fc.subarray(["music", "pe"]),
  evidence: fc.constantFrom("no" as const, "optional" as const, "required" as const),
  origin: fc.constant("school" as const),
  icon: fc.constantFrom(null, "sun" as const, "snail" as const),
});

/** The built-in scheme with points of the school's own. */
const ownScheme = fc
  .uniqueArray(fc.tuple(ownPoint, fc.nat(11)), { maxLength: 8, selector: ([point]) => point.code })
  .map((added): SchoolScheme => ({
    ...builtIn,
    indicators: builtIn.indicators.map((indicator, at) => ({
      ...indicator,
      points: [...indicator.points, ...added.filter(([, of]) => of === at).map(([point]) => point)],
    })),
  }));

test("the product's own scheme may be published as it is, and so may one with a school's own points", () => {
  expect(problemsOf(builtIn, rules)).toEqual([]);
  fc.assert(
    fc.property(ownScheme, (scheme) => {
      expect(problemsOf(scheme, rules)).toEqual([]);
    }),
  );
});

test("a version differs from itself in nothing, and from another by exactly the points that were added", () => {
  fc.assert(
    fc.property(ownScheme, (scheme) => {
      expect(differencesOf(scheme, scheme)).toEqual([]);
      const own = scheme.indicators.flatMap(({ points }) => points).filter((p) => p.origin === "school");
      const told = differencesOf(builtIn, scheme);
      expect(told.map(({ change, code }) => [change, code])).toEqual(own.map(({ code }) => ["added", code]));
      const back = differencesOf(scheme, builtIn);
      expect(back.map(({ change, code }) => [change, code])).toEqual(
        own.map(({ code }) => ["removed", code]),
      );
    }),
  );
});

test("whatever is locked of a core point shows as soon as it is touched; what is the school's does not", () => {
  fc.assert(
    fc.property(somewhere, ownPoint, (place, other) => {
      const locked = withPoint(builtIn, place, (point) => ({
        ...point,
        name: { ...point.name, zh: `${point.name.zh}!` },
      }));
      expect(coreProblemsOf(locked, builtIn).map(({ fault }) => fault)).toEqual(["core-changed"]);
      const gone = withPoint(builtIn, place, () => undefined);
      expect(coreProblemsOf(gone, builtIn).map(({ fault }) => fault)).toEqual(["core-missing"]);
      const free = withPoint(builtIn, place, (point) => ({
        ...point,
        weeklyCap: other.weeklyCap,
        subjects: other.subjects,
        icon: other.icon,
        evidence: other.evidence,
      }));
      expect(coreProblemsOf(free, builtIn)).toEqual([]);
      const pretended = withPoint(builtIn, place, (point) => ({ ...point, code: "S1" }));
      expect(
        coreProblemsOf(pretended, builtIn)
          .map(({ fault }) => fault)
          .sort(),
      ).toEqual(["core-missing", "not-core"]);
    }),
  );
});

test("the order of nodes is the school's and no difference", () => {
  const turned = { ...builtIn, indicators: builtIn.indicators.toReversed() };
  expect([differencesOf(builtIn, turned), coreProblemsOf(turned, builtIn)]).toEqual([[], []]);
});

test.each([
  ["name-missing", { name: { zh: " ", en: "x" } }],
  ["beans-outside-range", { beans: 3, maxBeans: 2 }],
  ["range-unfit", { minBeans: 3, maxBeans: 2 }],
  ["range-unfit", { maxBeans: 6 }],
  ["cap-missing", { weeklyCap: 0 }],
  ["grades-unfit", { gradeFrom: 5, gradeTo: 4 }],
  ["nobody-gives", { who: [] }],
  ["subject-unknown", { subjects: ["alchemy"] }],
  ["code-taken", { code: "D11" }],
] as const)("a point of the school's own with %s is told with its place", (fault, change) => {
  const sound = fc.sample(ownPoint, { numRuns: 1, seed: 7 })[0]!;
  const point = { ...sound, ...change } as SchemePoint;
  const [first, ...rest] = builtIn.indicators;
  const scheme = { ...builtIn, indicators: [{ ...first!, points: [...first!.points, point] }, ...rest] };
  const problems = problemsOf(scheme, rules);
  expect(problems.map((problem) => problem.fault)).toEqual([fault]);
  expect(problems[0]?.path).toMatch(/^\/indicators\/0\/points\/3\//);
});

test("thresholds rise, weights make a hundred, and a scheme without a point is none", () => {
  const flat = { sprout: 2, leaf: 2, bloom: 5, fruit: 9 };
  const dimensions = {
    ...builtIn.dimensions,
    arts: { ...builtIn.dimensions.arts, thresholds: flat, weight: 30 },
  };
  const bare = { core: { ...builtIn, indicators: [] }, subjects: rules.subjects };
  expect(problemsOf({ dimensions, indicators: [] }, bare).map(({ path, fault }) => [path, fault])).toEqual([
    ["/dimensions/arts/thresholds", "thresholds-not-rising"],
    ["/dimensions", "weights-not-100"],
    ["/indicators", "no-points"],
  ]);
});

test("a new node gets a code that nothing in the scheme has", () => {
  fc.assert(
    fc.property(ownScheme, fc.constantFrom(...DIMENSIONS), (scheme, dimension) => {
      const taken = scheme.indicators.flatMap(({ code, points }) => [code, ...points.map((p) => p.code)]);
      for (const node of ["indicator", "point"] as const) {
        const stem = newCode({ ...scheme, indicators: [] }, dimension, node, () => "");
        const [home, ...others] = scheme.indicators;
        const indicators = [{ ...home!, code: `${stem}first` }, ...others];
        const draws = ["first", ...taken.map((code) => code.slice(stem.length)), "last"];
        const code = newCode({ ...scheme, indicators }, dimension, node, () => draws.shift() ?? "");
        expect(code).not.toBe(`${stem}first`);
        expect(taken).not.toContain(code);
      }
    }),
  );
});

test("a code once given is not given again after what had it was taken out", () => {
  const given = new Set<string>();
  let scheme = builtIn;
  for (let round = 0; round < 20; round += 1) {
    const [withOwn, own] = withNewIndicator(scheme, "moral");
    const [full, point] = withNewPoint(
      withOwn,
      withOwn.indicators.find(({ code }) => code === own)!,
    );
    for (const code of [own, point]) {
      expect(given).not.toContain(code);
      given.add(code);
    }
    scheme = withoutIndicator(withoutPoint(full, point), own);
  }
  expect(scheme).toEqual(builtIn);
});

test.each(["zh-CN", "en"] as const)("a scheme written as a table in %s reads back as it was", (locale) => {
  fc.assert(
    fc.property(ownScheme, ({ indicators }) => {
      const lines = indicatorTableOf(indicators, locale).map((cells, at) => ({ row: at + 1, cells }));
      expect(parseIndicatorTable(lines, { origin: "school" }).scheme?.indicators).toEqual(indicators);
    }),
  );
});

test("however often a dimension takes a colour, each of the five is there once, and the scheme stays fit to publish", () => {
  const choice = fc.record({ to: fc.constantFrom(...DIMENSIONS), colour: fc.constantFrom(...PALETTE) });
  fc.assert(
    fc.property(fc.array(choice, { minLength: 1 }), (choices) => {
      const scheme = choices.reduce((of, { to, colour }) => withDimensionColour(of, to, colour), builtIn);
      const colours = coloursOf(scheme);
      expect(Object.values(colours).toSorted()).toEqual([...PALETTE].toSorted());
      const { to, colour } = choices.at(-1)!;
      expect(colours[to]).toBe(colour);
      expect(problemsOf(scheme, rules)).toEqual([]);
      const changed = DIMENSIONS.filter((dimension) => colours[dimension] !== ownColour(dimension));
      expect(differencesOf(builtIn, scheme).map(({ dimension }) => dimension)).toEqual(changed);
    }),
  );
});

test("two dimensions in one colour are told, and such a scheme is not published", () => {
  const { labour } = builtIn.dimensions;
  const dimensions = { ...builtIn.dimensions, labour: { ...labour, colour: ownColour("moral") } };
  expect(problemsOf({ ...builtIn, dimensions }, rules).map(({ fault }) => fault)).toEqual(["colour-twice"]);
});

test("what was taken out comes back where it stood, and what was done since stays", () => {
  const place = fc.record({ indicator: fc.nat(), point: fc.nat(), other: fc.nat() });
  fc.assert(
    fc.property(place, ({ indicator, point, other }) => {
      const of = builtIn.indicators[indicator % builtIn.indicators.length]!;
      const one = of.points[point % of.points.length]!;
      expect(withPointBack(withoutPoint(builtIn, one.code), builtIn, one.code)).toEqual(builtIn);
      expect(withIndicatorBack(withoutIndicator(builtIn, of.code), builtIn, of.code)).toEqual(builtIn);

      const changed = builtIn.indicators[other % builtIn.indicators.length]!;
      const since = (scheme: SchoolScheme) =>
        withIndicator(scheme, changed.code, { name: { zh: "后来", en: "Since" } });
      expect(withPointBack(since(withoutPoint(builtIn, one.code)), builtIn, one.code)).toEqual(
        since(builtIn),
      );
      if (changed === of) return;
      expect(withIndicatorBack(since(withoutIndicator(builtIn, of.code)), builtIn, of.code)).toEqual(
        since(builtIn),
      );
    }),
  );
});

test("what comes back after another has taken its code has one of its own, and without its indicator it stays away", () => {
  const [withOwn, own] = withNewIndicator(builtIn, "moral");
  const home = (scheme: SchoolScheme, code: string) => scheme.indicators.find((one) => one.code === code)!;
  const [full, point] = withNewPoint(withOwn, home(withOwn, own));
  const [again] = withNewPoint(withoutPoint(full, point), home(withoutPoint(full, point), own));
  const codes = home(withPointBack(again, full, point), own).points.map(({ code }) => code);
  expect(new Set(codes).size).toBe(2);

  const gone = withoutIndicator(full, own);
  expect(withPointBack(gone, full, point)).toBe(gone);
  const [anew] = withNewIndicator(gone, "moral");
  const back = withIndicatorBack(anew, full, own);
  expect(new Set(back.indicators.map(({ code }) => code)).size).toBe(builtIn.indicators.length + 2);
  expect(back.indicators.flatMap(({ points }) => points)).toHaveLength(
    full.indicators.flatMap(({ points }) => points).length,
  );
});
