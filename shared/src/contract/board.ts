/**
 * The class board on the projector: the links that open it, the goal of the week, and what a board is shown. A board is
 * told no figure of a child, no name whose family has not agreed, nothing about who awarded, and nothing negative.
 */
import Type, { type Static } from "typebox";
import { PALETTE } from "../domain/palette.ts";
import { perDimension } from "../domain/words.ts";
import { Bilingual, DimensionName, Id, Instant, LocalDate, oneOf, PerDimension } from "./common.ts";
import { LivePosition } from "./live.ts";

/** Opens nothing but its board. Tells where the link is kept and proves it. */
const BoardToken = Type.String({ pattern: "^[0-9A-Za-z_-]{75}$" });
/** For a keyboard at the projector: 8 characters, written as people write them. */
const BoardCode = Type.String({ minLength: 8, maxLength: 20 });

export const NewBoardLink = Type.Object({
  way: Type.Union([Type.Literal("here"), Type.Literal("code")], {
    description: "`here` gives a token for this very screen, `code` a short code to type at another",
  }),
  showsNumbers: Type.Boolean({
    description: "whether the board shows figures of the class; never of a child",
  }),
});
export type NewBoardLink = Static<typeof NewBoardLink>;

export const BoardLink = Type.Object({
  id: Id,
  showsNumbers: Type.Boolean(),
  isTaken: Type.Boolean({ description: "false while its code waits to be typed" }),
  by: Type.String(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type BoardLink = Static<typeof BoardLink>;
export const BoardLinks = Type.Object({ links: Type.Array(BoardLink) });
export type BoardLinks = Static<typeof BoardLinks>;

/** Told once: neither the token nor the code is kept. */
export const OpenedBoardLink = Type.Object({
  link: BoardLink,
  token: Type.Union([BoardToken, Type.Null()]),
  code: Type.Union([Type.String(), Type.Null()]),
  codeExpiresAt: Type.Union([Instant, Type.Null()]),
});
export type OpenedBoardLink = Static<typeof OpenedBoardLink>;

export const ClassGoal = Type.Object({
  text: Type.String(),
  dimension: Type.Union([DimensionName, Type.Null()], { description: "null: beans of all five count" }),
  target: Type.Integer({ minimum: 1 }),
});
export type ClassGoal = Static<typeof ClassGoal>;

export const ClassGoalInput = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 30, pattern: "\\S" }),
  dimension: Type.Union([DimensionName, Type.Null()]),
  target: Type.Integer({ minimum: 10, maximum: 5000 }),
});
export type ClassGoalInput = Static<typeof ClassGoalInput>;

export const ClassGoalOfWeek = Type.Object({
  weekStartsOn: LocalDate,
  goal: Type.Union([ClassGoal, Type.Null()]),
  canSet: Type.Boolean(),
});
export type ClassGoalOfWeek = Static<typeof ClassGoalOfWeek>;

export const OpenBoard = Type.Union([Type.Object({ token: BoardToken }), Type.Object({ code: BoardCode })]);
export type OpenBoard = Static<typeof OpenBoard>;
export const BoardScreen = Type.Object({ linkId: Id, expiresAt: Instant });
export type BoardScreen = Static<typeof BoardScreen>;

/** One child's plant. Says in what the child was noticed this week, never how often. */
export const BoardPlant = Type.Object({
  id: Type.String({ description: "the child's where the plant has a name, else a number" }),
  name: Type.Union([Type.String(), Type.Null()], { description: "null without the family's consent" }),
  dimensions: Type.Array(DimensionName),
});
export type BoardPlant = Static<typeof BoardPlant>;

export const Board = Type.Object({
  className: Type.String(),
  timeZone: Type.String(),
  weekStartsOn: LocalDate,
  /** What the school calls the five dimensions this term. */
  dimensionNames: PerDimension(Bilingual),
  dimensionColours: PerDimension(oneOf(PALETTE)),
  plants: Type.Array(BoardPlant, {
    description: "in class-list order; those without a name after all others",
  }),
  share: Type.Number({
    minimum: 0,
    maximum: 1,
    description: "what the class has gathered this week of its goal, or of a usual week where it has none",
  }),
  beans: Type.Union([Type.Object(perDimension(() => Type.Integer({ minimum: 0 }))), Type.Null()], {
    description: "of the whole class this week; null where the board shows no figures",
  }),
  goal: Type.Union([ClassGoal, Type.Null()]),
  expiresAt: Instant,
  position: LivePosition,
});
export type Board = Static<typeof Board>;

/** Event `award` of a board. */
export const BoardAward = Type.Object({
  plantId: Type.Union([Id, Type.Null()], { description: "null for a child without a name here" }),
  dimension: DimensionName,
  point: Bilingual,
  beans: Type.Integer({ minimum: 0 }),
  isThisWeek: Type.Boolean(),
  isFresh: Type.Boolean({ description: "happened just now: worth a celebration" }),
});
export type BoardAward = Static<typeof BoardAward>;

/** Event `void` of a board: something counts no longer. Which, is nobody's business there. */
export const BoardVoid = Type.Object({});
export type BoardVoid = Static<typeof BoardVoid>;
