/** Credentials: whatever a badge's rule is, what is signed says it in words, agrees with itself, and names nobody unasked. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { KeptBadge } from "@doudou/db/repositories/badge-quests.ts";
import {
  badgeCredential,
  payloadOf,
  recordCredential,
} from "@doudou/server/features/credentials/achievements.ts";
import type { BadgeRule, BadgeScope } from "@doudou/shared/contract/badge-rules.ts";
import { levelsOf } from "@doudou/shared/domain/badges.ts";

const scope = fc.constantFrom<BadgeScope>(
  { of: "any", codes: [] },
  { of: "dimension", codes: ["moral", "labour"] },
  { of: "indicator", codes: ["i1"] },
  { of: "point", codes: ["p1", "p3"] },
);
const levels = fc.constantFrom<number[]>([3], [2, 4], [5, 10, 20]);
const whole = fc.constantFrom<"term" | "year">("term", "year").map((span) => ({ span }));
const weeks = fc.integer({ min: 1, max: 20 }).map((many) => ({ span: "weeks" as const, weeks: many }));
const rule: fc.Arbitrary<BadgeRule> = fc.oneof(
  fc.record({ kind: fc.constant("count" as const), scope, window: fc.oneof(whole, weeks), levels }),
  fc.record({
    kind: fc.constant("streak" as const),
    scope,
    window: whole,
    perWeek: fc.integer({ min: 1, max: 10 }),
    levels,
  }),
  fc.record({
    kind: fc.constant("variety" as const),
    scope,
    window: fc.oneof(whole, weeks),
    among: fc.constantFrom("point" as const, "indicator" as const, "dimension" as const),
    levels,
  }),
  fc.record({ kind: fc.constant("growth" as const), scope, window: fc.oneof(whole, weeks) }),
);
const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });

test("a badge of any rule is told in words, and its claims repeat what it says", () => {
  const locale = fc.constantFrom("zh-CN" as const, "en" as const);
  fc.assert(
    fc.property(
      rule,
      fc.nat(2),
      day,
      day,
      locale,
      fc.boolean(),
      (of, place, at, awardedAt, inLocale, isNamed) => {
        const level = 1 + (place % levelsOf(of));
        const kept: KeptBadge = {
          questId: "q",
          studentId: "s",
          badgeId: "b",
          badgeCode: "helper",
          level,
          day: "2026-11-11",
          awardedAt,
          awardedBy: "t",
          words: "周老师记得小满的好",
          awardIds: ["a"],
          shownAt: null,
          by: "周老师",
          badge: {
            id: "b",
            code: "helper",
            version: 1,
            state: "published",
            name: { zh: "热心章", en: "Kind heart" },
            words: { zh: "伸出手", en: "Gives a hand" },
            shape: "sun",
            dimension: null,
            rule: of,
            after: [],
            giver: "homeroom",
          },
        };
        const setting = {
          issuer: { id: "https://doudou.example/i", name: "学校", url: "https://doudou.example" },
          subject: { id: "urn:uuid:c", name: isNamed ? "林小满" : null },
          at,
          locale: inLocale,
          nameOf: (_of: string, code: string) => `<${code}>`,
        };
        const badge = badgeCredential(setting, "urn:uuid:b", kept);
        const { narrative } = badge.credentialSubject.achievement.criteria;
        for (const code of of.scope.codes) expect(narrative).toContain(`<${code}>`);
        if (of.kind !== "growth") expect(narrative).toContain(String(of.levels[level - 1]));
        expect(narrative).not.toMatch(/undefined|null/);
        for (const credential of [badge, recordCredential(setting, "urn:uuid:r", [badge])]) {
          const payload = payloadOf(credential);
          expect(new Date(payload.nbf * 1000).toISOString()).toBe(credential.validFrom.replace("Z", ".000Z"));
          expect([payload.iss, payload.jti, payload.sub]).toEqual([
            credential.issuer.id,
            credential.id,
            credential.credentialSubject.id,
          ]);
          const text = JSON.stringify(payload);
          expect(text.includes("小满")).toBe(isNamed);
          expect(text.includes("周老师记得")).toBe(isNamed);
          expect(text).not.toContain('"by"');
        }
      },
    ),
  );
});
