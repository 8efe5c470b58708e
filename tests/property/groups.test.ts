/** Groups by chance: everybody is in one, they are even, and who is to be kept apart is, wherever that is possible. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ApartPair,
  groupSizes,
  inAnyOrder,
  shuffleIntoGroups,
  togetherIn,
} from "@doudou/shared/domain/groups.ts";

const named = (count: number) => Array.from({ length: count }, (_, index) => `child ${index}`);
const wishes = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ size: fc.integer({ min: 1, max: 12 }) }),
);
/** Repeatable chance from a seed (mulberry32). */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
};
const pairsAmong = (children: number, atMost: number) =>
  fc
    .array(fc.tuple(fc.nat(children - 1), fc.nat(children - 1)), { maxLength: atMost })
    .map((pairs) => pairs.map(([one, other]): ApartPair => [`child ${one}`, `child ${other}`]));

/** Whether any arrangement at all keeps the pairs apart: tries every one. */
function isPossible(ids: readonly string[], sizes: readonly number[], apart: readonly ApartPair[]): boolean {
  const left = [...sizes];
  const at = new Map<string, number>();
  const tryFrom = (index: number): boolean => {
    const id = ids[index];
    if (id === undefined) return true;
    return left.some((room, group) => {
      if (room === 0) return false;
      const clashes = apart.some(
        ([one, other]) =>
          one !== other &&
          ((one === id && at.get(other) === group) || (other === id && at.get(one) === group)),
      );
      if (clashes) return false;
      left[group] = room - 1;
      at.set(id, group);
      const works = tryFrom(index + 1);
      left[group] = room;
      at.delete(id);
      return works;
    });
  };
  return tryFrom(0);
}

describe("sizes", () => {
  test("hold everybody, differ by one at most, and no group is empty", () => {
    fc.assert(
      fc.property(fc.nat(60), wishes, (children, wish) => {
        const sizes = groupSizes(children, wish);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(children);
        expect(Math.max(...sizes, 0) - Math.min(...sizes, 60)).toBeLessThanOrEqual(1);
        expect(sizes.every((size) => size > 0)).toBe(true);
        if ("count" in wish) expect(sizes.length).toBe(Math.min(children, wish.count));
      }),
    );
  });

  test("41 children in fours are nine fours and one five; 43 are ten fours and one three", () => {
    expect(groupSizes(41, { size: 4 })).toEqual([5, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
    expect(groupSizes(43, { size: 4 })).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3]);
    expect(groupSizes(42, { size: 4 })).toEqual([5, 5, 4, 4, 4, 4, 4, 4, 4, 4]);
    expect(groupSizes(0, { size: 4 })).toEqual([]);
  });
});

describe("shuffling", () => {
  test("puts every child into exactly one group of its size, and tells every pair it could not keep apart", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        wishes,
        fc.integer(),
        pairsAmong(50, 40),
        (size, wish, seed, apart) => {
          const sizes = groupSizes(size, wish);
          const { groups, together } = shuffleIntoGroups(named(size), sizes, apart, chance(seed));
          expect(groups.map((group) => group.length)).toEqual(sizes);
          expect(groups.flat().sort()).toEqual(named(size).sort());
          const sorted = (pairs: readonly ApartPair[]) => pairs.map((pair) => [...pair].sort().join()).sort();
          expect(sorted(together)).toEqual(sorted(togetherIn(groups, apart)));
        },
      ),
    );
  });

  test("keeps every pair apart wherever any arrangement of these sizes does, and only then", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        wishes,
        fc.integer(),
        pairsAmong(8, 14),
        (size, wish, seed, apart) => {
          const ids = named(size);
          const sizes = groupSizes(size, wish);
          const among = apart.filter((pair) => pair.every((id) => ids.includes(id)));
          const { together } = shuffleIntoGroups(ids, sizes, apart, chance(seed));
          expect(together.length === 0).toBe(isPossible(ids, sizes, among));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("in a class of 50 with 20 pairs, fours keep all of them apart", () => {
    fc.assert(
      fc.property(fc.integer(), pairsAmong(50, 20), (seed, apart) => {
        const ids = named(50);
        const { together } = shuffleIntoGroups(ids, groupSizes(50, { size: 4 }), apart, chance(seed));
        expect(together).toEqual([]);
      }),
    );
  });

  test("follows from chance alone: the same chance, the same groups; another, other groups", () => {
    const sizes = groupSizes(40, { size: 4 });
    const by = (seed: number) => shuffleIntoGroups(named(40), sizes, [], chance(seed)).groups;
    expect(by(7)).toEqual(by(7));
    expect(by(7)).not.toEqual(by(8));
  });

  test("every order of three is about as likely", () => {
    const random = chance(3);
    const seen = new Map<string, number>();
    for (let round = 0; round < 6000; round += 1) {
      const order = inAnyOrder(["a", "b", "c"], random).join("");
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test("refuses sizes that do not hold everybody", () => {
    expect(() => shuffleIntoGroups(named(4), [2, 1], [], chance(1))).toThrow(RangeError);
  });
});
