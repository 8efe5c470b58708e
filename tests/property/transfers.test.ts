/** What a child takes along: it names nobody else, whatever was written, and can be read whatever the child took part in. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { shapeOf } from "@doudou/server/http/schemas.ts";
import { TransferredYear } from "@doudou/shared/contract/transfers.ts";
import { ACTIVITY_SORTS } from "@doudou/shared/domain/activities.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import { withoutNames } from "@doudou/shared/domain/transfer.ts";
import { yearAtEarlierSchool } from "../support/transfers.ts";

const name = fc
  .array(fc.constantFrom(..."林 周 陈 小 满 安 诺 思 远 一 予".split(" ")), { minLength: 2, maxLength: 4 })
  .map((letters) => letters.join(""));

test("no mate's name is left in what was written, but where it is part of the child's own", () => {
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 8 }),
      name,
      fc.array(fc.string(), { maxLength: 4 }),
      (mates, own, words) => {
        const text = mates.flatMap((mate, place) => [words[place % 4] ?? "", mate, own]).join("");
        const said = withoutNames(text, mates, own);
        for (const mate of mates.filter((each) => !own.includes(each))) expect(said).not.toContain(mate);
      },
    ),
  );
});

test("a text without a mate's name stays as it is", () => {
  expect(withoutNames("我和林小满一起捡叶子。", ["周予安", "满"], "林小满")).toBe("我和林小满一起捡叶子。");
  expect(withoutNames("周予安安静地看书。", ["周予", "周予安"], "林小满")).toBe("同学安静地看书。");
});

const written = (maxLength: number) => fc.stringMatching(new RegExp(`^[一-龥a-z ]{0,${maxLength}}$`));
const activity = fc.record({
  title: written(40),
  sort: fc.constantFrom(...ACTIVITY_SORTS),
  startsOn: fc.constant("2025-10-02"),
  endsOn: fc.constant("2025-10-03"),
  place: written(40),
  dimensions: fc.subarray([...DIMENSIONS]),
  part: written(20),
  reflection: fc.option(written(200)),
});

test("a year is read with whatever it says of activities, without a word of them, and never with a figure", () => {
  const year = shapeOf(TransferredYear);
  const { activities: _, ...before } = yearAtEarlierSchool();
  expect(year.matches(before)).toBe(true);
  fc.assert(
    fc.property(fc.array(activity, { maxLength: 20 }), fc.nat(), (activities, minutes) => {
      expect(year.faultsOf({ ...before, activities })).toEqual([]);
      const counted = activities.map((each) => ({ ...each, minutes }));
      expect(year.matches({ ...before, activities: counted })).toBe(counted.length === 0);
    }),
  );
});
