/**
 * What the staff of a OneRoster package comes to, whoever is in it and whatever the school has: taking it in leaves
 * nothing to do, takes nothing from anybody, and can be taken back whole.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tableOfOneRoster } from "@doudou/shared/domain/roster-import/one-roster.ts";
import type { StaffEntry } from "@doudou/shared/domain/roster-import/one-roster-staff.ts";
import {
  type KnownMember,
  type KnownPost,
  type KnownStaff,
  planStaff,
  type StaffPlan,
} from "@doudou/shared/domain/roster-import/staff-plan.ts";
import { reasonToKeepStaff, type StaffNow } from "@doudou/shared/domain/roster-import/staff-undo.ts";
import { type PackedStaff, parsedPackage, staffPackage } from "../support/rosters.ts";

const DAY = "2026-11-11";
const CLASSES = [
  { id: "class-1", grade: 3, name: "三年级1班", position: 1 },
  { id: "class-2", grade: 3, name: "三年级2班", position: 2 },
];
const SUBJECTS = [
  { id: "maths", code: "maths", name: { zh: "数学", en: "Mathematics" } },
  { id: "pe", code: "pe", name: { zh: "体育与健康", en: "Physical education" } },
];

const NAMES = ["张伟", "王芳", "李娜"];
const post = fc.record({
  title: fc.constantFrom("三年级1班", "三（2）班", "3.1班数学", "四年级7班", "合唱团"),
  subject: fc.constantFrom("数学", "体育", "书法", ""),
  isPrimary: fc.boolean(),
  ends: fc.constantFrom("", "2027-07-09", "2026-07-10"),
});
const packed: fc.Arbitrary<PackedStaff> = fc.record({
  name: fc.constantFrom(...NAMES),
  no: fc.constantFrom("T-1", "T-2", "T-3", "T-4"),
  login: fc.constantFrom("", "zhang", "wang"),
  role: fc.constantFrom("teacher" as const, "administrator" as const),
  posts: fc.array(post, { maxLength: 4 }),
});
const people = fc.uniqueArray(packed, { selector: ({ no }) => no, maxLength: 4 });

/** A school in which some of them may work already, under a number, a login, both, or neither. */
const school: fc.Arbitrary<KnownStaff> = fc
  .record({
    members: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...NAMES),
        role: fc.constantFrom("teacher" as const, "school-admin" as const),
        hasLeft: fc.boolean(),
        login: fc.constantFrom(null, "zhang", "wang"),
        staffNo: fc.constantFrom(null, "T-1", "T-2"),
      }),
      { selector: ({ staffNo, login }) => `${staffNo} ${login}`, maxLength: 4 },
    ),
    posts: fc.array(
      fc.record({
        place: fc.nat(3),
        classId: fc.constantFrom("class-1", "class-2"),
        subjectId: fc.constantFrom(null, "maths", "pe"),
        isHomeroom: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ members: drawn, posts }) => {
    const members = drawn
      .filter(
        ({ staffNo }, place) =>
          staffNo === null || drawn.findIndex((one) => one.staffNo === staffNo) === place,
      )
      .map((member, place) => ({ id: `member-${place}`, ...member }));
    return {
      members,
      subjects: SUBJECTS,
      posts: posts.flatMap(({ place, ...held }, at) => {
        const member = members[place];
        const span = { startsOn: "2026-09-01", endsOn: null, standsInForId: null };
        return member ? [{ id: `post-${at}`, membershipId: member.id, ...held, ...span }] : [];
      }),
    };
  });

function entriesOf(staff: readonly PackedStaff[]): readonly StaffEntry[] {
  const table = tableOfOneRoster(parsedPackage(staffPackage(staff)));
  if ("refusal" in table) throw new Error(table.refusal);
  return table.staff;
}

function planOf(staff: readonly PackedStaff[], known: KnownStaff): StaffPlan {
  let made = 0;
  const newId = () => `new-${known.posts.length}-${(made += 1)}`;
  const means = { newId, day: DAY, lastDay: "2027-07-09", choices: new Map() };
  return planStaff(entriesOf(staff), known, CLASSES, means);
}

/** What the school has once a plan is carried out. */
function after(known: KnownStaff, { staff }: StaffPlan): KnownStaff {
  const members = new Map<string, KnownMember>(known.members.map((member) => [member.id, member]));
  const posts: KnownPost[] = [...known.posts];
  for (const step of staff.flatMap(({ steps }) => steps)) {
    if (step.do === "add-post") posts.push({ ...step, endsOn: null, standsInForId: null });
    else {
      const { membershipId: id, staffNo } = step;
      const added = { id, role: "teacher" as const, hasLeft: false, login: null };
      const member = step.do === "add-staff" ? { ...added, name: step.name } : members.get(id)!;
      members.set(id, { ...member, staffNo });
    }
  }
  return { ...known, members: [...members.values()], posts };
}

function nowOf(known: KnownStaff): StaffNow {
  return {
    members: new Map(known.members.map((one) => [one.id, { ...one, isInvited: one.login !== null }])),
    posts: new Map(known.posts.map((one) => [one.id, one])),
    stoodInFor: new Set(),
    withRecords: new Set(),
    awardedIn: new Set(),
  };
}

describe("the staff of a package", () => {
  test("that is taken in leaves nothing to do, and takes nothing from anybody", () => {
    fc.assert(
      fc.property(people, school, (staff, known) => {
        const plan = planOf(staff, known);
        const then = after(known, plan);
        expect(then.posts.slice(0, known.posts.length)).toEqual(known.posts);
        const again = planOf(staff, then);
        expect(again.staff.flatMap(({ steps }) => steps)).toEqual([]);
        expect(again.counts.new + again.counts.changed + again.counts.posts.new).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  test("never gets a class two homeroom teachers, one person a class twice, or two people one number", () => {
    fc.assert(
      fc.property(people, school, (staff, known) => {
        const then = after(known, planOf(staff, known));
        const added = then.posts.slice(known.posts.length);
        const isOf = (led: KnownPost) => (other: KnownPost) =>
          other !== led && other.classId === led.classId && other.isHomeroom;
        for (const led of added.filter(({ isHomeroom }) => isHomeroom))
          expect(then.posts.filter(isOf(led)).map(({ membershipId }) => membershipId)).toEqual([]);
        for (const { membershipId, classId, subjectId } of added.filter((one) => one.subjectId !== null)) {
          const same = then.posts.filter(
            (one) =>
              one.membershipId === membershipId && one.classId === classId && one.subjectId === subjectId,
          );
          expect(same.length).toBe(1);
        }
        const numbers = then.members.flatMap(({ staffNo }) => staffNo ?? []);
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 400 },
    );
  });

  test("can be taken back whole as long as nobody has touched it", () => {
    fc.assert(
      fc.property(people, school, (staff, known) => {
        const plan = planOf(staff, known);
        const now = nowOf(after(known, plan));
        for (const { steps } of plan.staff) expect(reasonToKeepStaff(steps, now)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  test("is read the same in whatever order it stands", () => {
    fc.assert(
      fc.property(people, school, (staff, known) => {
        const told = (plan: StaffPlan) =>
          plan.staff
            .map(({ staffNo, outcome, problems, posts }) => ({
              staffNo,
              outcome,
              problems,
              posts: posts.map((one) => JSON.stringify(one)).sort(),
            }))
            .sort((one, other) => (one.staffNo < other.staffNo ? -1 : 1));
        expect(told(planOf(staff.toReversed(), known))).toEqual(told(planOf(staff, known)));
      }),
      { numRuns: 200 },
    );
  });

  test("teaches the class that the title of a lesson names, or the one all of its pupils are in", () => {
    const [entry] = entriesOf([
      { name: "张伟", no: "T-1", posts: [{ title: "三年级1班体育", subject: "" }, { title: "合唱团" }] },
    ]);
    expect(entry?.posts).toMatchObject([
      { className: { grade: 3, number: 1 }, subjects: ["体育"], isHomeroom: false },
      { className: null },
    ]);
  });
});
