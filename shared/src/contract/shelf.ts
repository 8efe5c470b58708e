/** A child's shelf: works, honours, and what the child chose to show first; and what waits on the shelves of a class. */
import Type, { type Static } from "typebox";
import { HIGHLIGHT_KINDS, MOST_HIGHLIGHTS } from "../domain/works.ts";
import { ChildActivity } from "./activities.ts";
import { LedgerEntry } from "./awards.ts";
import { Bilingual, ClassRef, DimensionName, Id, LocalDate, oneOf, TermRef } from "./common.ts";
import { Honour } from "./honours.ts";
import { Work } from "./works.ts";

const HighlightKindName = oneOf(HIGHLIGHT_KINDS);

/** What the reader may do here, so that no button is shown that would be refused. */
const ShelfDesk = Type.Object({
  canAdd: Type.Boolean(),
  canAddPictures: Type.Boolean({ description: "the family agrees to photos; else words and PDF only" }),
  canEnterHonours: Type.Boolean(),
  canProposeHonours: Type.Boolean(),
  canChoose: Type.Boolean({ description: "what is shown first" }),
  canAnswer: Type.Boolean({ description: "give a word, take out of sight, confirm honours" }),
  indicators: Type.Array(Type.Object({ id: Id, dimension: DimensionName, name: Bilingual })),
});

export const Shelf = Type.Object({
  today: LocalDate,
  desk: ShelfDesk,
  terms: Type.Array(TermRef, { description: "those with something on the shelf, newest first" }),
  works: Type.Array(Work, { description: "of all years, newest first" }),
  honours: Type.Array(Honour, { description: "of all years, the latest first" }),
  highlights: Type.Array(
    Type.Object({
      kind: HighlightKindName,
      id: Id,
      entry: Type.Union([LedgerEntry, Type.Null()], { description: "award: the line of the ledger" }),
      activity: Type.Union([ChildActivity, Type.Null()], { description: "activity: what is told of it" }),
    }),
    { description: "in the child's own order" },
  ),
});
export type Shelf = Static<typeof Shelf>;

export const ChosenHighlights = Type.Object(
  {
    highlights: Type.Array(
      Type.Object({ kind: HighlightKindName, id: Id }, { additionalProperties: false }),
      { maxItems: MOST_HIGHLIGHTS, uniqueItems: true },
    ),
  },
  { additionalProperties: false },
);
export type ChosenHighlights = Static<typeof ChosenHighlights>;

export const ClassShelf = Type.Object({
  class: ClassRef,
  works: Type.Array(Work, { description: "of the last weeks, newest first" }),
  honours: Type.Array(Honour, { description: "proposed and not settled, oldest first" }),
});
export type ClassShelf = Static<typeof ClassShelf>;
