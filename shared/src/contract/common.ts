/**
 * Shapes that every feature of the contract shares. Schemas only: no logic, no I/O.
 */
import Type, { type Static } from "typebox";
import { CHANGES, DIMENSIONS, KINDS, LEVELS, ROLES, STAGES } from "../domain/words.ts";

const oneOf = <const T extends readonly string[]>(values: T, options = {}) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...values], ...options }));

export const Id = Type.String({ format: "uuid", description: "UUIDv7" });
/**
 * The id of something that a client makes, once: sending it again changes nothing. It begins with its time, by which rows
 * lie in their order: any other version is refused.
 * @source RFC 9562, 5.7
 */
export const NewId = Type.String({
  format: "uuid",
  pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
  description: "UUIDv7 made by the client, in small letters: sending it again changes nothing",
});
/** Text that a person wrote: no NUL, which one of the engines cannot keep. */
export const WrittenText = (options: { minLength?: number; maxLength: number }) =>
  Type.String({ ...options, pattern: "^[^\\u0000]*$" });
export const Instant = Type.String({ format: "date-time", description: "UTC instant, RFC 3339" });
export const LocalDate = Type.String({ format: "date", description: "date in the school's time zone" });
/** From when until when a round of answers is open. */
export const RoundDays = Type.Object(
  { opensOn: LocalDate, closesOn: LocalDate },
  { additionalProperties: false },
);
export type RoundDays = Static<typeof RoundDays>;

/** The days a round had when it was looked at, left out for a new one: refused where it has others by now. */
export const RoundWas = Type.Optional(RoundDays);

export const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() });

export const PerDimension = <const T extends Type.TSchema>(of: T) =>
  Type.Object(
    { moral: of, academic: of, physical: of, arts: of, labour: of },
    { additionalProperties: false },
  );
export const DimensionName = oneOf(DIMENSIONS);
export const KindName = oneOf(KINDS);
export const StageName = oneOf(STAGES);
export const ChangeName = oneOf(CHANGES);
export const LevelName = oneOf(LEVELS);
export const RoleName = oneOf(ROLES);
export const LocaleName = oneOf(["zh-CN", "en"] as const);

/** Beans by dimension and in all; never shown to anyone but the child, its guardians and the staff who teach it. */
export const Beans = Type.Object({
  moral: Type.Integer({ minimum: 0 }),
  academic: Type.Integer({ minimum: 0 }),
  physical: Type.Integer({ minimum: 0 }),
  arts: Type.Integer({ minimum: 0 }),
  labour: Type.Integer({ minimum: 0 }),
  total: Type.Integer({ minimum: 0 }),
});
export type Beans = Static<typeof Beans>;

/** RFC 9457 problem details, with a stable `code` and the paths of the fields at fault. */
export const ProblemBody = Type.Object(
  {
    type: Type.String({ description: "always `about:blank`; the code tells the kind" }),
    title: Type.String({ description: "a sentence in the caller's language" }),
    status: Type.Integer(),
    code: Type.String({ description: "stable, for programs" }),
    detail: Type.Optional(Type.String()),
    requestId: Type.Optional(Type.String()),
    triesLeft: Type.Optional(
      Type.Integer({ minimum: 0, description: "of a wrong PIN: before only the password helps" }),
    ),
    errors: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: "fields at fault, by JSON pointer",
      }),
    ),
  },
  { $id: "Problem", description: "RFC 9457 problem details" },
);
export type ProblemBody = Static<typeof ProblemBody>;

export const TermRef = Type.Object({
  id: Id,
  name: Bilingual,
  startsOn: LocalDate,
  endsOn: LocalDate,
  isCurrent: Type.Boolean(),
});
export type TermRef = Static<typeof TermRef>;

export const ClassRef = Type.Object({
  id: Id,
  name: Type.String(),
  grade: Type.Integer({ minimum: 1, maximum: 9 }),
});
export type ClassRef = Static<typeof ClassRef>;

export { oneOf };
