/** What children tell: how many a day, and whose thanks answer each other; and what a finger on a card means. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  PROPOSAL_VOICES,
  DECLINE_PHRASES,
  leftToTell,
  PROPOSAL_STATES,
  returnedThanks,
  TOLD_A_DAY,
  type ToldToday,
  tellingObstacle,
} from "@doudou/shared/domain/proposals.ts";
import { swipeOf } from "../../web/src/lib/proposals/swiping.ts";

const child = fc.constantFrom("me", "a", "b", "c", "d");
const voice = fc.constantFrom(...PROPOSAL_VOICES);
const told: fc.Arbitrary<ToldToday> = fc.record({
  voice,
  studentId: child,
  state: fc.constantFrom(...PROPOSAL_STATES),
});

describe("a day", () => {
  test("ends after so many, however they were told and taken back, and never lets a limit be passed", () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 60 }), (tries) => {
        const today: ToldToday[] = [];
        for (const one of tries) if (tellingObstacle(today, one) === undefined) today.push(one);
        for (const of of PROPOSAL_VOICES) {
          const standing = today.filter((t) => t.voice === of && t.state !== "withdrawn");
          expect(standing.length).toBeLessThanOrEqual(TOLD_A_DAY[of]);
        }
        const thanked = today.filter((t) => t.voice === "peer" && t.state !== "withdrawn");
        expect(new Set(thanked.map((t) => t.studentId)).size).toBe(thanked.length);
        expect(today.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  test("says how many are left exactly where one more may be told to somebody new", () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 15 }), voice, (today, next) => {
        const mayTell = tellingObstacle(today, { voice: next, studentId: "somebody new" }) === undefined;
        expect(leftToTell(today, next) > 0).toBe(mayTell);
      }),
    );
  });

  test("what was taken back today may be told again", () => {
    const taken: ToldToday = { voice: "peer", studentId: "a", state: "withdrawn" };
    expect(tellingObstacle([taken], { voice: "peer", studentId: "a" })).toBeUndefined();
    expect(tellingObstacle([{ ...taken, state: "open" }], { voice: "peer", studentId: "a" })).toBe(
      "thanks-to-one-enough",
    );
  });
});

const thanks = fc
  .array(
    fc.record({
      fromId: child,
      toId: child,
      at: fc.date({ min: new Date("2026-11-01"), max: new Date("2026-11-10"), noInvalidDate: true }),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.filter((t) => t.fromId !== t.toId).map((t, n) => ({ ...t, id: String(n) })));

describe("thanks that answer each other", () => {
  test("come in pairs of the same two children, within two days", () => {
    fc.assert(
      fc.property(thanks, (all) => {
        const returned = returnedThanks(all);
        for (const one of all) {
          const answers = all.filter((t) => t.fromId === one.toId && t.toId === one.fromId);
          const near = answers.filter((t) => Math.abs(t.at.getTime() - one.at.getTime()) <= 2 * 86_400_000);
          expect(returned.has(one.id)).toBe(near.length > 0);
          for (const answer of near) expect(returned.has(answer.id)).toBe(true);
        }
      }),
    );
  });
});

test("a swipe is far and sideways, and the other way round means the other thing", () => {
  const px = fc.integer({ min: -600, max: 600 });
  fc.assert(
    fc.property(px, px, (dx, dy) => {
      const other = { accept: "decline", decline: "accept" } as const;
      const swipe = swipeOf(dx, dy);
      expect(swipeOf(-dx, dy)).toBe(swipe && other[swipe]);
      if (Math.abs(dy) >= Math.abs(dx)) expect(swipe).toBeUndefined();
      if (dy === 0) expect(swipe !== undefined).toBe(Math.abs(dx) >= 96);
    }),
  );
});

test("whatever a teacher says instead of yes is kind: never that it was not true", () => {
  for (const { zh, en } of Object.values(DECLINE_PHRASES)) {
    expect(zh).not.toMatch(/不行|不对|没有|撒谎|不够|不算|拒绝/);
    expect(en).not.toMatch(/\b(not|no|wrong|false|lie|reject\w*)\b/i);
  }
});
