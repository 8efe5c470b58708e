/** The rules of the reward shop: what a state holds of a child's beans, what may follow what, and what a shelf may hold. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  askingObstacle,
  beansToUse,
  heldIn,
  mayMove,
  OPEN_STATES,
  REQUEST_STATES,
  type RequestState,
  REWARD_KINDS,
  REWARD_RULES,
  shelfObstacle,
} from "@doudou/shared/domain/rewards.ts";

const beans = fc.nat(1000);
const balance = fc.record({ earned: beans, reserved: beans, spent: beans });
const price = fc.integer({ min: 1, max: 500 });

describe("a wish", () => {
  it("takes its price once at most, whichever way it goes, and gives it back where it is not handed over", () => {
    fc.assert(
      fc.property(price, fc.array(fc.constantFrom(...REQUEST_STATES)), (cost, tried) => {
        let state: RequestState = "requested";
        for (const to of tried) if (mayMove(state, to)) state = to;
        const { reserved, spent } = heldIn(state, cost);
        expect([0, cost]).toContain(reserved + spent);
        if (state === "handed-over") expect([reserved, spent]).toEqual([0, cost]);
        else expect(spent).toBe(0);
        if (["declined", "withdrawn", "expired"].includes(state)) expect(reserved).toBe(0);
      }),
    );
  });

  it("moves only while it is open, is handed over only once approved, and never comes back", () => {
    for (const from of REQUEST_STATES) {
      const isOpen = (OPEN_STATES as readonly string[]).includes(from);
      expect(REQUEST_STATES.some((to) => mayMove(from, to))).toBe(isOpen);
      expect(mayMove(from, "requested")).toBe(false);
      expect(mayMove(from, "handed-over")).toBe(from === "approved");
    }
  });

  it("is never let through that costs more than the child has to use, and what is to use is never below nothing", () => {
    fc.assert(
      fc.property(balance, price, (has, cost) => {
        expect(beansToUse(has)).toBeGreaterThanOrEqual(0);
        const now = { balance: has, taken: 0, takenByChild: 0, openWishes: 0 };
        const obstacle = askingObstacle({ price: cost, stock: null, perChild: null }, now);
        expect(obstacle).toBe(has.earned - has.reserved - has.spent < cost ? "beans-short" : undefined);
      }),
    );
  });
});

describe("a shelf", () => {
  it("holds at most one thing in three open offers, so a school of such shelves does too", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...REWARD_KINDS), { maxLength: 12 })), (shelves) => {
        const fit = shelves.filter((kinds) => shelfObstacle(kinds) === undefined);
        const all = fit.flat();
        const things = all.filter((kind) => kind === "thing").length;
        expect(things * 3).toBeLessThanOrEqual(all.length);
      }),
    );
    expect(shelfObstacle(["thing"])).toBe("too-many-things");
    expect(shelfObstacle(["privilege", "experience", "thing"])).toBeUndefined();
  });

  it("is not endless", () => {
    const many = Array.from({ length: REWARD_RULES.mostOpen }, () => "privilege" as const);
    expect(shelfObstacle(many)).toBeUndefined();
    expect(shelfObstacle([...many, "privilege"])).toBe("too-many");
  });
});
