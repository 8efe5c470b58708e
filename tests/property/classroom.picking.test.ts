/** The random picker: fair in rounds, kind to those who were not noticed, and not to be predicted. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEW_ROUND, pick, type Round, stillToCome } from "../../web/src/lib/classroom/tools/picking.ts";

const childrenOf = (size: number, unnoticed: number) =>
  Array.from({ length: size }, (_, at) => ({ id: `child ${at}`, isUnnoticedThisWeek: at < unnoticed }));
const chances = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
});

/** Chance as told, over and over. */
function saying(numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length]!;
}

describe("the random picker", () => {
  it("picks everybody once before anybody twice, one at a time or several", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.nat(50),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 60 }),
        chances,
        (size, unnoticed, counts, numbers) => {
          const children = childrenOf(size, unnoticed);
          const random = saying(numbers);
          const turns = new Map(children.map(({ id }) => [id, 0]));
          let round: Round = NEW_ROUND;
          for (const count of counts) {
            const { picked, round: next } = pick(children, round, count, random);
            expect(picked).toHaveLength(Math.min(count, size));
            expect(new Set(picked).size).toBe(picked.length);
            if (size > 1 && count === 1 && round.latest.length === 1)
              expect(picked[0]!.id).not.toBe(round.latest[0]);
            for (const { id } of picked) turns.set(id, turns.get(id)! + 1);
            expect(Math.max(...turns.values()) - Math.min(...turns.values())).toBeLessThanOrEqual(1);
            round = next;
          }
        },
      ),
    );
  });

  it("keeps the turn of a child who is away for when it is back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), chances, (size, numbers) => {
        const children = childrenOf(size, 0);
        const random = saying(numbers);
        const [away, ...there] = children;
        let round: Round = NEW_ROUND;
        for (let turn = 0; turn < there.length; turn += 1) {
          const { picked, round: next } = pick(there, round, 1, random);
          expect(picked).not.toContain(away);
          round = next;
        }
        expect(stillToCome(children, round)).toEqual([away]);
        expect(pick(children, round, 1, random).picked).toEqual([away]);
      }),
    );
  });

  it("picks who was not noticed this week before all others, and each of those with the same chance", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(30), chances, (size, some, numbers) => {
        const unnoticed = Math.min(size, some);
        const children = childrenOf(size, unnoticed);
        const inOrder = pick(children, NEW_ROUND, size, saying(numbers)).picked;
        expect(new Set(inOrder.slice(0, unnoticed))).toEqual(new Set(children.slice(0, unnoticed)));
        const first = unnoticed > 0 ? children.slice(0, unnoticed) : children;
        const drawn = first.map((_, at) => pick(children, NEW_ROUND, 1, () => (at + 0.5) / first.length));
        expect(drawn.map(({ picked }) => picked[0])).toEqual(first);
      }),
    );
  });

  it("picks nobody where nobody is there", () => {
    expect(pick([], NEW_ROUND, 3, () => 0.5)).toEqual({ picked: [], round: NEW_ROUND });
  });
});
