/** Badges (争章): the school's catalogue, and the cycle a child goes through: set, strive, try, be awarded, keep. */
import Type, { type Static } from "typebox";
import { BADGE_GIVERS, BADGE_LIMITS, BADGE_SHAPES, BADGE_STATES } from "../domain/badge-words.ts";
import { BadgeRule } from "./badge-rules.ts";
import { Bilingual, ClassRef, DimensionName, Id, Instant, LocalDate, oneOf, WrittenText } from "./common.ts";

const StudentRef = Type.Object({ id: Id, name: Type.String() });
const Named = (maxLength: number) =>
  Type.Object(
    {
      zh: Type.String({ maxLength, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" }),
      en: Type.String({ maxLength, pattern: "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$" }),
    },
    { additionalProperties: false },
  );
const BadgeCode = Type.String({ minLength: 1, maxLength: 40, pattern: "^[a-z0-9][a-z0-9-]*$" });
const Level = Type.Integer({ minimum: 1, maximum: BADGE_LIMITS.levels });
const Looks = {
  shape: oneOf(BADGE_SHAPES),
  dimension: Type.Union([DimensionName, Type.Null()], { description: "whose colours it wears" }),
};

/** What a draft says, as a hash: what was read to be changed is sent back with it. */
const BadgeContent = Type.String({ minLength: 1, maxLength: 64 });

/** A version of a badge as the office writes it. */
export const BadgeDraft = Type.Object(
  {
    code: BadgeCode,
    name: Named(20),
    words: Named(120),
    ...Looks,
    rule: BadgeRule,
    after: Type.Array(BadgeCode, {
      maxItems: BADGE_LIMITS.after,
      uniqueItems: true,
      description: "badges one has to have first, at any level",
    }),
    giver: oneOf(BADGE_GIVERS),
  },
  { additionalProperties: false },
);
export type BadgeDraft = Static<typeof BadgeDraft>;

/** A draft over the one it was made from. */
export const BadgeDraftInput = Type.Object(
  {
    ...BadgeDraft.properties,
    from: Type.Optional({ ...BadgeContent, description: "left out where the draft is new" }),
  },
  { additionalProperties: false },
);
export type BadgeDraftInput = Static<typeof BadgeDraftInput>;

export const BadgePublishing = Type.Object({
  from: Type.Optional({ ...BadgeContent, description: "what is published; left out, whatever is there" }),
});
export type BadgePublishing = Static<typeof BadgePublishing>;

export const CatalogueBadge = Type.Object({
  id: Id,
  content: BadgeContent,
  version: Type.Integer({ minimum: 1 }),
  state: oneOf(BADGE_STATES),
  code: Type.String(),
  name: Bilingual,
  words: Bilingual,
  ...Looks,
  rule: BadgeRule,
  after: Type.Array(Type.String()),
  giver: oneOf(BADGE_GIVERS),
});
export type CatalogueBadge = Static<typeof CatalogueBadge>;

const Coded = Type.Object({ code: Type.String(), name: Bilingual, dimension: DimensionName });
export const BadgeCatalogue = Type.Object({
  badges: Type.Array(CatalogueBadge, {
    description: "drafts, what is published, and the last version of what was retired",
  }),
  indicators: Type.Array(Coded, { description: "of the versions of the scheme in use" }),
  points: Type.Array(Coded),
});
export type BadgeCatalogue = Static<typeof BadgeCatalogue>;

export const BadgePreviewInput = Type.Object({ rule: BadgeRule }, { additionalProperties: false });
export type BadgePreviewInput = Static<typeof BadgePreviewInput>;

/** Who would have earned the first level in the last term that is over: how many, never who. */
export const BadgePreview = Type.Object({
  term: Type.Union([Bilingual, Type.Null()], { description: "null where no term is over yet" }),
  earned: Type.Integer({ minimum: 0 }),
  children: Type.Integer({ minimum: 0 }),
  classesWithOne: Type.Integer({ minimum: 0 }),
  classes: Type.Integer({ minimum: 0 }),
});
export type BadgePreview = Static<typeof BadgePreview>;

/** The same of one class, with names, for its homeroom teacher. */
export const ClassBadgePreview = Type.Object({
  term: Type.Union([Bilingual, Type.Null()]),
  earned: Type.Array(StudentRef),
  children: Type.Integer({ minimum: 0 }),
});
export type ClassBadgePreview = Static<typeof ClassBadgePreview>;

/** A badge as people see it, without what the office needs. */
export const ShownBadge = Type.Object({
  id: Id,
  code: Type.String(),
  name: Bilingual,
  words: Bilingual,
  ...Looks,
  levels: Type.Integer({ minimum: 1 }),
});
export type ShownBadge = Static<typeof ShownBadge>;

export const Striving = Type.Object({
  id: Id,
  badge: ShownBadge,
  level: Level,
  setAt: Instant,
  until: Type.Union([LocalDate, Type.Null()], { description: "the last day that counts; null for ever" }),
  isOver: Type.Boolean({ description: "its days are over: it rests, and may be begun again" }),
  step: Type.Integer({ minimum: 0 }),
  of: Type.Integer({ minimum: 1 }),
  isWaiting: Type.Boolean({ description: "all steps are done; a teacher confirms" }),
});
export type Striving = Static<typeof Striving>;

export const KeptBadge = Type.Object({
  id: Id,
  badge: ShownBadge,
  level: Level,
  day: LocalDate,
  by: Type.Union([Type.String(), Type.Null()], { description: "a name; null where it was given at once" }),
  words: Type.Union([Type.String(), Type.Null()]),
  isNew: Type.Boolean({ description: "the child has not seen it yet" }),
});
export type KeptBadge = Static<typeof KeptBadge>;

export const ChildBadges = Type.Object({
  kept: Type.Array(KeptBadge, { description: "latest first; to guardians only what the child has seen" }),
  striving: Type.Array(Striving),
  offered: Type.Array(
    Type.Object({
      badge: ShownBadge,
      level: Level,
      missing: Type.Array(Bilingual, { description: "badges to be earned first" }),
    }),
    { description: "what the child may begin to strive for, or could after others" },
  ),
  left: Type.Integer({ minimum: 0, description: "how many more at the same time" }),
  mayStrive: Type.Boolean(),
});
export type ChildBadges = Static<typeof ChildBadges>;

export const NewQuest = Type.Object({ badgeId: Id }, { additionalProperties: false });
export type NewQuest = Static<typeof NewQuest>;

export const ShownBadges = Type.Object(
  { ids: Type.Array(Id, { minItems: 1, maxItems: 50 }) },
  { additionalProperties: false },
);
export type ShownBadges = Static<typeof ShownBadges>;

/** What a class is striving for, by child in the order of the roster. */
export const ClassBadges = Type.Object({
  class: ClassRef,
  striving: Type.Array(Type.Object({ student: StudentRef, quest: Striving, mayConfirm: Type.Boolean() })),
  given: Type.Array(Type.Object({ student: StudentRef, kept: KeptBadge, mayTakeBack: Type.Boolean() }), {
    description: "of the last weeks, latest first",
  }),
  children: Type.Array(StudentRef),
  offered: Type.Array(ShownBadge),
  isHomeroom: Type.Boolean(),
});
export type ClassBadges = Static<typeof ClassBadges>;

export const ConfirmBadges = Type.Object(
  {
    questIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
    words: Type.Optional(WrittenText({ maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type ConfirmBadges = Static<typeof ConfirmBadges>;

export const TakeBackBadges = Type.Object(
  { questIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  { additionalProperties: false },
);
export type TakeBackBadges = Static<typeof TakeBackBadges>;

/** One result per quest, in order. */
export const ConfirmResults = Type.Object({
  results: Type.Array(
    Type.Object({
      questId: Id,
      status: oneOf(["awarded", "taken-back", "duplicate", "not-met", "not-yours", "not-found"] as const),
    }),
  ),
});
export type ConfirmResults = Static<typeof ConfirmResults>;
