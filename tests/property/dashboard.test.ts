/** What the school's dashboard is decided by: shares, patterns worth a question, who may be glad of a hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharesOf, sumOf } from "@doudou/shared/domain/balance.ts";
import { PATTERN_RULES, patternsIn, type SeenAward } from "@doudou/shared/domain/patterns.ts";
import { supportFor } from "@doudou/shared/domain/teacher-support.ts";
import { latestSchoolWeeks } from "@doudou/shared/domain/terms.ts";
import { DIMENSIONS, perDimension } from "@doudou/shared/domain/words.ts";

const counts = fc
  .tuple(...DIMENSIONS.map(() => fc.nat(100_000)))
  .map((figures) => perDimension((dimension) => figures[DIMENSIONS.indexOf(dimension)] ?? 0));

describe("shares of the five dimensions", () => {
  test("add up to a hundred, each less than one off, and none for nothing", () => {
    fc.assert(
      fc.property(counts, (given) => {
        const shares = sharesOf(given);
        const total = DIMENSIONS.reduce((sum, dimension) => sum + given[dimension], 0);
        if (total === 0) return expect(shares).toBeUndefined();
        expect(DIMENSIONS.reduce((sum, dimension) => sum + shares![dimension], 0)).toBe(100);
        for (const dimension of DIMENSIONS)
          expect(Math.abs(shares![dimension] - (given[dimension] * 100) / total)).toBeLessThan(1);
      }),
    );
  });

  test("of a sum are those of its parts put together", () => {
    fc.assert(
      fc.property(fc.array(counts), (parts) => {
        const sum = sumOf(parts);
        for (const dimension of DIMENSIONS)
          expect(sum[dimension]).toBe(parts.reduce((all, part) => all + part[dimension], 0));
      }),
    );
  });
});

const HOURS = {
  timeZone: "Asia/Shanghai",
  exceptions: new Map([["2026-11-10", "holiday" as const]]),
  lessonTimes: [],
};
const NO_SUBJECT = () => [];
let made = 0;
/** @param time in Shanghai */
const award = (day: string, time: string, over: Partial<SeenAward> = {}): SeenAward => ({
  id: `award-${(made += 1)}`,
  classId: "class",
  recorderId: "teacher",
  studentId: `child-${made}`,
  dimension: DIMENSIONS[made % DIMENSIONS.length]!,
  day,
  occurredAt: new Date(`${day}T${time}+08:00`),
  ...over,
});
const times = (count: number, one: () => SeenAward) => Array.from({ length: count }, one);

describe("a pattern worth a question", () => {
  const kindsOf = (awards: readonly SeenAward[], subjects: () => readonly string[] = NO_SUBJECT) =>
    patternsIn(awards, HOURS, subjects).map(({ kind }) => kind);
  const { burst, outsideHours, oneDimension } = PATTERN_RULES;

  test("is one child recorded so often by one teacher in an hour; one time fewer, or by two teachers, is none", () => {
    const ofChild = () => award("2026-11-11", "10:00:00", { studentId: "child" });
    expect(kindsOf(times(burst.atLeast, ofChild))).toEqual(["burst"]);
    expect(kindsOf(times(burst.atLeast - 1, ofChild))).toEqual([]);
    const byTwo = times(burst.atLeast, ofChild).map((one, at) => ({
      ...one,
      recorderId: `teacher-${at % 2}`,
    }));
    expect(kindsOf(byTwo)).toEqual([]);
  });

  test("is no burst where the same many are spread over the day, and takes in all that were close together", () => {
    const at = (hour: number) => award("2026-11-11", `${hour}:00:00`, { studentId: "child" });
    expect(kindsOf(Array.from({ length: burst.atLeast }, (_, turn) => at(9 + turn)))).toEqual([]);
    const close = times(burst.atLeast + 3, () => at(10));
    const [pattern] = patternsIn([...close, at(14)], HOURS, NO_SUBJECT);
    expect(pattern?.awardIds.toSorted()).toEqual(close.map(({ id }) => id).toSorted());
  });

  test("is records late in the evening, before school, on a Saturday or a holiday; in the lessons it is none", () => {
    const count = outsideHours.atLeast;
    expect(kindsOf(times(count, () => award("2026-11-11", "21:40:00")))).toEqual(["outside-hours"]);
    expect(kindsOf(times(count, () => award("2026-11-11", "06:29:59")))).toEqual(["outside-hours"]);
    expect(kindsOf(times(count, () => award("2026-11-14", "10:00:00")))).toEqual(["outside-hours"]);
    expect(kindsOf(times(count, () => award("2026-11-10", "10:00:00")))).toEqual(["outside-hours"]);
    expect(kindsOf(times(count, () => award("2026-11-11", "18:59:59")))).toEqual([]);
    expect(kindsOf(times(count - 1, () => award("2026-11-11", "21:40:00")))).toEqual([]);
  });

  test("is by the school's own lesson times where it has some: an hour before the first, two after the last", () => {
    const evening = [{ kind: "lesson" as const, name: "晚自习", startsAt: "08:20", endsAt: "20:30" }];
    const hours = { ...HOURS, lessonTimes: [{ weekdays: [3], spans: evening }] };
    const kindsAt = (time: string) =>
      patternsIn(
        times(outsideHours.atLeast, () => award("2026-11-11", time)),
        hours,
        NO_SUBJECT,
      ).map(({ kind }) => kind);
    expect(kindsAt("21:40:00")).toEqual([]);
    expect(kindsAt("22:30:00")).toEqual(["outside-hours"]);
    expect(kindsAt("07:19:59")).toEqual(["outside-hours"]);
    expect(kindsAt("07:20:00")).toEqual([]);
  });

  test("is all in one dimension, unless that is what the teacher teaches there", () => {
    const gym = () =>
      times(oneDimension.atLeast, () => award("2026-11-11", "10:00:00", { dimension: "physical" }));
    expect(kindsOf(gym())).toEqual(["one-dimension"]);
    expect(kindsOf(gym(), () => ["pe"])).toEqual([]);
    expect(kindsOf(gym(), () => ["maths"])).toEqual(["one-dimension"]);
    expect(kindsOf(gym().slice(1))).toEqual([]);
    expect(kindsOf([...gym(), ...times(10, () => award("2026-11-11", "10:00:00"))])).toEqual([]);
  });

  const anyAward = fc
    .record({
      day: fc.constantFrom("2026-11-09", "2026-11-10", "2026-11-11", "2026-11-14"),
      hour: fc.integer({ min: 0, max: 23 }),
      child: fc.integer({ min: 0, max: 2 }),
      teacher: fc.integer({ min: 0, max: 1 }),
      of: fc.integer({ min: 0, max: 1 }),
      dimension: fc.constantFrom(...DIMENSIONS),
    })
    .map(({ day, hour, child, teacher, of, dimension }) =>
      award(day, `${String(hour).padStart(2, "0")}:30:00`, {
        studentId: `child-${child}`,
        recorderId: `teacher-${teacher}`,
        classId: `class-${of}`,
        dimension,
      }),
    );

  test("is the same in whatever order the records come, names only records of one teacher in one class, latest day first", () => {
    fc.assert(
      fc.property(fc.array(anyAward, { maxLength: 120 }), fc.func(fc.boolean()), (awards, puts) => {
        const patterns = patternsIn(awards, HOURS, NO_SUBJECT);
        const shuffled = awards.toSorted((one, other) => Number(puts(one.id)) - Number(puts(other.id)));
        const told = (of: typeof patterns) => of.map((one) => JSON.stringify(one)).sort();
        expect(told(patternsIn(shuffled, HOURS, NO_SUBJECT))).toEqual(told(patterns));
        const byId = new Map(awards.map((one) => [one.id, one]));
        for (const { awardIds, recorderId, classId, from, to, children } of patterns) {
          const records = awardIds.map((id) => byId.get(id)!);
          expect(records.every((one) => one.recorderId === recorderId && one.classId === classId)).toBe(true);
          expect(records.every(({ day }) => day >= from && day <= to)).toBe(true);
          expect(new Set(records.map(({ studentId }) => studentId)).size).toBe(children);
        }
        const ends = patterns.map(({ to }) => to);
        expect(ends).toEqual(ends.toSorted().reverse());
      }),
    );
  });

  test("never goes away when more is recorded the same way", () => {
    fc.assert(
      fc.property(fc.integer({ min: burst.atLeast, max: 60 }), (count) => {
        const late = times(count, () =>
          award("2026-11-11", "21:40:00", { studentId: "child", dimension: "arts" }),
        );
        const kinds = kindsOf(late);
        expect(kinds).toContain("burst");
        expect(kinds).toContain("outside-hours");
        expect(kinds.includes("one-dimension")).toBe(count >= oneDimension.atLeast);
      }),
    );
  });
});

describe("a teacher who may be glad of a hand", () => {
  const teacher = (id: string, name: string, since = "2025-09-01") => ({ id, name, since });
  const staff = [teacher("1", "周老师"), teacher("2", "安老师"), teacher("3", "林老师", "2026-11-02")];
  const days = { today: "2026-11-11", quietSince: "2026-10-22" };

  test("is new here, or has not recorded for three school weeks: by name, and never both", () => {
    const { newHere, foundNoTime } = supportFor(staff, new Set(), days);
    expect(newHere.map(({ name }) => name)).toEqual(["林老师"]);
    expect(foundNoTime.map(({ name }) => name)).toEqual(["安老师", "周老师"]);
  });

  test("is not somebody who recorded once, and nobody in the first weeks of a term", () => {
    expect(supportFor(staff, new Set(["1"]), days).foundNoTime.map(({ id }) => id)).toEqual(["2"]);
    expect(supportFor(staff, new Set(), { ...days, quietSince: undefined }).foundNoTime).toEqual([]);
  });

  test("is told apart by having recorded, not by how much: the answer knows no figure", () => {
    fc.assert(
      fc.property(fc.subarray(["1", "2", "3"]), (recorders) => {
        const { newHere, foundNoTime } = supportFor(staff, new Set(recorders), days);
        expect(foundNoTime.some(({ id }) => recorders.includes(id))).toBe(false);
        expect(newHere.some((one) => foundNoTime.includes(one))).toBe(false);
      }),
    );
  });
});

describe("the latest school weeks", () => {
  const TERM = { id: "term", startsOn: "2026-09-01", endsOn: "2027-01-22" };
  const holidays = new Map(
    ["2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09"].map((day) => [
      day,
      "holiday" as const,
    ]),
  );

  test("leave out a week of holidays, also while it runs", () => {
    expect(latestSchoolWeeks(TERM, "2026-10-07", holidays, 2).weeks).toEqual(["2026-09-21", "2026-09-28"]);
    expect(latestSchoolWeeks(TERM, "2026-10-12", holidays, 2).weeks).toEqual(["2026-09-28", "2026-10-12"]);
  });
});
