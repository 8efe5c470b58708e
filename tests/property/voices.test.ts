/** What children are asked and who they are asked about, whatever groups and schemes there are. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { GIVERS, KINDS } from "@doudou/shared/domain/words.ts";
import {
  asksForLevel,
  choosesFaces,
  groupMatesOf,
  isNoteOpen,
  isRoundOpen,
  questionFor,
  SELF_QUESTIONS,
  strengthsAmong,
} from "@doudou/shared/domain/voices.ts";

const groupsOfChildren = fc
  .uniqueArray(fc.uuid(), { maxLength: 30 })
  .chain((ids) =>
    fc.tuple(fc.constant(ids), fc.array(fc.nat(5), { minLength: ids.length, maxLength: ids.length })),
  )
  .map(([ids, places]) =>
    [0, 1, 2, 3, 4, 5].map((group) => ids.filter((_, index) => places[index] === group)),
  );

test("group mates are each other's, and nobody is their own", () => {
  fc.assert(
    fc.property(groupsOfChildren, (groups) => {
      for (const id of groups.flat()) {
        const mates = groupMatesOf(groups, id);
        expect(mates).not.toContain(id);
        for (const mate of mates) expect(groupMatesOf(groups, mate)).toContain(id);
      }
    }),
  );
  expect(groupMatesOf([["a", "b"]], "c")).toEqual([]);
});

const points = fc.array(
  fc.record({
    who: fc.uniqueArray(fc.constantFrom(...GIVERS), { minLength: 1 }),
    kind: fc.constantFrom(...KINDS),
    gradeFrom: fc.integer({ min: 1, max: 9 }),
    gradeTo: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 40 },
);

test("strengths are of the child's grade, and all that classmates may thank for is among them", () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 9 }), (all, grade) => {
      const strengths = strengthsAmong(all, grade);
      expect(strengths.every(({ gradeFrom, gradeTo }) => gradeFrom <= grade && grade <= gradeTo)).toBe(true);
      const ofPeers = all.filter(
        ({ who, gradeFrom, gradeTo }) => who.includes("peer") && gradeFrom <= grade && grade <= gradeTo,
      );
      for (const point of ofPeers) expect(strengths).toContain(point);
    }),
  );
});

test("a round is open on its first and its last day and on no other side of them", () => {
  const round = { opensOn: "2026-11-02", closesOn: "2026-11-06" };
  const open = ["2026-11-01", "2026-11-02", "2026-11-04", "2026-11-06", "2026-11-07"].map((day) =>
    isRoundOpen(round, day),
  );
  expect(open).toEqual([false, true, true, true, false]);
});

test("every question has words for every grade, short ones for the little ones", () => {
  for (const about of SELF_QUESTIONS)
    for (let grade = 1; grade <= 9; grade++) {
      const { zh, en } = questionFor(about, grade);
      expect(zh.length).toBeGreaterThan(0);
      expect(en.length).toBeGreaterThan(0);
      if (choosesFaces(grade)) expect(zh.length).toBeLessThanOrEqual(16);
    }
  expect(SELF_QUESTIONS.filter((about) => asksForLevel(about))).toHaveLength(5);
});

test("a note is open for a week", () => {
  const at = new Date("2026-11-11T02:00:00Z");
  expect(isNoteOpen(at, new Date("2026-11-18T01:59:59Z"))).toBe(true);
  expect(isNoteOpen(at, new Date("2026-11-18T02:00:00Z"))).toBe(false);
});
