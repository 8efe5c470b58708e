import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AwardablePoint } from "@doudou/shared/contract/classes.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { gridShape } from "../../web/src/lib/classroom/grid-shape.ts";
import { finds, tilesOf } from "../../web/src/lib/classroom/tiles.ts";

describe("the class as a grid", () => {
  it("shows 45 and 50 children on a tablet without scrolling, each cell large enough for a finger", () => {
    for (const children of [45, 50]) {
      for (const [width, height] of [
        [798, 708],
        [804, 620],
      ] as const) {
        const shape = gridShape(children, width, height, 6);
        expect(shape.fits).toBe(true);
        expect(Math.min(shape.cellWidth, shape.cellHeight)).toBeGreaterThanOrEqual(48);
      }
    }
  });

  it("never draws a cell outside the room it says it fits into", () => {
    const sizes = fc.record({
      children: fc.integer({ min: 0, max: 60 }),
      width: fc.integer({ min: 0, max: 2500 }),
      height: fc.integer({ min: 0, max: 1500 }),
    });
    fc.assert(
      fc.property(sizes, ({ children, width, height }) => {
        const { columns, cellWidth, cellHeight, fits } = gridShape(children, width, height, 6);
        const rows = Math.max(1, Math.ceil(children / columns));
        expect(columns).toBeGreaterThanOrEqual(1);
        expect(columns * cellWidth + (columns - 1) * 6).toBeLessThanOrEqual(Math.max(width, 0));
        if (fits) expect(rows * cellHeight + (rows - 1) * 6).toBeLessThanOrEqual(height);
      }),
    );
  });
});

describe("searching on the class page", () => {
  const child = { texts: ["林小满", "20230107"], pinyin: "lín xiǎo mǎn" };

  it.each(["林", "小满", "linxiaoman", "lin xiao", "lxm", "xm", "xiaom", "linxm", "LXM", "0107"])(
    "finds 林小满 by %s",
    (query) => {
      expect(finds(query, child)).toBe(true);
    },
  );

  it.each(["王", "lm", "inx", "xml", "linxiaomang"])("does not find 林小满 by %s", (query) => {
    expect(finds(query, child)).toBe(false);
  });

  it("finds ü however it is typed on a keyboard that has it", () => {
    expect(finds("lü", { texts: ["吕一"], pinyin: "lǚ yī" })).toBe(true);
  });
});

describe("the tiles of a tab", () => {
  const points = fc.array(
    fc.record({
      id: fc.uuid(),
      dimension: fc.constantFrom(...DIMENSIONS),
      isFavourite: fc.boolean(),
      recentUses: fc.integer({ min: 0, max: 30 }),
    }),
    { maxLength: 60 },
  );
  const whole = (
    point: Pick<AwardablePoint, "id" | "dimension" | "isFavourite" | "recentUses">,
  ): AwardablePoint => ({
    code: "D21",
    indicator: { zh: "", en: "" },
    name: { zh: "", en: "" },
    kind: "behaviour",
    evidence: "no",
    beans: 1,
    minBeans: 1,
    maxBeans: 3,
    weeklyCap: 3,
    origin: "core",
    icon: null,
    ...point,
  });

  it("shows every point of a dimension, favourites first, then the most used", () => {
    fc.assert(
      fc.property(points, fc.constantFrom(...DIMENSIONS), (some, dimension) => {
        const all = some.map(whole);
        const shown = tilesOf(all, dimension);
        expect(shown.length).toBe(all.filter((point) => point.dimension === dimension).length);
        for (const [at, point] of shown.entries()) {
          const next = shown[at + 1];
          if (!next) continue;
          expect(Number(point.isFavourite)).toBeGreaterThanOrEqual(Number(next.isFavourite));
          if (point.isFavourite === next.isFavourite)
            expect(point.recentUses).toBeGreaterThanOrEqual(next.recentUses);
        }
      }),
    );
  });

  it("keeps every favourite at hand, and nothing that was never used", () => {
    fc.assert(
      fc.property(points, (some) => {
        const all = some.map(whole);
        const usual = tilesOf(all, "usual");
        expect(usual.filter((point) => point.isFavourite).length).toBe(
          all.filter((point) => point.isFavourite).length,
        );
        expect(usual.every((point) => point.isFavourite || point.recentUses > 0)).toBe(true);
      }),
    );
  });
});
