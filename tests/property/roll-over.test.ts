/** The turn of a school year as a plan: nobody is lost or doubled, no day before it is touched, and names go on as the school writes them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "@doudou/shared/domain/days.ts";
import { classOn, type Stay } from "@doudou/shared/domain/people/moves.ts";
import {
  draftFor,
  leavingGradeOf,
  type RollOverDraft,
  type SchoolOnTheEve,
} from "@doudou/shared/domain/roll-over/draft.ts";
import { nextClassName } from "@doudou/shared/domain/roll-over/next-names.ts";
import { placementsIn } from "@doudou/shared/domain/roll-over/pasted.ts";
import { isHindered, planRollOver } from "@doudou/shared/domain/roll-over/plan.ts";
import { spreadEvenly } from "@doudou/shared/domain/roll-over/spreading.ts";

const FIRST_DAY = "2027-09-01";
const dayAt = (offset: number) => addDays(FIRST_DAY, offset);
const days = Array.from({ length: 80 }, (_, offset) => dayAt(offset - 40));

describe("names", () => {
  test.each([
    ["三年级2班", 3, "四年级2班"],
    ["一(3)班", 1, "二(3)班"],
    ["三（2）班", 3, "四（2）班"],
    ["初一3班", 7, "初二3班"],
    ["六年级1班", 6, "七年级1班"],
    ["3.2班", 3, "4.2班"],
    ["2.2班", 2, "3.2班"],
    ["G3-3", 3, "G4-3"],
    ["302", 3, "402"],
    ["向日葵班", 3, "向日葵班"],
    ["二年级1班", 5, "二年级1班"],
  ])("%s of grade %i becomes %s", (name, grade, next) => expect(nextClassName(name, grade)).toBe(next));
});

/** Pupils in three grades of two classes each, some with planned ends, some placed already, and drafts of any kind. */
const CLASSES = [4, 5, 6].flatMap((grade) =>
  [1, 2].map((number) => ({
    id: `${grade}-${number}`,
    grade,
    name: `${"四五六"[grade - 4]}年级${number}班`,
  })),
);
const CLASS_IDS = CLASSES.map(({ id }) => id);
const PRESENT = { id: "next-present", grade: 5, name: "五年级9班" };

const way = fc
  .record({
    at: fc.constantFrom(...CLASS_IDS),
    since: fc.integer({ min: -40, max: 10 }),
    before: fc.option(fc.constantFrom(...CLASS_IDS)),
    ends: fc.option(fc.integer({ min: 0, max: 30 })),
    afterwards: fc.option(fc.record({ in: fc.integer({ min: 0, max: 20 }) })),
  })
  .map(({ at, since, before, ends, afterwards }): Omit<Stay, "id">[] => {
    const last = ends === null ? null : dayAt(since + ends);
    const former =
      before === null ? [] : [{ classId: before, startsOn: dayAt(since - 20), endsOn: dayAt(since - 1) }];
    const placed =
      last !== null && afterwards !== null && last >= dayAt(-1)
        ? [{ classId: PRESENT.id, startsOn: addDays(last, 1 + afterwards.in), endsOn: null }]
        : [];
    return [...former, { classId: at, startsOn: dayAt(since), endsOn: last }, ...placed];
  })
  .filter((stays) => stays.some(({ endsOn }) => endsOn === null || endsOn >= dayAt(-1)));

const assignment = fc.record({
  classId: fc.constantFrom(...CLASS_IDS),
  isHomeroom: fc.boolean(),
  isHere: fc.boolean(),
  standsInForId: fc.constantFrom(null, null, "somebody's"),
  since: fc.integer({ min: -40, max: 10 }),
  for: fc.option(fc.integer({ min: 0, max: 60 })),
});

const school: fc.Arbitrary<SchoolOnTheEve> = fc
  .record({
    ways: fc.array(way, { maxLength: 24 }),
    posts: fc.array(assignment, { maxLength: 10 }),
    hasTerms: fc.boolean(),
  })
  .map(({ ways, posts, hasTerms }) => ({
    firstDay: FIRST_DAY,
    hasTerms,
    classes: CLASSES,
    nextClasses: [PRESENT],
    pupils: ways.map((stays, index) => ({
      id: `pupil ${index}`,
      studentNo: String(1000 + index),
      name: `某${index}`,
      sex: index % 3 === 0 ? ("girl" as const) : null,
      stays: stays.map((stay, place) => ({ ...stay, id: `stay ${index}.${place}` })),
    })),
    assignments: posts.map(({ since, for: lasting, ...post }, index) => ({
      ...post,
      id: `post ${index}`,
      membershipId: `teacher ${index}`,
      subjectId: null,
      startsOn: dayAt(since),
      endsOn: lasting === null ? null : dayAt(since + lasting),
    })),
    nextAssignments: [],
  }));

let made = 0;
const newId = () => `made ${made++}`;

/** What an office may do to a draft. */
const changes = fc.record({
  fates: fc.array(
    fc.record({ place: fc.nat(5), becomes: fc.constantFrom("moves-up", "mixed", "graduates") }),
    { maxLength: 4 },
  ),
  choices: fc.array(fc.record({ pupil: fc.nat(23), next: fc.nat(8) }), { maxLength: 20 }),
  notCarried: fc.array(fc.nat(9), { maxLength: 3 }),
  isSpread: fc.boolean(),
});
type Changes = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changed(eve: SchoolOnTheEve, draft: RollOverDraft, wanted: Changes): RollOverDraft {
  const classes = draft.classes.map((drafted, place) => {
    const fate = wanted.fates.find((f) => f.place === place);
    return fate ? { ...drafted, becomes: fate.becomes } : drafted;
  });
  const chosen = new Map(
    wanted.choices.map(({ pupil, next }) => [
      `pupil ${pupil}`,
      draft.nextClasses[next % draft.nextClasses.length]!.id,
    ]),
  );
  const spread = wanted.isSpread
    ? spreadEvenly(
        eve.pupils.map(({ id, studentNo }) => ({ id, studentNo, classId: "any", group: 0 })),
        draft.nextClasses.map(({ id }) => id),
      )
    : new Map<string, string>();
  const choices = [...new Map([...spread, ...chosen])].map(([studentId, nextId]) => ({ studentId, nextId }));
  const notCarried = wanted.notCarried.map((index) => `post ${index}`);
  return draftFor(eve, newId, { ...draft, classes, choices, notCarried });
}

describe("a plan", () => {
  test("puts every pupil into exactly one class of the next year, or out of the school, or names it as a problem; days before are as they were", () => {
    fc.assert(
      fc.property(school, changes, (eve, wanted) => {
        const draft = changed(eve, draftFor(eve, newId), wanted);
        const plan = planRollOver(eve, draft);
        const nextIds = new Set(draft.nextClasses.map(({ id }) => id));
        expect(plan.pupils.map(({ studentId }) => studentId)).toEqual(eve.pupils.map(({ id }) => id));
        for (const [index, { fate, nextId, changes: change }] of plan.pupils.entries()) {
          const before = eve.pupils[index]!.stays;
          const after = change
            ? [
                ...before
                  .filter(({ id }) => !change.removes.includes(id))
                  .map((stay) => ({ ...stay, ...change.ends.find(({ id }) => id === stay.id) })),
                ...change.adds.map((stay) => ({ ...stay, id: newId() })),
              ]
            : before;
          for (const day of days) {
            const there = after.filter((s) => s.startsOn <= day && (s.endsOn === null || day <= s.endsOn));
            expect(there.length).toBeLessThanOrEqual(1);
            if (day < FIRST_DAY) expect(classOn(after, day)).toBe(classOn(before, day));
            else if (fate !== "unplaced") {
              const at = classOn(after, day);
              // From the first day on nobody is in a class of the year that is over.
              expect(at === null || nextIds.has(at)).toBe(true);
              if (nextId !== null && fate !== "placed-already")
                expect(at !== null).toBe(classOn(before, day) !== null);
            }
          }
          expect(after.every(({ startsOn, endsOn }) => endsOn === null || startsOn <= endsOn)).toBe(true);
          expect(nextId === null).toBe(["graduates", "leaves", "unplaced"].includes(fate));
        }
        const unplaced = plan.pupils.filter(({ fate }) => fate === "unplaced").length;
        const named = plan.problems.reduce((sum, { pupils = 0 }) => sum + pupils, 0);
        expect(named).toBe(unplaced);
        if (unplaced > 0 || !eve.hasTerms) expect(isHindered(plan)).toBe(true);
      }),
    );
  });

  test("ends what reaches beyond the year, and what it adds begins with the next, for people who are here, once a homeroom", () => {
    fc.assert(
      fc.property(school, changes, (eve, wanted) => {
        const draft = changed(eve, draftFor(eve, newId), wanted);
        const { assignments, problems } = planRollOver(eve, draft);
        const reaching = eve.assignments.filter(({ endsOn }) => endsOn === null || endsOn >= FIRST_DAY);
        expect(assignments.map(({ assignmentId }) => assignmentId)).toEqual(reaching.map(({ id }) => id));
        for (const [index, { fate, lastDay, added }] of assignments.entries()) {
          const was = reaching[index]!;
          expect(lastDay).toBe(was.startsOn < FIRST_DAY ? dayAt(-1) : null);
          expect(added !== null).toBe(fate === "carried");
          if (!added) continue;
          expect(was.isHere && was.standsInForId === null && !draft.notCarried.includes(was.id)).toBe(true);
          expect([added.membershipId, added.endsOn]).toEqual([was.membershipId, was.endsOn]);
          expect(added.startsOn >= FIRST_DAY).toBe(true);
        }
        const homerooms = assignments.flatMap(({ added }) => (added?.isHomeroom ? [added] : []));
        const clash = homerooms.some((one, place) =>
          homerooms
            .slice(place + 1)
            .some(
              (other) =>
                other.classId === one.classId &&
                (other.endsOn === null || one.startsOn <= other.endsOn) &&
                (one.endsOn === null || other.startsOn <= one.endsOn),
            ),
        );
        expect(problems.some(({ fault }) => fault === "homeroom-twice")).toBe(clash);
      }),
    );
  });

  test("is the same for the same school and draft, and a draft brought up to date with the same school stays as it is", () => {
    fc.assert(
      fc.property(school, changes, (eve, wanted) => {
        const draft = changed(eve, draftFor(eve, newId), wanted);
        const none = () => expect.fail("nothing is missing");
        expect(draftFor(eve, none, draft)).toEqual(draft);
        expect(planRollOver(eve, draft)).toEqual(planRollOver(eve, draft));
      }),
    );
  });

  test("begins with what is usual: grades go up, the highest leaves, and the lowest begins anew and empty", () => {
    const eve: SchoolOnTheEve = {
      firstDay: FIRST_DAY,
      hasTerms: true,
      classes: [
        { id: "a", grade: 1, name: "一(1)班" },
        { id: "b", grade: 5, name: "五(1)班" },
        { id: "c", grade: 6, name: "六(1)班" },
      ],
      nextClasses: [],
      pupils: [],
      assignments: [],
      nextAssignments: [],
    };
    const draft = draftFor(eve, newId);
    expect(draft.classes.map(({ becomes }) => becomes)).toEqual(["moves-up", "moves-up", "graduates"]);
    expect(draft.nextClasses.map(({ grade, name }) => [grade, name])).toEqual([
      [1, "一(1)班"],
      [2, "二(1)班"],
      [6, "六(1)班"],
    ]);
    expect(leavingGradeOf([{ id: "d", grade: 7, name: "初一1班" }])).toBe(9);
  });
});

describe("classes formed anew", () => {
  test("are as large as each other, and alike in girls and boys; no order in which pupils are told changes it", () => {
    const pupils = fc.array(fc.record({ from: fc.nat(3), group: fc.nat(2) }), { maxLength: 120 });
    fc.assert(
      fc.property(pupils, fc.integer({ min: 1, max: 5 }), (drawn, count) => {
        const into = Array.from({ length: count }, (_, place) => `class ${place}`);
        const told = drawn.map(({ from, group }, index) => ({
          id: `${index}`,
          studentNo: String(index),
          classId: `${from}`,
          group,
        }));
        const dealt = spreadEvenly(told, into);
        expect(dealt.size).toBe(told.length);
        expect(spreadEvenly(told.toReversed(), into)).toEqual(dealt);
        const spread = (of: readonly { readonly id: string }[]) => {
          const sizes = into.map((id) => of.filter((pupil) => dealt.get(pupil.id) === id).length);
          return Math.max(...sizes) - Math.min(...sizes);
        };
        expect(spread(told)).toBeLessThanOrEqual(1);
        for (const group of [0, 1, 2])
          expect(spread(told.filter((pupil) => pupil.group === group))).toBeLessThanOrEqual(1);
        for (const from of ["0", "1", "2", "3"])
          expect(spread(told.filter(({ classId }) => classId === from))).toBeLessThanOrEqual(3);
      }),
    );
  });

  test("are read from a list copied out of a spreadsheet, and lines that name nobody are told by their place", () => {
    const pupils = [
      { id: "1", studentNo: "20240101", name: "林小满" },
      { id: "2", studentNo: "20240102", name: "周予安" },
      { id: "3", studentNo: "20240103", name: "李梓涵" },
      { id: "4", studentNo: "20240104", name: "李梓涵" },
    ];
    const classes = [
      { id: "A", name: "四(1)班" },
      { id: "B", name: "四(2)班" },
    ];
    const text =
      "学号\t姓名\t新班级\n20240101\t林小满\t四（2）班\r\n周予安，四(1)班\n\n李梓涵 四(1)班\n20240104 李梓涵 四(9)班\n20240103 四(1)班";
    const { choices, unread } = placementsIn(text, pupils, classes);
    expect([...choices]).toEqual([
      ["1", "B"],
      ["2", "A"],
      ["3", "A"],
    ]);
    expect(unread).toEqual([
      { line: 1, fault: "pupil" },
      { line: 5, fault: "pupil" },
      { line: 6, fault: "class" },
    ]);
  });
});
