/** Growth and term summary from plain facts: they agree, they show levels, and they claim nothing the records do not bear. */
import { againstLastTerm } from "@doudou/shared/domain/own-past.ts";
import { SummarySnapshot } from "@doudou/shared/contract/summaries.ts";
import { DimensionGrowth } from "@doudou/shared/contract/growth.ts";
import {
  buildDimensionGrowth,
  type GrowthFacts,
  type PointRecords,
  topPointsOf,
} from "@doudou/shared/domain/growth.ts";
import {
  buildSummarySnapshot,
  chosenHighlights,
  type HighlightCandidate,
  type SummaryFacts,
} from "@doudou/shared/domain/summary.ts";
import { type Dimension, DIMENSIONS, KINDS, perDimension } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const DIMENSION_NAMES = {
  moral: { zh: "德", en: "Moral" },
  academic: { zh: "智", en: "Academic" },
  physical: { zh: "体", en: "Physical" },
  arts: { zh: "美", en: "Arts" },
  labour: { zh: "劳", en: "Labour" },
};
const indicators = DIMENSIONS.flatMap((dimension) =>
  ["first", "second"].map((place) => ({
    id: `${dimension}-${place}`,
    dimension,
    name: { zh: `${dimension}${place}`, en: `${dimension} ${place}` },
  })),
);

/** Facts of one child whose records of each dimension and week are given; each record carries two beans. */
function factsOf(records: Record<Dimension, readonly number[]>, recorders = 3): SummaryFacts {
  const weekCount = Math.max(...DIMENSIONS.map((dimension) => records[dimension].length));
  const points = DIMENSIONS.flatMap((dimension): PointRecords[] => {
    const count = records[dimension].reduce((sum, one) => sum + one, 0);
    const name = { zh: `观测点${dimension}`, en: `Point of ${dimension}` };
    return count === 0
      ? []
      : [{ name, dimension, indicatorId: `${dimension}-first`, count, beans: 2 * count }];
  });
  return {
    school: { name: "森林小学" },
    student: { id: "018f0000-0000-7000-8000-000000000001", name: "王小雨", studentNo: "20260101" },
    class: { id: "018f0000-0000-7000-8000-000000000002", name: "三年级1班", grade: 3 },
    homeroomTeacher: "陈老师",
    term: {
      id: "018f0000-0000-7000-8000-000000000003",
      name: { zh: "秋季学期", en: "Autumn" },
      startsOn: "2026-09-01",
      endsOn: "2027-01-15",
    },
    termWeeks: 20,
    weeksElapsed: weekCount,
    dimensionNames: DIMENSION_NAMES,
    indicators,
    points,
    recorders: perDimension(() => recorders),
    weeks: Array.from({ length: weekCount }, (_, week) => ({
      records: perDimension((dimension) => records[dimension][week] ?? 0),
      beans: perDimension((dimension) => 2 * (records[dimension][week] ?? 0)),
    })),
    highlights: [],
    comment: "小雨，你好！",
  };
}

const growthFactsOf = (facts: SummaryFacts): GrowthFacts => ({
  ...facts,
  termId: facts.term.id,
  grade: facts.class.grade,
});
const twenty = (figure: (week: number) => number) => Array.from({ length: 20 }, (_, week) => figure(week));
const nothing: readonly number[] = twenty(() => 0);

/** A term in which rope skipping took off, study went on as ever, and arts have nothing. */
const story = factsOf({
  moral: twenty((week) => week % 2),
  academic: twenty(() => 2),
  physical: twenty((week) => (week < 14 ? (week % 4 === 0 ? 1 : 0) : 3)),
  arts: nothing,
  labour: twenty((week) => (week === 3 ? 2 : 0)),
});

test("growth tells each dimension's stage, records and trend in figures checked by hand", () => {
  const growth = buildDimensionGrowth(growthFactsOf(story));
  expect(growth.map(({ dimension }) => dimension)).toEqual([...DIMENSIONS]);
  const [moral, academic, physical, arts, labour] = growth;
  // 80 beans; 42 make bloom and 72 fruit.
  expect(academic).toMatchObject({
    stage: "fruit",
    progress: 1,
    beans: 80,
    records: 40,
    trend: { change: "same", records: 40, recorders: 3 },
  });
  // 4 early records, then 18: 44 beans, fruit at 38.
  expect(physical).toMatchObject({ stage: "fruit", beans: 44, records: 22, trend: { change: "more" } });
  expect(moral).toMatchObject({ beans: 20, records: 10, trend: { change: "same" } });
  expect(arts).toMatchObject({
    stage: "seed",
    progress: 0,
    beans: 0,
    records: 0,
    trend: { change: "too-few" },
  });
  expect(labour?.trend).toEqual({ change: "too-few", records: 2, recorders: 3 });
  expect(academic?.indicators).toEqual([
    {
      id: "academic-first",
      name: { zh: "academicfirst", en: "academic first" },
      level: "always",
      records: 40,
    },
    {
      id: "academic-second",
      name: { zh: "academicsecond", en: "academic second" },
      level: "none",
      records: 0,
    },
  ]);
  for (const one of growth)
    expect(Object.keys(one).sort()).toEqual(Object.keys(DimensionGrowth.properties).sort());
});

test("the summary says what the portfolio says", () => {
  const growth = buildDimensionGrowth(growthFactsOf(story));
  const summary = buildSummarySnapshot(story);
  summary.dimensions.forEach((told, index) => {
    const grown = growth[index];
    expect(told).toMatchObject({
      dimension: grown?.dimension,
      stage: grown?.stage,
      progress: grown?.progress,
      sentence: grown?.sentence,
      records: grown?.records,
      change: grown?.trend.change,
    });
  });
  // Nobody has added a sentence here, earned a badge, taken part in anything or been here last term, and then there is no
  // place for any.
  const optional = ["lastTerm", "remarks", "activities", "rated", "badges", "fitness"];
  const told = Object.keys(SummarySnapshot.properties).filter((part) => !optional.includes(part));
  expect(Object.keys(summary).sort()).toEqual(told.sort());
  expect(buildSummarySnapshot(story)).toEqual(summary);
  expect(buildSummarySnapshot({ ...story, lastTerm: story }).lastTerm).toEqual(againstLastTerm(story, story));
});

test("the points told are those with most records", () => {
  const facts = growthFactsOf(story);
  const points = [1, 5, 3].map((count): PointRecords => ({
    name: { zh: `做了${count}`, en: `Did ${count}` },
    indicatorId: "arts-first",
    dimension: "arts",
    count,
    beans: count,
  }));
  points.push({
    name: { zh: "跑步", en: "Ran" },
    indicatorId: "physical-first",
    dimension: "physical",
    count: 9,
    beans: 9,
  });
  expect(topPointsOf("arts", { points }).map(({ en }) => en)).toEqual(["Did 5", "Did 3", "Did 1"]);
  const sentence = buildDimensionGrowth({ ...facts, points })[3]?.sentence.zh;
  expect(sentence).toContain("「做了5」和「做了3」");
});

test("the summary holds levels and words, no beans", () => {
  const summary = buildSummarySnapshot(story);
  const keys = new Set<string>();
  JSON.stringify(summary, (key, value: unknown) => (keys.add(key), value));
  expect([...keys].filter((key) => /bean|score|rank|percent/i.test(key))).toEqual([]);
  expect(JSON.stringify(summary)).not.toMatch(/豆|\bbeans?\b/);
});

test("what grew most is told only where the records bear it", () => {
  expect(buildSummarySnapshot(story).grewMost?.dimension).toBe("physical");
  expect(buildSummarySnapshot(story).grewMost?.sentence.zh).toContain("小雨");
  const physical = twenty((week) => (week < 14 ? 0 : 3));
  expect(buildSummarySnapshot(factsOf({ ...perDimension(() => nothing), physical }, 1)).grewMost).toBeNull();
  expect(buildSummarySnapshot(factsOf(perDimension(() => twenty(() => 1)))).grewMost).toBeNull();
  expect(buildSummarySnapshot(factsOf(perDimension(() => nothing))).grewMost).toBeNull();
  // Of two rises the surer one.
  const both = factsOf({
    ...perDimension(() => nothing),
    moral: twenty((week) => (week < 14 ? 1 : 3)),
    arts: twenty((week) => (week < 14 ? 0 : 4)),
  });
  expect(buildSummarySnapshot(both).grewMost?.dimension).toBe("arts");
  // A rise from 14 in 14 weeks to 11 in 6 is sure enough for a trend, not to be singled out of five.
  const slight = factsOf({ ...perDimension(() => nothing), moral: twenty((week) => (week < 15 ? 1 : 2)) });
  expect(buildSummarySnapshot(slight).dimensions[0]?.change).toBe("more");
  expect(buildSummarySnapshot(slight).grewMost).toBeNull();
});

const candidate = fc
  .record({
    date: fc.integer({ min: 1, max: 28 }),
    dimension: fc.constantFrom(...DIMENSIONS),
    kind: fc.constantFrom(...KINDS),
    point: fc.nat(8).map((place) => ({ zh: `观测点${place}`, en: `Point ${place}` })),
    by: fc.constant("陈老师"),
    note: fc.constantFrom(null, "", "跳绳 62 → 81"),
  })
  .map(({ date, ...rest }): HighlightCandidate => ({
    ...rest,
    day: `2026-11-${String(date).padStart(2, "0")}`,
  }));

test("highlights: at most six, in order of time, from as many dimensions as there are", () => {
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 40 }), (candidates) => {
      const chosen = chosenHighlights(candidates);
      expect(chosen).toHaveLength(Math.min(6, candidates.length));
      expect(chosen.map(({ day }) => day)).toEqual(chosen.map(({ day }) => day).sort());
      const points = new Set(candidates.map(({ point }) => point.zh)).size;
      expect(new Set(chosen.map(({ point }) => point.zh)).size).toBe(Math.min(6, points));
    }),
  );
});

const candidateOf = (
  point: string,
  dimension: Dimension = "moral",
  day = "2026-09-01",
): HighlightCandidate => ({
  day,
  dimension,
  kind: "behaviour",
  point: { zh: point, en: point },
  by: "陈老师",
  note: null,
});

test("highlights: dimensions take turns", () => {
  const plain = (dimension: Dimension, day: string, point: string) => candidateOf(point, dimension, day);
  const rope: HighlightCandidate = {
    ...plain("physical", "2026-09-10", "跳绳"),
    kind: "growth",
    note: "62 → 81",
  };
  const chosen = chosenHighlights([
    ...["a", "b", "c", "d", "e", "f", "g"].map((point, index) =>
      plain("academic", `2026-10-0${index + 1}`, point),
    ),
    plain("physical", "2026-11-20", "做操"),
    rope,
    plain("labour", "2026-09-01", "扫地"),
  ]);
  expect(chosen.map(({ dimension }) => dimension)).toEqual([
    "labour",
    "physical",
    "academic",
    "academic",
    "academic",
    "physical",
  ]);
  expect(chosen[1]).toEqual({
    day: "2026-09-10",
    dimension: "physical",
    point: { zh: "跳绳", en: "跳绳" },
    by: "陈老师",
    note: "62 → 81",
  });
});

test("highlights: a note, and growth, are told before what was only counted", () => {
  const counted = ["a", "b", "c", "d", "e", "f"].map((point, index) => ({
    ...candidateOf(point),
    day: `2026-11-0${index + 1}`,
  }));
  const growth: HighlightCandidate = { ...candidateOf("growth"), kind: "growth" };
  const noted: HighlightCandidate = { ...candidateOf("noted"), note: "把伞让给了低年级的同学" };
  const told = chosenHighlights([...counted, growth, noted]).map(({ point }) => point.zh);
  expect(told).toEqual(["growth", "noted", "c", "d", "e", "f"]);
  // Six that were counted later leave room for one more only if it is told first: a blank note is none.
  const blank = { ...candidateOf("blank"), note: " " };
  expect(chosenHighlights([...counted, blank]).map(({ point }) => point.zh)).toEqual([
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
  ]);
});

test("growth of a whole class of 45 with 54 points each takes a moment", () => {
  const facts = growthFactsOf(story);
  const points = Array.from({ length: 54 }, (_, place): PointRecords => {
    const indicator = indicators[place % indicators.length];
    return {
      name: { zh: `点${place}`, en: `Point ${place}` },
      indicatorId: indicator?.id ?? "",
      dimension: indicator?.dimension ?? "moral",
      count: place % 7,
      beans: place,
    };
  });
  // Of the processor's time: how busy the machine is otherwise does not matter.
  const before = process.cpuUsage();
  for (let child = 0; child < 45; child += 1) buildDimensionGrowth({ ...facts, points });
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(300);
});
