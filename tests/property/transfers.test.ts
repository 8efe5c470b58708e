/** What a child takes along names nobody else: whatever its mates are called and whatever was written. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutNames } from "@doudou/shared/domain/transfer.ts";

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
