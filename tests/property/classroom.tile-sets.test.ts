/** Own sets of tiles: which one is shown, in what order, and what moving one does. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AwardablePoint } from "@doudou/shared/contract/classes.ts";
import { MOST_USED, movedTo, shownSet, tilesOfSet } from "../../web/src/lib/classroom/tile-sets.ts";

const codes = fc.uniqueArray(fc.constantFrom(..."ABCDEFGHIJKLMNOP".split("")), {
  minLength: 1,
  maxLength: 16,
});
const pointCalled = (code: string) => ({ code }) as AwardablePoint;

describe("sets of tiles", () => {
  it("show what applies in the class, in the teacher's order, and leave the rest out quietly", () => {
    fc.assert(
      fc.property(codes, codes, (pointCodes, here) => {
        const shown = tilesOfSet(here.map(pointCalled), { pointCodes }).map(({ code }) => code);
        expect(shown).toEqual(pointCodes.filter((code) => here.includes(code)));
      }),
    );
  });

  it("moved, a tile comes to stand where it was put; nothing is lost, and what is not shown keeps its order", () => {
    fc.assert(
      fc.property(codes, codes, fc.nat(), fc.nat(), (all, here, from, to) => {
        const shown = all.filter((code) => here.includes(code));
        fc.pre(shown.length > 0);
        const [code, place] = [shown[from % shown.length]!, shown[to % shown.length]!];
        const moved = movedTo(all, code, place);
        expect(moved.toSorted()).toEqual(all.toSorted());
        expect(moved.filter((other) => other !== code)).toEqual(all.filter((other) => other !== code));
        const shownNow = moved.filter((other) => here.includes(other));
        expect(shownNow.indexOf(code)).toBe(shown.indexOf(place));
      }),
    );
  });

  it("shown is the chosen one, else the first for a subject taught here, else what is used most", () => {
    const set = (id: string, subjectCode: string | null) => ({
      id,
      name: id,
      subjectCode,
      pointCodes: ["A"],
    });
    const sets = [set("1", null), set("2", "chinese"), set("3", "maths"), set("4", "chinese")];
    const subjects = [
      { code: "chinese", name: { zh: "语文", en: "Chinese" }, isTaughtHere: true },
      { code: "maths", name: { zh: "数学", en: "Maths" }, isTaughtHere: false },
    ];
    expect(shownSet(sets, subjects, undefined)?.id).toBe("2");
    expect(shownSet(sets, subjects, "3")?.id).toBe("3");
    expect(shownSet(sets, subjects, "gone")?.id).toBe("2");
    expect(shownSet(sets, subjects, MOST_USED)).toBeUndefined();
    expect(shownSet(sets, [], undefined)).toBeUndefined();
    expect(shownSet([], subjects, undefined)).toBeUndefined();
  });
});
