/** The sums behind the ledger: order does not matter, a void leaves no trace in them, nothing is ever negative. */
import {
  applyAward,
  applyVoid,
  decideBeans,
  emptyTallyBook,
  isWithinRange,
  type LedgerAward,
  recount,
  totalsOf,
} from "@doudou/shared/domain/scoring.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const award = fc
  .record({
    termId: fc.constantFrom("autumn", "spring"),
    studentId: fc.constantFrom("xiaoyu", "ming", "aigul"),
    place: fc.nat(14),
    recorderId: fc.constantFrom("chen", "liu"),
    day: fc.constantFrom("2026-11-23", "2026-11-24"),
    beans: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ place, ...rest }): LedgerAward => ({
    ...rest,
    observationPointId: `point-${place}`,
    dimension: DIMENSIONS[place % 5] ?? "moral",
  }));
const ledger = fc.array(fc.record({ award, isVoided: fc.boolean() }), { maxLength: 60 });
const entriesOf = (rows: readonly { award: LedgerAward; isVoided: boolean }[]) =>
  rows.map(({ award: of, isVoided }) => ({ ...of, isVoided }));

test("totals are the same in whatever order awards arrive, and leave voided ones out", () => {
  fc.assert(
    fc.property(
      ledger.chain((rows) =>
        fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
      ),
      ([rows, shuffled]) => {
        const totals = totalsOf(entriesOf(rows));
        expect(totalsOf(entriesOf(shuffled))).toEqual(totals);
        expect(totals.total).toBe(DIMENSIONS.reduce((sum, dimension) => sum + totals[dimension], 0));
        expect(totals.total).toBe(rows.reduce((sum, row) => sum + (row.isVoided ? 0 : row.award.beans), 0));
      },
    ),
  );
});

test("the tallies kept award by award and void by void are those the ledger recounts to", () => {
  const withVoidOrder = ledger.chain((rows) => {
    const voided = rows.filter((row) => row.isVoided);
    return fc.tuple(
      fc.constant(rows),
      fc.shuffledSubarray(voided, { minLength: voided.length }),
      fc.shuffledSubarray(rows, { minLength: rows.length }),
    );
  });
  fc.assert(
    fc.property(withVoidOrder, ([rows, voids, shuffled]) => {
      const kept = emptyTallyBook();
      for (const row of rows) applyAward(kept, row.award);
      for (const row of voids) applyVoid(kept, row.award);
      expect(kept).toEqual(recount(entriesOf(rows)));
      expect(recount(entriesOf(shuffled))).toEqual(kept);
      for (const tally of [...kept.points.values(), ...kept.days.values()]) {
        expect(tally.count).toBeGreaterThan(0);
        expect(tally.beans).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("a ledger whose every award is voided recounts to nothing", () => {
  fc.assert(
    fc.property(fc.array(award, { maxLength: 40 }), (awards) => {
      const kept = emptyTallyBook();
      for (const one of awards) applyAward(kept, one);
      for (const one of awards) applyVoid(kept, one);
      expect(kept).toEqual(emptyTallyBook());
      expect(recount(awards.map((one) => ({ ...one, isVoided: true })))).toEqual(emptyTallyBook());
    }),
  );
});

test("a void of what is not there is refused and changes nothing", () => {
  const given: LedgerAward = {
    termId: "autumn",
    studentId: "ming",
    observationPointId: "D21",
    recorderId: "chen",
    dimension: "moral",
    day: "2026-11-23",
    beans: 2,
  };
  const book = recount([{ ...given, isVoided: false }]);
  for (const other of [
    { ...given, day: "2026-11-24" },
    { ...given, recorderId: "liu" },
    { ...given, beans: 3 },
    { ...given, beans: 1 },
  ]) {
    expect(() => applyVoid(book, other)).toThrow(RangeError);
    expect(book).toEqual(recount([{ ...given, isVoided: false }]));
  }
  expect(() => applyAward(book, { ...given, beans: -1 })).toThrow(RangeError);
});

test("beyond the weekly cap an award is recorded without beans, and a week never carries more than the cap", () => {
  expect(decideBeans({ asked: 2, weeklyCap: 3, countThisWeek: 2 })).toEqual({ beans: 2, isCapped: false });
  expect(decideBeans({ asked: 2, weeklyCap: 3, countThisWeek: 3 })).toEqual({ beans: 0, isCapped: true });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3 })),
      fc.integer({ min: 1, max: 5 }),
      (asked, weeklyCap) => {
        const given = asked.map((beans, countThisWeek) =>
          decideBeans({ asked: beans, weeklyCap, countThisWeek }),
        );
        expect(given.filter((one) => one.beans > 0)).toHaveLength(Math.min(asked.length, weeklyCap));
        for (const one of given) expect(one.isCapped).toBe(one.beans === 0);
      },
    ),
  );
});

test("only whole beans within the point's range are given", () => {
  const range = { minBeans: 1, maxBeans: 3 };
  expect([0, 1, 2, 3, 4, -1, 1.5, Number.NaN].map((points) => isWithinRange(points, range))).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
