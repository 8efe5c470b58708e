/** The fixed words and limits of badges (争章). Holds no translation and no rule. */

export const BADGE_SCOPES = ["any", "dimension", "indicator", "point"] as const;
export const VARIETIES = ["point", "indicator", "dimension"] as const;
export type Variety = (typeof VARIETIES)[number];

/** Silhouettes that the product draws itself. */
export const BADGE_SHAPES = ["sun", "flower", "star", "leaf", "shield", "drop"] as const;
export type BadgeShape = (typeof BADGE_SHAPES)[number];

/** Who gives a badge whose rule is met: the homeroom teacher, any teacher of the class, or nobody: it is given at once. */
export const BADGE_GIVERS = ["homeroom", "class", "at-once"] as const;
export type BadgeGiver = (typeof BADGE_GIVERS)[number];

export const BADGE_STATES = ["draft", "published", "retired"] as const;
export type BadgeState = (typeof BADGE_STATES)[number];

export const BADGE_LIMITS = {
  levels: 3,
  /** Of one level: more is a path nobody sees the end of. */
  steps: 60,
  perWeek: 10,
  weeks: 20,
  codes: 30,
  /** Badges a child strives for at a time. */
  atOnce: 3,
  /** Other badges that one asks for first. */
  after: 5,
} as const;
