/** What earns a badge, as data: kept with the badge, frozen once it is published. */
import Type, { type Static } from "typebox";
import { BADGE_LIMITS, BADGE_SCOPES, VARIETIES } from "../domain/badge-words.ts";
import { oneOf } from "./common.ts";

const Code = Type.String({ minLength: 1, maxLength: 40, pattern: "^[^\\u0000]*$" });

/** Which awards count: any, or those of some dimensions, indicators or observation points, by codes that outlive versions. */
export const BadgeScope = Type.Object(
  { of: oneOf(BADGE_SCOPES), codes: Type.Array(Code, { maxItems: BADGE_LIMITS.codes, uniqueItems: true }) },
  { additionalProperties: false },
);
export type BadgeScope = Static<typeof BadgeScope>;

const wholeSpans = (...spans: ("term" | "year" | "ever")[]) =>
  Type.Object({ span: oneOf(spans) }, { additionalProperties: false });
/** So many school weeks in a row, whichever of the school year. */
const Weeks = Type.Object(
  { span: Type.Literal("weeks"), weeks: Type.Integer({ minimum: 1, maximum: BADGE_LIMITS.weeks }) },
  { additionalProperties: false },
);
const Levels = Type.Array(Type.Integer({ minimum: 1, maximum: BADGE_LIMITS.steps }), {
  minItems: 1,
  maxItems: BADGE_LIMITS.levels,
  description: "steps of the first, second, third level, growing",
});

/** So many awards. */
const CountRule = Type.Object(
  {
    kind: Type.Literal("count"),
    scope: BadgeScope,
    window: Type.Union([wholeSpans("term", "year", "ever"), Weeks]),
    levels: Levels,
  },
  { additionalProperties: false },
);
/** So many school weeks in a row with at least `perWeek` awards in each. */
const StreakRule = Type.Object(
  {
    kind: Type.Literal("streak"),
    scope: BadgeScope,
    window: wholeSpans("term", "year", "ever"),
    perWeek: Type.Integer({ minimum: 1, maximum: BADGE_LIMITS.perWeek }),
    levels: Levels,
  },
  { additionalProperties: false },
);
/** So many different points, indicators or dimensions. */
const VarietyRule = Type.Object(
  {
    kind: Type.Literal("variety"),
    scope: BadgeScope,
    window: Type.Union([wholeSpans("term", "year", "ever"), Weeks]),
    among: oneOf(VARIETIES),
    levels: Levels,
  },
  { additionalProperties: false },
);
/** Seen more often than in the child's own span of the same length before; said only with enough records. */
const GrowthRule = Type.Object(
  {
    kind: Type.Literal("growth"),
    scope: BadgeScope,
    window: Type.Union([wholeSpans("term", "year"), Weeks]),
  },
  { additionalProperties: false },
);

export const BadgeRule = Type.Union([CountRule, StreakRule, VarietyRule, GrowthRule]);
export type BadgeRule = Static<typeof BadgeRule>;
