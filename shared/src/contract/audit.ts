/** The audit log, as the school's administrators read it; and what guardians see of it. */
import Type, { type Static } from "typebox";
import { ACCESS_PURPOSES } from "../domain/access-grants.ts";
import { ClassRef, Id, Instant, LocalDate, oneOf, RoleName } from "./common.ts";

const Kind = oneOf(["read", "change"] as const);
const Action = Type.String({ description: "as in the permission table, such as `portfolio.read`" });
const Name = Type.String();

/** Which entries; all that are given have to fit. */
export const AuditFilter = Type.Object({
  kind: Type.Optional(Kind),
  action: Type.Optional(Type.String({ maxLength: 60 })),
  membershipId: Type.Optional(Id),
  studentId: Type.Optional(Id),
  from: Type.Optional(LocalDate),
  to: Type.Optional(Type.String({ format: "date", description: "the last day, school-local" })),
});
export type AuditFilter = Static<typeof AuditFilter>;

export const AuditQuery = Type.Interface([AuditFilter], {
  before: Type.Optional(Type.Integer({ minimum: 1, description: "only entries before this number" })),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
export type AuditQuery = Static<typeof AuditQuery>;

export const AuditEntry = Type.Object({
  seq: Type.Integer({ description: "number within the school, without gaps" }),
  kind: Kind,
  at: Instant,
  action: Action,
  by: Type.Object({ id: Id, name: Name, role: RoleName }),
  student: Type.Union([Type.Object({ id: Id, name: Name }), Type.Null()]),
  class: Type.Union([Type.Pick(ClassRef, ["id", "name"]), Type.Null()]),
  subjectId: Type.Union([Type.String(), Type.Null()]),
  address: Type.Union([Type.String(), Type.Null()], { description: "where the call came from" }),
  before: Type.Unknown({ description: "what stood before a change; null for nothing" }),
  after: Type.Unknown({ description: "what stands since; null for nothing" }),
  isErased: Type.Boolean({ description: "the details were erased with the people they named" }),
});
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditPage = Type.Object({
  entries: Type.Array(AuditEntry, { description: "newest first" }),
  nextBefore: Type.Union([Type.Integer(), Type.Null()], { description: "for the next page" }),
});
export type AuditPage = Static<typeof AuditPage>;

/** Who of the school has looked at one child's record, day by day, newest first. */
export const RecordReaders = Type.Object({
  since: LocalDate,
  readers: Type.Array(
    Type.Object({
      day: LocalDate,
      name: Name,
      role: RoleName,
      action: Action,
      purpose: Type.Union([oneOf(ACCESS_PURPOSES), Type.Null()], {
        description:
          "what somebody reads for who does not teach the child; null for its own teachers and the office",
      }),
      isEmergency: Type.Boolean({ description: "opened at once, before anybody had agreed to it" }),
      times: Type.Integer({ minimum: 1 }),
    }),
  ),
});
export type RecordReaders = Static<typeof RecordReaders>;
