/** The office's people: whoever is typed for is found, a move touches no day before it, and its reverse puts it right. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endedOn, isHomeroomTaken, liesWithin, overlap } from "@doudou/shared/domain/people/assignments.ts";
import { classOn, type Move, moved, type Stay } from "@doudou/shared/domain/people/moves.ts";
import { isMeantBy } from "@doudou/shared/domain/people/name-search.ts";
import { addDays } from "@doudou/shared/domain/days.ts";

const FIRST = "2026-09-01";
const DAYS = 60;
const dayAt = (offset: number) => addDays(FIRST, offset);
const everyDay = Array.from({ length: DAYS + 2 }, (_, offset) => dayAt(offset));

describe("finding a person", () => {
  const pupil = { name: "林小满", pinyin: "lin xiao man", number: "20240101" };

  test.each([
    "林",
    "小满",
    "linxiaoman",
    "lin xiao",
    "LXM",
    "lxm",
    "linxm",
    "lxiaom",
    "xm",
    "man",
    "lín",
    "0101",
  ])("林小满 is found by %s", (typed) => expect(isMeantBy(typed, pupil)).toBe(true));
  test.each(["林满", "lm", "xl", "inxiao", "lxmm", "99"])("林小满 is not found by %s", (typed) =>
    expect(isMeantBy(typed, pupil)).toBe(false),
  );
  test("吕 is found by lv and by lü, and a name with a dot without it", () => {
    const lv = { name: "吕一", pinyin: "lv yi" };
    expect([isMeantBy("lv", lv), isMeantBy("lü", lv), isMeantBy("lǚy", lv)]).toEqual([true, true, true]);
    expect(isMeantBy("古丽买", { name: "阿依古丽·买买提", pinyin: "" })).toBe(true);
  });

  test("every abbreviation of neighbouring syllables finds, and nothing typed finds everybody", () => {
    const syllable = fc.stringMatching(/^[a-z]{1,6}$/);
    const cut = fc.array(fc.record({ syllable, letters: fc.integer({ min: 1, max: 6 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(cut, fc.nat(4), (parts, skipped) => {
        const pinyin = parts.map((part) => part.syllable).join(" ");
        const from = Math.min(skipped, parts.length - 1);
        const typed = parts
          .slice(from)
          .map((part) => part.syllable.slice(0, part.letters))
          .join("");
        expect(isMeantBy(typed, { name: "某某", pinyin })).toBe(true);
        expect(isMeantBy("  ", { name: "某某", pinyin })).toBe(true);
      }),
    );
  });
});

/** Moves of one pupil, each as the office would ask for it, whatever came of the ones before. */
const moves = fc.array(
  fc.record({
    classId: fc.constantFrom("A", "B", "C", null),
    from: fc.integer({ min: 1, max: DAYS }).map(dayAt),
  }),
  { maxLength: 12 },
);

describe("a pupil's way through the classes", () => {
  let added = 0;
  const applied = (stays: readonly Stay[], move: Move): Stay[] | "too-early" => {
    const changes = moved(stays, move);
    if (changes === "too-early") return changes;
    return [
      ...stays
        .filter(({ id }) => !changes.removes.includes(id))
        .map((stay) => {
          const end = changes.ends.find(({ id }) => id === stay.id);
          return end ? { ...stay, endsOn: end.endsOn } : stay;
        }),
      ...changes.adds.map((stay) => ({ ...stay, id: `stay ${added++}` })),
    ];
  };
  const walked = (asked: readonly Move[]) => {
    let stays: Stay[] = [{ id: "first", classId: "A", startsOn: FIRST, endsOn: null }];
    for (const move of asked) {
      const next = applied(stays, move);
      if (next !== "too-early") stays = next;
    }
    return stays;
  };
  const daily = (stays: readonly Stay[]) => everyDay.map((day) => classOn(stays, day));

  test("a move changes no day before it and every day from it on, and leaves nobody in two classes", () => {
    fc.assert(
      fc.property(moves, moves, (before, [move]) => {
        fc.pre(move !== undefined);
        const stays = walked(before);
        const next = applied(stays, move);
        if (next === "too-early") {
          expect(stays.some(({ startsOn }) => startsOn >= move.from)).toBe(true);
          return;
        }
        expect(daily(next)).toEqual(
          everyDay.map((day) => (day < move.from ? classOn(stays, day) : move.classId)),
        );
        for (const day of everyDay)
          expect(
            next.filter((s) => s.startsOn <= day && (s.endsOn === null || day <= s.endsOn)).length,
          ).toBeLessThanOrEqual(1);
        for (const { startsOn, endsOn } of next) expect(endsOn === null || startsOn <= endsOn).toBe(true);
        // Asked once more, there is nothing left to do.
        expect(moved(next, move)).toEqual({ ends: [], removes: [], adds: [] });
      }),
    );
  });

  test("the reverse of a move, sent from the same day, puts every day back", () => {
    fc.assert(
      fc.property(moves, moves, (before, [move]) => {
        fc.pre(move !== undefined);
        const stays = walked(before);
        const next = applied(stays, move);
        // What was planned to end later does not: the way back is open-ended.
        fc.pre(next !== "too-early" && stays.every(({ endsOn }) => endsOn === null || endsOn < move.from));
        const back = applied(next, { classId: classOn(stays, move.from), from: move.from });
        expect(back).not.toBe("too-early");
        expect(daily(back as Stay[])).toEqual(daily(stays));
      }),
    );
  });
});

describe("assignments", () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: DAYS }), fc.option(fc.nat(DAYS)))
    .map(([from, days]) => ({ startsOn: dayAt(from), endsOn: days === null ? null : dayAt(from + days) }));
  const daysOf = ({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }) =>
    Array.from({ length: 2 * DAYS + 2 }, (_, offset) => dayAt(offset)).filter(
      (day) => startsOn <= day && (endsOn === null || day <= endsOn),
    );

  test("overlapping, lying within and ending mean what the days say", () => {
    fc.assert(
      fc.property(span, span, fc.integer({ min: -1, max: DAYS }).map(dayAt), (one, other, last) => {
        const days = new Set(daysOf(other));
        expect(overlap(one, other)).toBe(daysOf(one).some((day) => days.has(day)));
        const isInside = daysOf(one).every((day) => days.has(day));
        expect(liesWithin(one, other)).toBe(isInside && (one.endsOn !== null || other.endsOn === null));
        const ended = endedOn(one, last);
        expect(ended ? daysOf(ended) : []).toEqual(daysOf(one).filter((day) => day <= last));
      }),
    );
  });

  test("a class has one homeroom teacher of its own at a time, and any number who stand in", () => {
    const present = {
      id: "1",
      classId: "A",
      isHomeroom: true,
      standsInForId: null,
      startsOn: FIRST,
      endsOn: null,
    };
    const wanted = { classId: "A", startsOn: dayAt(9), endsOn: dayAt(9) };
    expect(isHomeroomTaken(wanted, [present])).toBe(true);
    expect(isHomeroomTaken(wanted, [{ ...present, endsOn: dayAt(8) }])).toBe(false);
    expect(isHomeroomTaken(wanted, [{ ...present, standsInForId: "0" }])).toBe(false);
    expect(isHomeroomTaken({ ...wanted, classId: "B" }, [present])).toBe(false);
  });
});
