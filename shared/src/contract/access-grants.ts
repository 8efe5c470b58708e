/** Reading the record of a child whom one does not teach: asking, being let, and the office's answers. */
import Type, { type Static } from "typebox";
import {
  ACCESS_KINDS,
  ACCESS_PURPOSES,
  ACCESS_VERDICTS,
  type AccessPhase,
  LONGEST_ACCESS_DAYS,
} from "../domain/access-grants.ts";
import { ClassRef, Id, Instant, oneOf, WrittenText } from "./common.ts";

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const PurposeName = oneOf(ACCESS_PURPOSES);
const PHASES = [
  "waiting",
  "lapsed",
  "current",
  "over",
  "refused",
  "withdrawn",
] as const satisfies readonly AccessPhase[];
const Reason = WrittenText({ maxLength: 300 });
const ChildTyped = Type.Unsafe<string>({
  ...WrittenText({ minLength: 1, maxLength: 60 }),
  description: "name or student number, as the caller knows it; whether it fits a child is not told",
});
const Days = Type.Integer({ minimum: 1, maximum: LONGEST_ACCESS_DAYS });

export const AccessInput = Type.Object(
  {
    id: Id,
    classId: Id,
    child: Type.Unsafe<string | null>(orNull(ChildTyped)),
    purpose: PurposeName,
    reason: Reason,
    days: Days,
  },
  { additionalProperties: false },
);
export type AccessInput = Static<typeof AccessInput>;

export const EmergencyInput = Type.Object(
  {
    id: Id,
    classId: Id,
    child: ChildTyped,
    reason: Reason,
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type EmergencyInput = Static<typeof EmergencyInput>;

const Access = Type.Object({
  id: Id,
  kind: oneOf(ACCESS_KINDS),
  phase: oneOf(PHASES),
  class: Type.Pick(ClassRef, ["id", "name"]),
  isOfClass: Type.Boolean({ description: "the whole class; else one child of it" }),
  childTyped: orNull(Type.String({ description: "as it was typed" })),
  purpose: PurposeName,
  reason: Type.String(),
  days: Type.Integer(),
  askedAt: Instant,
  answer: orNull(Type.String()),
  answeredBy: orNull(Type.String()),
  startsAt: orNull(Instant),
  endsAt: orNull(Instant),
  endedAt: orNull(Instant),
  verdict: orNull(oneOf(ACCESS_VERDICTS)),
  reviewWords: orNull(Type.String()),
});

export const OwnAccess = Type.Interface([Access], {
  student: Type.Unsafe<{ id: string; name: string } | null>({
    ...orNull(Type.Object({ id: Id, name: Type.String() })),
    description: "the child, once it may be read",
  }),
});
export type OwnAccess = Static<typeof OwnAccess>;

export const OwnAccesses = Type.Object({
  accesses: Type.Array(OwnAccess, { description: "latest first" }),
  classes: Type.Array(ClassRef, { description: "this year's classes that the caller does not teach" }),
  emergenciesLeft: Type.Integer({ minimum: 0, description: "of the few of a week" }),
});
export type OwnAccesses = Static<typeof OwnAccesses>;

export const OfficeAccess = Type.Interface([Access], {
  by: Type.String(),
  isMine: Type.Boolean({ description: "asked by the caller, who cannot answer it" }),
  student: Type.Unsafe<{ id: string; name: string } | null>({
    ...orNull(Type.Object({ id: Id, name: Type.String() })),
    description: "the one child of the class whom what was typed fits; null where it fits none or several",
  }),
});
export type OfficeAccess = Static<typeof OfficeAccess>;

export const OfficeAccesses = Type.Object({
  toReview: Type.Array(OfficeAccess, { description: "emergencies nobody has looked at yet" }),
  waiting: Type.Array(OfficeAccess),
  current: Type.Array(OfficeAccess),
  past: Type.Array(OfficeAccess, { description: "the latest" }),
});
export type OfficeAccesses = Static<typeof OfficeAccesses>;

/** What there is to do or to read; names nobody. */
export const AccessCounts = Type.Object({
  toDecide: Type.Integer({ minimum: 0, description: "for an administrator: requests and emergencies" }),
  open: Type.Integer({ minimum: 0, description: "for a teacher: what may be read now" }),
});
export type AccessCounts = Static<typeof AccessCounts>;

export const AccessAnswer = Type.Object(
  {
    approves: Type.Boolean(),
    days: Type.Optional(Days),
    words: WrittenText({ maxLength: 300 }),
  },
  { additionalProperties: false },
);
export type AccessAnswer = Static<typeof AccessAnswer>;

export const AccessReview = Type.Object(
  { verdict: oneOf(ACCESS_VERDICTS), words: WrittenText({ maxLength: 300 }) },
  { additionalProperties: false },
);
export type AccessReview = Static<typeof AccessReview>;
