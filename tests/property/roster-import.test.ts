/** Reading a roster and planning what it would do: spellings, columns, numbers that check, and what must never happen. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cell, cellAddress, dayOf, plainText } from "@doudou/shared/domain/roster-import/cells.ts";
import { classNamed, gradeNamed } from "@doudou/shared/domain/roster-import/class-names.ts";
import { recognisedFields, recognisedShape } from "@doudou/shared/domain/roster-import/columns.ts";
import { isReadable, ROW_OUTCOMES } from "@doudou/shared/domain/roster-import/fields.ts";
import {
  checkCharacter,
  factsIn,
  nationalNumber,
} from "@doudou/shared/domain/roster-import/identity-numbers.ts";
import { maskedChange, maskedSample } from "@doudou/shared/domain/roster-import/masking.ts";
import {
  type KnownGuardian,
  type KnownPupil,
  type KnownRoster,
  planRoster,
  type PlannedRow,
  type RosterPlan,
} from "@doudou/shared/domain/roster-import/plan.ts";
import { pupilsIn } from "@doudou/shared/domain/roster-import/rows.ts";
import { HEADINGS, nameOf, nationalNo, tableOf, wholeSchool } from "../support/rosters.ts";

const NOBODY: KnownRoster = { classes: [], pupils: [] };

function planOf(rows: readonly (readonly Cell[])[], known: KnownRoster = NOBODY): RosterPlan {
  const table = tableOf(rows);
  const shape = recognisedShape(table);
  let made = 0;
  const newId = () => `new-${known.pupils.length}-${++made}`;
  return planRoster(pupilsIn(table, shape), known, { newId, pinyinOf: (name) => `py ${name}`, year: 2026 });
}

/** What the school has once a plan is carried out. */
function after(known: KnownRoster, { rows, newClasses }: RosterPlan): KnownRoster {
  const classes = [...known.classes, ...newClasses];
  const pupils = new Map(known.pupils.map((pupil) => [pupil.id, pupil]));
  const guardians = new Map<string, { name: string; phone: string | null }>();
  for (const pupil of known.pupils)
    for (const { membershipId, name, phone } of pupil.guardians) guardians.set(membershipId, { name, phone });
  const change = (id: string, over: Partial<KnownPupil>) => {
    const pupil = pupils.get(id);
    if (!pupil) throw new Error(`no pupil ${id}`);
    pupils.set(id, { ...pupil, ...over });
  };
  for (const step of rows.flatMap(({ steps }) => steps)) {
    switch (step.do) {
      case "add-student":
        pupils.set(step.id, { ...step, record: null, enrollment: null, guardians: [] });
        break;
      case "change-student":
        change(step.id, step.after);
        break;
      case "set-record":
        change(step.studentId, { record: step.after });
        break;
      case "enroll": {
        const className = classes.find(({ id }) => id === step.classId)?.name ?? "?";
        change(step.studentId, {
          enrollment: { id: step.id, classId: step.classId, className, endsOn: null },
        });
        break;
      }
      case "add-guardian":
        guardians.set(step.membershipId, { name: step.name, phone: step.phone });
        break;
      case "rename-guardian":
        guardians.set(step.membershipId, { ...guardians.get(step.membershipId)!, name: step.after });
        break;
      case "set-phone":
        guardians.set(step.membershipId, { ...guardians.get(step.membershipId)!, phone: step.after });
        break;
      case "add-guardianship": {
        const { membershipId, relation } = step;
        const of = { guardianshipId: step.id, membershipId, relation, name: "", phone: null };
        change(step.studentId, { guardians: [...pupils.get(step.studentId)!.guardians, of] });
        break;
      }
      case "change-relation":
        for (const pupil of pupils.values())
          change(pupil.id, {
            guardians: pupil.guardians.map((guardian) =>
              guardian.guardianshipId === step.guardianshipId
                ? { ...guardian, relation: step.after }
                : guardian,
            ),
          });
        break;
    }
  }
  const withWords = (guardian: KnownGuardian) => ({ ...guardian, ...guardians.get(guardian.membershipId) });
  return {
    classes,
    pupils: [...pupils.values()].map((pupil) => ({ ...pupil, guardians: pupil.guardians.map(withWords) })),
  };
}

const outcomes = ({ rows }: RosterPlan) => rows.map(({ outcome }) => outcome);
const problemsOf = (row: PlannedRow | undefined) =>
  row?.problems.map(({ problem, address }) => [problem, address]);
/** What a plan says, without the ids it makes. */
const told = ({ rows }: RosterPlan) => rows.map(({ steps: _, ...row }) => row);

const spelledWide = (text: string) =>
  text.replaceAll(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** A file as an office might make it, with all that goes wrong in one: names shared, numbers missing, phones twice. */
const sheet = fc.array(
  fc.record({
    no: fc.integer({ min: 0, max: 12 }),
    hasNo: fc.boolean(),
    national: fc.integer({ min: 0, max: 12 }),
    hasNational: fc.boolean(),
    name: fc.integer({ min: 0, max: 4 }),
    grade: fc.integer({ min: 1, max: 3 }),
    guardian: fc.integer({ min: 0, max: 3 }),
    phone: fc.integer({ min: 0, max: 3 }),
    relation: fc.constantFrom("母亲", "父亲", "", "外星人"),
    second: fc.boolean(),
  }),
  { maxLength: 14 },
);
type Sheet = typeof sheet extends fc.Arbitrary<infer S> ? S : never;

const rowsOf = (pupils: Sheet): string[][] =>
  pupils.map(({ no, hasNo, national, hasNational, name, grade, guardian, phone, relation, second }) => [
    hasNo ? `S${no}` : "",
    nameOf(name),
    hasNational ? nationalNo("2017-05-12", national) : "",
    `${grade}年级1班`,
    "",
    "",
    guardian === 0 ? "" : `家长${"甲乙丙".charAt(guardian - 1)}`,
    relation,
    phone === 0 || guardian === 0 ? "" : `1390000000${phone}`,
    second ? "家长丁" : "",
    second ? "父亲" : "",
    "",
  ]);

describe("a roster that is taken in", () => {
  test("changes nothing when it is taken in again", () => {
    fc.assert(
      fc.property(sheet, sheet, (first, second) => {
        const before = after(NOBODY, planOf([[...HEADINGS], ...rowsOf(first)]));
        const file = [[...HEADINGS], ...rowsOf(second)];
        const plan = planOf(file, before);
        const once = after(before, plan);
        const again = planOf(file, once);
        expect(again.rows.flatMap(({ steps }) => steps)).toEqual([]);
        expect(again.newClasses).toEqual([]);
        const settled = (outcome: string) =>
          outcome === "new" || outcome === "changed" ? "unchanged" : outcome;
        expect(outcomes(again).filter((outcome) => outcome !== "missing")).toEqual(
          outcomes(plan)
            .filter((outcome) => outcome !== "missing")
            .map(settled),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("never has two pupils with one number, and never loses anybody", () => {
    fc.assert(
      fc.property(sheet, sheet, (first, second) => {
        const before = after(NOBODY, planOf([[...HEADINGS], ...rowsOf(first)]));
        const now = after(before, planOf([[...HEADINGS], ...rowsOf(second)], before));
        const numbers = now.pupils.map(({ studentNo }) => studentNo);
        expect(new Set(numbers).size).toBe(numbers.length);
        const nationals = now.pupils.flatMap(({ record }) => record?.nationalNo ?? []);
        expect(new Set(nationals).size).toBe(nationals.length);
        const ids = new Set(now.pupils.map(({ id }) => id));
        expect(before.pupils.every(({ id }) => ids.has(id))).toBe(true);
      }),
    );
  });

  test("says the same whatever the order of its columns, and in full-width characters", () => {
    fc.assert(
      fc.property(
        sheet,
        fc.shuffledSubarray([...HEADINGS.keys()], { minLength: HEADINGS.length }),
        (pupils, order) => {
          const file = [[...HEADINGS], ...rowsOf(pupils)];
          const without = (plan: RosterPlan) =>
            told(plan).map(({ problems, ...row }) => ({
              ...row,
              problems: problems.map(({ problem }) => problem).sort(),
            }));
          const shuffled = file.map((cells) => order.map((column) => cells[column] ?? ""));
          expect(without(planOf(shuffled))).toEqual(without(planOf(file)));
          expect(told(planOf(file.map((cells) => cells.map(spelledWide))))).toEqual(told(planOf(file)));
        },
      ),
    );
  });

  test("every row has one outcome; a problem does nothing, and what does something has no problem", () => {
    fc.assert(
      fc.property(sheet, (pupils) => {
        for (const row of planOf([[...HEADINGS], ...rowsOf(pupils)]).rows) {
          expect(ROW_OUTCOMES).toContain(row.outcome);
          expect(row.outcome === "problem").toBe(row.problems.length > 0);
          expect(row.outcome === "new" || row.outcome === "changed").toBe(row.steps.length > 0);
        }
      }),
    );
  });

  test("three thousand pupils with two guardians each are planned in a moment", () => {
    const file = [[...HEADINGS], ...wholeSchool(3000)];
    const startedAt = performance.now();
    const plan = planOf(file);
    console.log(`planned 3,000 pupils in ${Math.round(performance.now() - startedAt)} ms`);
    expect(new Set(outcomes(plan))).toEqual(new Set(["new"]));
    expect(outcomes(planOf(file, after(NOBODY, plan)))).toEqual(Array(3000).fill("unchanged"));
  });
});

describe("a row", () => {
  const FIRST = [
    "20240101",
    "林小满",
    nationalNo("2017-05-12", 1),
    "三年级1班",
    "男",
    "2017/5/12",
    "林妈妈",
    "母亲",
    "13800000001",
  ];
  const known = after(NOBODY, planOf([[...HEADINGS], FIRST]));
  const planned = (over: Readonly<Record<number, Cell>>, to: KnownRoster = known) => {
    const row: Cell[] = FIRST.map((cell, column) => over[column] ?? (column in over ? null : cell));
    return planOf([[...HEADINGS], row], to).rows[0];
  };

  test("tells what changed: name, number, class, guardian, phone", () => {
    const row = planned({
      0: "20240199",
      1: "林晓满",
      3: "三(2)班",
      8: "138-0000-0002",
    });
    expect(row?.changes.map(({ field, before, after: now }) => [field, before, now])).toEqual([
      ["name", "林小满", "林晓满"],
      ["studentNo", "20240101", "20240199"],
      ["class", "三年级1班", "三年级2班"],
      ["guardianPhone", "13800000001", "13800000002"],
    ]);
    expect(planned({ 6: "林奶奶", 7: "奶奶", 8: "" })?.changes).toEqual([
      { field: "guardian", before: null, after: "林奶奶" },
    ]);
    expect(planned({ 7: "监护人" })?.outcome).toBe("unchanged");
    expect(planned({ 6: "林妈" })?.changes).toEqual([
      { field: "guardianName", before: "林妈妈", after: "林妈" },
    ]);
  });

  test("blank cells change nothing", () => {
    expect(planned({ 2: null, 3: null, 4: null, 5: null, 6: null, 7: null, 8: null })?.outcome).toBe(
      "unchanged",
    );
  });

  test("names the cell that cannot be read, and why", () => {
    const problems = (over: Record<number, Cell>) => problemsOf(planned(over, NOBODY));
    expect(problems({ 1: "" })).toEqual([["name-missing", "B2"]]);
    expect(problems({ 1: "=林" })).toEqual([["name-unreadable", "B2"]]);
    expect(problems({ 1: { isFormula: true } })).toEqual([["formula", "B2"]]);
    expect(problems({ 0: null, 2: null })).toEqual([["number-missing", "A2"]]);
    expect(problems({ 2: "G110101201705120017" })).toEqual([["national-no-check-digit", "C2"]]);
    expect(problems({ 2: "G11010120170512" })).toEqual([["national-no-length", "C2"]]);
    expect(problems({ 2: "X110101201705120016" })).toEqual([["national-no-letter", "C2"]]);
    expect(problems({ 2: 110_101_201_705_120_000 })).toEqual([["digits-lost", "C2"]]);
    expect(problems({ 2: "1.10101E+17" })).toEqual([["digits-lost", "C2"]]);
    expect(problems({ 3: "" })).toEqual([["class-missing", "D2"]]);
    expect(problems({ 3: "国际班" })).toEqual([["class-unreadable", "D2"]]);
    expect(problems({ 3: "2班" })).toEqual([["class-unreadable", "D2"]]);
    expect(problems({ 4: "女" })).toEqual([["sex-contradicts-number", "E2"]]);
    expect(problems({ 4: "不详" })).toEqual([["sex-unreadable", "E2"]]);
    expect(problems({ 5: "2017-05-13" })).toEqual([["birth-date-contradicts-number", "F2"]]);
    expect(problems({ 5: "3/4/2017" })).toEqual([["birth-date-unreadable", "F2"]]);
    expect(problems({ 6: "" })).toEqual([["guardian-name-missing", "G2"]]);
    expect(problems({ 7: "邻居" })).toEqual([["relation-unreadable", "H2"]]);
    expect(problems({ 8: "12345" })).toEqual([["phone-unreadable", "I2"]]);
  });

  test.each([
    ["Alexandria-Konstantina van der Merwe", "Alexandria-Konstantina van der Merwe"],
    ["Anne\u2011Marie", "Anne-Marie"],
    ["Sinéad O\u2019Connor", "Sinéad O'Connor"],
    ["欧阳 • 阿依古丽 ・ 买买提江", "欧阳·阿依古丽·买买提江"],
  ])("a name of several parts is a name: %s", (written, kept) => {
    const row = planned({ 1: written }, NOBODY);
    expect(problemsOf(row)).toEqual([]);
    expect(row?.name).toBe(kept);
  });

  test("two pupils of one name are told apart by their numbers", () => {
    const twins = [
      ["1", "李梓涵", "", "三年级1班"],
      ["2", "李梓涵", "", "三年级1班"],
    ];
    const plan = planOf([[...HEADINGS], ...twins]);
    expect(outcomes(plan)).toEqual(["new", "new"]);
    const both = after(NOBODY, plan);
    const moved = planOf([[...HEADINGS], ["2", "李梓涵", "", "三年级2班"]], both);
    expect(moved.rows.map(({ outcome, studentNo }) => [outcome, studentNo])).toEqual([
      ["changed", "2"],
      ["missing", "1"],
    ]);
  });

  test("numbers of two pupils in one row, and one number in two rows, are for a person to sort out", () => {
    const two = planOf([
      [...HEADINGS],
      ["1", "甲乙", nationalNo("2017-05-12", 1), "三年级1班"],
      ["2", "丙丁", nationalNo("2017-05-12", 3), "三年级1班"],
    ]);
    const both = after(NOBODY, two);
    expect(
      problemsOf(planOf([[...HEADINGS], ["2", "甲乙", nationalNo("2017-05-12", 1), ""]], both).rows[0]),
    ).toEqual([["numbers-disagree", "A2"]]);
    const twice = planOf([[...HEADINGS], ["7", "甲乙", "", "三年级1班"], ["7", "丙丁", "", "三年级1班"]]);
    expect(twice.rows.map(({ problems }) => problems)).toEqual([
      [{ problem: "row-twice", address: null, otherRow: 3 }],
      [{ problem: "row-twice", address: null, otherRow: 2 }],
    ]);
  });

  test("of a pupil whose cells are merged over its guardians' rows is one pupil", () => {
    const plan = planOf([
      ["学号", "姓名", "班级", "家长姓名", "家长电话"],
      ["1", "甲乙", "三年级1班", "甲妈", "13800000001"],
      ["1", "甲乙", "三年级1班", "甲爸", "13800000002"],
    ]);
    expect(plan.rows.map(({ row, furtherRows, outcome }) => [row, furtherRows, outcome])).toEqual([
      [2, [3], "new"],
    ]);
    expect(plan.rows[0]?.steps.filter((step) => step.do === "add-guardian")).toHaveLength(2);
  });

  test("brother and sister have one mother, and two rows may not say two things of her", () => {
    const family = [
      [...HEADINGS],
      ["1", "甲乙", "", "三年级1班", "", "", "甲妈", "母亲", "13800000001"],
      ["2", "甲丙", "", "一年级1班", "", "", "甲妈", "母亲", "13800000001"],
    ];
    const plan = planOf(family);
    const added = plan.rows.flatMap(({ steps }) => steps).filter((step) => step.do === "add-guardian");
    expect(added).toHaveLength(1);
    const [head, one, other] = family;
    const disagreeing = planOf([head!, one!, [...other!.slice(0, 8), "13800000009"]], after(NOBODY, plan));
    expect(disagreeing.rows.map(({ outcome, problems }) => [outcome, problems[0]?.problem])).toEqual([
      ["unchanged", undefined],
      ["problem", "guardian-disagrees"],
    ]);
  });

  test("no row changes a mother whom another row calls otherwise; a row without her phone says nothing of it", () => {
    const mother = (row: string[], name: string, phone: string) => [...row.slice(0, 6), name, "母亲", phone];
    const [head, one, other] = [
      [...HEADINGS],
      mother(["S1", "甲一", "", "三年级1班", "", ""], "赵兰", "13900000001"),
      mother(["S2", "甲二", "", "三年级1班", "", ""], "赵兰", "13900000001"),
    ];
    const before = after(NOBODY, planOf([head, one, other]));
    const renamed = [head, mother(one, "赵岚", "13900000001"), mother(other, "赵兰", "")];
    for (const rows of [renamed, [head, renamed[2]!, renamed[1]!]]) {
      const plan = planOf(rows, before);
      expect(plan.rows.flatMap(({ steps }) => steps)).toEqual([]);
      expect(plan.rows.flatMap((row) => problemsOf(row))).toEqual([["guardian-disagrees", null]]);
    }
    const moved = planOf([head, mother(one, "赵兰", "13900000009"), mother(other, "赵兰", "")], before);
    expect(moved.rows.flatMap(({ steps }) => steps.map((step) => step.do))).toEqual(["set-phone"]);
  });

  test("without a school number gets one of the school's, which is not the national one", () => {
    const plan = planOf([
      [...HEADINGS],
      ["2026-0001", "甲乙", "", "三年级1班"],
      ["", "丙丁", nationalNo("2017-05-12", 1), "三年级1班"],
    ]);
    expect(plan.rows.map(({ studentNo }) => studentNo)).toEqual(["2026-0001", "2026-0002"]);
  });
});

describe("columns", () => {
  test("are known by Chinese and English headings, below a title, with what is around the word", () => {
    const shape = recognisedShape(
      tableOf([
        ["森林小学花名册"],
        [],
        ["序号", "姓 名*", "全国学籍号（必填）", "Class", "出生年月日", "父亲姓名", "父亲手机", "备注"],
        ["1", "林小满"],
      ]),
    );
    expect(shape.fields).toEqual([
      null,
      "name",
      "nationalNo",
      "class",
      "bornOn",
      "fatherName",
      "fatherPhone",
      null,
    ]);
    expect(shape.firstRow).toBe(4);
  });

  test("may have headings in two rows, the upper one merged", () => {
    const shape = recognisedShape(
      tableOf([
        ["学号", "姓名", "监护人1", "监护人1", "监护人2", "监护人2"],
        ["学号", "姓名", "姓名", "电话", "姓名", "电话"],
        ["1", "林小满"],
      ]),
    );
    expect(shape.fields).toEqual([
      "studentNo",
      "name",
      "guardian1Name",
      "guardian1Phone",
      "guardian2Name",
      "guardian2Phone",
    ]);
    expect(shape.firstRow).toBe(3);
  });

  test("beside names of two guardians, plain phones and relations are theirs, by number or by order", () => {
    expect(recognisedFields(["监护人1", "联系电话1", "关系1", "监护人2", "电话２", "关系二"])).toEqual([
      "guardian1Name",
      "guardian1Phone",
      "guardian1Relation",
      "guardian2Name",
      "guardian2Phone",
      "guardian2Relation",
    ]);
    expect(recognisedFields(["家长1姓名", "电话", "家长2姓名", "电话"])).toEqual([
      "guardian1Name",
      "guardian1Phone",
      "guardian2Name",
      "guardian2Phone",
    ]);
    // With one guardian, or where the first one's phone says so, a further phone is nobody's.
    expect(recognisedFields(["家长姓名", "电话", "手机"])).toEqual(["guardian1Name", "guardian1Phone", null]);
    expect(recognisedFields(["家长1姓名", "家长1电话", "家长2姓名", "电话"])[3]).toBeNull();
  });

  test("without a number in the heading are the first guardian's, then the second's", () => {
    expect(recognisedFields(["家长姓名", "关系", "联系电话", "Guardian 2 name", "parent phone"])).toEqual([
      "guardian1Name",
      "guardian1Relation",
      null,
      "guardian2Name",
      "guardian1Phone",
    ]);
    expect(recognisedFields(["姓名", "身份证号", "手机号"])).toEqual([
      "name",
      "nationalNo",
      "guardian1Phone",
    ]);
    expect(recognisedFields(["身份证号", "学籍号"])).toEqual([null, "nationalNo"]);
  });

  test("that nobody knows leave the choice to a person", () => {
    const shape = recognisedShape(
      tableOf([
        ["甲", "乙"],
        ["1", "2"],
      ]),
    );
    expect(shape).toEqual({ headings: ["甲", "乙"], fields: [null, null], firstRow: 2 });
    expect(isReadable(shape.fields)).toBe(false);
  });
});

describe("spellings", () => {
  test.each([
    ["2017-05-12", "2017-05-12"],
    ["2017/5/12", "2017-05-12"],
    ["2017.5.12", "2017-05-12"],
    ["2017年5月12日", "2017-05-12"],
    ["２０１７年５月１２日", "2017-05-12"],
    ["20170512", "2017-05-12"],
    ["2017-05-12 00:00:00", "2017-05-12"],
    [42_867, "2017-05-12"],
    ["42867", "2017-05-12"],
    ["2017-02-30", undefined],
    ["12/5/2017", undefined],
    ["17-5-12", undefined],
    ["5月12日", undefined],
  ])("%s is the day %s", (cell, day) => {
    expect(dayOf(cell)).toBe(day);
  });

  test.each([
    ["三年级2班", 3, 2],
    ["三年级二班", 3, 2],
    ["三年级（12）班", 3, 12],
    ["三年级十二班", 3, 12],
    ["三(2)班", 3, 2],
    ["3(2)班", 3, 2],
    ["３（２）班", 3, 2],
    ["三2班", 3, 2],
    ["3.2班", 3, 2],
    ["G3-2", 3, 2],
    ["Grade 3 Class 2", 3, 2],
    ["3-2", 3, 2],
    ["302", 3, 2],
    ["302班", 3, 2],
    ["初一3班", 7, 3],
    ["初一(3)班", 7, 3],
    ["七年级3班", 7, 3],
    ["2班", undefined, 2],
    ["(2)班", undefined, 2],
    ["十班", undefined, 10],
  ])("%s is class %s.%s", (text, grade, number) => {
    expect(classNamed(plainText(text))).toEqual({ grade, number });
  });

  test.each([
    ["三年级", 3],
    ["3", 3],
    ["七年级", 7],
    ["初二", 8],
    ["Grade 4", 4],
    ["十年级", undefined],
  ])("%s is grade %s", (text, grade) => {
    expect(gradeNamed(text)).toBe(grade);
  });

  test("the classes of pupils in an entry year, or an international one, are not guessed", () => {
    for (const text of ["2023级2班", "国际班", "三年级", ""]) expect(classNamed(text)).toBeUndefined();
  });

  test("cells are named as a spreadsheet names them", () => {
    expect([cellAddress(0, 1), cellAddress(25, 9), cellAddress(26, 10), cellAddress(59, 2)]).toEqual([
      "A1",
      "Z9",
      "AA10",
      "BH2",
    ]);
  });
});

describe("the number of a pupil", () => {
  test("checks as the standard's own examples do", () => {
    expect(checkCharacter("11010519491231002")).toBe("X");
    expect(checkCharacter("44052418800101001")).toBe("4");
    expect(nationalNumber("11010519491231002x")).toBe("G11010519491231002X");
    expect(factsIn("G11010519491231002X")).toEqual({ bornOn: "1949-12-31", sex: "girl" });
  });

  test("finds every single wrong digit and every swap of neighbours", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (serial, place, by) => {
          const number = nationalNo("2017-05-12", serial);
          const id = number.slice(1);
          const wrong = String((Number(id.charAt(place)) + by) % 10);
          const altered = `G${id.slice(0, place)}${wrong}${id.slice(place + 1)}`;
          expect(nationalNumber(altered)).toEqual({ fault: "check-digit" });
          const [one, other] = [id.charAt(place), id.charAt(place + 1)];
          const swapped = `G${id.slice(0, place)}${other}${one}${id.slice(place + 2)}`;
          if (swapped !== number) expect(nationalNumber(swapped)).not.toBe(swapped);
        },
      ),
    );
  });
});

test("what answers show of numbers, phones and birth dates tells nobody the whole", () => {
  const change = (
    field: "nationalNo" | "guardianPhone" | "bornOn" | "name",
    before: string | null,
    now: string,
  ) => maskedChange({ field, before, after: now });
  expect(change("nationalNo", null, "G110101201705120016")).toMatchObject({
    before: null,
    after: "****0016",
  });
  expect(change("guardianPhone", "13800000001", "13800000002")).toMatchObject({
    before: "****0001",
    after: "****0002",
  });
  expect(change("bornOn", null, "2017-05-12")).toMatchObject({ after: "2017-**-**" });
  expect(change("name", "甲", "乙")).toMatchObject({ before: "甲", after: "乙" });
  expect(maskedSample("G110101201705120016")).toBe("****0016");
  expect(maskedSample("138-0000-0013")).toBe("****0013");
  expect(maskedSample("2017年6月1日")).toBe("2017-**-**");
  expect(maskedSample("三年级2班")).toBe("三年级2班");
});
