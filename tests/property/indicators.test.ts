/** The indicator scheme: the default one reads whole, mistakes are found where they are, and who may award is kept to. */
import { readFileSync } from "node:fs";
import { parseIndicatorCsv } from "@doudou/shared/domain/indicator-csv.ts";
import { awardObstacle, mayAward, type ObservationPoint } from "@doudou/shared/domain/indicators.ts";
import { isWithinRange } from "@doudou/shared/domain/scoring.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { expect, test } from "vitest";

const csv = readFileSync(new URL("../../db/src/seed/indicators.csv", import.meta.url), "utf8");

function defaultPoints(): Map<string, ObservationPoint> {
  const { scheme } = parseIndicatorCsv(csv);
  return new Map(
    scheme?.indicators.flatMap(({ points }) => points.map((point) => [point.code, point] as const)),
  );
}

function pointOf(code: string): ObservationPoint {
  const point = defaultPoints().get(code);
  if (!point) throw new Error(`no point ${code}`);
  return point;
}

test("the default scheme has 54 points under 12 indicators in five dimensions", () => {
  const { scheme, errors } = parseIndicatorCsv(csv);
  expect(errors).toEqual([]);
  expect(scheme?.indicators.map(({ code }) => code)).toEqual([
    "ideals",
    "duty",
    "conduct",
    "study",
    "creativity",
    "attainment",
    "health",
    "fitness",
    "practice",
    "expression",
    "habit",
    "society",
  ]);
  const perDimension = DIMENSIONS.map((dimension) =>
    scheme?.indicators
      .filter((indicator) => indicator.dimension === dimension)
      .reduce((sum, { points }) => sum + points.length, 0),
  );
  expect(perDimension).toEqual([11, 11, 11, 9, 12]);
  for (const point of defaultPoints().values()) {
    expect(isWithinRange(point.beans, point)).toBe(true);
    expect(point.minBeans).toBeGreaterThanOrEqual(0);
  }
});

test("a quoted field keeps its commas, and a row gives every column of the point", () => {
  expect(pointOf("D23").name.en).toBe("Cares for property, saves, sorts waste");
  expect(pointOf("D12")).toEqual({
    code: "D12",
    name: { zh: "能讲一个家乡或先辈的故事", en: "Tells a story of hometown or forebears" },
    kind: "participation",
    beans: 2,
    minBeans: 1,
    maxBeans: 3,
    weeklyCap: 1,
    who: ["staff", "homeroom"],
    gradeFrom: 3,
    gradeTo: 9,
    subjects: [],
    evidence: "optional",
    origin: "core",
    icon: null,
  });
});

test("a table saved by a spreadsheet, with byte-order mark, CRLF and blank rows, reads the same", () => {
  const saved = `\uFEFF${csv.replaceAll("\n", "\r\n")},,,,,,,,,,,,\r\n\r\n`;
  expect(parseIndicatorCsv(saved)).toEqual(parseIndicatorCsv(csv));
});

const HEADING =
  "dimension,indicator,indicator_zh,indicator_en,code,name_zh,name_en,kind,beans,weekly_cap,who,grades,evidence,min_beans,max_beans,subjects";
const table = (...rows: string[]) => parseIndicatorCsv([HEADING, ...rows].join("\n"));

test("optional columns set the range and the subjects", () => {
  const { scheme } = table(
    "arts,practice,美育实践,Arts practice,M11,练习,Practises,behaviour,4,3,staff;self,4,no,2,5,music; art",
  );
  expect(scheme?.indicators[0]?.points[0]).toMatchObject({
    beans: 4,
    minBeans: 2,
    maxBeans: 5,
    gradeFrom: 4,
    gradeTo: 4,
    who: ["staff", "self"],
    subjects: ["music", "art"],
  });
});

test("a point worth more than three beans may be given them", () => {
  const { scheme } = table(
    "labour,society,社会体验,Social experience,L32,公益劳动,Service,participation,5,1,staff,3-9,no,,,",
  );
  expect(scheme?.indicators[0]?.points[0]).toMatchObject({ beans: 5, minBeans: 1, maxBeans: 5 });
});

test("each mistake is told with its row and column, and then there is no scheme", () => {
  const parsed = table(
    "morale,duty,责任,Duty,D1,帮,Helps,behaviour,1,2,staff,1-9,no,,,",
    "moral,duty,责任,Duty,D2,,Helps,kindness,-1,0,staff;parent,9-1,no,,,",
    "moral,duty,责任心,Duty,D2,帮,Helps,behaviour,7,1,;,1-9,maybe,1,3,",
  );
  expect(parsed.scheme).toBeNull();
  expect(parsed.errors.map(({ row, column, problem, found }) => [row, column, problem, found])).toEqual([
    [2, "dimension", "unknown-value", "morale"],
    [3, "beans", "not-a-number", "-1"],
    [3, "grades", "out-of-range", "9-1"],
    [3, "name_zh", "missing-value", ""],
    [3, "kind", "unknown-value", "kindness"],
    [3, "weekly_cap", "out-of-range", "0"],
    [3, "who", "unknown-value", "parent"],
    [4, "beans", "out-of-range", "7"],
    [4, "who", "missing-value", ";"],
    [4, "evidence", "unknown-value", "maybe"],
    [4, "code", "duplicate", "D2"],
    [4, "indicator", "contradiction", "duty"],
  ]);
});

test("a table without its columns, without rows, or with an open quote is refused", () => {
  expect(
    parseIndicatorCsv("code,name_zh\nD1,帮").errors.every(
      ({ row, problem }) => row === 1 && problem === "missing-column",
    ),
  ).toBe(true);
  expect(table().errors).toEqual([{ row: 2, place: 0, column: "code", problem: "missing-value", found: "" }]);
  expect(table('moral,duty,责任,Duty,D1,"帮,Helps,behaviour,1,2,staff,1-9,no,,,').errors[0]?.problem).toBe(
    "malformed",
  );
});

test("who may award: staff points for every teacher of the class, homeroom points for the homeroom teacher alone", () => {
  const subjectTeacher = { isTeacher: true, subjects: ["math"] };
  const homeroom = { isTeacher: true, isHomeroom: true, subjects: ["chinese"] };
  expect(mayAward({ point: pointOf("D23"), grade: 2, ...subjectTeacher })).toBe(true);
  expect(awardObstacle({ point: pointOf("D13"), grade: 2, ...subjectTeacher })).toBe("giver");
  expect(mayAward({ point: pointOf("D13"), grade: 2, ...homeroom })).toBe(true);
  expect(awardObstacle({ point: pointOf("D12"), grade: 2, ...homeroom })).toBe("grade");
  expect(awardObstacle({ point: pointOf("D31"), grade: 5, ...homeroom })).toBe("grade");
  expect(awardObstacle({ point: pointOf("T14"), grade: 2, ...homeroom })).toBe("giver");
  expect(mayAward({ point: pointOf("T14"), grade: 2, isGuardian: true })).toBe(true);
  expect(awardObstacle({ point: pointOf("D21"), grade: 2 })).toBe("giver");
  const music = { ...pointOf("M11"), subjects: ["music", "art"] };
  expect(awardObstacle({ point: music, grade: 3, ...subjectTeacher })).toBe("subject");
  expect(mayAward({ point: music, grade: 3, isTeacher: true, subjects: ["art"] })).toBe(true);
  expect(mayAward({ point: music, grade: 3, ...homeroom })).toBe(true);
  expect(mayAward({ point: { ...music, who: ["staff", "guardian"] }, grade: 3, isGuardian: true })).toBe(
    true,
  );
});
