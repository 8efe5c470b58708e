import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BoardAward } from "@doudou/shared/contract/board.ts";
import { boardCodeOf, readBoardCode } from "@doudou/shared/domain/board.ts";
import { gathered, shareOf, towardsGoal } from "@doudou/shared/domain/class-goal.ts";
import { DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";
import { Celebrations } from "../../web/src/lib/board/celebrations.ts";
import { gardenGrowth, gardenShape, isLongName, nameLines } from "../../web/src/lib/board/garden.ts";

const award = (plantId: string | null, zh = "帮助同学"): BoardAward => ({
  plantId,
  dimension: "moral",
  point: { zh, en: zh },
  beans: 1,
  isThisWeek: true,
  isFresh: true,
});

describe("what a board celebrates", () => {
  it("is one thing for children noticed for the same at the same time", () => {
    const celebrations = new Celebrations();
    for (const [at, id] of ["one", "two", "one"].entries()) celebrations.add(award(id), at * 100);
    expect(celebrations.next(500, 40)).toBeUndefined();
    expect(celebrations.next(1000, 40)).toMatchObject({
      plantIds: ["one", "two"],
      others: 0,
      isForAll: false,
    });
    expect(celebrations.next(5000, 40)).toBeUndefined();
  });

  it("is the whole class where nearly all were noticed, those without a name among them", () => {
    const celebrations = new Celebrations();
    for (let i = 0; i < 30; i++) celebrations.add(award(`child ${i}`), i);
    for (let i = 0; i < 8; i++) celebrations.add(award(null), i);
    expect(celebrations.next(2000, 41)).toMatchObject({ isForAll: true, others: 8 });
    celebrations.add(award("one"), 3000);
    expect(celebrations.next(9000, 1)).toMatchObject({ isForAll: false });
  });

  it("never waits in a line that grows, whatever comes for eight hours", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(30)), { maxLength: 400 }), (given) => {
        const celebrations = new Celebrations();
        for (const [at, [child, point]] of given.entries()) {
          celebrations.add(award(`${child}`, `${point}`), at);
          expect(celebrations.count).toBeLessThanOrEqual(4);
        }
      }),
    );
  });
});

describe("the garden", () => {
  it("never shows a child that was noticed often as further than one that was noticed once", () => {
    const share = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.subarray([...DIMENSIONS]), (gatheredShare, noticed) => {
        const once = gardenGrowth(noticed, gatheredShare);
        const often = gardenGrowth([...noticed, ...noticed], gatheredShare);
        expect(often).toEqual(once);
        const others = gardenGrowth([], gatheredShare);
        for (const { stage } of others) expect(["sprout", "leaf"]).toContain(stage);
        for (const branch of once)
          if (!noticed.includes(branch.dimension))
            expect(branch).toEqual(others.find(({ dimension }) => dimension === branch.dimension));
      }),
    );
  });

  it("fits any class onto any screen", () => {
    const size = fc.integer({ min: 200, max: 2000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), size, size, (plants, width, height) => {
        const { columns, row } = gardenShape(plants, width, height);
        expect(Math.ceil(plants / columns) * row).toBeLessThanOrEqual(height);
        expect(columns * row * 0.9).toBeLessThanOrEqual(width);
        expect(row).toBeGreaterThan(0);
      }),
    );
  });

  it("writes a long name in two lines, first what the child is called by, and leaves no character out", () => {
    expect(["欧阳若晨", "乌云其其格", "Ana Li"].map(isLongName)).toEqual([false, false, false]);
    expect(["扎西多吉次仁", "Alexandra Montgomery"].map(isLongName)).toEqual([true, true]);
    expect(nameLines("扎西多吉次仁")).toEqual(["扎西多", "吉次仁"]);
    expect(nameLines("阿卜杜热合曼·买买提")).toEqual(["阿卜杜热合曼", "买买提"]);
    expect(nameLines("Alexandra Montgomery")).toEqual(["Alexandra", "Montgomery"]);
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }), (name) => {
        const lines = nameLines(name);
        expect(lines.length).toBeLessThanOrEqual(2);
        const bare = (text: string) => text.replaceAll(/[·•・\s]/g, "");
        expect(bare(lines.join(""))).toBe(bare(name));
      }),
    );
  });

  it("counts towards its goal what the goal is about, and never more than all of it", () => {
    const beans = { ...perDimension(() => 0), moral: 30, physical: 12 };
    const goal = { text: "多动", dimension: "physical" as const, target: 24 };
    expect(towardsGoal({ goal, beans })).toBe(12);
    expect(gathered({ goal, beans, children: 42 })).toBe(0.5);
    expect(gathered({ goal: { ...goal, target: 3 }, beans, children: 42 })).toBe(1);
    expect(gathered({ goal: null, beans, children: 42 })).toBe(0.1);
  });

  it("has reached it with the last award, however many it was added up of", () => {
    const target = fc.integer({ min: 10, max: 5000 });
    fc.assert(
      fc.property(target, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (most, given) => {
        const goal = { text: "一起", dimension: null, target: most };
        const ofBeans = (moral: number) =>
          gathered({ goal, beans: { ...perDimension(() => 0), moral }, children: 42 });
        let share = 0;
        let beans = 0;
        for (const each of given) {
          share = shareOf(share + ofBeans(each));
          beans += each;
          expect(share).toBeCloseTo(ofBeans(beans), 9);
          expect(share === 1).toBe(beans >= most);
        }
      }),
    );
  });
});

describe("a code for a board", () => {
  it("reads as it was written, however it is typed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const code = boardCodeOf(bytes);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
        expect(readBoardCode(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code);
        expect(readBoardCode(code.replaceAll("0", "O").replaceAll("1", "l"))).toBe(code);
        expect(readBoardCode(code.slice(1))).toBeUndefined();
      }),
    );
  });
});
