/** Seating plans: whatever is done to one, nobody sits twice, nobody is lost, and turning it twice changes nothing. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aisleTurned,
  emptySeating,
  filledUp,
  isSeating,
  resized,
  type Seating,
  seatedAt,
  shuffledSeats,
  stoodUp,
  withOnly,
} from "@doudou/shared/domain/seating.ts";
import { turned, unseated } from "@doudou/shared/domain/seating-view.ts";

const named = (count: number) => Array.from({ length: count }, (_, index) => `child ${index}`);

const change = fc.oneof(
  fc.record({ to: fc.constant("seat" as const), child: fc.nat(49), desk: fc.nat(100) }),
  fc.record({ to: fc.constant("stand" as const), child: fc.nat(49) }),
  fc.record({
    to: fc.constant("size" as const),
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 10 }),
  }),
  fc.record({ to: fc.constant("aisle" as const), column: fc.nat(9) }),
  fc.record({ to: fc.constant("fill" as const) }),
  fc.record({
    to: fc.constant("shuffle" as const),
    by: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true })),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(plan: Seating, by: Change, ids: readonly string[]): Seating {
  switch (by.to) {
    case "seat":
      return by.child < ids.length ? seatedAt(plan, `child ${by.child}`, by.desk) : plan;
    case "stand":
      return stoodUp(plan, `child ${by.child}`);
    case "size":
      return resized(plan, by.rows, by.columns);
    case "aisle":
      return aisleTurned(plan, by.column);
    case "fill":
      return filledUp(plan, ids);
    case "shuffle": {
      let drawn = 0;
      return shuffledSeats(plan, ids, () => by.by[drawn++] ?? 0);
    }
  }
}

test("whatever is done to a plan, it stays one: everybody of the class is at one desk or waits for one", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.array(change, { maxLength: 30 }), (size, changes) => {
      const ids = named(size);
      let plan = emptySeating(size);
      for (const by of changes) {
        plan = changed(plan, by, ids);
        expect(isSeating(plan)).toBe(true);
        expect([...plan.seats.filter((id) => id !== null), ...unseated(plan, ids)].sort()).toEqual(
          [...ids].sort(),
        );
      }
      expect(turned(turned(plan))).toEqual(plan);
      expect(isSeating(turned(plan))).toBe(true);
      expect(withOnly(plan, ids)).toEqual(plan);
    }),
  );
});

test("two children change places; one from the tray makes the other stand up", () => {
  const plan = filledUp(resized(emptySeating(3), 2, 2), ["a", "b", "c"]);
  expect(plan.seats).toEqual(["a", "b", "c", null]);
  expect(seatedAt(plan, "a", 2).seats).toEqual(["c", "b", "a", null]);
  expect(seatedAt(plan, "a", 3).seats).toEqual([null, "b", "c", "a"]);
  expect(seatedAt(plan, "d", 1).seats).toEqual(["a", "d", "c", null]);
  expect(seatedAt(plan, "a", 0)).toEqual(plan);
});

test("a plan for a class has a desk for everybody, up to 90; who has left is gone from it", () => {
  for (const size of [0, 3, 24, 25, 41, 45, 50, 90]) {
    expect(unseated(filledUp(emptySeating(size), named(size)), named(size))).toEqual([]);
  }
  expect(
    withOnly(filledUp(emptySeating(3), named(3)), ["child 1"]).seats.filter((id) => id !== null),
  ).toEqual(["child 1"]);
});

test("seen from the teacher's side the front row is below, left is right, and aisles turn with the desks", () => {
  const plan: Seating = { rows: 2, columns: 3, aisles: [0], seats: ["a", "b", "c", "d", "e", null] };
  expect(turned(plan)).toEqual({ rows: 2, columns: 3, aisles: [1], seats: [null, "e", "d", "c", "b", "a"] });
});
