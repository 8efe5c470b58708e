/** What is typed about children and not saved stays its writer's, outlives a reload, and is not on a tablet for ever. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { countDrafts, forgetOldDrafts, keptDraftOf } from "../../web/src/lib/offline/kept-drafts.ts";

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const NOW = Date.parse("2026-11-11T02:30:00Z");

/** What a browser keeps, whose names are its own properties. */
function memory(kept: Record<string, string> = {}): Storage {
  const hidden = (value: unknown) => ({ value, enumerable: false });
  return Object.defineProperties(kept as unknown as Storage, {
    getItem: hidden((name: string) => kept[name] ?? null),
    setItem: hidden((name: string, value: string) => void (kept[name] = value)),
    removeItem: hidden((name: string) => void delete kept[name]),
  });
}

const draftOf = fc.record({
  kind: fc.constantFrom(
    "activity",
    "fitness",
    "groups",
    "ratings",
    "remarks",
    "reminder",
    "review",
    "seating",
  ),
  accountId: fc.constantFrom("wang", "li", "chen"),
  about: fc.constantFrom("xiaoyu", "class-1", "round-1.class-1"),
});
const written = fc.array(
  fc.record({ of: draftOf, draft: fc.jsonValue(), at: fc.integer({ min: NOW - 2 * WEEK, max: NOW }) }),
);
const nameOf = (of: object) => JSON.stringify(of);

test("each is found by who wrote it until a week after its last word, and then is nowhere", () => {
  fc.assert(
    fc.property(written, (all) => {
      const storage = memory();
      for (const { of, draft, at } of all) keptDraftOf(of, storage, () => at).keep(draft);
      const last = [...new Map(all.map((one) => [nameOf(one.of), one])).values()];
      const fresh = last.filter(({ at }) => NOW - at < WEEK);
      for (const one of last)
        expect(keptDraftOf(one.of, storage, () => NOW).find()).toEqual(
          fresh.includes(one) ? one.draft : undefined,
        );
      forgetOldDrafts(storage, NOW);
      expect(Object.keys(storage)).toHaveLength(fresh.length);
      for (const accountId of ["wang", "li", "chen"])
        expect(countDrafts(storage, accountId)).toBe(
          fresh.filter(({ of }) => of.accountId === accountId).length,
        );
      for (const { of } of last) keptDraftOf(of, storage, () => NOW).drop();
      expect(Object.keys(storage)).toEqual([]);
    }),
  );
});

test("a clock that was turned back keeps none of them longer", () => {
  const storage = memory();
  const of = { kind: "reminder", accountId: "wang", about: "xiaoyu" } as const;
  keptDraftOf(of, storage, () => NOW + WEEK).keep("写给小雨");
  expect(keptDraftOf(of, storage, () => NOW + HOUR).find()).toBe("写给小雨");
  forgetOldDrafts(storage, NOW);
  expect(Object.keys(storage)).toEqual([]);
});

test("what has no date or cannot be read goes, and stops nobody from starting; what is no draft stays", () => {
  const storage = memory({
    "doudou.reminder.wang.xiaoyu": '{"text":"一起收"}',
    "doudou.reminder.wang.yinuo": '{"keptAt":17',
    "doudou.seating-shown": '{"class-1":"plan-1"}',
    "doudou.classroom": '{"hasSound":false}',
  });
  const of = { kind: "reminder", accountId: "wang", about: "yinuo" } as const;
  expect(keptDraftOf(of, storage, () => NOW).find()).toBeUndefined();
  forgetOldDrafts(storage, NOW);
  expect(Object.keys(storage)).toEqual(["doudou.seating-shown", "doudou.classroom"]);
});
