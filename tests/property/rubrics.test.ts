/** Rubrics: how far raters agree, what several of them come to, and whom an indicator concerns. */
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreementOn, isFarApart, ordinalAlpha } from "@doudou/shared/domain/agreement.ts";
import { BUILT_IN_DESCRIPTIONS } from "@doudou/shared/domain/built-in-rubrics.ts";
import { parseIndicatorCsv } from "@doudou/shared/domain/indicator-csv.ts";
import {
  builtInRubric,
  combinedLevel,
  faultIn,
  ratedIndicators,
  type RoundRubric,
  rubricsConcerning,
  type RubricLevel,
  rubricsOfScheme,
} from "@doudou/shared/domain/rubrics.ts";

const level = fc.constantFrom<RubricLevel[]>(1, 2, 3, 4);
const levels = fc.array(level, { maxLength: 7 });
const units = fc.array(levels, { maxLength: 25 });

describe("how far raters agree", () => {
  /** Krippendorff (2011), section C: four observers, twelve units, unit by unit; a zero is a missing value. */
  const ofPublished = (): number[][] => {
    const rows = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
      [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];
    return rows[0]!.map((_, unit) => rows.map((row) => row[unit]!).filter((value) => value > 0));
  };

  test("the published example has the published figure", () => {
    expect(ordinalAlpha(ofPublished())).toBeCloseTo(0.815, 3);
  });

  test("raters who always choose alike agree wholly, whoever is missing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(level, fc.integer({ min: 1, max: 5 })), { maxLength: 25 }),
        (children) => {
          const alpha = ordinalAlpha(
            children.map(([own, raters]) => Array.from({ length: raters }, () => own)),
          );
          if (alpha !== undefined) expect(alpha).toBeCloseTo(1, 10);
        },
      ),
    );
  });

  test("neither the order of children or raters, nor who is rated once, nor the names of the levels change it", () => {
    fc.assert(
      fc.property(units, fc.array(level), (given, once) => {
        const alpha = ordinalAlpha(given);
        const same = (other: number | undefined) =>
          alpha === undefined ? expect(other).toBeUndefined() : expect(other).toBeCloseTo(alpha, 9);
        same(ordinalAlpha(given.toReversed().map((unit) => unit.toReversed())));
        same(ordinalAlpha([...given, ...once.map((one) => [one])]));
        same(ordinalAlpha(given.map((unit) => unit.map((one) => one ** 3 + 7))));
        same(ordinalAlpha(given.map((unit) => unit.map((one) => -one))));
        if (alpha !== undefined) expect(alpha).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  test("where everybody chose one level there is nothing to measure, and few children say nothing", () => {
    expect(agreementOn(Array.from({ length: 12 }, () => [3, 3]))).toMatchObject({ word: "one-level" });
    expect(agreementOn([[1, 4], [2], [3, 3]])).toEqual({ word: "too-few", children: 2, alpha: null });
    expect(agreementOn(Array.from({ length: 12 }, (_, n) => [1 + (n % 4), 1 + (n % 4)]))).toMatchObject({
      word: "close",
      children: 12,
      alpha: 1,
    });
    expect(agreementOn(Array.from({ length: 12 }, (_, n) => [1 + (n % 4), 4 - (n % 4)]))).toMatchObject({
      word: "talk",
    });
  });

  test("two levels between raters are worth a word, neighbours are not", () => {
    expect([[1, 3], [2, 3, 4], [1, 2], [2], []].map(isFarApart)).toEqual([true, true, false, false, false]);
  });
});

describe("one level out of several", () => {
  test("more than half of the teachers have seen the child there or further on, and nobody chose nothing like it", () => {
    fc.assert(
      fc.property(levels, (chosen) => {
        const one = combinedLevel(chosen);
        if (one === undefined) return;
        expect(chosen).toContain(one);
        expect(chosen.filter((each) => each >= one).length * 2).toBeGreaterThan(chosen.length);
        expect(chosen.filter((each) => each <= one).length * 2).toBeGreaterThanOrEqual(chosen.length);
      }),
    );
  });

  test("it does not depend on who was asked first, nor on whether everybody is asked twice", () => {
    fc.assert(
      fc.property(levels, (chosen) => {
        expect(combinedLevel(chosen.toReversed())).toBe(combinedLevel(chosen));
        expect(combinedLevel([...chosen, ...chosen])).toBe(combinedLevel(chosen));
      }),
    );
  });

  test("a teacher who has seen more never lowers what is said", () => {
    fc.assert(
      fc.property(levels, fc.nat(), (chosen, at) => {
        const place = chosen.length === 0 ? 0 : at % chosen.length;
        const raised = chosen.map((one, n) => (n === place ? (Math.min(4, one + 1) as RubricLevel) : one));
        const [before, after] = [combinedLevel(chosen), combinedLevel(raised)];
        if (before !== undefined && after !== undefined) expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test("neighbours come to the lower one; two who see it quite differently come to nothing", () => {
    expect(combinedLevel([3, 2])).toBe(2);
    expect(combinedLevel([1, 3])).toBeUndefined();
    expect(combinedLevel([1, 4, 4])).toBe(4);
    expect(combinedLevel([])).toBeUndefined();
  });
});

describe("the rubrics of a scheme", () => {
  const scheme = async () => {
    const { scheme: found } = parseIndicatorCsv(
      await readFile(new URL("../../db/src/seed/indicators.csv", import.meta.url), "utf8"),
    );
    return found!.indicators.flatMap(({ code, dimension, name, points }) =>
      points.map((point) => ({ ...point, indicatorCode: code, indicator: name, dimension })),
    );
  };

  test("every indicator of the default scheme has words of its own, four levels in both languages and without a figure", async () => {
    const rubrics = rubricsOfScheme(await scheme(), () => undefined);
    expect(rubrics.map(({ code }) => code).sort()).toEqual(Object.keys(BUILT_IN_DESCRIPTIONS).sort());
    for (const { levels: own } of rubrics) {
      expect(own).toHaveLength(4);
      expect(faultIn(own)).toBeUndefined();
      for (const { description } of own) expect(description.zh + description.en).not.toMatch(/\d/);
    }
    expect(faultIn(builtInRubric("the school's own"))).toBeUndefined();
  });

  test("the homeroom teacher is asked about all, the gym teacher about sport and what every lesson shows", async () => {
    const rubrics = rubricsOfScheme(await scheme(), () => undefined);
    const codes = (teacher: { isHomeroom: boolean; subjects: string[] }, grade = 3) =>
      rubricsConcerning(rubrics, teacher, grade).map(({ code }) => code);
    expect(codes({ isHomeroom: true, subjects: [] })).toHaveLength(rubrics.length);
    expect(codes({ isHomeroom: false, subjects: ["pe"] })).toEqual(["conduct", "study", "health", "fitness"]);
    expect(codes({ isHomeroom: false, subjects: ["chess"] })).toContain("creativity");
    expect(codes({ isHomeroom: false, subjects: [] })).toEqual([]);
  });

  test("an indicator bound to subjects is theirs alone, and one of other grades is nobody's", () => {
    const [some] = rubricsOfScheme(
      [
        {
          indicatorCode: "instrument",
          indicator: { zh: "器乐", en: "Instrument" },
          dimension: "arts",
          gradeFrom: 3,
          gradeTo: 6,
          subjects: ["music"],
        },
      ],
      () => undefined,
    );
    const asked = (subject: string, grade: number) =>
      rubricsConcerning([some!], { isHomeroom: false, subjects: [subject] }, grade).length;
    expect([asked("music", 3), asked("art", 3), asked("music", 2), asked("music", 7)]).toEqual([1, 0, 0, 0]);
  });

  test("a level that belittles or counts is none", () => {
    const withWord = (zh: string) => [{ ...builtInRubric("duty")[0]!, word: { zh, en: "Fine" } }];
    expect(["差", "第1级", "", "　", "正在努力"].map((zh) => faultIn(withWord(zh)) !== undefined)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("what a summary says", () => {
  const rubric = (code: string): RoundRubric => ({
    code,
    dimension: "moral",
    name: { zh: code, en: code },
    levels: builtInRubric(code),
    gradeFrom: 1,
    gradeTo: 9,
    subjects: [],
  });
  const rounds = ["late", "early"].map((id) => ({ id, rubrics: [rubric("duty"), rubric("conduct")] }));
  const said = (roundId: string, indicatorCode: string, one: RubricLevel | null) => ({
    roundId,
    indicatorCode,
    level: one,
  });

  test("the latest round in which somebody has seen enough is told, and rounds are not mixed", () => {
    const rated = ratedIndicators(rounds, [
      said("early", "duty", 4),
      said("late", "duty", 2),
      said("late", "duty", 2),
      said("early", "conduct", 3),
      said("late", "conduct", null),
    ]);
    expect(rated.map(({ indicator, word }) => [indicator.zh, word.zh])).toEqual([
      ["duty", "正在努力"],
      ["conduct", "基本做到"],
    ]);
  });

  test("what teachers see quite differently is not told, not even by an earlier round", () => {
    const rated = ratedIndicators(rounds, [
      said("early", "duty", 3),
      said("late", "duty", 1),
      said("late", "duty", 4),
    ]);
    expect(rated).toEqual([]);
  });
});
