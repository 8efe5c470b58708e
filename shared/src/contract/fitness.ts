/** Fitness tests (国家学生体质健康标准): entering a class's results, and what the family reads of its own child. */
import Type, { type Static } from "typebox";
import { EXEMPTION_REASONS, FITNESS_ITEMS, FITNESS_WORDS } from "../domain/fitness.ts";
import { ClassRef, Id, Instant, LocalDate, oneOf } from "./common.ts";

const Item = oneOf(FITNESS_ITEMS);
const Word = oneOf(FITNESS_WORDS);
const Reason = oneOf(EXEMPTION_REASONS);
const Attempt = Type.Unsafe<1 | 2>(Type.Integer({ minimum: 1, maximum: 2, description: "2: the retest" }));

const OpenTest = Type.Object({ openedOn: LocalDate });

/** The running school year's test, and how far each class has come. */
export const FitnessTest = Type.Object({
  year: Type.Union([Type.String(), Type.Null()], { description: "null where no school year is running" }),
  test: Type.Union([OpenTest, Type.Null()]),
  classes: Type.Array(
    Type.Object({
      class: ClassRef,
      children: Type.Integer({ minimum: 0 }),
      done: Type.Integer({ minimum: 0, description: "tested in everything, or exempt" }),
    }),
  ),
});
export type FitnessTest = Static<typeof FitnessTest>;

export const FitnessState = Type.Object({
  kind: oneOf(["exempt", "incomplete", "sex-unknown", "no-table", "scored"] as const),
  word: Type.Union([Word, Type.Null()]),
  total: Type.Union([Type.Number(), Type.Null()], { description: "with the bonus; for the national return" }),
  bonus: Type.Integer({ minimum: 0 }),
  missing: Type.Array(Item),
  hasRetest: Type.Boolean({ description: "did not pass the first time: may be tested once more" }),
});
export type FitnessState = Static<typeof FitnessState>;

/** A class's sheet. */
export const FitnessDesk = Type.Object({
  class: ClassRef,
  year: Type.String(),
  today: LocalDate,
  test: Type.Union([OpenTest, Type.Null()]),
  hasTable: Type.Boolean({ description: "the standard's table for the grade is in the product" }),
  items: Type.Array(Item),
  children: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      items: Type.Array(Item, { description: "what this child is tested in" }),
      exempt: Type.Union([Reason, Type.Null()]),
      values: Type.Array(Type.Object({ item: Item, attempt: Attempt, value: Type.Number() })),
      state: FitnessState,
    }),
  ),
});
export type FitnessDesk = Static<typeof FitnessDesk>;

/** What was measured, in the items' units; null takes back what was entered. */
export const FitnessInput = Type.Object(
  {
    testedOn: LocalDate,
    values: Type.Array(
      Type.Object(
        {
          studentId: Id,
          item: Item,
          attempt: Attempt,
          value: Type.Union([Type.Number({ minimum: -1000, maximum: 10_000 }), Type.Null()]),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1000 },
    ),
  },
  { additionalProperties: false },
);
export type FitnessInput = Static<typeof FitnessInput>;

export const FitnessExemptionInput = Type.Object(
  { studentId: Id, reason: Type.Union([Reason, Type.Null()], { description: "null: is tested after all" }) },
  { additionalProperties: false },
);
export type FitnessExemptionInput = Static<typeof FitnessExemptionInput>;

/** The children it was about, as they stand now. */
export const FitnessKept = Type.Object({
  savedAt: Instant,
  children: Type.Array(Type.Object({ id: Id, state: FitnessState })),
});
export type FitnessKept = Static<typeof FitnessKept>;

/** What a filled-in sheet says; nothing of it is saved. */
export const FitnessReading = Type.Object({
  values: Type.Array(Type.Object({ studentId: Id, item: Item, value: Type.Number() })),
  doubts: Type.Array(
    Type.Object({
      row: Type.Integer(),
      name: Type.String(),
      item: Type.Union([Item, Type.Null()]),
      found: Type.String(),
      doubt: oneOf(["child", "value"] as const),
    }),
  ),
});
export type FitnessReading = Static<typeof FitnessReading>;

/** A child's own results over the years; words, no points. */
export const FitnessRecord = Type.Object({
  years: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      kind: FitnessState.properties.kind,
      word: Type.Union([Word, Type.Null()]),
    }),
    { description: "latest first" },
  ),
  items: Type.Array(
    Type.Object({
      item: oneOf([...FITNESS_ITEMS, "bmi"] as const),
      isBetter: Type.Boolean({ description: "the latest result is better than the child's own before" }),
      results: Type.Array(
        Type.Object({ year: Type.String(), value: Type.Number(), word: Type.Union([Word, Type.Null()]) }),
        { description: "oldest first" },
      ),
    }),
    { description: "what became better first; height and weight not for the child" },
  ),
});
export type FitnessRecord = Static<typeof FitnessRecord>;
