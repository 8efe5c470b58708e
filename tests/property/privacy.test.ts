/** Consents and requests: whose word counts, and by when the school answers. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, isSchoolDay, schoolDaysBetween } from "@doudou/shared/domain/days.ts";
import { type ConsentGiven, isAgreedTo, lastWord, PURPOSES } from "@doudou/shared/domain/consent.ts";
import {
  changesSince,
  isOutdated,
  PRIVACY_NOTICES,
  privacyNotice,
} from "@doudou/shared/domain/privacy-notice.ts";
import { ANSWER_WITHIN_WORKING_DAYS, dueDayOf, urgencyOf } from "@doudou/shared/domain/privacy-requests.ts";
import { keptUntil, leftLongAgo } from "@doudou/shared/domain/retention.ts";

const at = (second: number) => new Date(second * 1000);
const given = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.option(fc.integer({ min: 0, max: 99 })))
  .map(([from, length]): ConsentGiven => ({
    grantedAt: at(from),
    withdrawnAt: length === null ? null : at(from + length),
  }));
const someDay = fc.integer({ min: 0, max: 800 }).map((days) => addDays("2026-01-01", days));

describe("the word that counts", () => {
  test("is the latest of all guardians'", () => {
    expect(lastWord([])).toEqual({ answer: "unasked", by: undefined });
    const mother = { grantedAt: at(1), withdrawnAt: null };
    const father = { grantedAt: at(2), withdrawnAt: at(3) };
    expect(lastWord([mother, father])).toEqual({ answer: "no", by: father });
    const again = { grantedAt: at(4), withdrawnAt: null };
    expect(lastWord([again, mother, father])).toEqual({ answer: "yes", by: again });
  });

  test("does not depend on the order in which they are kept, and is a yes exactly where it is agreed", () => {
    fc.assert(
      fc.property(fc.array(given), (consents) => {
        const { answer } = lastWord(consents);
        expect(lastWord(consents.toReversed()).answer).toBe(answer);
        expect(isAgreedTo(consents)).toBe(answer === "yes");
        expect(answer === "unasked").toBe(consents.length === 0);
      }),
    );
  });

  test("after a no of now is no, whatever was said before", () => {
    fc.assert(
      fc.property(fc.array(given), (consents) => {
        const no = { grantedAt: at(1000), withdrawnAt: at(1000) };
        expect(lastWord([...consents, no])).toEqual({ answer: "no", by: no });
      }),
    );
  });
});

describe("an answer", () => {
  test("asked for before the National Day holidays is due after them", () => {
    const holidays = new Map(
      Array.from({ length: 7 }, (_, day) => [addDays("2026-10-01", day), "holiday"] as const),
    );
    expect(dueDayOf("2026-09-25", holidays)).toBe("2026-10-23");
    expect(dueDayOf("2026-09-25", new Map())).toBe("2026-10-16");
  });

  test("is due on a working day, with exactly so many after the day of asking", () => {
    fc.assert(
      fc.property(someDay, fc.array(someDay), (day, off) => {
        const exceptions = new Map(off.map((each) => [each, "holiday"] as const));
        const due = dueDayOf(day, exceptions);
        expect(isSchoolDay(due, exceptions)).toBe(true);
        expect(schoolDaysBetween(addDays(day, 1), due, exceptions)).toHaveLength(ANSWER_WITHIN_WORKING_DAYS);
      }),
    );
  });

  test("is pressing three days before it is late", () => {
    const on = (today: string) => urgencyOf("2026-12-10", today);
    expect(["2026-12-06", "2026-12-07", "2026-12-10", "2026-12-11"].map(on)).toEqual([
      "in-time",
      "soon",
      "soon",
      "overdue",
    ]);
  });
});

test("a record is kept for a year after the last day, and over its time from the next on", () => {
  expect(keptUntil("2026-07-10")).toBe("2027-07-11");
  fc.assert(
    fc.property(someDay, (leftOn) => {
      expect(leftLongAgo(keptUntil(leftOn))).toBe(leftOn);
    }),
  );
});

test("every version of the notice asks about each purpose once, in both languages, and has a number of its own", () => {
  expect(new Set(PRIVACY_NOTICES.map(({ version }) => version)).size).toBe(PRIVACY_NOTICES.length);
  expect(privacyNotice(undefined)).toBe(PRIVACY_NOTICES[0]);
  for (const { purposes, sections } of PRIVACY_NOTICES) {
    expect(purposes.map(({ purpose }) => purpose)).toEqual([...PURPOSES]);
    const words = [
      ...purposes.flatMap(({ name, what, why, without }) => [name, what, why, without]),
      ...sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]),
    ];
    for (const { zh, en } of words)
      expect([/\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en), en.length > 0]).toEqual([
        true,
        false,
        true,
      ]);
  }
});

test("a version that families have read says to the letter what it said; more is a new version", () => {
  const hashOf = (version: string) =>
    createHash("sha256")
      .update(JSON.stringify(privacyNotice(version)))
      .digest("hex");
  expect(hashOf("1")).toBe("3931b5ea25cee84c402e2766c4551784812b48b3d09b23e3104dd4781dec6fec");
  expect(hashOf("2")).toBe("e875cb25b80444f022e347b988e70a5fe552ef528f134b5d3339749cbe9f5b84");
  const [latest, ...earlier] = PRIVACY_NOTICES;
  for (const { since } of earlier) expect(since < latest.since).toBe(true);
  expect([latest.changes.length > 0, earlier.at(-1)?.changes]).toEqual([true, []]);
});

test("a yes is asked for again where the words of its purpose have changed since, a no never", () => {
  const again = PURPOSES.filter((purpose) => isOutdated(purpose, "yes", "1"));
  expect(again).toEqual(["account", "photo"]);
  for (const purpose of PURPOSES)
    expect([
      isOutdated(purpose, "yes", PRIVACY_NOTICES[0].version),
      isOutdated(purpose, "no", "1"),
      isOutdated(purpose, "unasked", "1"),
      isOutdated(purpose, "yes", "none there ever was"),
    ]).toEqual([false, false, false, true]);
});

test("a version that asks for nothing new asks nobody again, and who is asked reads all that came since its words", () => {
  expect(PURPOSES.filter((purpose) => isOutdated(purpose, "yes", "2"))).toEqual([]);
  const [, second, third] = PRIVACY_NOTICES.toReversed().map(({ changes }) => changes);
  expect([
    changesSince([]),
    changesSince(["3"]),
    changesSince(["2", "3"]),
    changesSince(["2", "1"]),
    changesSince(["none there ever was"]),
  ]).toEqual([[], [], third, [...second!, ...third!], [...second!, ...third!]]);
});
